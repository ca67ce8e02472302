#include "jsonvalue.h"

#include "jsontext.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <memory_resource>
#include <simdjson.h>

namespace arcscope
{
namespace
{

static_assert(windowPadding >= simdjson::SIMDJSON_PADDING);

/// Buffers for records up to this size are kept; those for larger ones are given back after a small record.
constexpr std::size_t keptCapacity = std::size_t(8) << 20;
constexpr std::size_t smallestCapacity = std::size_t(64) << 10;

JsonType typeOf(std::string_view text)
{
    if (text.empty())
        return JsonType::Missing;
    switch (text.front()) {
    case '{':
        return JsonType::Object;
    case '[':
        return JsonType::Array;
    case '"':
        return text.size() > 1 && text.back() == '"' ? JsonType::String : JsonType::Invalid;
    case 't':
        return text == "true" ? JsonType::Bool : JsonType::Invalid;
    case 'f':
        return text == "false" ? JsonType::Bool : JsonType::Invalid;
    case 'n':
        return text == "null" ? JsonType::Null : JsonType::Invalid;
    default:
        break;
    }
    const bool digit = text.front() == '-' || (text.front() >= '0' && text.front() <= '9');
    return digit ? JsonType::Number : JsonType::Invalid;
}

bool isSpace(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/// Loops, as what is cut off is short and mostly nothing.
std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    return text;
}

/// Most texts that are asked for are too short to be worth a call of memchr().
bool hasBackslash(std::string_view text)
{
    constexpr std::size_t word = sizeof(std::uint64_t);
    constexpr std::size_t longest = 8 * word;
    if (text.size() < word)
        return std::find(text.begin(), text.end(), '\\') != text.end();
    if (text.size() > longest)
        return text.find('\\') != std::string_view::npos;
    const auto inWord = [text](std::size_t at) {
        constexpr std::uint64_t each = 0x0101010101010101U;
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, text.data() + at, word);
        bytes ^= each * '\\'; // a byte of zeros for each backslash
        return ((bytes - each) & ~bytes & each * 0x80) != 0;
    };
    for (std::size_t at = 0; at + word <= text.size(); at += word) {
        if (inWord(at))
            return true;
    }
    return inWord(text.size() - word);
}

bool opens(char byte)
{
    return byte == '{' || byte == '[';
}

bool closes(char byte)
{
    return byte == '}' || byte == ']';
}

} // namespace

/// Tokens are brackets, colons, commas, and the beginnings of strings, numbers and literals. They are found all at once
/// when a record is read, strings passed over and UTF-8 checked; members are found by walking over them.
struct JsonParser::State {
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    std::unique_ptr<simdjson::internal::dom_parser_implementation> indexer;
    std::size_t capacity = 0;
    const char* text = nullptr;
    const std::uint32_t* tokens = nullptr; ///< where each begins, and the size of the record behind the last
    std::uint32_t count = 0;
    std::uint32_t ended = none; ///< the container whose end was found last
    std::uint32_t behind = 0;   ///< the token behind that
    bool failed = false;        ///< nothing more is visited
    std::string copy;
    std::pmr::monotonic_buffer_resource texts;
    std::string scratch;

    simdjson::error_code read(std::string_view record)
    {
        texts.release();
        count = 0;
        ended = none;
        failed = false;
        if (const auto error = reserve(record.size()))
            return error;
        const auto* const bytes = reinterpret_cast<const std::uint8_t*>(record.data());
        if (const auto error = indexer->stage1(bytes, record.size(), simdjson::stage1_mode::regular))
            return error;
        text = record.data();
        tokens = indexer->structural_indexes.get();
        count = indexer->n_structural_indexes;
        assert(tokens[count] == record.size());
        return simdjson::SUCCESS;
    }

    bool is(std::uint32_t token, char byte) const { return token < count && text[tokens[token]] == byte; }
    /// The text between the quotes of a key, which a colon follows.
    std::string_view key(std::uint32_t token) const
    {
        const char* const begin = text + tokens[token] + 1;
        const char* end = text + tokens[token + 1] - 1;
        while (isSpace(*end))
            --end;
        assert(end >= begin && *end == '"');
        return {begin, static_cast<std::size_t>(end - begin)};
    }
    /// The token behind a value; `none` where that is not closed, or something else stands in its place.
    std::uint32_t behindValue(std::uint32_t token)
    {
        if (token >= count)
            return none;
        const char byte = text[tokens[token]];
        if (opens(byte))
            return endOf(token);
        const bool isKey = byte == '"' && is(token + 1, ':');
        return byte == ':' || byte == ',' || isKey ? none : token + 1;
    }
    /// The token behind a container; `none` where it has no end.
    std::uint32_t endOf(std::uint32_t container)
    {
        if (ended != container) {
            behind = behindClosing(container + 1);
            ended = container;
        }
        return behind;
    }
    void copyPadded(std::string of)
    {
        copy = std::move(of);
        copy.reserve(copy.size() + windowPadding);
    }

private:
    simdjson::error_code reserve(std::size_t bytes)
    {
        if (capacity > keptCapacity && bytes < keptCapacity / 8) {
            indexer.reset();
            capacity = 0;
        }
        if (indexer && capacity >= bytes)
            return simdjson::SUCCESS;
        const std::size_t wanted = std::max({bytes, capacity * 2, smallestCapacity});
        capacity = 0;
        const auto error = indexer ? indexer->set_capacity(wanted)
                                   : simdjson::get_active_implementation()->create_dom_parser_implementation(
                                         wanted, simdjson::DEFAULT_MAX_DEPTH, indexer);
        if (!error)
            capacity = wanted;
        return error;
    }

    /// Behind the bracket that closes what `token` lies in.
    std::uint32_t behindClosing(std::uint32_t token) const
    {
        for (std::uint32_t depth = 1; token < count;) {
            const char byte = text[tokens[token++]];
            if (opens(byte))
                ++depth;
            else if (closes(byte) && --depth == 0)
                return token;
        }
        return none;
    }
};

JsonParser::JsonParser()
    : m_state(std::make_unique<State>())
{
}

JsonParser::~JsonParser() = default;

JsonValue JsonParser::parse(std::string_view record)
{
    m_defect.reset();
    m_repaired = false;
    m_escapes = EscapeDamage::None;
    m_record = record;
    const std::string_view text = trimmed(record);
    if (text.empty()) {
        note(IssueKind::MalformedRecord, "an empty record", record.data());
        return {};
    }
    if (text.front() != '{' && text.front() != '[')
        return makeValue(text.data(), text.size(), 0);

    auto error = m_state->read(record);
    if (error == simdjson::UTF8_ERROR) {
        m_repaired = true;
        m_state->copyPadded(repairedUtf8(record));
        m_record = m_state->copy;
        error = m_state->read(m_record);
    }
    if (error) {
        note(IssueKind::MalformedRecord, simdjson::error_message(error), m_record.data());
        return {};
    }
    return makeValue(m_record.data() + m_state->tokens[0], 1, 0);
}

JsonValue JsonParser::parseCopy(std::string_view text)
{
    m_state->copyPadded(std::string(text));
    return parse(m_state->copy);
}

JsonValue JsonParser::makeValue(const char* text, std::size_t size, std::uint32_t depth)
{
    JsonValue value;
    value.m_parser = this;
    value.m_text = text;
    value.m_size = size;
    value.m_depth = depth;
    value.m_type = typeOf({text, size});
    if (value.m_type == JsonType::Invalid)
        note(IssueKind::MalformedRecord, "neither a JSON string, number nor literal", text);
    return value;
}

void JsonParser::note(IssueKind kind, std::string message, const char* at)
{
    if (!m_defect)
        m_defect = JsonDefect{kind, std::move(message), static_cast<std::size_t>(at - m_record.data())};
}

std::string_view JsonParser::keep(std::string_view content)
{
    std::string& scratch = m_state->scratch;
    scratch.clear();
    m_escapes = std::max(m_escapes, unescapeJson(content, scratch));
    if (scratch.empty())
        return {};
    auto* const kept = static_cast<char*>(m_state->texts.allocate(scratch.size(), 1));
    std::copy(scratch.begin(), scratch.end(), kept);
    return {kept, scratch.size()};
}

std::vector<ImportIssue> JsonParser::issues(std::uint64_t offset, std::uint64_t line) const
{
    std::vector<ImportIssue> rows;
    const auto add = [&](Severity severity, IssueKind kind, std::uint64_t byte, std::string message) {
        ImportIssue issue;
        issue.severity = severity;
        issue.kind = kind;
        issue.line = static_cast<std::int64_t>(line);
        issue.byte = static_cast<std::int64_t>(byte);
        issue.message = std::move(message);
        rows.push_back(std::move(issue));
    };
    if (m_repaired)
        add(Severity::Warning, IssueKind::InvalidUtf8, offset, "the record is not UTF-8; damage is shown as U+FFFD");
    if (m_escapes == EscapeDamage::HalfPair)
        add(Severity::Warning, IssueKind::InvalidUtf8, offset, "half of a surrogate pair is shown as U+FFFD");
    else if (m_escapes == EscapeDamage::NoEscape)
        add(Severity::Warning, IssueKind::MalformedRecord, offset,
            "a backslash begins no escape that JSON has; shown as it is written");
    if (m_defect) {
        const bool deep = m_defect->kind == IssueKind::TooDeep;
        add(deep ? Severity::Warning : Severity::Error, m_defect->kind, offset + (m_repaired ? 0 : m_defect->byte),
            m_defect->message);
    }
    return rows;
}

std::string_view JsonValue::raw() const
{
    if (!isObject() && !isArray())
        return {m_text, m_size};
    JsonParser::State& state = *m_parser->m_state;
    const std::string_view record = m_parser->m_record;
    const std::string_view rest = record.substr(static_cast<std::size_t>(m_text - record.data()));
    const std::uint32_t behind = state.endOf(m_token);
    if (behind == JsonParser::State::none) {
        m_parser->note(IssueKind::MalformedRecord, "a container has no end", m_text);
        return rest;
    }
    return rest.substr(0, state.tokens[behind - 1] + 1 - state.tokens[m_token]);
}

std::string_view JsonValue::content() const
{
    return isString() ? std::string_view(m_text + 1, m_size - 2) : std::string_view();
}

std::optional<std::string_view> JsonValue::string() const
{
    if (!isString())
        return {};
    const std::string_view inside = content();
    return hasBackslash(inside) ? m_parser->keep(inside) : inside;
}

std::optional<std::int64_t> JsonValue::integer() const
{
    if (m_type == JsonType::Number)
        return readInteger({m_text, m_size});
    return isString() ? readInteger(content()) : std::nullopt;
}

std::optional<double> JsonValue::number() const
{
    if (m_type == JsonType::Number)
        return readNumber({m_text, m_size});
    return isString() ? readNumber(content()) : std::nullopt;
}

std::optional<bool> JsonValue::boolean() const
{
    if (m_type != JsonType::Bool)
        return {};
    return *m_text == 't';
}

/// What is made is nowhere copied: that would have to wait for stores of other widths, for longer than all the rest
/// takes.
JsonValue JsonValue::child(std::uint32_t token) const
{
    const JsonParser::State& state = *m_parser->m_state;
    const char* begin = state.text;
    const char* end = state.text;
    if (token < state.count) { // else the value is missing
        begin += state.tokens[token];
        end += state.tokens[token + 1];
        while (isSpace(end[-1])) // a token begins with something else
            --end;
    }
    JsonValue value = m_parser->makeValue(begin, static_cast<std::size_t>(end - begin), m_depth + 1);
    value.m_token = token;
    return value;
}

bool JsonValue::enterable(JsonType wanted) const
{
    if (m_type != wanted || m_parser->m_state->failed)
        return false;
    if (m_depth >= maxJsonDepth)
        m_parser->note(IssueKind::TooDeep, "nested deeper than " + std::to_string(maxJsonDepth) + " levels", m_text);
    return m_depth < maxJsonDepth;
}

void JsonValue::fail(const char* what) const
{
    m_parser->note(IssueKind::MalformedRecord, what, m_text);
    m_parser->m_state->failed = true;
}

/// All members were visited.
void JsonValue::close(std::uint32_t behind) const
{
    JsonParser::State& state = *m_parser->m_state;
    state.ended = m_token;
    state.behind = behind;
    if (m_depth > 0 && behind == state.count)
        fail(simdjson::error_message(simdjson::INCOMPLETE_ARRAY_OR_OBJECT));
}

void JsonValue::members(Visitor visit, void* with) const
{
    if (!enterable(JsonType::Object))
        return;
    JsonParser::State& state = *m_parser->m_state;
    std::uint32_t at = m_token + 1;
    if (state.is(at, '}'))
        return close(at + 1);
    while (state.is(at, '"') && state.is(at + 1, ':')) {
        const std::string_view key = state.key(at);
        visit(with, hasBackslash(key) ? m_parser->keep(key) : key, child(at + 2));
        if (state.failed)
            return;
        at = state.behindValue(at + 2);
        if (state.is(at, '}'))
            return close(at + 1);
        if (!state.is(at, ','))
            break;
        ++at;
    }
    fail(simdjson::error_message(simdjson::TAPE_ERROR));
}

void JsonValue::elements(Visitor visit, void* with) const
{
    if (!enterable(JsonType::Array))
        return;
    JsonParser::State& state = *m_parser->m_state;
    std::uint32_t at = m_token + 1;
    if (state.is(at, ']'))
        return close(at + 1);
    while (true) {
        visit(with, {}, child(at));
        if (state.failed)
            return;
        at = state.behindValue(at);
        if (state.is(at, ']'))
            return close(at + 1);
        if (!state.is(at, ','))
            return fail(simdjson::error_message(simdjson::TAPE_ERROR));
        ++at;
    }
}

} // namespace arcscope

#include "jsonvalue.h"

#include "jsontext.h"
#include "valuescan.h"

#include <algorithm>
#include <cstring>
#include <memory_resource>
#include <simdjson.h>
#include <utility>

namespace arcscope
{
namespace
{

namespace ondemand = simdjson::ondemand;

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

/// The key that begins behind the quote at `begin` and whether it has escapes; the parser has seen its closing quote.
std::pair<std::string_view, bool> keyAt(const char* begin)
{
    const char* end = begin;
    bool escapes = false;
    for (; *end != '"'; ++end) {
        if (*end == '\\') [[unlikely]] {
            escapes = true;
            ++end;
        }
    }
    return {{begin, static_cast<std::size_t>(end - begin)}, escapes};
}

} // namespace

struct JsonParser::State {
    ondemand::parser parser;
    ondemand::document document;
    ondemand::value root;
    std::string copy;
    std::pmr::monotonic_buffer_resource texts;
    std::string scratch;

    simdjson::error_code read(std::string_view record)
    {
        texts.release();
        if (parser.capacity() > keptCapacity && record.size() < keptCapacity / 8)
            parser = ondemand::parser();
        if (parser.capacity() < record.size()) {
            const auto error = parser.allocate(std::max({record.size(), parser.capacity() * 2, smallestCapacity}));
            if (error)
                return error;
        }
        return parser.iterate(record.data(), record.size(), record.size() + simdjson::SIMDJSON_PADDING).get(document);
    }
    void copyPadded(std::string text)
    {
        copy = std::move(text);
        copy.reserve(copy.size() + windowPadding);
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
    if (!error)
        error = m_state->document.get_value().get(m_state->root);
    if (error) {
        note(IssueKind::MalformedRecord, simdjson::error_message(error), m_record.data());
        return {};
    }
    JsonValue value = makeValue(trimmed(m_record).data(), 1, 0);
    value.m_place = &m_state->root;
    return value;
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
    const std::string_view record = m_parser->m_record;
    const std::string_view rest = record.substr(static_cast<std::size_t>(m_text - record.data()));
    static const ScanKernel kernel = bestScanKernel();
    ValueScan scan(kernel);
    scan.begin(rest.front());
    ScanStop stop = ScanStop::Opener;
    while (stop == ScanStop::Opener)
        stop = scan.feed(rest, true);
    if (stop != ScanStop::Closed)
        m_parser->note(IssueKind::MalformedRecord, "a container has no end", m_text);
    return rest.substr(0, scan.scanned());
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
    return inside.find('\\') == std::string_view::npos ? inside : m_parser->keep(inside);
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

template <typename Item>
JsonValue JsonValue::child(Item& item) const
{
    std::string_view token = item.raw_json_token();
    // Behind the last token of a damaged record the parser knows no length.
    const std::string_view record = m_parser->m_record;
    const auto at = static_cast<std::size_t>(token.data() - record.data());
    token = at < record.size() ? trimmed(token.substr(0, record.size() - at)) : std::string_view(record.data(), 0);
    JsonValue value = m_parser->makeValue(token.data(), token.size(), m_depth + 1);
    value.m_place = &item;
    return value;
}

bool JsonValue::enterable(JsonType wanted) const
{
    if (m_type == wanted && m_depth >= maxJsonDepth)
        m_parser->note(IssueKind::TooDeep, "nested deeper than " + std::to_string(maxJsonDepth) + " levels", m_text);
    return m_type == wanted && m_depth < maxJsonDepth;
}

void JsonValue::members(Visitor visit, void* with) const
{
    if (!enterable(JsonType::Object))
        return;
    ondemand::value& self = *static_cast<ondemand::value*>(m_place);
    ondemand::object object;
    auto error = self.get_object().get(object);
    if (!error) {
        for (auto item : object) {
            error = item.error();
            if (error)
                break;
            // Read where it lies: a copy would have to wait for stores of other widths, for longer than all the rest
            // takes.
            auto& field = const_cast<ondemand::field&>(std::as_const(item).value_unsafe());
            const auto [key, escapes] = keyAt(field.key().raw());
            visit(with, escapes ? m_parser->keep(key) : key, child(field.value()));
        }
    }
    if (error)
        m_parser->note(IssueKind::MalformedRecord, simdjson::error_message(error), m_text);
}

void JsonValue::elements(Visitor visit, void* with) const
{
    if (!enterable(JsonType::Array))
        return;
    ondemand::value& self = *static_cast<ondemand::value*>(m_place);
    ondemand::array array;
    auto error = self.get_array().get(array);
    if (!error) {
        for (auto item : array) {
            error = item.error();
            if (error)
                break;
            visit(with, {}, child(const_cast<ondemand::value&>(std::as_const(item).value_unsafe())));
        }
    }
    if (error)
        m_parser->note(IssueKind::MalformedRecord, simdjson::error_message(error), m_text);
}

} // namespace arcscope

#include "accesses.h"

#include "jsonread.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace arcscope
{
namespace
{

constexpr std::size_t mostText = 1'000'000;
constexpr std::size_t mostValues = 500;

using Words = std::vector<std::string>;

/// The words of "updateOrder", "memory_write", "fs.read-file", in lower case.
Words wordsOf(std::string_view name)
{
    Words words;
    bool open = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool upper = c >= 'A' && c <= 'Z';
        const bool letter = upper || (c >= 'a' && c <= 'z');
        if (!letter) {
            open = false;
            continue;
        }
        const bool begins = upper && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
        if (!open || begins)
            words.emplace_back();
        open = true;
        words.back() += upper ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return words;
}

template <std::size_t n>
bool isOneOf(std::string_view word, const std::array<std::string_view, n>& words)
{
    return std::ranges::find(words, word) != words.end();
}

constexpr auto reads = std::to_array<std::string_view>(
    {"get", "read", "fetch", "load", "show", "view", "open", "lookup", "recall", "retrieve", "cat", "describe"});
constexpr auto writes =
    std::to_array<std::string_view>({"write", "update", "set", "put", "patch", "save", "edit", "replace", "upsert",
                                     "store", "modify", "overwrite", "remember", "change", "rename"});
constexpr auto memories = std::to_array<std::string_view>(
    {"memory", "memories", "state", "remember", "recall", "kv", "cache", "preference", "preferences", "fact", "facts"});
constexpr auto places = std::to_array<std::string_view>({"path", "file_path", "filepath", "filename", "file_name",
                                                         "uri", "url", "resource", "resource_uri", "notebook_path"});
constexpr auto ids = std::to_array<std::string_view>(
    {"resource_id", "document_id", "doc_id", "page_id", "record_id", "id", "key", "name"});
constexpr auto versions = std::to_array<std::string_view>(
    {"version", "etag", "if_match", "ifMatch", "revision", "expected_version", "base_version", "rev"});
constexpr auto wholes = std::to_array<std::string_view>({"content", "value", "text", "data", "body", "new_value"});
constexpr auto partials =
    std::to_array<std::string_view>({"old_string", "oldText", "old_str", "old_text", "diff", "patch", "append",
                                     "insert_line", "edits", "oldString", "start_line", "offset"});

/// A whole document; nothing where the text is none.
struct Document {
    JsonStory story;
    bool whole = false;

    explicit Document(std::string_view text)
    {
        if (text.empty() || text.size() > mostText)
            return;
        story.feed(text);
        whole = story.finish() == JsonState::Complete && story.size() > 0;
    }
};

/// A member of the object of that name; none where it is no text or number.
template <std::size_t n>
std::optional<std::pair<std::string_view, std::string>> memberOf(JsonReading& reading,
                                                                 const std::array<std::string_view, n>& names)
{
    for (const std::string_view name : names) {
        const JsonIndex index = reading.member(0, name);
        if (index < 0)
            continue;
        const JsonKind kind = reading.kind(index);
        if (kind == JsonKind::String || kind == JsonKind::Number)
            return std::pair{name, reading.text(index)};
    }
    return std::nullopt;
}

std::uint64_t valueHash(std::string_view text)
{
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
        text.remove_suffix(1);
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
        text.remove_prefix(1);
    return hashOf(text);
}

using Values = std::vector<std::pair<std::string, std::uint64_t>>;

/// The leaves below a node, by their pointers from there.
void addLeaves(const JsonReading& reading, JsonIndex root, Values& into)
{
    const JsonStory& story = reading.story();
    const std::size_t above = jsonPointer(story, root).size();
    for (JsonIndex i = root; i < story.after(root) && into.size() < mostValues; ++i) {
        const JsonKind kind = reading.kind(i);
        if (kind != JsonKind::Object && kind != JsonKind::Array)
            into.emplace_back(jsonPointer(story, i).substr(above), valueHash(reading.text(i)));
    }
}

class Reader
{
public:
    explicit Reader(TraceReading& trace)
        : m_trace(trace)
        , m_corpus(trace.corpus())
    {
    }

    std::optional<Access> read(Row row) const
    {
        const std::string_view tool = m_corpus.text(SpanText::Tool, row).empty() ? m_corpus.text(SpanText::Name, row)
                                                                                 : m_corpus.text(SpanText::Tool, row);
        const Words words = wordsOf(tool);
        const auto isRead = [](const std::string& word) { return isOneOf(word, reads); };
        const auto isWrite = [](const std::string& word) { return isOneOf(word, writes); };
        const bool write = std::ranges::any_of(words, isWrite);
        if (!write && std::ranges::none_of(words, isRead))
            return std::nullopt;
        const auto content = m_trace.content(row);
        if (!content || content->toolFailed || m_corpus.spans.status(row) == SpanStatus::Error)
            return std::nullopt;
        Document arguments(content->toolArguments);
        if (!arguments.whole || arguments.story.node(0).kind != JsonKind::Object)
            return std::nullopt;
        JsonReading reading(arguments.story);
        Access access;
        access.write = write;
        access.memory = std::ranges::any_of(words, [](const std::string& word) { return isOneOf(word, memories); });
        access.resource = resourceOf(reading, words);
        if (access.resource.empty())
            return std::nullopt;
        access.actor = nearest(m_corpus, SpanText::User, row);
        if (access.actor.empty())
            access.actor = nearest(m_corpus, SpanText::Agent, row);
        const TimeRange range = m_corpus.spans.range(row);
        access.start = range.start;
        access.end = range.end;
        access.place.row = row;
        access.place.time = range.end;
        access.place.text.of = write ? TextPlace::Of::ToolArguments : TextPlace::Of::ToolResult;
        access.place.quote = quoted(write ? content->toolArguments : content->toolResult);
        if (write)
            addWritten(reading, content->toolResult, access);
        else
            addRead(content->toolResult, access);
        return access;
    }

private:
    static std::string resourceOf(JsonReading& reading, const Words& words)
    {
        if (const auto place = memberOf(reading, places); place && !place->second.empty())
            return place->second;
        std::string noun;
        for (const std::string& word : words) {
            if (!isOneOf(word, reads) && !isOneOf(word, writes))
                noun += word + ' ';
        }
        if (const auto id = memberOf(reading, ids); id && !id->second.empty())
            return noun + id->second;
        if (reading.kind(0) == JsonKind::Object) {
            for (const auto& [name, index] : reading.members(0)) {
                const bool text = reading.kind(index) == JsonKind::String || reading.kind(index) == JsonKind::Number;
                // "order_id" of "update_order": of several, the one that the tool is named after
                if (text && name.ends_with("_id") && !noun.empty() &&
                    noun.find(name.substr(0, name.size() - 3)) != noun.npos)
                    return noun + reading.text(index);
            }
        }
        return {};
    }

    static void addWritten(JsonReading& reading, std::string_view result, Access& access)
    {
        if (const auto version = memberOf(reading, versions))
            access.version = version->second;
        for (const auto& [name, index] : reading.members(0)) {
            if (isOneOf(name, partials))
                access.checked = true;
            if (isOneOf(name, places) || isOneOf(name, ids) || isOneOf(name, versions) || name.ends_with("_id"))
                continue;
            const JsonKind kind = reading.kind(index);
            if (isOneOf(name, wholes) && kind != JsonKind::Object)
                access.values.emplace_back("", valueHash(reading.text(index)));
            else if (isOneOf(name, wholes) || name == "fields" || name == "changes" || name == "values")
                addLeaves(reading, index, access.values);
            else
                addNamed(reading, name, index, access.values);
        }
        Document answer(result);
        if (answer.whole && answer.story.node(0).kind == JsonKind::Object) {
            JsonReading returned(answer.story);
            if (const auto version = memberOf(returned, versions))
                access.newVersion = version->second;
        }
    }

    static void addNamed(const JsonReading& reading, std::string_view name, JsonIndex index, Values& into)
    {
        Values below;
        addLeaves(reading, index, below);
        for (auto& [pointer, value] : below)
            into.emplace_back('/' + pointerToken(name) + pointer, value);
    }

    static void addRead(std::string_view result, Access& access)
    {
        Document answer(result);
        if (!answer.whole || answer.story.node(0).kind != JsonKind::Object) {
            const std::string text =
                answer.whole && answer.story.node(0).kind == JsonKind::String ? JsonReading(answer.story).text(0) : "";
            access.values.emplace_back("", valueHash(text.empty() ? result : std::string_view(text)));
            return;
        }
        JsonReading reading(answer.story);
        if (const auto version = memberOf(reading, versions))
            access.version = version->second;
        for (const std::string_view name : wholes) {
            const JsonIndex index = reading.member(0, name);
            if (index < 0)
                continue;
            if (reading.kind(index) == JsonKind::Object)
                addLeaves(reading, index, access.values);
            else
                access.values.emplace_back("", valueHash(reading.text(index)));
            return;
        }
        addLeaves(reading, 0, access.values);
    }

    TraceReading& m_trace;
    const Corpus& m_corpus;
};

constexpr char between = '\x1f';

} // namespace

std::string_view nearest(const Corpus& corpus, SpanText what, Row row)
{
    for (int steps = 0; row != noRow && steps < 64; row = corpus.spans.parent(row), ++steps) {
        if (const std::string_view text = corpus.text(what, row); !text.empty())
            return text;
    }
    return {};
}

std::vector<Access> accessesOf(TraceReading& trace)
{
    std::vector<Access> accesses;
    const Reader reader(trace);
    for (const Row row : trace.rows()) {
        if (trace.corpus().spans.kind(row) != SpanKind::ToolCall ||
            trace.corpus().spans.flagged(row, SpanFlag::NotExecuted))
            continue;
        if (auto access = reader.read(row))
            accesses.push_back(std::move(*access));
    }
    // Where no times are recorded the order of the record stands.
    if (std::ranges::none_of(accesses, [](const Access& access) { return access.end == noTime; }))
        std::ranges::stable_sort(accesses, {}, &Access::end);
    return accesses;
}

std::string encoded(const Access& access)
{
    std::string text;
    const auto add = [&](std::string_view part) {
        for (const char c : part)
            text += c == between ? ' ' : c;
        text += between;
    };
    add(access.write ? "w" : "r");
    add(access.checked ? "1" : "0");
    add(access.memory ? "1" : "0");
    add(access.resource);
    add(access.actor);
    add(access.version);
    add(access.newVersion);
    add(std::to_string(access.start));
    add(std::to_string(access.end));
    for (const auto& [pointer, value] : access.values) {
        add(pointer);
        add(std::to_string(value));
    }
    return text;
}

Access accessOf(std::string_view text, const FindingPlace& place)
{
    const auto next = [&] {
        const std::size_t end = std::min(text.find(between), text.size());
        const std::string_view part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        return part;
    };
    const auto number = [&](auto& into) {
        const std::string_view part = next();
        std::from_chars(part.data(), part.data() + part.size(), into);
    };
    Access access;
    access.write = next() == "w";
    access.checked = next() == "1";
    access.memory = next() == "1";
    access.resource = next();
    access.actor = next();
    access.version = next();
    access.newVersion = next();
    number(access.start);
    number(access.end);
    while (!text.empty()) {
        auto& [pointer, value] = access.values.emplace_back();
        pointer = next();
        number(value);
    }
    access.place = place;
    return access;
}

} // namespace arcscope

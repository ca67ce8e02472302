#include "chunks.h"

#include "jsonread.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

namespace arcscope
{
namespace
{

constexpr std::size_t mostText = 4'000'000;

constexpr auto documentNames =
    std::to_array<std::string_view>({"document_id", "doc_id", "documentId", "docId", "source_id", "file_id", "page_id",
                                     "source", "url", "uri", "path", "file_path"});
constexpr auto versionNames =
    std::to_array<std::string_view>({"version", "revision", "doc_version", "document_version", "etag", "rev"});
constexpr auto modifiedNames = std::to_array<std::string_view>(
    {"modified_at", "updated_at", "last_modified", "last_edited_at", "modifiedAt", "updatedAt", "lastModified"});
constexpr auto textNames =
    std::to_array<std::string_view>({"page_content", "pageContent", "content", "text", "snippet", "chunk"});
constexpr auto listNames =
    std::to_array<std::string_view>({"documents", "results", "matches", "chunks", "hits", "data", "output", "records"});

template <std::size_t n>
std::string memberText(JsonReading& reading, JsonIndex object, const std::array<std::string_view, n>& names)
{
    for (const std::string_view name : names) {
        const JsonIndex index = reading.member(object, name);
        if (index < 0)
            continue;
        const JsonKind kind = reading.kind(index);
        if (kind == JsonKind::String || kind == JsonKind::Number)
            return reading.text(index);
    }
    return {};
}

/// What is not known yet.
void addFacts(JsonReading& reading, JsonIndex object, Chunk& chunk)
{
    const auto take = [](std::string& into, std::string found) {
        if (into.empty())
            into = std::move(found);
    };
    take(chunk.document, memberText(reading, object, documentNames));
    take(chunk.version, memberText(reading, object, versionNames));
    take(chunk.modified, memberText(reading, object, modifiedNames));
    const JsonIndex deleted = reading.member(object, "deleted");
    chunk.deleted = chunk.deleted || (deleted >= 0 && reading.isTrue(deleted)) ||
                    !memberText(reading, object, std::array<std::string_view, 1>{"deleted_at"}).empty();
}

/// "guide#3" is a piece of "guide".
void takeId(Chunk& chunk, const std::string& id)
{
    if (chunk.document.empty())
        chunk.document = id.substr(0, id.find('#'));
}

void addObject(JsonReading& reading, JsonIndex object, const FindingPlace& place, std::vector<Chunk>& into)
{
    if (reading.kind(object) != JsonKind::Object)
        return;
    if (const JsonIndex inner = reading.member(object, "document");
        inner >= 0 && reading.kind(inner) == JsonKind::Object) {
        addObject(reading, inner, place, into);
        return;
    }
    Chunk chunk;
    chunk.place = place;
    chunk.text = memberText(reading, object, textNames);
    addFacts(reading, object, chunk);
    if (const JsonIndex metadata = reading.member(object, "metadata"); metadata >= 0)
        addFacts(reading, metadata, chunk);
    takeId(chunk, memberText(reading, object, std::array<std::string_view, 1>{"id"}));
    if (!chunk.text.empty() || !chunk.version.empty())
        into.push_back(std::move(chunk));
}

void addJson(std::string_view text, const FindingPlace& place, std::vector<Chunk>& into)
{
    if (text.empty() || text.size() > mostText || (text.front() != '[' && text.front() != '{'))
        return;
    JsonStory story;
    story.feed(text);
    if (story.finish() != JsonState::Complete || story.size() == 0)
        return;
    JsonReading reading(story);
    JsonIndex list = 0;
    if (reading.kind(0) == JsonKind::Object) {
        for (const std::string_view name : listNames) {
            const JsonIndex index = reading.member(0, name);
            if (index >= 0 && reading.kind(index) == JsonKind::Array) {
                list = index;
                break;
            }
        }
    }
    if (reading.kind(list) != JsonKind::Array)
        return;
    for (JsonIndex i = story.firstChild(list); i >= 0 && into.size() < mostChunks; i = story.nextSibling(i))
        addObject(reading, i, place, into);
}

/// "retrieval.documents.3.document.metadata" is 3 and "metadata".
std::optional<std::pair<std::uint32_t, std::string_view>> numbered(std::string_view key)
{
    constexpr std::string_view prefix = "retrieval.documents.";
    constexpr std::string_view infix = ".document.";
    if (!key.starts_with(prefix))
        return std::nullopt;
    key.remove_prefix(prefix.size());
    std::uint32_t number = 0;
    const auto read = std::from_chars(key.data(), key.data() + key.size(), number);
    key.remove_prefix(static_cast<std::size_t>(read.ptr - key.data()));
    if (read.ec != std::errc() || !key.starts_with(infix))
        return std::nullopt;
    return std::pair{number, key.substr(infix.size())};
}

void addAttribute(const Attribute& attribute, std::string_view name, const FindingPlace& place, Chunk& chunk)
{
    constexpr std::string_view metadata = "metadata.";
    const auto isOneOf = [](std::string_view word, const auto& names) {
        return std::ranges::find(names, word) != names.end();
    };
    if (name == "content") {
        chunk.text = attribute.value;
        chunk.place = place;
    } else if (name == "metadata") {
        JsonStory story;
        story.feed(attribute.value);
        if (story.finish() == JsonState::Complete && story.size() > 0) {
            JsonReading reading(story);
            addFacts(reading, 0, chunk);
        }
    } else if (name.starts_with(metadata)) {
        const std::string_view key = name.substr(metadata.size());
        if (isOneOf(key, documentNames))
            chunk.document = attribute.value;
        else if (isOneOf(key, versionNames))
            chunk.version = attribute.value;
        else if (isOneOf(key, modifiedNames))
            chunk.modified = attribute.value;
    }
    if (chunk.place.row == noRow)
        chunk.place = place;
}

} // namespace

std::vector<Chunk> chunksOf(TraceReading& trace, Row row)
{
    std::vector<Chunk> chunks;
    const Corpus& corpus = trace.corpus();
    const SpanKind kind = corpus.spans.kind(row);
    if (kind != SpanKind::Retrieval && kind != SpanKind::ToolCall)
        return chunks;
    const auto content = trace.content(row);
    if (!content)
        return chunks;
    const TimeRange range = corpus.spans.range(row);
    FindingPlace place;
    place.row = row;
    place.time = range.end;
    std::map<std::uint32_t, Chunk> byNumber;
    std::map<std::uint32_t, std::string_view> idByNumber;
    for (std::size_t i = 0; i < content->attributes.size(); ++i) {
        const Attribute& attribute = content->attributes[i];
        place.text = {TextPlace::Of::Attribute, static_cast<std::uint32_t>(i), 0};
        if (const auto found = numbered(attribute.key); found && found->first < mostChunks) {
            addAttribute(attribute, found->second, place, byNumber[found->first]);
            if (found->second == "id")
                idByNumber[found->first] = attribute.value;
        } else if (attribute.key == "gen_ai.retrieval.documents") {
            addJson(attribute.value, place, chunks);
        }
    }
    for (auto& [number, chunk] : byNumber) {
        if (const auto id = idByNumber.find(number); id != idByNumber.end())
            takeId(chunk, std::string(id->second));
        chunks.push_back(std::move(chunk));
    }
    if (!chunks.empty() || kind != SpanKind::Retrieval)
        return chunks;
    place.text = {TextPlace::Of::ToolResult, 0, 0};
    addJson(content->toolResult, place, chunks);
    for (std::size_t m = 0; m < content->output.size() && chunks.empty(); ++m) {
        for (std::size_t p = 0; p < content->output[m].parts.size(); ++p) {
            place.text = {TextPlace::Of::Output, static_cast<std::uint32_t>(m), static_cast<std::uint32_t>(p)};
            addJson(content->output[m].parts[p].text, place, chunks);
        }
    }
    return chunks;
}

bool isNewer(const Chunk& b, const Chunk& a)
{
    const auto number = [](std::string_view text) -> std::optional<double> {
        if (text.starts_with('v') || text.starts_with('V'))
            text.remove_prefix(1);
        double value = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
    };
    const auto isDate = [](std::string_view text) { return text.size() >= 10 && text[4] == '-' && text[7] == '-'; };
    if (const auto left = number(a.version), right = number(b.version); left && right)
        return *right > *left;
    if (isDate(a.version) && isDate(b.version))
        return b.version > a.version;
    return isDate(a.modified) && isDate(b.modified) && b.modified > a.modified;
}

} // namespace arcscope

// Pieces of documents that a retrieval returned: of several versions, at odds with each other, outdated when cited.
#include "chunks.h"
#include "reversal.h"

#include <algorithm>
#include <array>
#include <map>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"chunks.conflict", FindingLevel::Check,
     "Two chunks of one retrieval give one thing different values; of each the first 16 KB.",
     "“The refund period for shoes is 14 days.” and “The refund period for shoes is 30 days.”",
     "“The refund period for shoes is 14 days.” and “The refund period for hats is 30 days.”"},
    {"chunks.version_skew", FindingLevel::Finding, "One retrieval returned chunks of several versions of a document.",
     "guide.md in version 3 and guide.md in version 4", "guide.md twice in version 4"},
    {"chunks.stale_citation", FindingLevel::Check,
     "An answer names a document that was changed or deleted after it had been retrieved, as the trace shows, or of "
     "which a newer version had been retrieved than the one it names.",
     "guide.md retrieved, delete_page(guide.md), “See guide.md.”", "guide.md retrieved, “See guide.md.”, deleted"},
});

constexpr double leastCovered = 0.6; ///< of the words of both sentences
constexpr std::size_t leastName = 5; ///< bytes of a document's name that is looked for in answers

Finding& add(std::vector<Finding>& into, std::string_view rule, FindingLevel level, std::string what)
{
    Finding& finding = into.emplace_back();
    finding.rule = rule;
    finding.level = level;
    finding.what = std::move(what);
    return finding;
}

FindingPlace placeOf(const Chunk& chunk)
{
    FindingPlace place = chunk.place;
    place.quote = quoted(chunk.text);
    return place;
}

std::string stateOf(const Chunk& chunk)
{
    return chunk.version.empty() ? chunk.modified : chunk.version;
}

void findConflicts(const std::vector<Chunk>& chunks, std::vector<Finding>& into)
{
    Conversation texts; // statements are read out of turns
    for (const Chunk& chunk : chunks) {
        Turn& turn = texts.turns.emplace_back();
        turn.row = chunk.place.row;
        turn.place = chunk.place.text;
        turn.time = chunk.place.time;
        turn.text = chunk.text;
    }
    Statements statements;
    PairComparer comparer;
    for (std::uint32_t i = 0; i < texts.turns.size(); ++i) {
        auto now = statements.read(texts, i, i);
        for (const StatedClaim& statement : now) {
            for (const std::uint32_t number : statements.like(statement.claim)) {
                const StatedClaim& other = statements[number];
                const auto match = reversed(comparer, other.claim, statement.claim, false);
                if (!match || match->hit.valueA < 0 || comparer.alignment().least() < leastCovered)
                    continue;
                Finding& finding = add(into, "chunks.conflict", FindingLevel::Check,
                                       "Two chunks of one retrieval give one thing different values.");
                addReversal(texts, other, statement, *match, finding);
                if (texts.turns[i].place.of != TextPlace::Of::Attribute) {
                    for (FindingPlace& place : finding.places)
                        place.from = place.to = -1; // the quote is a value within that text
                }
                for (const auto at : {i, other.turn}) {
                    if (!chunks[at].document.empty())
                        finding.facts.push_back({"document", chunks[at].document + ' ' + stateOf(chunks[at])});
                }
                break;
            }
        }
        statements.add(std::move(now));
    }
}

void findSkew(const std::vector<Chunk>& chunks, std::vector<Finding>& into)
{
    std::map<std::string_view, const Chunk*> first;
    std::map<std::string_view, bool> told;
    for (const Chunk& chunk : chunks) {
        if (chunk.document.empty() || stateOf(chunk).empty())
            continue;
        const auto [known, isNew] = first.try_emplace(chunk.document, &chunk);
        const bool sameKind = chunk.version.empty() == known->second->version.empty();
        if (isNew || !sameKind || stateOf(*known->second) == stateOf(chunk) || told[chunk.document])
            continue;
        told[chunk.document] = true;
        Finding& finding =
            add(into, "chunks.version_skew", FindingLevel::Finding,
                "One retrieval returned “" + chunk.document + "” in several versions: " + stateOf(*known->second) +
                    " and " + stateOf(chunk) + ".");
        finding.places = {placeOf(chunk), placeOf(*known->second)};
        finding.cause = chunk.document;
    }
}

/// What happened to a document, and when it was known.
struct Change {
    Nanos time = noTime;
    const Chunk* newer = nullptr; ///< null: a call changed or deleted it
    FindingPlace place;
};

class Citations
{
public:
    Citations(TraceReading& trace, const std::vector<std::vector<Chunk>>& retrievals, std::vector<Finding>& into)
        : m_trace(trace)
        , m_into(into)
    {
        for (const auto& chunks : retrievals) {
            for (const Chunk& chunk : chunks) {
                if (chunk.document.size() >= leastName && chunk.place.time != noTime)
                    m_chunks[chunk.document].push_back(&chunk);
            }
        }
    }

    void run()
    {
        if (m_chunks.empty())
            return;
        for (const Row row : m_trace.rows()) {
            if (m_trace.corpus().spans.kind(row) == SpanKind::ToolCall)
                readCall(row);
        }
        for (const Row row : m_trace.rows()) {
            if (m_trace.corpus().spans.kind(row) == SpanKind::ModelCall)
                readAnswer(row);
        }
    }

private:
    void readCall(Row row)
    {
        std::string name(m_trace.corpus().text(SpanText::Tool, row));
        std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
        constexpr auto words = std::to_array<std::string_view>(
            {"delete", "remove", "archive", "update", "edit", "write", "publish", "replace"});
        if (std::ranges::none_of(words, [&](std::string_view word) { return name.find(word) != name.npos; }))
            return;
        const auto content = m_trace.content(row);
        if (!content || content->toolFailed || m_trace.corpus().spans.status(row) == SpanStatus::Error)
            return;
        for (const auto& [document, chunks] : m_chunks) {
            if (content->toolArguments.find('"' + std::string(document) + '"') == std::string::npos)
                continue;
            Change& change = m_changes[document].emplace_back();
            change.time = m_trace.corpus().spans.range(row).end;
            change.place.row = row;
            change.place.time = change.time;
            change.place.text.of = TextPlace::Of::ToolArguments;
            change.place.quote = quoted(content->toolArguments);
        }
    }

    void readAnswer(Row row)
    {
        const TimeRange range = m_trace.corpus().spans.range(row);
        const auto content = range.recorded() ? m_trace.content(row) : nullptr;
        for (std::size_t m = 0; content && m < content->output.size(); ++m) {
            for (std::size_t p = 0; p < content->output[m].parts.size(); ++p) {
                const Part& part = content->output[m].parts[p];
                if (part.kind != PartKind::Text)
                    continue;
                for (const auto& [document, chunks] : m_chunks) {
                    const std::size_t at = part.text.find(document);
                    if (at == std::string::npos)
                        continue;
                    FindingPlace place;
                    place.row = row;
                    place.time = range.end;
                    place.text = {TextPlace::Of::Output, static_cast<std::uint32_t>(m), static_cast<std::uint32_t>(p)};
                    place.from = static_cast<std::int64_t>(at);
                    place.to = static_cast<std::int64_t>(at + document.size());
                    place.quote = document;
                    check(place, part.text, chunks, m_changes[document]);
                }
            }
        }
    }

    void check(const FindingPlace& cited, std::string_view text, const std::vector<const Chunk*>& chunks,
               const std::vector<Change>& changes)
    {
        const Chunk* last = nullptr; // the one that the answer goes by
        const Chunk* newer = nullptr;
        for (const Chunk* const chunk : chunks) {
            if (chunk->place.time > cited.time)
                continue;
            const bool named = chunk->version.size() > 1 && text.find(chunk->version) != text.npos;
            if (!last || named || chunk->place.time > last->place.time)
                last = chunk;
            if (named)
                break;
        }
        if (!last)
            return;
        const bool named = last->version.size() > 1 && text.find(last->version) != text.npos;
        for (const Chunk* const chunk : chunks) {
            if (named && chunk->place.time <= cited.time && isNewer(*chunk, *last) &&
                text.find(chunk->version) == text.npos)
                newer = chunk;
        }
        const auto changed = std::ranges::find_if(
            changes, [&](const Change& change) { return change.time > last->place.time && change.time <= cited.time; });
        if (!newer && changed == changes.end() && !last->deleted)
            return;
        const std::string how = newer                      ? "of which a newer version had been retrieved"
                                : changed != changes.end() ? "that was changed or deleted after it was retrieved"
                                                           : "that was deleted, as its own record says";
        Finding& finding = add(m_into, "chunks.stale_citation", FindingLevel::Check,
                               "An answer names “" + last->document + "”, " + how + ".");
        finding.places = {cited, placeOf(*last)};
        if (newer)
            finding.places.push_back(placeOf(*newer));
        else if (changed != changes.end())
            finding.places.push_back(changed->place);
        finding.cause = last->document;
    }

    TraceReading& m_trace;
    std::vector<Finding>& m_into;
    std::map<std::string_view, std::vector<const Chunk*>> m_chunks;
    std::map<std::string_view, std::vector<Change>> m_changes;
};

void run(TraceReading& trace, std::vector<Finding>& into)
{
    std::vector<std::vector<Chunk>> retrievals;
    for (const Row row : trace.rows()) {
        std::vector<Chunk> chunks = chunksOf(trace, row);
        if (chunks.empty())
            continue;
        findConflicts(chunks, into);
        findSkew(chunks, into);
        retrievals.push_back(std::move(chunks));
    }
    Citations(trace, retrievals, into).run();
}

} // namespace

Detector retrievedChunks()
{
    return {"retrieved-chunks", 2, rules, run};
}

} // namespace arcscope

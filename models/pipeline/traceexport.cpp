#include "traceexport.h"

#include "query.h"
#include "session.h"
#include "splitvalues.h"
#include "streamredaction.h"
#include "wholespans.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace arcscope
{
namespace
{

/// Between two looks at whether to stop.
constexpr std::size_t rowsBetweenLooks = 64;

std::uint32_t traceOf(const Corpus& corpus, Row row)
{
    return static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
}

Result<std::set<std::uint32_t>> namedTraces(const Corpus& corpus, const std::vector<std::string>& ids)
{
    std::set<std::uint32_t> traces;
    for (const std::string& id : ids) {
        const std::size_t before = traces.size();
        for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
            if (corpus.traceIdText(trace) == id)
                traces.insert(trace);
        }
        if (traces.size() == before)
            return Error{ErrorCode::Usage, "no trace has the id " + id};
    }
    return traces;
}

bool isTagged(const OtlpSpanJson& parts, const std::string& tag)
{
    return hasTag(parts.span, tag) || hasTag(parts.resource, tag);
}

/// `rule`: by which nothing that the span says may leave; empty: none.
void collectParts(const OtlpSpanJson& parts, const std::string& rule, Redactor& redactor)
{
    if (!rule.empty())
        collectWhole(parts.span, rule, redactor);
    redactor.collect(parts.resource);
    redactor.collect(parts.scope);
    redactor.collect(parts.span);
    for (const std::string& log : parts.logs) {
        if (!rule.empty())
            collectWhole(log, rule, redactor);
        redactor.collect(log);
    }
}

void strikeParts(OtlpSpanJson& parts, const std::string& rule, Redactor& redactor)
{
    if (!rule.empty())
        strikeWhole(parts.span, rule, redactor);
    redactor.strike(parts.resource, {}, {});
    if (!parts.scope.empty())
        redactor.strike(parts.scope, {}, {});
    redactor.strike(parts.span, {}, {});
    for (std::string& log : parts.logs) {
        if (!rule.empty())
            strikeWhole(log, rule, redactor);
        redactor.strike(log, {}, {});
    }
}

Result<std::vector<bool>> matchingRows(Session& session, const std::string& filter, const Control& control)
{
    const ParsedFilter parsed = parseFilter(filter);
    if (parsed.error)
        return Error{ErrorCode::Usage, "the filter “" + filter + "”: " + parsed.error->message};
    const auto rows = runFilter(session.workspace, session.corpus, parsed.filter, control);
    if (!rows)
        return rows.error();
    std::vector<bool> matching(session.corpus.spans.rows());
    for (const Row row : *rows)
        matching[row] = true;
    return matching;
}

} // namespace

Result<std::vector<Row>> selectedRows(Session& session, const ExportSelection& selection, const Control& control)
{
    if (auto loaded = session.workspace.loadColumns(session.corpus, otlpExportColumns(), control); !loaded)
        return loaded.error();
    const Corpus& corpus = session.corpus;
    const auto traces = namedTraces(corpus, selection.traces);
    if (!traces)
        return traces.error();
    std::vector<bool> matching;
    if (!selection.filter.empty()) {
        auto rows = matchingRows(session, selection.filter, control);
        if (!rows)
            return rows.error();
        matching = std::move(*rows);
    }
    const auto matches = [&](Row row) { return selection.filter.empty() || matching[row]; };
    std::vector<Row> chosen;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        if (!selection.traces.empty() && traces->count(trace) == 0)
            continue;
        const std::vector<Row> rows = corpus.rowsOf(trace);
        if (selection.spansOnly)
            std::copy_if(rows.begin(), rows.end(), std::back_inserter(chosen), matches);
        else if (std::any_of(rows.begin(), rows.end(), matches))
            chosen.insert(chosen.end(), rows.begin(), rows.end());
    }
    return chosen;
}

Result<void> collectRows(Session& session, std::span<const Row> rows, Redactor& redactor, const Control& control)
{
    for (const std::string& filter : redactor.rules().filters) {
        auto struck = matchingRows(session, filter, control);
        if (!struck)
            return struck.error();
        redactor.strikeRows("filter " + filter, std::move(*struck));
    }
    const std::vector<std::string> tags = redactor.rules().tags;
    std::vector<std::vector<bool>> tagged(tags.size(), std::vector<bool>(session.corpus.spans.rows()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % rowsBetweenLooks == 0 && control.stopped())
            return Error{ErrorCode::Cancelled, "stopped"};
        const auto keep = [&](const PackedStream& stream) {
            collectStream(stream, redactor);
            return stream;
        };
        const auto parts = otlpSpanJson(session.workspace, session.corpus, rows[i], {keep, {}});
        if (!parts)
            return parts.error();
        std::string rule = redactor.ruleOfRow(rows[i]);
        for (std::size_t tag = 0; tag < tags.size(); ++tag) {
            if (!isTagged(*parts, tags[tag]))
                continue;
            tagged[tag][rows[i]] = true;
            rule = "tag " + tags[tag];
        }
        collectParts(*parts, rule, redactor);
    }
    for (std::size_t tag = 0; tag < tags.size(); ++tag)
        redactor.strikeRows("tag " + tags[tag], std::move(tagged[tag]));
    redactor.seal();
    return {};
}

Result<void> exportRows(Session& session, std::span<const Row> rows, Redactor* redactor,
                        const std::function<void(std::string_view lines)>& give, const Control& control)
{
    std::vector<OtlpSpanJson> group;
    std::size_t bytes = 0;
    std::uint32_t last = 0;
    constexpr std::size_t largestGroup = std::size_t{4} << 20;
    const auto flush = [&] {
        if (!group.empty())
            give(otlpRequest(group) + "\n");
        group.clear();
        bytes = 0;
    };
    LeavingChanges changes;
    if (redactor) {
        changes.stream = [&](const PackedStream& stream) { return redactedStream(stream, *redactor); };
        changes.id = [&](std::string id) {
            redactor->strike(id, {}, "id");
            return id;
        };
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % rowsBetweenLooks == 0 && control.stopped())
            return Error{ErrorCode::Cancelled, "stopped"};
        auto parts = otlpSpanJson(session.workspace, session.corpus, rows[i], changes);
        if (!parts)
            return parts.error();
        if (redactor)
            strikeParts(*parts, redactor->ruleOfRow(rows[i]), *redactor);
        const std::uint32_t trace = traceOf(session.corpus, rows[i]);
        if (!group.empty() && (trace != last || bytes > largestGroup || group.back().resource != parts->resource ||
                               group.back().scope != parts->scope))
            flush();
        last = trace;
        bytes += parts->span.size();
        if (!parts->span.empty() || !parts->logs.empty())
            group.push_back(std::move(*parts));
    }
    flush();
    return {};
}

Result<std::string> exportedLines(Session& session, std::span<const Row> rows, Redactor* redactor,
                                  const Control& control)
{
    std::string lines;
    const auto done = exportRows(
        session, rows, redactor, [&](std::string_view more) { lines += more; }, control);
    if (!done)
        return done.error();
    if (redactor)
        strikeSplit(lines, *redactor);
    return lines;
}

std::string redactionManifest(const Redactor& redactor)
{
    using Json = nlohmann::ordered_json;
    Json json{
        {"schema", "arcscope.redaction/1"},
        {"note", "found by patterns, names of fields and texts that were given: no proof that nothing else is there"},
        {"looked_for", Json::array()},
        {"removed", Json::array()},
        {"places", Json::array()}};
    for (const Recognizer* one : redactor.rules().asked)
        json["looked_for"].push_back({{"kind", one->kind}, {"what", one->title}, {"check", one->check}});
    std::map<std::pair<std::string, std::string>, std::pair<std::uint64_t, std::uint64_t>> rules;
    for (const RemovedValue& one : redactor.removed()) {
        if (one.rule == folderRule)
            continue;
        auto& [values, times] = rules[{redactor.told(one.rule), one.kind}];
        ++values;
        times += one.struck;
    }
    for (const auto& [rule, counts] : rules)
        json["removed"].push_back(
            {{"rule", rule.first}, {"kind", rule.second}, {"values", counts.first}, {"times", counts.second}});
    for (const auto& [where, count] : redactor.tally()) {
        if (where.first != folderRule)
            json["places"].push_back({{"rule", where.first}, {"place", where.second}, {"times", count}});
    }
    json["struck"] = redactor.struck();
    json["folders"] = redactor.struckFolders();
    json["whole_words_only"] = valuesLookedFor(redactor, LookedFor::WholeWords);
    json["too_short_to_look_for"] = valuesLookedFor(redactor, LookedFor::Nowhere);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<void> checkLeaks(const Redactor& redactor, const std::vector<LeavingPiece>& pieces)
{
    const std::vector<Leak> leaks = findLeaks(redactor, pieces, unpackedBytes);
    if (leaks.empty())
        return {};
    std::string message = "not written: what was removed is still in what would leave";
    constexpr std::size_t told = 5;
    for (std::size_t i = 0; i < leaks.size() && i < told; ++i) {
        message += "\n  " + leaks[i].kind + " (rule " + leaks[i].rule + ") in " + leaks[i].piece + ", byte " +
                   std::to_string(leaks[i].byte) + ", " + leaks[i].way;
        for (std::size_t span = 0; span < leaks[i].spans.size(); ++span)
            message += (span == 0 ? ", in span " : " and ") + redactor.told(leaks[i].spans[span]);
    }
    if (leaks.size() > told)
        message += "\n  and " + std::to_string(leaks.size() - told) + " more";
    message += "\n  To let the rest leave, strike the field that holds it (--strike-field NAME), or what the spans say "
               "that do (--strike-where \"span=ID\").";
    return Error{ErrorCode::Malformed, message};
}

} // namespace arcscope

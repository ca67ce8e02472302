#include "arcsearch.h"
#include "claimledger.h"
#include "command.h"
#include "findingsearch.h"
#include "joinedtraces.h"
#include "storedsettings.h"
#include "storedtrace.h"
#include "verdictsbeside.h"
#include "workspace.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec claimsOptions[] = {
    {"--trace", "ID", "only this trace"},
    {"--arcs", "", "a ledger for each task arc, over its traces, in place of one for each trace"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.claims/1"}};

Json placeJson(const Corpus& corpus, const SaidText& said)
{
    return {{"author", name(said.author)}, {"span", corpus.idText(corpus.spans.spanId(said.row))},
            {"of", name(said.place.of)},   {"message", said.place.message},
            {"part", said.place.part},     {"time_ns", said.time == noTime ? Json() : Json(said.time)}};
}

Json toJson(const Corpus& corpus, std::span<const SaidText> texts, const LedgerClaim& claim)
{
    const SaidText& said = texts[claim.text];
    Json json = placeJson(corpus, said);
    json["start"] = claim.bytes.from;
    json["end"] = claim.bytes.to;
    json["text"] = std::string(partOf(said.text, claim.bytes));
    json["subject"] = claim.subject.empty() ? Json() : Json(claim.subject);
    json["attribute"] = claim.attribute;
    json["value"] = claim.value;
    json["denied"] = claim.denied;
    json["provenance"] = name(claim.provenance);
    json["source"] = claim.source == LedgerClaim::none ? Json() : placeJson(corpus, texts[claim.source]);
    json["derivation"] = claim.derivation.empty() ? Json() : Json(claim.derivation);
    return json;
}

void print(const Corpus& corpus, std::span<const SaidText> texts, const ClaimLedger& ledger, std::ostream& out)
{
    std::uint32_t text = LedgerClaim::none;
    for (const LedgerClaim& claim : ledger.claims) {
        const SaidText& said = texts[claim.text];
        if (claim.text != text)
            out << "  " << name(said.author) << (said.arguments ? " asks " + printable(said.tool) : "") << "  "
                << printable(corpus.idText(corpus.spans.spanId(said.row))) << '\n';
        text = claim.text;
        out << "    " << printable(claim.attribute) << ": " << printable(claim.value);
        if (claim.denied)
            out << "  (its sentence denies something)";
        if (!claim.subject.empty())
            out << "  of " << printable(claim.subject);
        if (claim.provenance != ClaimProvenance::Stated)
            out << "  (" << name(claim.provenance) << (claim.derivation.empty() ? "" : ": " + claim.derivation) << ')';
        out << '\n';
    }
}

/// What one ledger is of.
struct LedgerSubject {
    std::string name; ///< id of the trace, or key of the arc
    JoinedTraces traces;
    /// Of arcs that share a trace with others: their stretches in it, by the traces. Empty: all of the traces.
    std::vector<std::pair<std::uint32_t, TimeRange>> stretches;
};

std::uint32_t traceOf(const Corpus& corpus, Row row)
{
    return static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
}

/// A claim whose time is not recorded is of every arc of its trace.
bool isOf(const LedgerSubject& subject, const Corpus& corpus, const SaidText& said)
{
    bool elsewhere = false;
    for (const auto& [trace, range] : subject.stretches) {
        if (trace != traceOf(corpus, said.row) || said.time == noTime || !range.recorded())
            continue;
        if (range.start <= said.time && said.time <= range.end)
            return true;
        elsewhere = true;
    }
    return !elsewhere;
}

std::vector<LedgerSubject> tracesOf(const Corpus& corpus, const std::string& only)
{
    std::vector<LedgerSubject> subjects;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        if (std::string id = corpus.traceIdText(trace); only.empty() || id == only)
            subjects.push_back({std::move(id), {trace}, {}});
    }
    return subjects;
}

/// `only`: the id of a trace that they have a stretch in; empty: all.
Result<std::vector<LedgerSubject>> arcsOf(Session& session, const std::vector<std::string>& paths,
                                          const std::string& only, const Control& control)
{
    const auto settings = storedSettings(settingsFile());
    if (!settings)
        return settings.error();
    const auto decisions = arcDecisionsBeside(session, paths);
    if (!decisions)
        return decisions.error();
    const auto arcs = searchArcs(session.workspace, session.corpus, *decisions, *settings, control);
    if (!arcs)
        return arcs.error();
    std::vector<LedgerSubject> subjects;
    for (std::uint32_t arc = 0; arc < arcs->arcs.rows(); ++arc) {
        LedgerSubject subject{arcKey(*arcs, arc), {}, {}};
        const std::int64_t first = arcs->arcs.at(ArcColumn::FirstSegment, arc);
        for (std::int64_t i = first; i < first + arcs->arcs.at(ArcColumn::Segments, arc); ++i) {
            const auto segment = static_cast<Row>(i);
            const auto trace = static_cast<std::uint32_t>(arcs->segments.at(ArcSegmentColumn::Trace, segment));
            const Nanos start = arcs->segments.at(ArcSegmentColumn::Start, segment);
            const Nanos length = arcs->segments.at(ArcSegmentColumn::Duration, segment);
            subject.stretches.emplace_back(trace, start == noTime || length < 0 ? TimeRange{}
                                                                                : TimeRange{start, start + length});
            if (std::ranges::find(subject.traces, trace) == subject.traces.end())
                subject.traces.push_back(trace);
        }
        const bool asked = only.empty() || std::ranges::any_of(subject.traces, [&](std::uint32_t trace) {
                               return session.corpus.traceIdText(trace) == only;
                           });
        if (asked)
            subjects.push_back(std::move(subject));
    }
    return subjects;
}

int runClaims(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("claims", "which files?", environment);
    const bool ofArcs = options.has("--arcs");
    auto session = openSession(options.operands, ofArcs ? arcSearchColumns() : findingColumns(), control, {},
                               importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const Corpus& corpus = session->corpus;
    const std::string only = options.has("--trace") ? options.get("--trace") : std::string();
    const auto subjects = ofArcs ? arcsOf(*session, options.operands, only, control) : tracesOf(corpus, only);
    if (!subjects)
        return failed(subjects.error(), environment);
    if (!only.empty() && subjects->empty())
        return wrongUsage("claims", "no trace has the id " + only, environment);
    const char* const list = ofArcs ? "arcs" : "traces";
    Json json{{"schema", "arcscope.claims/1"}, {list, Json::array()}};
    for (const LedgerSubject& subject : *subjects) {
        if (control.stopped())
            return failed(Error{ErrorCode::Cancelled, "cancelled"}, environment);
        StoredTrace reading(session->workspace, corpus, rowsOf(corpus, subject.traces));
        ClaimEvidence evidence(reading.claims());
        ClaimLedger ledger = claimLedger(evidence);
        if (reading.unread())
            return failed(*reading.unread(), environment);
        const auto texts = reading.claims().texts();
        std::erase_if(ledger.claims,
                      [&](const LedgerClaim& claim) { return !isOf(subject, corpus, texts[claim.text]); });
        if (options.has("--json")) {
            Json claims = Json::array();
            for (const LedgerClaim& claim : ledger.claims)
                claims.push_back(toJson(corpus, texts, claim));
            Json one{{ofArcs ? "arc" : "trace", subject.name}};
            if (ofArcs) {
                for (const std::uint32_t trace : subject.traces)
                    one["traces"].push_back(corpus.traceIdText(trace));
            }
            one["texts"] = texts.size();
            one["skipped_bytes"] = reading.claims().skippedBytes();
            one["claims_left_out"] = ledger.left;
            one["claims"] = std::move(claims);
            json[list].push_back(std::move(one));
        } else {
            environment.out << printable(subject.name) << "  " << counted(ledger.claims.size(), "claim") << '\n';
            print(corpus, texts, ledger, environment.out);
        }
    }
    if (options.has("--json"))
        environment.out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command claimsCommand()
{
    return {"claims", "PATH... [--trace ID] [--arcs] [--json]", "who claimed which value, and where it came from",
            claimsOptions, runClaims};
}

} // namespace arcscope

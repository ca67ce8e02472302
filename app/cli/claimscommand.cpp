#include "claimledger.h"
#include "command.h"
#include "findingsearch.h"
#include "storedtrace.h"
#include "workspace.h"

#include <nlohmann/json.hpp>

#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec claimsOptions[] = {
    {"--trace", "ID", "only this trace"}, mappingOption, {"--json", "", "one JSON object, schema arcscope.claims/1"}};

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
        if (!claim.subject.empty())
            out << "  of " << printable(claim.subject);
        if (claim.provenance != ClaimProvenance::Stated)
            out << "  (" << name(claim.provenance) << (claim.derivation.empty() ? "" : ": " + claim.derivation) << ')';
        out << '\n';
    }
}

int runClaims(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("claims", "which files?", environment);
    auto session = openSession(options.operands, findingColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const Corpus& corpus = session->corpus;
    Json json{{"schema", "arcscope.claims/1"}, {"traces", Json::array()}};
    bool found = false;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows() && !control.stopped(); ++trace) {
        if (options.has("--trace") && corpus.traceIdText(trace) != options.get("--trace"))
            continue;
        found = true;
        StoredTrace reading(session->workspace, corpus, corpus.rowsOf(trace));
        ClaimEvidence evidence(reading.claims());
        const ClaimLedger ledger = claimLedger(evidence);
        const auto texts = reading.claims().texts();
        if (options.has("--json")) {
            Json claims = Json::array();
            for (const LedgerClaim& claim : ledger.claims)
                claims.push_back(toJson(corpus, texts, claim));
            json["traces"].push_back({{"trace", corpus.traceIdText(trace)},
                                      {"texts", texts.size()},
                                      {"skipped_bytes", reading.claims().skippedBytes()},
                                      {"claims_left_out", ledger.left},
                                      {"claims", std::move(claims)}});
        } else {
            environment.out << printable(corpus.traceIdText(trace)) << "  " << counted(ledger.claims.size(), "claim")
                            << '\n';
            print(corpus, texts, ledger, environment.out);
        }
    }
    if (control.stopped())
        return failed(Error{ErrorCode::Cancelled, "cancelled"}, environment);
    if (options.has("--trace") && !found)
        return wrongUsage("claims", "no trace has the id " + options.get("--trace"), environment);
    if (options.has("--json"))
        environment.out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command claimsCommand()
{
    return {"claims", "PATH... [--trace ID] [--json]", "who claimed which value, and where it came from", claimsOptions,
            runClaims};
}

} // namespace arcscope

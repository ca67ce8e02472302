// Statements and values of one trace, or of runs that were asked the same, that cannot both hold.
#include "claimpartners.h"
#include "detector.h"
#include "recordconflicts.h"
#include "statementconflicts.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"conflict.statement", FindingLevel::Finding,
     "Two model calls of a trace state things that cannot both hold, and nothing between them explains it.",
     "“The refund for the lamp is $40.”, later “The refund for the lamp is $55.”",
     "the same behind a result that says 55, or behind a call that changes the refund"},
    {"conflict.within_answer", FindingLevel::Finding, "One answer states two things that cannot both hold.",
     "“The cluster has 12 worker nodes. … The cluster has 15 worker nodes.”",
     "“The old cluster has 12 worker nodes. … The new cluster has 15 worker nodes.”"},
    {"conflict.value", FindingLevel::Check,
     "Documents that model calls wrote give one attribute of one subject two values, and nothing between them says the "
     "later one.",
     "the classifier writes {\"plan\":\"Pro\"}, the extractor {\"plan\":\"Enterprise\"}",
     "the same behind a tool result with “Enterprise”"},
    {"conflict.entity", FindingLevel::Check,
     "A document names one of several alternatives that the prompt lists, a later statement another one.",
     "{\"plan\":\"Pro\"}; the prompt lists Free, Pro and Enterprise; “You are on the Enterprise plan.”",
     "“You are on the Pro plan; the Enterprise plan has more seats.”"},
    {"conflict.runs", FindingLevel::Finding,
     "Two runs that were asked the same end with statements that cannot both hold.",
     "“The export job supports compressed archives.” in one run, “The export job does not support compressed "
     "archives.” "
     "in the other",
     "other values, which the tools of each run gave it"},
});

constexpr std::string_view ofTask = "task "; ///< begins the key of runs that record one
constexpr std::size_t mostRuns = 12;         ///< of one question that are compared, each with each

void run(TraceReading& trace, std::vector<Finding>& into)
{
    ClaimEvidence evidence(trace.claims());
    findStatementConflicts(evidence, into);
    findRecordConflicts(evidence, into);
}

/// The task that the first span which names one is of; empty: none is recorded.
std::string_view taskOf(const TraceReading& trace)
{
    for (const Row row : trace.rows()) {
        if (const std::string_view task = trace.corpus().text(SpanText::Task, row); !task.empty())
            return task;
    }
    return {};
}

/// Values of the sentence that its run was given by a tool, or that follow from what it was given.
std::vector<QuoteMark> groundedIn(ClaimEvidence& evidence, std::uint32_t text, const ClaimSentence& claim)
{
    std::vector<QuoteMark> marks;
    for (std::size_t i = 0; i < claim.values.size() && evidence.isReport(text); ++i) {
        if (evidence.support(text, claim, i).how == ValueSupport::How::Nowhere)
            continue;
        const ByteRange bytes = bytesOf(claim, i);
        marks.push_back({static_cast<std::uint32_t>(bytes.from - claim.from),
                         static_cast<std::uint32_t>(bytes.to - claim.from), QuoteMark::differs});
    }
    return marks;
}

/// What differs is of the run's own world: both may be right.
bool isGrounded(const TraceFact& fact, ByteRange differs)
{
    return std::ranges::any_of(fact.place.marks,
                               [&](const QuoteMark& mark) { return mark.from < differs.to && differs.from < mark.to; });
}

void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    const ClosingWords words = closingWordsOf(trace.claims());
    const std::string_view task = taskOf(trace);
    if ((words.asked.empty() && task.empty()) || !words.said)
        return;
    ClaimEvidence evidence(trace.claims());
    const auto text = static_cast<std::uint32_t>(words.said - trace.claims().texts().data());
    for (const ClaimSentence* const claim : words.claims) {
        TraceFact& fact = into.emplace_back();
        fact.key = task.empty() ? words.asked : std::string(ofTask) + std::string(task);
        fact.value = partOf(words.said->text, {claim->from, claim->to});
        fact.place = placeOf(*words.said, {claim->from, claim->to});
        fact.place.marks = groundedIn(evidence, text, *claim);
    }
}

/// The sentence of a fact as if it were a text of its own.
SaidText saidOf(const TraceFact& fact)
{
    SaidText said;
    said.row = fact.place.row;
    said.time = fact.place.time;
    said.place = fact.place.text;
    said.text = fact.value;
    return said;
}

using Run = std::vector<const TraceFact*>;

/// The surest pair of the closing words of two runs.
void compareRuns(const Run& a, const Run& b, std::vector<Finding>& into)
{
    ClaimReader reader;
    const auto claimsOf = [&](const Run& run) {
        std::vector<ClaimSentence> claims;
        for (const TraceFact* const fact : run)
            claims.push_back(reader.read(fact->value));
        return claims;
    };
    const auto left = claimsOf(a);
    const auto right = claimsOf(b);
    ClaimPartners partners(right, leastOverlapWithin);
    PairComparer comparer;
    std::optional<Finding> best;
    for (std::size_t i = 0; i < left.size(); ++i) {
        for (const std::uint32_t j : partners.of(left[i])) {
            const auto& matches = comparer.compare(left[i], right[j]);
            if (matches.empty() || matches.front().hit.tier != PairTier::Finding ||
                otherWords(left[i], right[j], comparer.alignment(), matches.front().hit) > 1)
                continue;
            const Contradiction pair =
                contradictionOf(a[i]->value, left[i], b[j]->value, right[j], comparer.alignment(), matches);
            // Each run was given its own value by its tools: both may be right.
            if (pair.slot && isGrounded(*a[i], pair.differsA) && isGrounded(*b[j], pair.differsB))
                continue;
            if (best && best->strength >= pair.strength)
                continue;
            best = conflictOf("conflict.runs", pair, saidOf(*a[i]), saidOf(*b[j]));
            best->cause = std::string(quoted(a[i]->key, 200)) + '/' + std::string(pair.rule->name);
            const bool task = a[i]->key.starts_with(ofTask);
            best->facts.push_back({task ? "both are runs of" : "both were asked",
                                   quoted(std::string_view(a[i]->key).substr(task ? ofTask.size() : 0), 200)});
            for (std::size_t side = 0; side < 2; ++side) {
                FindingPlace& place = best->places[side];
                const std::int64_t begin = (side == 0 ? a[i] : b[j])->place.from;
                place.from += begin;
                place.to += begin;
            }
        }
    }
    if (best)
        into.push_back(std::move(*best));
}

void conclude(const Corpus& corpus, std::span<const TraceFact> facts, std::vector<Finding>& into)
{
    std::map<std::string_view, std::map<std::int64_t, Run>> questions;
    for (const TraceFact& fact : facts)
        questions[fact.key][corpus.spans.at(SpanColumn::Trace, fact.place.row)].push_back(&fact);
    for (const auto& [asked, runs] : questions) {
        std::vector<const Run*> compared;
        for (const auto& [trace, told] : runs) {
            if (compared.size() < mostRuns)
                compared.push_back(&told);
        }
        for (std::size_t i = 0; i < compared.size(); ++i) {
            for (std::size_t j = i + 1; j < compared.size(); ++j)
                compareRuns(*compared[i], *compared[j], into);
        }
    }
}

} // namespace

Detector conflicts()
{
    return {"conflicts", 4, rules, run, collect, conclude, {}, nullptr, true};
}

} // namespace arcscope

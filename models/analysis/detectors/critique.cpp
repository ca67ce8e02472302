// Loops of draft, critique and revision: what they cost, and whether they did any good.
#include "critiquefacts.h"
#include "critiqueloops.h"

#include <array>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"critique.price", FindingLevel::Signal,
     "A text was criticised and revised: tokens, cost and time of that, and how much of the text changed.",
     "draft, critique with the draft in it, revision with both in it", "a chain of calls that hand on their texts"},
    {"critique.no_change", FindingLevel::Finding, "A critique was paid for, and the revision is the same text.",
     "draft, critique, and the draft once more", "one word of it replaced"},
    {"critique.regressed", FindingLevel::Finding, "What was valid before its critique is invalid behind it.",
     "a draft in JSON; the revision: JSON with words around it", "a draft in prose"},
});

std::string shareText(std::int64_t part, std::int64_t all)
{
    if (part < 0)
        return "not recorded";
    if (all <= 0)
        return std::to_string(part);
    return std::to_string(part) + " of " + std::to_string(all) + " (" +
           std::to_string(std::llround(100.0 * static_cast<double>(part) / static_cast<double>(all))) + " %)";
}

std::string percent(double share)
{
    return std::to_string(std::llround(100 * share)) + " %";
}

FindingPlace placeOf(TraceReading& trace, Row row)
{
    FindingPlace place;
    place.row = row;
    place.time = trace.corpus().spans.range(row).end;
    place.text.of = TextPlace::Of::Output;
    if (const auto content = trace.content(row))
        place.quote = quoted(answerText(*content), 200);
    return place;
}

void addPrice(const CritiqueLoop& loop, std::vector<FindingFact>& facts)
{
    facts.push_back({"tokens of critique and revision", shareText(loop.tokens, loop.allTokens)});
    facts.push_back({"cost, millionths", shareText(loop.cost, loop.allCost)});
    facts.push_back({"time, ms", shareText(loop.time < 0 ? -1 : loop.time / millisecond,
                                           loop.allTime < 0 ? -1 : loop.allTime / millisecond)});
    std::string changed;
    for (const CritiqueRound& round : loop.rounds)
        changed += (changed.empty() ? "" : ", ") + (round.changed < 0 ? "no revision" : percent(round.changed));
    facts.push_back({"words changed, round by round", changed});
    facts.push_back(
        {"told by", loop.rounds.front().byName ? "names and texts" : "texts that hold each other verbatim"});
}

void run(TraceReading& trace, std::vector<Finding>& into)
{
    for (const CritiqueLoop& loop : critiqueLoops(trace)) {
        const auto add = [&](std::string_view rule, FindingLevel level, std::string what, const CritiqueRound& round) {
            Finding& finding = into.emplace_back();
            finding.rule = rule;
            finding.level = level;
            finding.weight = level == FindingLevel::Signal ? FindingWeight::Note : FindingWeight::Warning;
            finding.evidence = round.byName ? StreamEvidence::Observed : StreamEvidence::Inferred;
            finding.what = std::move(what);
            finding.cause = trace.corpus().text(SpanText::Name, round.critique);
            finding.places.push_back(placeOf(trace, round.revision == noRow ? round.critique : round.revision));
            finding.places.push_back(placeOf(trace, round.draft));
            addPrice(loop, finding.facts);
        };
        add("critique.price", FindingLevel::Signal,
            "A text went through " + std::to_string(loop.rounds.size()) + " round" +
                (loop.rounds.size() == 1 ? "" : "s") + " of critique.",
            loop.rounds.front());
        for (const CritiqueRound& round : loop.rounds) {
            if (round.revision == noRow)
                continue;
            if (round.changed == 0)
                add("critique.no_change", FindingLevel::Finding, "The revision is the draft, word for word.", round);
            if (round.draftIsJson && !round.revisionIsJson)
                add("critique.regressed", FindingLevel::Finding, "The draft is whole JSON, its revision is not.",
                    round);
        }
        for (std::size_t i = 1; i < loop.rounds.size(); ++i) {
            const auto before = loop.rounds[i - 1].verdict;
            const auto now = loop.rounds[i].verdict;
            if (before && now && *before && !*now)
                add("critique.regressed", FindingLevel::Check,
                    "The critique approved a draft, and rejects what was made of it.", loop.rounds[i]);
        }
    }
}

void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    for (const TraceFact& fact : critiqueFacts(critiqueLoops(trace)))
        into.push_back(fact);
}

} // namespace

Detector critique()
{
    return {critiqueDetector, 3, rules, run, collect};
}

} // namespace arcscope

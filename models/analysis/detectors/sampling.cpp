// Randomness where none is wanted: parameters that a verifier has from its planner, and verdicts that change.
#include "callroles.h"
#include "detector.h"
#include "toolthresholds.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"sampling.inherited", FindingLevel::Check,
     "A verifier, extractor, judge or summariser runs with the temperature, above 0, of the agent that called it.",
     "planner at 0.7; the verifier below it at 0.7", "the verifier at 0, or without a recorded temperature"},
    {"verifier.flip", FindingLevel::Finding,
     "A verifier that was given the same input approved once and rejected once.",
     "“PASS” and “FAIL” for the same messages", "“PASS” and “FAIL” for two drafts"},
});

std::string numberText(double value)
{
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text;
}

bool isStable(CallRole role)
{
    return role == CallRole::Verifier || role == CallRole::Extractor || role == CallRole::Summariser;
}

bool isVerifier(const Corpus& corpus, Row row)
{
    const SpanKind kind = corpus.spans.kind(row);
    if (kind == SpanKind::Evaluator || kind == SpanKind::Guardrail)
        return true;
    return kind == SpanKind::ModelCall && roleOf(corpus, row).role == CallRole::Verifier;
}

class Inheritance
{
public:
    Inheritance(TraceReading& trace, std::vector<Finding>& into)
        : m_trace(trace)
        , m_corpus(trace.corpus())
        , m_into(into)
    {
    }

    void run()
    {
        for (const Row row : m_trace.rows()) {
            if (m_corpus.spans.kind(row) != SpanKind::ModelCall)
                continue;
            const NamedRole role = roleOf(m_corpus, row);
            const auto content = isStable(role.role) ? m_trace.content(row) : nullptr;
            const auto temperature = content ? requestNumber(*content, "temperature") : std::nullopt;
            if (temperature && *temperature > 0)
                hold(row, role, *temperature, *content);
        }
    }

private:
    /// The nearest span around it that names another role, if that is a planner's, and a call of its own with a
    /// recorded temperature.
    void hold(Row row, const NamedRole& role, double temperature, const SpanContent& content)
    {
        NamedRole above = role;
        while (above.row != noRow && above.role == role.role)
            above = roleOf(m_corpus, m_corpus.spans.parent(above.row));
        if (above.role != CallRole::Planner)
            return;
        const auto [planner, itsTemperature] = callOf(above);
        if (planner != noRow && itsTemperature == temperature)
            add(row, role, planner, above, temperature, content);
    }

    /// The first model call at or below the span that is the planner's own and has a temperature.
    std::pair<Row, double> callOf(const NamedRole& planner)
    {
        for (const Row row : m_trace.rows()) {
            bool isBelow = false;
            for (Row at = row; at != noRow && !isBelow; at = m_corpus.spans.parent(at))
                isBelow = at == planner.row;
            if (!isBelow || (m_corpus.spans.kind(row) != SpanKind::ModelCall && row != planner.row) ||
                roleOf(m_corpus, row).role != CallRole::Planner)
                continue;
            const auto content = m_trace.content(row);
            if (const auto number = content ? requestNumber(*content, "temperature") : std::nullopt)
                return {row, *number};
        }
        return {noRow, 0};
    }

    void add(Row row, const NamedRole& role, Row planner, const NamedRole& above, double temperature,
             const SpanContent& content)
    {
        const std::string what(name(role.role));
        Finding& finding = m_into.emplace_back();
        finding.rule = "sampling.inherited";
        finding.level = FindingLevel::Check;
        finding.evidence = StreamEvidence::Observed;
        finding.strength = 0.8;
        finding.what = "The " + what + " “" + std::string(role.words) + "” runs at temperature " +
                       numberText(temperature) + ", as its planner “" + std::string(above.words) + "” does.";
        finding.cause = std::string(role.words) + '/' + std::string(above.words);
        for (const Row each : {row, planner}) {
            FindingPlace& place = finding.places.emplace_back();
            place.row = each;
            place.time = m_corpus.spans.start(each);
        }
        finding.facts.push_back({"temperature", numberText(temperature) + " of both"});
        const auto theirs = m_trace.content(planner);
        for (const std::string_view parameter : {"top_p", "seed"}) {
            const auto own = requestNumber(content, parameter);
            const auto other = theirs ? requestNumber(*theirs, parameter) : std::nullopt;
            finding.facts.push_back({std::string(parameter), (own ? numberText(*own) : "not recorded") + ", planner " +
                                                                 (other ? numberText(*other) : "not recorded")});
        }
    }

    TraceReading& m_trace;
    const Corpus& m_corpus;
    std::vector<Finding>& m_into;
};

void run(TraceReading& trace, std::vector<Finding>& into)
{
    Inheritance(trace, into).run();
}

/// A fact is the input of a verdict, and "+" or "-" with the temperature.
void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    const Corpus& corpus = trace.corpus();
    for (const Row row : trace.rows()) {
        if (!isVerifier(corpus, row))
            continue;
        const auto content = trace.content(row);
        if (!content || content->input.empty())
            continue;
        std::string input;
        for (const Message& message : content->input) {
            for (const Part& part : message.parts)
                input += std::to_string(static_cast<int>(message.role)) + '\n' + part.text + '\n';
        }
        constexpr std::size_t leastInput = 40; // an input that is not recorded whole says nothing
        const std::string answer = answerText(*content);
        const auto verdict = verdictOf(answer);
        if (!verdict || input.size() < leastInput)
            continue;
        const auto temperature = requestNumber(*content, "temperature");
        TraceFact& fact = into.emplace_back();
        fact.key =
            "verdict " + std::to_string(hashOf(input)) + ' ' + std::string(corpus.text(SpanText::ModelServed, row));
        fact.value = (*verdict ? "+" : "-") + (temperature ? numberText(*temperature) : std::string());
        fact.place.row = row;
        fact.place.time = corpus.spans.range(row).end;
        fact.place.text.of = TextPlace::Of::Output;
        fact.place.quote = quoted(answer, 120);
    }
}

void conclude(const Corpus& corpus, std::span<const TraceFact> facts, const DetectorSettings& settings,
              std::vector<Finding>& into)
{
    std::map<std::string_view, std::vector<const TraceFact*>> byInput;
    for (const TraceFact& fact : facts)
        byInput[fact.key].push_back(&fact);
    const double least = toolThresholds(settings).verdictsLeast;
    std::size_t again = 0;
    std::size_t flipped = 0;
    const auto approvals = [](const std::vector<const TraceFact*>& all) {
        return std::ranges::count_if(all, [](const TraceFact* fact) { return fact->value.front() == '+'; });
    };
    const auto isFlip = [&](const std::vector<const TraceFact*>& all) {
        return approvals(all) > 0 && approvals(all) < std::ssize(all);
    };
    for (const auto& [key, all] : byInput) {
        if (static_cast<double>(all.size()) < least)
            continue;
        ++again;
        flipped += isFlip(all) ? 1 : 0;
    }
    for (const auto& [key, all] : byInput) {
        if (static_cast<double>(all.size()) < least || !isFlip(all))
            continue;
        const auto yes = approvals(all);
        const char first = all.front()->value.front();
        const auto other =
            std::ranges::find_if(all, [&](const TraceFact* fact) { return fact->value.front() != first; });
        Finding& finding = into.emplace_back();
        finding.rule = "verifier.flip";
        finding.weight = FindingWeight::Warning;
        const NamedRole role = roleOf(corpus, all.front()->place.row);
        finding.what = (role.words.empty() ? std::string("A verifier") : "“" + std::string(role.words) + "”") +
                       " approved the same input " + std::to_string(yes) + " times and rejected it " +
                       std::to_string(std::ssize(all) - yes) + " times.";
        finding.places = {(*other)->place, all.front()->place};
        std::set<std::string_view> temperatures;
        for (const TraceFact* const fact : all)
            temperatures.insert(std::string_view(fact->value).substr(1));
        std::string recorded;
        for (const std::string_view each : temperatures)
            recorded += (recorded.empty() ? "" : ", ") + (each.empty() ? "not recorded" : std::string(each));
        finding.facts = {
            {"verdicts on this input", std::to_string(yes) + " of " + std::to_string(all.size()) + " approve"},
            {"temperature", recorded},
            {"inputs judged more than once",
             std::to_string(flipped) + " of " + std::to_string(again) + " got opposite verdicts"}};
    }
}

} // namespace

Detector sampling()
{
    return {"sampling", 1, rules, run, collect, nullptr, toolSettings("verifier"), conclude};
}

} // namespace arcscope

// Steps that start, and requests that lead to, far more calls than others of their name.
#include "scoperules.h"
#include "tracespans.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::string_view stepKey = "fan ";
constexpr std::string_view requestKey = "reach ";

using Facts = std::vector<const TraceFact*>;

FindingPlace placeOf(const Corpus& corpus, Row row)
{
    FindingPlace place;
    place.row = row;
    place.time = corpus.spans.start(row);
    return place;
}

std::int64_t sizeOf(const TraceFact& fact)
{
    std::int64_t number = 0;
    std::from_chars(fact.value.data(), fact.value.data() + fact.value.size(), number);
    return number;
}

/// How many calls requests led to: a request is the outermost span, or a turn of its conversation.
class Reach
{
public:
    explicit Reach(const TraceReading& trace)
        : m_corpus(trace.corpus())
        , m_spans(trace)
    {
        std::vector<Place> places(m_spans.rows.size());
        for (std::uint32_t at = 0; at < places.size(); ++at)
            place(at, places);
    }

    /// "SIZE LEVELS": levels are 1 of what one step after the other started, each its own fan-out.
    void addFacts(std::vector<TraceFact>& into) const
    {
        for (const auto& [row, request] : m_requests) {
            const std::size_t levels = request.deeper * 2 >= request.calls ? request.levels : 1;
            into.push_back({std::string(requestKey) + std::string(m_corpus.text(SpanText::Name, row)),
                            std::to_string(request.calls) + ' ' + std::to_string(levels), placeOf(m_corpus, row)});
        }
    }

private:
    struct Place {
        Row request = noRow;
        std::size_t level = 0; ///< of calls around it and itself
    };
    struct Request {
        std::size_t calls = 0;
        std::size_t deeper = 0; ///< of them: started by what was started
        std::size_t levels = 0;
    };

    void place(std::uint32_t at, std::vector<Place>& places)
    {
        const Row row = m_spans.rows[at];
        const std::uint32_t above = m_spans.parent[at];
        const Place outer = above == TraceSpans::none ? Place{} : places[above];
        if (above == TraceSpans::none || (m_spans.isTurn[at] && outer.level == 0)) {
            places[at] = {row, 0};
            return;
        }
        // An agent that runs as a tool is one call.
        const SpanKind kind = m_spans.kind(at);
        const bool calls = kind == SpanKind::ToolCall || (kind == SpanKind::Agent && !m_spans.isTurn[at] &&
                                                          m_spans.kind(above) != SpanKind::ToolCall);
        const bool counts = calls && !m_corpus.spans.flagged(row, SpanFlag::Synthetic);
        places[at] = {outer.request, outer.level + (counts ? 1 : 0)};
        if (!counts)
            return;
        Request& request = m_requests[outer.request];
        ++request.calls;
        request.deeper += places[at].level > 1 ? 1 : 0;
        request.levels = std::max(request.levels, places[at].level);
    }

    const Corpus& m_corpus;
    const TraceSpans m_spans;
    std::map<Row, Request> m_requests;
};

std::string levelsOf(const TraceFact& fact)
{
    return fact.value.substr(fact.value.find(' ') + 1);
}

/// Those above what is usual: more than `least`, and by `spread` interquartile ranges above the third quartile.
struct Unusual {
    Facts facts;
    std::int64_t first = 0; ///< quartiles
    std::int64_t third = 0;
};

Unusual unusualOf(const Facts& facts, double least, double spread)
{
    constexpr std::size_t leastSteps = 8; // of which quartiles say something
    Unusual unusual;
    if (facts.size() < leastSteps)
        return unusual;
    std::vector<std::int64_t> sizes;
    for (const TraceFact* const fact : facts)
        sizes.push_back(sizeOf(*fact));
    std::ranges::sort(sizes);
    const auto quartile = [&](double share) {
        return sizes[static_cast<std::size_t>(share * static_cast<double>(sizes.size() - 1))];
    };
    unusual.first = quartile(0.25);
    unusual.third = quartile(0.75);
    const double limit =
        static_cast<double>(unusual.third) + spread * static_cast<double>(unusual.third - unusual.first);
    for (const TraceFact* const fact : facts) {
        const auto size = static_cast<double>(sizeOf(*fact));
        if (size > limit && size > least)
            unusual.facts.push_back(fact);
    }
    return unusual;
}

void addFan(std::string_view name, const TraceFact& fact, const Unusual& unusual, std::size_t of, bool direct,
            std::vector<Finding>& into)
{
    const std::string size = std::to_string(sizeOf(fact));
    const std::string levels = direct ? std::string() : levelsOf(fact);
    Finding& finding = into.emplace_back();
    finding.rule = "tool.fanout_amplification";
    finding.level = FindingLevel::Check;
    finding.what = "“" + std::string(name) + (direct ? "” started " : "” led to ") + size + " calls" +
                   (direct ? "" : " on " + levels + " levels") + "; three of four times it " +
                   (direct ? "starts " : "leads to ") + std::to_string(unusual.third) + " or fewer.";
    finding.cause = std::string(name);
    finding.places = {fact.place};
    finding.facts = {
        {direct ? "started" : "started by it and by what it started", size},
        {"first and third quartile", std::to_string(unusual.first) + " and " + std::to_string(unusual.third)},
        {direct ? "steps of that name" : "requests of that name", std::to_string(of)}};
    if (!direct)
        finding.facts.push_back({"levels", levels});
}

} // namespace

void collectFans(const TraceReading& trace, std::vector<TraceFact>& into)
{
    const Corpus& corpus = trace.corpus();
    const SpanTable& spans = corpus.spans;
    std::map<Row, std::size_t> children; // tools and agents that were started, by what started them
    for (const Row row : trace.rows()) {
        const Row parent = spans.parent(row);
        const SpanKind kind = spans.kind(row);
        const bool real =
            parent != noRow && !spans.flagged(parent, SpanFlag::Synthetic) && !spans.flagged(row, SpanFlag::Synthetic);
        if (real && (kind == SpanKind::ToolCall || kind == SpanKind::Agent))
            ++children[parent];
    }
    for (const auto& [row, count] : children)
        into.push_back({std::string(stepKey) + std::string(corpus.text(SpanText::Name, row)), std::to_string(count),
                        placeOf(corpus, row)});
    Reach(trace).addFacts(into);
}

void concludeFans(const Corpus& corpus, std::span<const TraceFact> facts, const ToolThresholds& limits,
                  std::vector<Finding>& into)
{
    std::map<std::string_view, Facts> steps;
    std::map<std::string_view, Facts> requests;
    for (const TraceFact& fact : facts) {
        const std::string_view key = fact.key;
        if (key.starts_with(stepKey))
            steps[key.substr(stepKey.size())].push_back(&fact);
        else if (key.starts_with(requestKey))
            requests[key.substr(requestKey.size())].push_back(&fact);
    }
    std::set<Row> told; // with all around it
    for (const auto& [name, all] : steps) {
        const Unusual unusual = unusualOf(all, limits.fanoutLeast, limits.fanoutSpread);
        for (const TraceFact* const fact : unusual.facts) {
            addFan(name, *fact, unusual, all.size(), true, into);
            for (Row row = fact->place.row; row != noRow; row = corpus.spans.parent(row))
                told.insert(row);
        }
    }
    for (const auto& [name, all] : requests) {
        const Unusual unusual = unusualOf(all, limits.descendantsLeast, limits.fanoutSpread);
        for (const TraceFact* const fact : unusual.facts) {
            if (!told.contains(fact->place.row) && levelsOf(*fact) != "1")
                addFan(name, *fact, unusual, all.size(), false, into);
        }
    }
}

} // namespace arcscope

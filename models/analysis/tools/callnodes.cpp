#include "callnodes.h"

#include "callsums.h"
#include "criticalpath.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::uint32_t none = TreeCall::none;

class Making
{
public:
    Making(const Corpus& corpus, const TraceSpans& spans, CallTree& tree)
        : m_spans(spans)
        , m_tree(tree)
        , m_sums(spans)
    {
        findCritical(corpus);
    }

    void run()
    {
        struct Step {
            CallNode::Of of = CallNode::Of::Owner;
            std::uint32_t index = 0;
            std::uint32_t parent = none;
        };
        std::vector<std::vector<std::uint32_t>> inside(m_tree.calls.size());
        std::vector<Step> open;
        for (std::size_t i = m_tree.scopes.size(); i-- > 0;) {
            const auto index = static_cast<std::uint32_t>(i);
            if (m_tree.scopes[i].call == none)
                open.push_back({CallNode::Of::Owner, index, none});
            else
                inside[m_tree.scopes[i].call].push_back(index);
        }
        while (!open.empty()) {
            const Step step = open.back();
            open.pop_back();
            const auto number = static_cast<std::uint32_t>(m_tree.nodes.size());
            CallNode node;
            node.of = step.of;
            node.index = step.index;
            node.parent = step.parent;
            node.depth = step.parent == none ? 0 : m_tree.nodes[step.parent].depth + 1;
            if (step.of == CallNode::Of::Owner) {
                owner(m_tree.scopes[step.index], node);
                const auto& calls = m_tree.scopes[step.index].calls;
                for (auto call = calls.rbegin(); call != calls.rend(); ++call)
                    open.push_back({CallNode::Of::Call, *call, number});
            } else {
                call(m_tree.calls[step.index], node);
                for (const std::uint32_t scope : inside[step.index])
                    open.push_back({CallNode::Of::Owner, scope, number});
            }
            m_tree.nodes.push_back(node);
        }
        addUp();
    }

private:
    void findCritical(const Corpus& corpus)
    {
        m_critical.assign(m_spans.rows.size() + 1, 0);
        if (m_spans.rows.empty())
            return;
        const auto trace = static_cast<std::uint32_t>(m_spans.spans.at(SpanColumn::Trace, m_spans.rows.front()));
        for (const PathSegment& segment : criticalPath(corpus, trace)) {
            m_tree.criticalTime = std::max<Nanos>(m_tree.criticalTime, 0) + segment.range.length();
            if (const std::uint32_t place = m_spans.placeOf(segment.row); place != TraceSpans::none)
                m_critical[place + 1] = 1;
        }
        for (std::size_t i = 1; i < m_critical.size(); ++i)
            m_critical[i] += m_critical[i - 1];
    }

    /// The span, or something below it.
    bool isCritical(std::uint32_t place) const { return m_critical[m_spans.end[place]] > m_critical[place]; }

    void own(std::uint32_t place, CallNode& node) const
    {
        node.range = {m_spans.start(place), m_spans.endOf(place)};
        node.run = node.range.recorded() ? node.range.length() : -1;
        node.selfTokens = m_sums.ownTokens[place];
        node.selfCost = m_sums.ownCost[place];
        node.critical = isCritical(place);
    }

    void owner(const CallScope& scope, CallNode& node) const
    {
        node.row = scope.owner;
        const std::uint32_t place = m_spans.placeOf(scope.owner);
        if (place != TraceSpans::none)
            own(place, node);
    }

    void call(const TreeCall& call, CallNode& node) const
    {
        node.row = call.span;
        const std::uint32_t place = m_spans.placeOf(call.span);
        if (place == TraceSpans::none)
            return;
        own(place, node);
        if (!call.ran) {
            node.run = -1;
            node.critical = false;
            return;
        }
        // A call may start while the model that asks for it is still writing. That it starts when it is asked for is
        // what readers put where nothing tells: the wait is not known, and the run has it in it.
        const bool told =
            m_spans.spans.provenance(call.span).of(Fact::Start) != Provenance::Inferred || call.start > call.askedAt;
        if (call.askedAt != noTime && call.start != noTime && told)
            node.wait = std::max<Nanos>(call.start - call.askedAt, 0);
        const Nanos joined = m_tree.scopes[call.scope].joined;
        node.late = joined != noTime && call.end != noTime && call.end > joined;
    }

    /// Of a call: its span and all below it. Of a model call that asks also what is asked for and does not lie below
    /// it; of other owners only what they started in this scope.
    void addUp()
    {
        std::vector<std::uint32_t> currencies(m_tree.nodes.size(), CallSums::noCurrency);
        for (std::size_t i = m_tree.nodes.size(); i-- > 0;) {
            CallNode& node = m_tree.nodes[i];
            const std::uint32_t place = m_spans.placeOf(node.row);
            const bool owner = node.of == CallNode::Of::Owner;
            const bool whole = !owner || m_tree.scopes[node.index].of == CallScope::Of::Message;
            if (place != TraceSpans::none) {
                node.totalTokens =
                    recordedSum(node.totalTokens, whole ? m_sums.tokens[place] : m_sums.ownTokens[place]);
                const std::int64_t cost = whole ? m_sums.cost[place] : m_sums.ownCost[place];
                const bool counted = cost >= 0;
                node.totalCost = recordedSum(node.totalCost, cost);
                if (counted)
                    mix(currencies[i], m_sums.currency[place]);
            }
            const std::uint32_t above = node.parent == none ? none : node.parent;
            if (!owner && above != none) {
                CallNode& parent = m_tree.nodes[above];
                const std::uint32_t outer = m_spans.placeOf(parent.row);
                const bool contained = place != TraceSpans::none && outer != TraceSpans::none &&
                                       m_spans.isBelow(place, outer) &&
                                       m_tree.scopes[parent.index].of == CallScope::Of::Message;
                if (!contained) {
                    parent.totalTokens = recordedSum(parent.totalTokens, node.totalTokens);
                    parent.totalCost = recordedSum(parent.totalCost, node.totalCost);
                    mix(currencies[above], currencies[i]);
                }
            }
            if (currencies[i] == CallSums::severalCurrencies)
                node.totalCost = -1;
            else if (currencies[i] != CallSums::noCurrency)
                node.currency = {currencies[i]};
        }
    }

    static void mix(std::uint32_t& currency, std::uint32_t with)
    {
        if (currency == CallSums::noCurrency)
            currency = with;
        else if (with != CallSums::noCurrency && with != currency)
            currency = CallSums::severalCurrencies;
    }

    const TraceSpans& m_spans;
    CallTree& m_tree;
    CallSums m_sums;
    std::vector<std::uint32_t> m_critical; ///< how many places before are on the critical path
};

} // namespace

void makeNodes(const Corpus& corpus, const TraceSpans& spans, CallTree& tree)
{
    Making(corpus, spans, tree).run();
}

} // namespace arcscope

#include "stepalign.h"

#include <algorithm>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// Tenths, so that sums are exact.
constexpr std::int32_t gapScore = -7;
constexpr std::int32_t kindScore = 10;
constexpr std::int32_t sameTool = 20;
constexpr std::int32_t userTurn = 20;
constexpr std::int32_t mostAlike = 20;
constexpr std::int32_t anchored = 1'000'000;
constexpr std::int32_t never = -2'000'000'000;
constexpr std::size_t mostCells = std::size_t(1) << 26U;
constexpr std::uint32_t mostAnchors = 1'000; ///< their scores add up in 32 bits
constexpr std::size_t longestSequence = 5'000;

using Steps = std::vector<std::uint32_t>;

/// What the inner loop needs of a step.
struct Scored {
    ReplayStepKind kind = ReplayStepKind::Answer;
    std::uint64_t words = 0;
    std::uint64_t tool = 0;
    TextSketch sketch;
    std::uint32_t anchor = RunStep::none; ///< steps with the same one belong together
};

class Aligner
{
public:
    Aligner(const RunSteps& base, const RunSteps& candidate, std::span<const StepAnchor> anchors)
        : m_base(base)
        , m_candidate(candidate)
    {
        std::uint32_t number = 0;
        std::vector<StepAnchor> sorted(anchors.begin(), anchors.end());
        std::ranges::stable_sort(sorted, {}, &StepAnchor::base);
        std::uint32_t last = 0;
        for (const StepAnchor& anchor : sorted) {
            const bool there = anchor.base < base.steps.size() && anchor.candidate < candidate.steps.size();
            if (number == mostAnchors)
                break;
            if (!there || (number > 0 && anchor.candidate <= last) || m_ofBase.contains(anchor.base))
                continue;
            last = anchor.candidate;
            m_ofBase[anchor.base] = number;
            m_ofCandidate[anchor.candidate] = number++;
        }
    }

    std::vector<StepPair> align()
    {
        const Steps left = childrenOf(m_base, RunStep::none);
        const Steps right = childrenOf(m_candidate, RunStep::none);
        level(left, right);
        return std::move(m_out);
    }

private:
    static Steps childrenOf(const RunSteps& run, std::uint32_t parent)
    {
        Steps children;
        const auto all = static_cast<std::uint32_t>(run.steps.size());
        std::uint32_t step = parent == RunStep::none ? 0 : parent + 1;
        const std::uint32_t end = parent == RunStep::none ? all : run.steps[parent].end;
        for (; step < end; step = run.steps[step].end)
            children.push_back(step);
        return children;
    }

    static std::vector<Scored> scoredOf(const RunSteps& run, const Steps& steps,
                                        const std::unordered_map<std::uint32_t, std::uint32_t>& anchors)
    {
        std::vector<Scored> out;
        out.reserve(steps.size());
        for (const std::uint32_t i : steps) {
            const RunStep& step = run.steps[i];
            const auto anchor = anchors.find(i);
            out.push_back({step.kind, step.words, step.isCall() ? hashOf(step.tool) : 0, step.sketch,
                           anchor == anchors.end() ? RunStep::none : anchor->second});
        }
        return out;
    }

    static bool equal(const Scored& a, const Scored& b)
    {
        return a.kind == b.kind && a.words == b.words && a.tool == b.tool && a.anchor == b.anchor;
    }

    static std::int32_t score(const Scored& a, const Scored& b)
    {
        if (a.anchor != b.anchor)
            return never;
        if (a.anchor != RunStep::none)
            return anchored;
        if (a.kind != b.kind)
            return never;
        const bool call = a.kind == ReplayStepKind::ToolCall || a.kind == ReplayStepKind::Agent;
        if (call && a.tool != b.tool)
            return kindScore; // equal arguments of another tool say nothing
        const std::int32_t like = a.words == b.words ? mostAlike : alike(a.sketch, b.sketch) * mostAlike / 16;
        return kindScore + like + (call ? sameTool : 0) + (a.kind == ReplayStepKind::User ? userTurn : 0);
    }

    void give(std::uint32_t base, std::uint32_t candidate)
    {
        const auto anchor = m_ofBase.find(base);
        m_out.push_back({base, candidate, anchor != m_ofBase.end() && m_ofCandidate.contains(candidate)});
    }
    void dropped(std::uint32_t step)
    {
        for (std::uint32_t i = step; i < m_base.steps[step].end; ++i)
            m_out.push_back({i, RunStep::none, false});
    }
    void added(std::uint32_t step)
    {
        for (std::uint32_t i = step; i < m_candidate.steps[step].end; ++i)
            m_out.push_back({RunStep::none, i, false});
    }

    void matched(std::uint32_t base, std::uint32_t candidate)
    {
        give(base, candidate);
        const Steps left = childrenOf(m_base, base);
        const Steps right = childrenOf(m_candidate, candidate);
        if (!left.empty() || !right.empty())
            level(left, right);
    }

    void level(const Steps& left, const Steps& right)
    {
        const std::vector<Scored> a = scoredOf(m_base, left, m_ofBase);
        const std::vector<Scored> b = scoredOf(m_candidate, right, m_ofCandidate);
        std::size_t first = 0;
        std::size_t endA = a.size();
        std::size_t endB = b.size();
        while (first < endA && first < endB && equal(a[first], b[first]))
            ++first;
        while (endA > first && endB > first && equal(a[endA - 1], b[endB - 1])) {
            --endA;
            --endB;
        }
        for (std::size_t i = 0; i < first; ++i)
            matched(left[i], right[i]);
        middle(std::span(a).subspan(first, endA - first), std::span(b).subspan(first, endB - first),
               std::span(left).subspan(first), std::span(right).subspan(first));
        for (std::size_t i = 0; endA + i < a.size(); ++i)
            matched(left[endA + i], right[endB + i]);
    }

    enum Move : std::uint8_t { Both, Drop, Add };

    /// Column j of row i lies in the band where low(i) <= j <= high(i).
    struct Band {
        std::size_t rows;
        std::size_t columns;
        std::size_t reach;

        std::size_t centre(std::size_t i) const { return rows == 0 ? 0 : i * columns / rows; }
        std::size_t low(std::size_t i) const { return centre(i) > reach ? centre(i) - reach : 0; }
        std::size_t high(std::size_t i) const { return std::min(columns, centre(i) + reach); }
    };

    void middle(std::span<const Scored> a, std::span<const Scored> b, std::span<const std::uint32_t> left,
                std::span<const std::uint32_t> right)
    {
        if (a.empty() || b.empty()) {
            for (std::size_t i = 0; i < a.size(); ++i)
                dropped(left[i]);
            for (std::size_t j = 0; j < b.size(); ++j)
                added(right[j]);
            return;
        }
        // Neighbouring rows of the band have to meet, however long the other run is.
        const std::size_t meets = b.size() / a.size() + 2;
        const Band band{a.size(), b.size(), std::max(meets, mostCells / (2 * (a.size() + 1)))};
        const std::size_t width = std::min(b.size() + 1, 2 * band.reach + 1);
        std::vector<std::uint8_t> moves((a.size() + 1) * width);
        std::vector<std::int32_t> before(b.size() + 2, never);
        std::vector<std::int32_t> row(b.size() + 2, never);
        for (std::size_t i = 0; i <= a.size(); ++i) {
            const std::size_t low = band.low(i);
            const std::size_t high = band.high(i);
            const std::size_t lowBefore = i == 0 ? 0 : band.low(i - 1);
            const std::size_t highBefore = i == 0 ? 0 : band.high(i - 1);
            for (std::size_t j = low; j <= high; ++j) {
                if (i == 0 && j == 0) {
                    row[0] = 0;
                    continue;
                }
                const bool above = i > 0 && j >= lowBefore && j <= highBefore;
                const bool diagonal = i > 0 && j > lowBefore && j - 1 <= highBefore;
                std::int32_t best = never;
                std::uint8_t move = Add;
                if (above && before[j] > never) {
                    best = before[j] + gapScore;
                    move = Drop;
                }
                if (j > low && row[j - 1] > never && row[j - 1] + gapScore > best) {
                    best = row[j - 1] + gapScore;
                    move = Add;
                }
                if (diagonal && before[j - 1] > never) {
                    const std::int32_t match = score(a[i - 1], b[j - 1]);
                    if (match > never && before[j - 1] + match >= best) {
                        best = before[j - 1] + match;
                        move = Both;
                    }
                }
                row[j] = best;
                moves[i * width + j - low] = move;
            }
            std::swap(before, row);
        }
        std::vector<StepPair> back;
        std::size_t i = a.size();
        std::size_t j = b.size();
        while (i > 0 || j > 0) {
            const std::uint8_t move = i == 0   ? std::uint8_t(Add)
                                      : j == 0 ? std::uint8_t(Drop)
                                               : moves[i * width + j - band.low(i)];
            i -= move == Add ? 0 : 1;
            j -= move == Drop ? 0 : 1;
            back.push_back({move == Add ? RunStep::none : left[i], move == Drop ? RunStep::none : right[j], false});
        }
        for (std::size_t k = back.size(); k-- > 0;) {
            if (back[k].both())
                matched(back[k].base, back[k].candidate);
            else if (back[k].base != RunStep::none)
                dropped(back[k].base);
            else
                added(back[k].candidate);
        }
    }

    const RunSteps& m_base;
    const RunSteps& m_candidate;
    std::unordered_map<std::uint32_t, std::uint32_t> m_ofBase;
    std::unordered_map<std::uint32_t, std::uint32_t> m_ofCandidate;
    std::vector<StepPair> m_out;
};

} // namespace

std::vector<StepPair> alignSteps(const RunSteps& base, const RunSteps& candidate, std::span<const StepAnchor> anchors)
{
    return Aligner(base, candidate, anchors).align();
}

double editDistance(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b)
{
    a = a.first(std::min(a.size(), longestSequence));
    b = b.first(std::min(b.size(), longestSequence));
    const std::size_t longer = std::max(a.size(), b.size());
    while (!a.empty() && !b.empty() && a.front() == b.front()) {
        a = a.subspan(1);
        b = b.subspan(1);
    }
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a = a.first(a.size() - 1);
        b = b.first(b.size() - 1);
    }
    if (longer == 0)
        return 0;
    std::vector<std::uint32_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = static_cast<std::uint32_t>(j);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::uint32_t diagonal = row[0];
        row[0] = static_cast<std::uint32_t>(i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::uint32_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return static_cast<double>(row[b.size()]) / static_cast<double>(longer);
}

} // namespace arcscope

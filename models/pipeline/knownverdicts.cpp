#include "knownverdicts.h"

#include <algorithm>
#include <utility>

namespace arcscope
{

std::span<const StepAnchor> anchorsOf(std::span<const ReplayAnchors> all, std::uint32_t side, std::string_view base,
                                      std::string_view candidate)
{
    const auto found = std::ranges::find_if(all, [&](const ReplayAnchors& anchors) {
        return anchors.side == side && anchors.base == base && anchors.candidate == candidate;
    });
    return found == all.end() ? std::span<const StepAnchor>() : found->anchors;
}

KnownVerdicts::KnownVerdicts(const ReplayRequest& request, const ReplayPairing& pairing)
    : m_request(request)
    , m_pairing(pairing)
{
    for (std::uint32_t i = 0; request.known && i < request.known->verdicts.size(); ++i) {
        const ReplayVerdict& verdict = request.known->verdicts[i];
        m_at.emplace(keyOf(request.known->pairing, verdict.base, verdict.candidate), i);
    }
}

const ReplayVerdict* KnownVerdicts::find(ReplayPairing& into, std::uint32_t base, std::uint32_t candidate) const
{
    const auto known = m_at.empty() ? m_at.end() : m_at.find(keyOf(m_pairing, base, candidate));
    if (known == m_at.end())
        return nullptr;
    const ReplayReport& report = *m_request.known;
    const ReplayVerdict& verdict = report.verdicts[known->second];
    const std::uint32_t side = into.runs[candidate].side;
    const std::string a = idOf(base);
    const std::string b = idOf(candidate);
    if (!std::ranges::equal(anchorsOf(m_request.anchors, side, a, b), anchorsOf(report.anchors, side, a, b)))
        return nullptr;
    for (const auto& [to, from] : {std::pair(base, verdict.base), std::pair(candidate, verdict.candidate)}) {
        const ReplayRun& run = report.pairing.runs[from];
        if (into.runs[to].traces != run.traces)
            return nullptr;
        into.runs[to].judge = run.judge;
        into.runs[to].judged = run.judged;
        into.runs[to].labelledBefore = run.labelledBefore;
        into.runs[to].control = run.control;
    }
    return &verdict;
}

std::string KnownVerdicts::idOf(std::uint32_t run) const
{
    const ReplayRun& of = m_pairing.runs[run];
    return m_request.sources[of.side].corpus->traceIdText(of.traces.front());
}

KnownVerdicts::Key KnownVerdicts::keyOf(const ReplayPairing& pairing, std::uint32_t base, std::uint32_t candidate)
{
    const ReplayRun& a = pairing.runs[base];
    const ReplayRun& b = pairing.runs[candidate];
    return {a.side, a.traces.front(), b.side, b.traces.front()};
}

} // namespace arcscope

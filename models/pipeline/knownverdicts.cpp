#include "knownverdicts.h"

namespace arcscope
{

KnownVerdicts::KnownVerdicts(const ReplayRequest& request, const ReplayRecord& now)
    : m_request(request)
    , m_now(now)
{
    for (const ReplayTask& task : now.pairing.tasks) {
        for (const RunPair& pair : pairsOf(task))
            m_verdicts.try_emplace(keyOf(pair));
    }
    m_missing = m_verdicts.size();
}

KnownVerdicts::Key KnownVerdicts::keyOf(const RunPair& pair) const
{
    const auto& runs = m_now.pairing.runs;
    return {m_now.contents[pair.base], m_now.contents[pair.candidate],
            anchoredBy(anchorsBetween(m_request, runs[pair.base], runs[pair.candidate]))};
}

void KnownVerdicts::take(const ReplayRecord& earlier)
{
    if (earlier.comparison != m_now.comparison)
        return;
    for (std::size_t i = 0; i < earlier.verdicts.size(); ++i) {
        const ReplayVerdict& verdict = earlier.verdicts[i];
        const auto wanted =
            m_verdicts.find({earlier.contents[verdict.base], earlier.contents[verdict.candidate], earlier.anchored[i]});
        if (wanted == m_verdicts.end() || wanted->second)
            continue;
        wanted->second = verdict;
        --m_missing;
        for (const std::uint32_t number : {verdict.base, verdict.candidate}) {
            const ReplayRun& run = earlier.pairing.runs[number];
            m_judgements.try_emplace(earlier.contents[number],
                                     Judgement{run.judge, run.judged, run.labelledBefore, run.control});
        }
    }
}

const ReplayVerdict* KnownVerdicts::find(const RunPair& pair) const
{
    const auto known = m_verdicts.find(keyOf(pair));
    return known != m_verdicts.end() && known->second ? &*known->second : nullptr;
}

bool KnownVerdicts::enter(std::uint32_t number, ReplayRun& into) const
{
    const auto known = m_judgements.find(m_now.contents[number]);
    if (known == m_judgements.end())
        return false;
    into.judge = known->second.judge;
    into.judged = known->second.judged;
    into.labelledBefore = known->second.labelledBefore;
    into.control = known->second.control;
    return true;
}

} // namespace arcscope

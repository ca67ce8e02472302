#include "contradictions.h"

#include <algorithm>

namespace arcscope
{
namespace
{

bool isOfValues(const RuleMatch& match)
{
    return match.hit.valueA >= 0;
}

bool isBetter(const RuleMatch& a, const RuleMatch& b)
{
    return a.hit.tier != b.hit.tier ? a.hit.tier < b.hit.tier : a.hit.strength > b.hit.strength;
}

/// "Some ran", "others did not": both may hold.
bool bothOfSome(const ClaimPair& pair)
{
    return pair.a.hasClass(WordClass::Some) && pair.b.hasClass(WordClass::Some);
}

/// Whether it holds hangs on what it is said of.
bool isSaidOfSubject(const PairRule& rule)
{
    return rule.check == negatedPredicate || rule.check == differentOutcome || rule.check == oppositeWords;
}

/// Of words in other scripts only this is known: whether they are the same. A few may be missing, as behind a name.
bool differentForeign(const ClaimSentence& a, const ClaimSentence& b)
{
    if (a.foreign != 0 && b.foreign != 0)
        return a.foreign != b.foreign;
    return a.foreign != b.foreign && (a.mixed || b.mixed);
}

bool isPolarity(const PairRule& rule)
{
    return rule.check == negatedPredicate || rule.check == oppositeWords;
}

} // namespace

const std::vector<RuleMatch>& PairComparer::compare(const ClaimSentence& a, const ClaimSentence& b, PairOrigin origin)
{
    m_matches.clear();
    if (!a.comparable || !b.comparable || differentForeign(a, b))
        return m_matches;
    alignWords(a, b, m_words);
    const ClaimPair pair{a, b, m_words};
    for (const PairRule& rule : pairRules()) {
        if (rule.check == differentGovernedValue && std::ranges::any_of(m_matches, isOfValues))
            continue;
        if (const auto hit = rule.check(pair))
            m_matches.push_back({&rule, *hit});
    }
    if (m_matches.empty())
        return m_matches;
    if (bothOfSome(pair))
        std::erase_if(m_matches, [](const RuleMatch& match) { return isPolarity(*match.rule); });
    if (origin == PairOrigin::OneText) {
        std::erase_if(m_matches, [](const RuleMatch& match) { return match.hit.tier != PairTier::Finding; });
        if (!m_matches.empty() && std::ranges::any_of(pairGuards(), [&](const PairGuard& g) { return g.stops(pair); }))
            m_matches.clear();
    }
    if (differentRecords(pair))
        m_matches.clear();
    if (m_matches.empty())
        return m_matches;
    const bool apart = differentModifiers(pair);
    const bool others = differentSubjects(pair);
    const bool elsewhere = differentCircumstances(pair);
    const bool several = a.hasClass(WordClass::Additive) || b.hasClass(WordClass::Additive);
    const bool open =
        a.request || b.request || a.hasClass(WordClass::Conditional) || b.hasClass(WordClass::Conditional);
    for (RuleMatch& match : m_matches) {
        const PairRule& rule = *match.rule;
        if (apart || ((several || others) && rule.single) || (others && isSaidOfSubject(rule)) ||
            (elsewhere && isSaidOfSubject(rule)) || (open && isPolarity(rule)) ||
            (origin == PairOrigin::OneText && !isOfValues(match)))
            match.hit.tier = PairTier::CheckThis;
    }
    std::ranges::stable_sort(m_matches, isBetter);
    return m_matches;
}

} // namespace arcscope

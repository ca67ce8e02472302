#include "actionchecks.h"

#include "actionclaims.h"
#include "proselines.h"

#include <algorithm>
#include <set>

namespace arcscope
{
namespace
{

constexpr ActClasses bitOf(ActClass act)
{
    return ActClasses(1) << static_cast<unsigned>(act);
}

/// Acts under another name: who books creates, who cancels may get a refund.
ActClasses alike(ActClass act)
{
    const ActClasses itself = bitOf(act);
    switch (act) {
    case ActClass::Cancel:
        return itself | bitOf(ActClass::Remove) | bitOf(ActClass::Change);
    case ActClass::Refund:
        return itself | bitOf(ActClass::Cancel) | bitOf(ActClass::Pay) | bitOf(ActClass::Change) |
               bitOf(ActClass::Send);
    case ActClass::Book:
        return itself | bitOf(ActClass::Make) | bitOf(ActClass::Add) | bitOf(ActClass::Pay) | bitOf(ActClass::Change);
    case ActClass::Send:
        return itself | bitOf(ActClass::Transfer) | bitOf(ActClass::Make);
    case ActClass::Change:
        return ~ActClasses(0);
    case ActClass::Add:
        return itself | bitOf(ActClass::Change) | bitOf(ActClass::Make) | bitOf(ActClass::Book);
    case ActClass::Remove:
        return itself | bitOf(ActClass::Cancel) | bitOf(ActClass::Change);
    case ActClass::Make:
        return itself | bitOf(ActClass::Book) | bitOf(ActClass::Add) | bitOf(ActClass::Send) | bitOf(ActClass::Change);
    case ActClass::Transfer:
        return itself | bitOf(ActClass::Change) | bitOf(ActClass::Send) | bitOf(ActClass::Make);
    case ActClass::Pay:
        return ~ActClasses(0);
    default:
        return ~ActClasses(0);
    }
}

/// These change nothing outside without a tool; the others a model may do in its text.
bool needsTool(ActClass act)
{
    return act == ActClass::Cancel || act == ActClass::Refund || act == ActClass::Book || act == ActClass::Send ||
           act == ActClass::Remove || act == ActClass::Transfer;
}

class ActionCheck
{
public:
    ActionCheck(TraceClaims& claims, std::vector<Finding>& into, bool everyTime)
        : m_claims(claims)
        , m_into(into)
        , m_everyTime(everyTime)
    {
        for (const ToolUse& use : claims.uses()) {
            m_acts.push_back(actsOfTool(use.tool));
            m_named |= m_acts.back() && *m_acts.back() != ~ActClasses(0) ? *m_acts.back() : 0;
        }
    }

    void run()
    {
        const auto texts = m_claims.texts();
        for (std::uint32_t text = 0; text < texts.size() && !m_acts.empty(); ++text) {
            if (texts[text].author != ClaimAuthor::Model || texts[text].arguments)
                continue;
            for (const ClaimSentence& claim : m_claims.sentences(text)) {
                if (const auto action = actionClaim(claim))
                    check(text, claim, *action);
            }
        }
    }

private:
    bool isToBeTold(const std::string& act) { return m_told.insert(act).second || m_everyTime; }

    void check(std::uint32_t text, const ClaimSentence& claim, const ActionClaim& action)
    {
        const ActClasses wanted = alike(action.act);
        const ToolUse* failed = nullptr;
        bool before = false;
        bool othersDone = false;
        for (std::size_t i = 0; i < m_acts.size(); ++i) {
            const ToolUse& use = m_claims.uses()[i];
            const std::uint32_t at = std::min(use.arguments, use.result);
            if (at >= text)
                continue;
            before = true;
            if (!m_acts[i])
                continue;
            const bool fits = (*m_acts[i] & wanted) != 0;
            if (fits && !use.failed)
                return;
            if (fits)
                failed = &use;
            othersDone = othersDone || !use.failed;
        }
        const SaidText& said = m_claims.texts()[text];
        // Of what a model can do in its own text only tools for it say that it is meant.
        if (!before || (!needsTool(action.act) && (m_named & bitOf(action.act)) == 0))
            return;
        if (!action.own && isSaidByOthers(m_claims, text, claim.tokens[action.verb].word->lower))
            return;
        const std::string verb = claim.tokens[action.verb].word->lower;
        if (!isToBeTold(verb + (failed ? "!" : "")))
            return;
        const ByteRange words{claim.from + claim.tokens[action.first].from, claim.from + claim.tokens[action.verb].to};
        Finding& finding = m_into.emplace_back();
        finding.rule = failed ? "claim.success_after_error" : "claim.action_without_call";
        finding.level = !othersDone || failed ? FindingLevel::Finding : FindingLevel::Check;
        finding.weight = FindingWeight::Severe;
        finding.evidence = StreamEvidence::Inferred;
        finding.strength = action.own ? 0.9 : 0.6;
        finding.what = failed ? "It says “" + verb + "”, but the call for it failed."
                              : "It says “" + verb + "”, but no call before it could have done so.";
        finding.cause = verb;
        finding.places.push_back(placeOf(said, {claim.from, claim.to}, words));
        if (failed && failed->result != ToolUse::none) {
            const SaidText& result = m_claims.texts()[failed->result];
            finding.places.push_back(placeOf(result, {0, std::ssize(result.text)}));
        }
        finding.facts.push_back({"act", std::string(name(action.act))});
        finding.facts.push_back({"calls before it", callsBefore(m_claims, text)});
        finding.facts.push_back({"guards checked",
                                 "no question, condition, plan or denial; no call of a tool whose name "
                                 "says nothing of what it does"});
    }

    TraceClaims& m_claims;
    std::vector<Finding>& m_into;
    bool m_everyTime = false;
    std::vector<std::optional<ActClasses>> m_acts; ///< of each use; nullopt: it only reads
    ActClasses m_named = 0;
    std::set<std::string> m_told;
};

} // namespace

void checkActions(TraceClaims& claims, std::vector<Finding>& into, bool everyTime)
{
    ActionCheck(claims, into, everyTime).run();
}

} // namespace arcscope

#include "emptyresults.h"

#include "claimplaces.h"
#include "proselines.h"
#include "toolwords.h"
#include "traceclaims.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::size_t shortestTerm = 4;

/// Short texts and long numbers of the arguments: what was looked for, in lower case.
std::vector<std::string> termsOf(JsonReading& arguments)
{
    std::vector<std::string> terms;
    for (JsonIndex i = 0; i < arguments.story().size() && terms.size() < 20; ++i) {
        const JsonKind kind = arguments.kind(i);
        if (kind != JsonKind::String && kind != JsonKind::Number)
            continue;
        std::string text = prose::lower(arguments.text(i));
        if (text.size() >= shortestTerm && text.size() <= 80)
            terms.push_back(std::move(text));
    }
    return terms;
}

class Assertions
{
public:
    Assertions(TraceClaims& claims, std::vector<Finding>& into)
        : m_claims(claims)
        , m_into(into)
    {
    }

    void run()
    {
        for (const ToolUse& use : m_claims.uses()) {
            if (use.result == ToolUse::none || use.arguments == ToolUse::none || use.failed ||
                effectOf(use.tool) != ToolEffect::Reads || !isEmptyResult(m_claims.texts()[use.result].text))
                continue;
            JsonReading* const arguments = m_claims.document(use.arguments);
            if (arguments)
                check(use, termsOf(*arguments));
        }
    }

private:
    /// The first text that a model says behind the result; `none` where another result comes first.
    std::uint32_t answerTo(const ToolUse& use) const
    {
        const auto texts = m_claims.texts();
        for (std::uint32_t i = use.result + 1; i < texts.size(); ++i) {
            if (texts[i].author == ClaimAuthor::Model)
                return texts[i].arguments ? ToolUse::none : i; // it looked on
            if (texts[i].author == ClaimAuthor::User || !isEmptyResult(texts[i].text))
                return ToolUse::none;
        }
        return ToolUse::none;
    }

    /// Somebody else said it before: it may be repeated.
    bool isSaidBefore(std::uint32_t text, std::string_view term) const
    {
        const auto texts = m_claims.texts();
        return std::any_of(texts.begin(), texts.begin() + text, [&](const SaidText& said) {
            return said.author == ClaimAuthor::Tool && !said.arguments &&
                   prose::lower(said.text).find(term) != std::string::npos;
        });
    }

    void check(const ToolUse& use, const std::vector<std::string>& terms)
    {
        const std::uint32_t answer = answerTo(use);
        if (answer == ToolUse::none)
            return;
        const SaidText& said = m_claims.texts()[answer];
        if (tellsAbsence(said.text))
            return;
        for (const ClaimSentence& claim : m_claims.sentences(answer)) {
            if (!claim.comparable || claim.conditional || claim.hedged || claim.request)
                continue;
            const std::string sentence = prose::lower(partOf(said.text, {claim.from, claim.to}));
            const auto term = std::ranges::find_if(
                terms, [&](const std::string& each) { return sentence.find(each) != std::string::npos; });
            if (term == terms.end() || isSaidBefore(answer, *term) || sentence.find(" i will ") != std::string::npos ||
                sentence.find("let me") != std::string::npos || sentence.find("i'll") != std::string::npos)
                continue;
            Finding& finding = m_into.emplace_back();
            finding.rule = "tool.empty_result_then_assertion";
            finding.level = FindingLevel::Check;
            finding.weight = FindingWeight::Severe;
            finding.evidence = StreamEvidence::Inferred;
            finding.strength = 0.6;
            finding.what = use.tool + " found nothing, and the answer states something of “" + *term + "”.";
            finding.cause = use.tool + '/' + *term;
            finding.places.push_back(placeOf(said, {claim.from, claim.to}));
            const SaidText& result = m_claims.texts()[use.result];
            finding.places.push_back(placeOf(result, {0, std::ssize(result.text)}));
            finding.facts = {{"looked for", *term},
                             {"result", result.text.empty() ? "blank" : quoted(result.text, 80)},
                             {"looked at", "no word of the answer says that something is not there"}};
            return;
        }
    }

    TraceClaims& m_claims;
    std::vector<Finding>& m_into;
};

} // namespace

void findAssertionsOfNothing(TraceClaims& claims, std::vector<Finding>& into)
{
    Assertions(claims, into).run();
}

} // namespace arcscope

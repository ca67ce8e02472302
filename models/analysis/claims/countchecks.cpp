// "You have 3 reservations" against the lists that tools returned.
#include "languagewords.h"
#include "proselines.h"
#include "valuechecks.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace arcscope
{
namespace
{

constexpr JsonIndex mostNodes = 20'000; ///< of one result

/// A list of a result and how many it has.
struct CountedList {
    std::uint32_t text = 0;
    JsonIndex node = 0;
    double count = 0;
};

class CountChecks
{
public:
    CountChecks(ClaimEvidence& evidence, std::vector<Finding>& into)
        : m_evidence(evidence)
        , m_claims(evidence.claims())
        , m_into(into)
    {
    }

    void run()
    {
        for (std::uint32_t text = 0; text < m_claims.texts().size(); ++text) {
            if (m_claims.texts()[text].author == ClaimAuthor::Tool)
                collect(text);
            if (!m_evidence.isReport(text))
                continue;
            for (const ClaimSentence& claim : m_claims.sentences(text)) {
                if (claim.comparable && !claim.conditional && !claim.hedged && claim.negations == 0)
                    check(text, claim);
            }
        }
    }

private:
    void collect(std::uint32_t text)
    {
        JsonReading* const reading = m_claims.document(text);
        for (JsonIndex i = 1; reading && i < std::min(reading->story().size(), mostNodes); ++i) {
            const std::string& key = reading->story().node(i).key;
            if (reading->kind(i) == JsonKind::Array && !key.empty()) {
                const std::string word = prose::lower(key.substr(key.find_last_of("_- ") + 1));
                m_lists[lexicon().baseForm(word)].push_back({text, i, static_cast<double>(reading->count(i))});
            } else if (const auto number = reading->kind(i) == JsonKind::Number ? reading->number(i) : std::nullopt) {
                m_numbers.insert(static_cast<double>(*number));
            }
        }
    }

    void check(std::uint32_t text, const ClaimSentence& claim)
    {
        for (std::size_t i = 0; i < claim.values.size(); ++i) {
            const TypedValue& value = claim.values[i];
            const bool exact = value.bound == ValueBound::Exact && !value.range;
            if (value.type != ValueType::Cardinal || value.unit.empty() || !exact || !isOfAll(claim, i))
                continue;
            const auto lists = m_lists.find(value.unit);
            if (lists == m_lists.end() || m_numbers.contains(value.number) ||
                std::ranges::any_of(lists->second, [&](const auto& each) { return each.count == value.number; }))
                continue;
            add(text, claim, i, lists->second.back());
        }
    }

    /// "you have 3 reservations": nothing before or behind narrows which ones.
    static bool isOfAll(const ClaimSentence& claim, std::size_t value)
    {
        const std::size_t at = claim.valueTokens[value];
        const auto isWord = [&](std::size_t i, std::string_view base) {
            return i < claim.tokens.size() && claim.tokens[i].word && claim.tokens[i].word->base == base;
        };
        if (at == 0 || !isWord(at + 1, claim.values[value].unit) ||
            !(isWord(at - 1, "have") || isWord(at - 1, "be") || isWord(at - 1, "find")))
            return false;
        return at + 2 >= claim.tokens.size() || claim.tokens[at + 2].sign != '\0';
    }

    void add(std::uint32_t text, const ClaimSentence& claim, std::size_t value, const CountedList& last)
    {
        Finding& finding = m_into.emplace_back();
        finding.rule = "claim.wrong_count";
        finding.level = FindingLevel::Check;
        finding.evidence = StreamEvidence::Inferred;
        finding.cause = normalised(claim.values[value]);
        finding.what = "It says " + finding.cause + ", the last such list has " +
                       std::to_string(static_cast<int>(last.count)) + ".";
        const JsonStory& story = m_claims.document(last.text)->story();
        finding.places = {
            placeOf(m_claims.texts()[text], {claim.from, claim.to}, bytesOf(claim, value)),
            placeOf(m_claims.texts()[last.text], {story.node(last.node).opened, story.node(last.node).end})};
        finding.facts.push_back({"list", jsonPointer(story, last.node)});
    }

    ClaimEvidence& m_evidence;
    TraceClaims& m_claims;
    std::vector<Finding>& m_into;
    std::unordered_map<std::string, std::vector<CountedList>> m_lists; ///< so far, by the base form of their key
    std::unordered_set<double> m_numbers;
};

} // namespace

void checkCounts(ClaimEvidence& evidence, std::vector<Finding>& into)
{
    CountChecks(evidence, into).run();
}

} // namespace arcscope

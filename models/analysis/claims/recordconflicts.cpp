#include "recordconflicts.h"

#include "actionclaims.h"
#include "languagewords.h"
#include "notations.h"
#include "proselines.h"

#include <algorithm>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr JsonIndex mostNodes = 2'000; ///< of one document
constexpr std::size_t mostAttributes = 20'000;
constexpr std::size_t longestValue = 60;

/// Differ from step to step of one run: they say what a step does.
constexpr std::string_view stepKeys =
    "thought thoughts reasoning reason explanation action step next status message "
    "text content answer response query question summary description comment note "
    "title name confidence score type role index id output result input analysis "
    "goal task tool args arguments command code memory evaluation time timestamp date "
    "created updated url path reflection state phase progress done final success";

/// The last word of "customerPlan", "billing_plan".
std::string lastWord(std::string_view key)
{
    std::size_t from = key.size();
    while (from > 0) {
        const char c = key[from - 1];
        if (!prose::isWordByte(c) || c == '_')
            break;
        --from;
        if (c >= 'A' && c <= 'Z' && from > 0 && key[from - 1] >= 'a' && key[from - 1] <= 'z')
            break;
    }
    return prose::lower(key.substr(from));
}

/// A value that a document gives an attribute.
struct Attribute {
    std::uint32_t text = 0;
    JsonIndex node = 0;
    std::string value;
};

class RecordSearch
{
public:
    RecordSearch(ClaimEvidence& evidence, std::vector<Finding>& into)
        : m_evidence(evidence)
        , m_claims(evidence.claims())
        , m_into(into)
    {
    }

    void run()
    {
        const auto texts = m_claims.texts();
        for (std::uint32_t text = 0; text < texts.size(); ++text) {
            if (texts[text].author == ClaimAuthor::Model && !texts[text].arguments && m_claims.document(text))
                collect(text);
        }
        for (const auto& [key, all] : m_attributes)
            hold(all);
        for (std::uint32_t text = 0; text < texts.size(); ++text) {
            if (texts[text].author == ClaimAuthor::Model && !texts[text].arguments && !m_claims.document(text))
                holdProse(text);
        }
    }

private:
    /// Scalars by what they are of: the record that is named in their object, and the path within it.
    void collect(std::uint32_t text)
    {
        JsonReading& reading = *m_claims.document(text);
        const JsonStory& story = reading.story();
        for (JsonIndex i = 1; i < std::min(story.size(), mostNodes) && m_count < mostAttributes; ++i) {
            const JsonNode& node = story.node(i);
            const bool member = node.parent >= 0 && story.node(node.parent).kind == JsonKind::Object;
            const bool scalar =
                node.kind == JsonKind::String || node.kind == JsonKind::Number || node.kind == JsonKind::Bool;
            if (!member || !scalar || prose::isListed(stepKeys, lastWord(node.key)))
                continue;
            std::string value = prose::lower(prose::trimmed(reading.text(i)));
            if (value.empty() || value.size() > longestValue)
                continue;
            const std::string subject = subjectOf(reading, node.parent);
            if (subject.empty() && node.parent != 0)
                continue;
            ++m_count;
            m_attributes[subject + '\n' + node.key].push_back({text, i, std::move(value)});
        }
    }

    /// The name of the record that an object is; empty: none.
    static std::string subjectOf(JsonReading& reading, JsonIndex object)
    {
        const JsonStory& story = reading.story();
        for (JsonIndex i = story.firstChild(object); i >= 0; i = story.nextSibling(i)) {
            const std::string text = story.node(i).kind == JsonKind::String ? reading.text(i) : std::string();
            const std::string word = lastWord(story.node(i).key);
            if (namesRecord(text) && (word == "id" || word == "number" || word == "key"))
                return story.node(i).key + '=' + text;
        }
        return {};
    }

    /// Two values, each from one call; a third would be a series of steps.
    void hold(const std::vector<Attribute>& all)
    {
        std::set<std::string> values;
        for (const Attribute& each : all)
            values.insert(each.value);
        if (values.size() != 2)
            return;
        const auto second =
            std::ranges::find_if(all, [&](const Attribute& each) { return each.value != all[0].value; });
        const Attribute& a = *(second - 1);
        const Attribute& b = *second;
        const SaidText& saidA = m_claims.texts()[a.text];
        const SaidText& saidB = m_claims.texts()[b.text];
        const auto kindOf = [&](const Attribute& each) { return m_claims.document(each.text)->kind(each.node); };
        const auto written = [&](const Attribute& each) { return m_claims.document(each.text)->text(each.node); };
        if (saidA.row == saidB.row || kindOf(a) != kindOf(b) || notations::sameScalar(written(a), written(b)) ||
            nameOnePlace(a.value, b.value) || isExplained(a.text, b.text, b.value))
            return;
        const JsonNode& nodeA = m_claims.document(a.text)->story().node(a.node);
        const JsonNode& nodeB = m_claims.document(b.text)->story().node(b.node);
        add("conflict.value",
            "“" + nodeB.key + "” is “" + a.value + "” in one call and “" + b.value + "” in a later one.",
            placeOf(saidA, {nodeA.keyAt, nodeA.end}, {nodeA.opened, nodeA.end}),
            placeOf(saidB, {nodeB.keyAt, nodeB.end}, {nodeB.opened, nodeB.end}),
            jsonPointer(m_claims.document(b.text)->story(), b.node),
            {"path", jsonPointer(m_claims.document(b.text)->story(), b.node)});
    }

    /// Between the two a user or tool says the later value, or a call may have changed it.
    bool isExplained(std::uint32_t a, std::uint32_t b, const std::string& value) const
    {
        const auto texts = m_claims.texts();
        for (std::uint32_t i = a + 1; i < b; ++i) {
            if (texts[i].author == ClaimAuthor::User)
                return true;
            if (texts[i].author == ClaimAuthor::Tool && prose::lower(texts[i].text).find(value) != std::string::npos)
                return true;
        }
        return std::ranges::any_of(m_claims.uses(), [&](const ToolUse& use) {
            return use.arguments != ToolUse::none && use.arguments > a && use.arguments < b &&
                   actsOfTool(use.tool).has_value();
        });
    }

    void holdProse(std::uint32_t text)
    {
        const SaidText& said = m_claims.texts()[text];
        for (const auto& [key, all] : m_attributes) {
            const Attribute& known = all.front();
            const std::string noun = lastWord(key);
            const bool word = known.value.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos;
            if (key.front() != '\n' || known.text >= text || !word || known.value.size() < 3 || noun.size() < 3 ||
                m_claims.texts()[known.text].row == said.row || known.value == "true" || known.value == "false")
                continue;
            for (const ClaimSentence& claim : m_claims.sentences(text))
                holdSentence(text, claim, known, noun);
        }
    }

    /// "your Enterprise plan", where the document says "plan": "pro", and some text lists both.
    void holdSentence(std::uint32_t text, const ClaimSentence& claim, const Attribute& known, const std::string& noun)
    {
        if (!claim.comparable || claim.conditional || claim.negations > 0 || claim.request || claim.stateChange)
            return;
        const auto is = [&](std::size_t i, std::string_view word) {
            return i < claim.tokens.size() && claim.tokens[i].word && claim.tokens[i].word->lower == word;
        };
        for (std::size_t i = 0; i < claim.tokens.size(); ++i) {
            if (is(i, known.value))
                return;
        }
        for (std::size_t i = 1; i < claim.tokens.size(); ++i) {
            const ClaimToken& before = claim.tokens[i - 1];
            if (!is(i, noun) || !before.word || !before.capital || before.word->lower == known.value)
                continue;
            const auto lists = listOf(text, before.word->lower, known.value);
            if (!lists || isExplained(known.text, text, before.word->lower))
                continue;
            const SaidText& said = m_claims.texts()[text];
            const SaidText& source = m_claims.texts()[known.text];
            const JsonNode& node = m_claims.document(known.text)->story().node(known.node);
            const std::string_view other = partOf(said.text, {claim.from + before.from, claim.from + before.to});
            add("conflict.entity",
                "An earlier call says " + noun + " “" + known.value + "”, the answer “" + std::string(other) + "”.",
                placeOf(said, {claim.from, claim.to}, {claim.from + before.from, claim.from + before.to}),
                placeOf(source, {node.keyAt, node.end}, {node.opened, node.end}), noun,
                {"both stand in", std::string(name(m_claims.texts()[*lists].author)) + " text"});
            return;
        }
    }

    /// A template or a user's text before that has both words: they are alternatives.
    std::optional<std::uint32_t> listOf(std::uint32_t text, const std::string& a, const std::string& b) const
    {
        for (std::uint32_t i = 0; i < text; ++i) {
            const SaidText& said = m_claims.texts()[i];
            if (said.author != ClaimAuthor::Template && said.author != ClaimAuthor::User)
                continue;
            const std::string lower = prose::lower(said.text);
            if (lower.find(a) != std::string::npos && lower.find(b) != std::string::npos)
                return i;
        }
        return std::nullopt;
    }

    void add(std::string_view rule, std::string what, FindingPlace a, FindingPlace b, std::string cause,
             FindingFact fact)
    {
        Finding& finding = m_into.emplace_back();
        finding.rule = rule;
        finding.level = FindingLevel::Check;
        finding.evidence = StreamEvidence::Inferred;
        finding.strength = 0.7;
        finding.what = std::move(what);
        finding.cause = std::move(cause);
        finding.places.push_back(std::move(a));
        finding.places.push_back(std::move(b));
        finding.facts.push_back(std::move(fact));
        finding.facts.push_back({"guards checked", "two values only; no user, result or change between them"});
    }

    ClaimEvidence& m_evidence;
    TraceClaims& m_claims;
    std::vector<Finding>& m_into;
    std::map<std::string, std::vector<Attribute>> m_attributes; ///< by subject, line end, key; in order
    std::size_t m_count = 0;
};

} // namespace

void findRecordConflicts(ClaimEvidence& evidence, std::vector<Finding>& into)
{
    RecordSearch(evidence, into).run();
}

} // namespace arcscope

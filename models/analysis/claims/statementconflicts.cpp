#include "statementconflicts.h"

#include "actionclaims.h"
#include "claimpartners.h"
#include "proselines.h"

#include <algorithm>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::size_t mostStatements = 5'000; ///< of a trace; what comes behind is not compared
constexpr std::size_t mostClosing = 40;
constexpr std::size_t leastAsked = 20; ///< bytes: "Hi" is the beginning of anything

struct Statement {
    std::uint32_t text = 0;
    const ClaimSentence* claim = nullptr;
};

constexpr std::size_t longestStatement = 300; ///< bytes
constexpr std::size_t several = 100;          ///< another value differs, too: they are of different things
constexpr std::uint16_t leastContent = 4;     ///< words and values
constexpr int mostOfShape = 2;                ///< statements that differ in values alone: more are a series of states

/// Content words and values that have no partner in the other claim, what differs left out.
std::size_t wordsWithout(const ClaimSentence& claim, const std::vector<std::int16_t>& to, TokenRange differs)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < claim.tokens.size(); ++i)
        count += claim.tokens[i].content && to[i] < 0 && (i < differs.first || i >= differs.end) ? 1u : 0u;
    return count;
}

/// Equal for claims with the same content words, values left out, and polarity.
std::uint64_t shapeOf(const ClaimSentence& claim)
{
    std::uint64_t shape = claim.negations > 0 ? 1 : 0;
    for (const ClaimToken& token : claim.tokens)
        shape += token.word && token.content ? token.key * 0x9e3779b97f4a7c15u : 0;
    return shape;
}

/// "I scrolled down.": something that was done once, and not how things are.
bool tellsOwnAct(const ClaimSentence& claim)
{
    if (claim.tokens.size() < 2 || !claim.tokens[0].word || !claim.tokens[1].word)
        return false;
    const std::string& subject = claim.tokens[0].word->lower;
    const WordFacts& verb = *claim.tokens[1].word;
    return (subject == "i" || subject == "we") && verb.verb && verb.lower != verb.base &&
           !claim.tokens[1].is(WordClass::Be);
}

class ConflictSearch
{
public:
    ConflictSearch(ClaimEvidence& evidence, std::vector<Finding>& into)
        : m_evidence(evidence)
        , m_claims(evidence.claims())
        , m_into(into)
    {
        for (const ToolUse& use : m_claims.uses())
            m_writes.push_back(actsOfTool(use.tool).has_value());
    }

    void run()
    {
        std::vector<const ClaimSentence*> claims;
        const auto texts = m_claims.texts();
        for (std::uint32_t text = 0; text < texts.size(); ++text) {
            if (texts[text].author != ClaimAuthor::Model || texts[text].arguments)
                continue;
            for (const ClaimSentence& claim : m_claims.sentences(text)) {
                if (!isStatement(texts[text].text, claim) || m_statements.size() >= mostStatements)
                    continue;
                m_statements.push_back({text, &claim});
                const std::string_view sentence = partOf(texts[text].text, {claim.from, claim.to});
                if (m_sentences.insert(wordKey(sentence)).second)
                    ++m_shapes[shapeOf(claim)];
                claims.push_back(&claim);
            }
        }
        ClaimPartners partners(claims, leastOverlapWithin);
        for (std::size_t i = 0; i < claims.size(); ++i) {
            for (const std::uint32_t j : partners.of(*claims[i], i + 1))
                compare(m_statements[i], m_statements[j]);
        }
    }

private:
    void compare(const Statement& a, const Statement& b)
    {
        const auto& matches = m_comparer.compare(*a.claim, *b.claim, PairOrigin::OneText);
        if (matches.empty())
            return;
        const SaidText& saidA = m_claims.texts()[a.text];
        const SaidText& saidB = m_claims.texts()[b.text];
        const bool asked = a.text != b.text && isAskedBetween(a.text, b.text);
        Contradiction pair =
            contradictionOf(saidA.text, *a.claim, saidB.text, *b.claim, m_comparer.alignment(), matches);
        // Everything but what differs has to be said of the same: a user who asked for more may have meant another.
        const std::size_t other = otherWords(*a.claim, *b.claim, m_comparer.alignment(), matches.front().hit);
        if (std::max(m_shapes[shapeOf(*a.claim)], m_shapes[shapeOf(*b.claim)]) > mostOfShape ||
            pair.rule->check == differentOrdinal)
            return;
        if (pair.rule->check == oppositeWords && tellsOwnAct(*a.claim) && tellsOwnAct(*b.claim))
            return;
        if (other > (asked ? 0u : 1u) || (other > 0 && pair.tier != PairTier::Finding))
            return;
        if (other > 0 || asked || pair.rule->check == differentRange)
            pair.tier = PairTier::CheckThis;
        if (a.text != b.text && isUpdate(a, b, pair, matches.front().hit))
            return;
        // One pair of texts, one finding.
        if (!m_told.insert({a.text, b.text}).second)
            return;
        const bool within = a.text == b.text;
        m_into.push_back(conflictOf(within ? "conflict.within_answer" : "conflict.statement", pair, saidA, saidB));
        if (!within)
            m_into.back().facts.push_back({"between them",
                                           "no call that changes something, no user who asks for it, no "
                                           "result that says the later one"});
    }

    bool isAskedBetween(std::uint32_t a, std::uint32_t b) const
    {
        const auto texts = m_claims.texts();
        return std::any_of(texts.begin() + a + 1, texts.begin() + b,
                           [](const SaidText& said) { return said.author == ClaimAuthor::User; });
    }

    /// A user or tool says the later value, which others may have said long before, too.
    bool isBroughtBetween(const Statement& a, const Statement& b, std::size_t value) const
    {
        const std::string_view written = partOf(m_claims.texts()[b.text].text, bytesOf(*b.claim, value));
        for (std::uint32_t i = a.text + 1; i < b.text; ++i) {
            const SaidText& said = m_claims.texts()[i];
            ValueEvidence evidence;
            if (said.author == ClaimAuthor::Tool || said.author == ClaimAuthor::User)
                evidence.add(said.text, i);
            if (evidence.first(b.claim->values[value], written) != ValueEvidence::none)
                return true;
        }
        return false;
    }

    bool isUpdate(const Statement& a, const Statement& b, const Contradiction& pair, const RuleHit& hit)
    {
        for (std::size_t i = 0; i < m_writes.size(); ++i) {
            const ToolUse& use = m_claims.uses()[i];
            if (m_writes[i] && use.arguments > a.text && use.arguments < b.text && use.arguments != ToolUse::none)
                return true;
        }
        if (!pair.slot && isAskedBetween(a.text, b.text))
            return true;
        if (hit.valueA < 0 || hit.valueB < 0)
            return false;
        if (isBroughtBetween(a, b, static_cast<std::size_t>(hit.valueB)))
            return true;
        // Both have a source, or the later one has: they are of different things, or it has changed.
        const auto later = m_evidence.support(b.text, *b.claim, static_cast<std::size_t>(hit.valueB));
        const auto earlier = m_evidence.support(a.text, *a.claim, static_cast<std::size_t>(hit.valueA));
        return later.how != ValueSupport::How::Nowhere && earlier.text != later.text &&
               (later.text > a.text || earlier.how != ValueSupport::How::Nowhere);
    }

    ClaimEvidence& m_evidence;
    TraceClaims& m_claims;
    std::vector<Finding>& m_into;
    std::vector<bool> m_writes; ///< by use: may change something
    std::vector<Statement> m_statements;
    std::unordered_map<std::uint64_t, int> m_shapes; ///< different sentences of the same words
    std::set<std::uint64_t> m_sentences;
    PairComparer m_comparer;
    std::set<std::pair<std::uint32_t, std::uint32_t>> m_told;
};

/// What a view marks in a quote: words that stand for each other, and what differs.
std::vector<QuoteMark> marksOf(ByteRange quote, ByteRange differs, const std::vector<ByteRange>& aligned)
{
    std::vector<QuoteMark> marks;
    const auto add = [&](ByteRange bytes, std::int32_t link) {
        const std::int64_t from = bytes.from - quote.from;
        const std::int64_t to = bytes.to - quote.from;
        if (from >= 0 && from < to && to <= static_cast<std::int64_t>(maxQuote))
            marks.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), link});
    };
    for (std::size_t i = 0; i < aligned.size(); ++i) {
        if (aligned[i].to <= differs.from || aligned[i].from >= differs.to)
            add(aligned[i], static_cast<std::int32_t>(i));
    }
    add(differs, QuoteMark::differs);
    std::ranges::sort(marks, {}, &QuoteMark::from);
    return marks;
}

} // namespace

bool isStatement(std::string_view text, const ClaimSentence& claim)
{
    if (!claim.comparable || claim.conditional || claim.hedged || claim.request || claim.listItem)
        return false;
    const std::string_view sentence = partOf(text, {claim.from, claim.to});
    const bool verb = claim.verb > 0 || claim.hasClass(WordClass::Be);
    const bool ends = (sentence.ends_with('.') && !sentence.ends_with("..")) || sentence.ends_with('!');
    if (!verb || !ends || claim.contentCount < leastContent || sentence.size() > longestStatement ||
        sentence.find_first_of("{}<>=\\^|~") != std::string_view::npos ||
        sentence.find("\":") != std::string_view::npos)
        return false;
    const std::string lower = prose::lower(sentence);
    for (const std::string_view word : {" yet", "so far", " still ", " now", " ago", "as of ", "step ", "option "}) {
        if (lower.find(word) != std::string::npos)
            return false;
    }
    return true;
}

std::size_t otherWords(const ClaimSentence& a, const ClaimSentence& b, const WordAlignment& words, const RuleHit& hit)
{
    const auto differsMore = [](const ClaimSentence& claim, const std::vector<std::int16_t>& to, TokenRange differs,
                                TokenRange others) {
        return std::ranges::any_of(claim.valueTokens, [&](std::uint16_t at) {
            if (at >= differs.first && at < differs.end)
                return false;
            return to[at] < 0 || (at < differs.first) != (to[at] < others.first);
        });
    };
    if (differsMore(a, words.toB, hit.a, hit.b) || differsMore(b, words.toA, hit.b, hit.a))
        return several;
    return wordsWithout(a, words.toB, hit.a) + wordsWithout(b, words.toA, hit.b);
}

void findStatementConflicts(ClaimEvidence& evidence, std::vector<Finding>& into)
{
    ConflictSearch(evidence, into).run();
}

Finding conflictOf(std::string_view rule, const Contradiction& pair, const SaidText& a, const SaidText& b)
{
    Finding finding;
    finding.rule = rule;
    finding.level = pair.tier == PairTier::Finding ? FindingLevel::Finding : FindingLevel::Check;
    finding.evidence = StreamEvidence::Inferred;
    finding.strength = pair.strength;
    finding.what = pair.why;
    std::vector<ByteRange> alignedA;
    std::vector<ByteRange> alignedB;
    for (const auto& [left, right] : pair.aligned) {
        alignedA.push_back(left);
        alignedB.push_back(right);
    }
    finding.places.push_back(placeOf(a, pair.a));
    finding.places.back().marks = marksOf(pair.a, pair.differsA, alignedA);
    finding.places.push_back(placeOf(b, pair.b));
    finding.places.back().marks = marksOf(pair.b, pair.differsB, alignedB);
    finding.facts.push_back({"rule", std::string(pair.rule->name) + ": " + std::string(pair.rule->title)});
    if (!pair.slot && rule != "conflict.runs")
        finding.level = FindingLevel::Signal; // within one trace words that are opposites mostly tell of two things
    if (pair.slot)
        finding.facts.push_back({"differs", pair.slot->a + " against " + pair.slot->b});
    std::string guards;
    for (const Contradiction::Guard& guard : pair.guards)
        guards += (guards.empty() ? "" : ", ") + std::string(guard.name) + (guard.stops ? " (speaks against it)" : "");
    finding.facts.push_back({"guards checked", guards});
    finding.facts.push_back({"why no rewording", std::string(pair.rule->why)});
    return finding;
}

ClosingWords closingWordsOf(TraceClaims& claims)
{
    ClosingWords words;
    const auto texts = claims.texts();
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
        const std::string_view text = prose::trimmed(texts[i].text);
        if (texts[i].author == ClaimAuthor::User && words.asked.empty() && text.size() >= leastAsked)
            words.asked = text;
    }
    for (std::uint32_t i = static_cast<std::uint32_t>(texts.size()); i-- > 0;) {
        if (texts[i].author != ClaimAuthor::Model || texts[i].arguments || claims.sentences(i).empty())
            continue;
        words.said = &texts[i];
        for (const ClaimSentence& claim : claims.sentences(i)) {
            if (isStatement(texts[i].text, claim) && words.claims.size() < mostClosing)
                words.claims.push_back(&claim);
        }
        break;
    }
    return words;
}

} // namespace arcscope

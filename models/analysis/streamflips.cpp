#include "streamflips.h"

#include "claimpartners.h"
#include "contradictions.h"
#include "proselines.h"
#include "statementconflicts.h"

#include <algorithm>
#include <array>
#include <optional>

namespace arcscope
{
namespace
{

constexpr std::size_t longestText = std::size_t(64) << 10u;
constexpr std::size_t mostSentences = 1'000;
constexpr std::size_t mostSentencesBack = 12; ///< of what a cue may take back
constexpr std::size_t mostOtherWords = 2;     ///< that have no partner, behind a cue

/// Say that what follows takes something back; in lower case.
constexpr std::array<std::string_view, 13> cues{
    "actually",       "on reflection",  "on second thought", "wait",        "correction", "scratch that", "i was wrong",
    "i was mistaken", "let me correct", "my mistake",        "sorry, that", "i misspoke", "hold on"};

/// The text of a block that stays, with the piece of each byte.
struct Kept {
    std::string text;
    std::vector<std::pair<std::size_t, const TextPiece*>> pieces; ///< by where they begin in it

    explicit Kept(const TextBlock& block)
    {
        for (const TextPiece& piece : block.pieces) {
            if (piece.withdrawn != noEvent)
                continue;
            if (text.size() >= longestText)
                break;
            pieces.emplace_back(text.size(), &piece);
            text += block.textOf(piece);
        }
    }

    const std::pair<std::size_t, const TextPiece*>& at(std::int64_t byte) const
    {
        const auto behind = std::ranges::upper_bound(pieces, static_cast<std::size_t>(byte), {},
                                                     [](const auto& each) { return each.first; });
        return *(behind - 1);
    }
    std::uint32_t eventAt(std::int64_t byte) const { return at(byte).second->shown; }
    std::uint64_t blockByte(std::int64_t byte) const
    {
        const auto& [begin, piece] = at(byte);
        return piece->begin + (static_cast<std::uint64_t>(byte) - begin);
    }
};

std::string_view cueOf(std::string_view lower)
{
    for (const std::string_view cue : cues) {
        const std::size_t at = lower.find(cue);
        if (at < 12 && (at == 0 || !prose::isWordByte(lower[at - 1])))
            return cue;
    }
    return {};
}

/// 1: yes, -1: no, 0: neither.
int answerOf(std::string_view lower, bool first)
{
    const auto begins = [&](std::string_view word) {
        return lower.starts_with(word) && (lower.size() == word.size() || !prose::isWordByte(lower[word.size()]));
    };
    if (first)
        return begins("yes") ? 1 : begins("no") ? -1 : 0;
    for (const auto& [words, means] : {std::pair{"answer is yes", 1}, std::pair{"answer is no", -1}}) {
        const std::size_t at = lower.find(words);
        const std::size_t end = at == std::string_view::npos ? at : at + std::string_view(words).size();
        if (at != std::string_view::npos && (end >= lower.size() || !prose::isWordByte(lower[end])))
            return means;
    }
    return 0;
}

/// Values of one kind that may take each other's place.
bool isAlike(const TypedValue& a, const TypedValue& b)
{
    const bool counted = a.type != ValueType::Cardinal || !a.unit.empty();
    return a.type == b.type && a.unit == b.unit && counted && a.type != ValueType::Ordinal &&
           a.type != ValueType::Identifier;
}

void addMark(const ClaimToken& token, std::int32_t link, std::vector<QuoteMark>& into)
{
    if (token.to <= maxQuote && (into.empty() || into.back().from != token.from))
        into.push_back({token.from, token.to, link});
}

/// A value that the other sentence has another of, or a denial that it lacks.
void addDiffering(const ClaimToken& token, const ClaimSentence& own, const ClaimSentence& other,
                  std::vector<QuoteMark>& into)
{
    const bool value = token.value >= 0 && std::ranges::any_of(other.values, [&](const TypedValue& each) {
                           return isAlike(own.values[static_cast<std::size_t>(token.value)], each);
                       });
    if (value || (token.is(WordClass::Negation) && other.negations == 0))
        addMark(token, QuoteMark::differs, into);
}

/// Words that both sentences have stand for each other.
void markBoth(const ClaimSentence& a, const ClaimSentence& b, StreamFinding& into)
{
    std::vector<bool> inB(b.tokens.size());
    std::int32_t links = 0;
    for (const ClaimToken& token : a.tokens) {
        std::size_t other = 0;
        while (other < b.tokens.size() && (inB[other] || !b.tokens[other].content || b.tokens[other].key != token.key))
            ++other;
        if (!token.content || other == b.tokens.size()) {
            addDiffering(token, a, b, into.beforeMarks);
            continue;
        }
        inB[other] = true;
        addMark(token, links, into.beforeMarks);
        addMark(b.tokens[other], links++, into.insteadMarks);
    }
    for (std::size_t i = 0; i < b.tokens.size(); ++i) {
        if (!inB[i])
            addDiffering(b.tokens[i], b, a, into.insteadMarks);
    }
    std::ranges::sort(into.insteadMarks, {}, &QuoteMark::from);
}

class FlipSearch
{
public:
    FlipSearch(const StreamModel& model, std::uint32_t block, std::vector<StreamFinding>& into)
        : m_model(model)
        , m_block(block)
        , m_kept(model.blocks()[block])
        , m_into(into)
    {
    }

    void run()
    {
        ClaimReader reader;
        const std::string_view text = m_kept.text;
        for (const Sentence& each : sentencesOf(text)) {
            if (m_claims.size() >= mostSentences)
                break;
            m_claims.push_back(reader.read(partOf(text, {each.from, each.to}), each.kind, each.from));
        }
        if (m_claims.size() < 2)
            return;
        const int first = answerOf(prose::lower(part(m_claims.front())), true);
        ClaimPartners partners(m_claims, leastOverlapWithin);
        m_flipped.assign(m_claims.size(), false);
        for (std::size_t i = 0; i < m_claims.size(); ++i) {
            const std::string lower = prose::lower(part(m_claims[i]));
            if (first != 0 && i > 0 && answerOf(lower, false) == -first)
                add(m_claims.front(), i, cueOf(lower));
            for (const std::uint32_t j : partners.of(m_claims[i], i + 1))
                compare(m_claims[i], j);
        }
        for (std::size_t i = 1; i < m_claims.size(); ++i) {
            if (const std::string_view cue = cueOf(prose::lower(part(m_claims[i]))); !cue.empty())
                findCorrected(i, cue);
        }
    }

private:
    std::string_view part(const ClaimSentence& claim) const { return partOf(m_kept.text, {claim.from, claim.to}); }

    void compare(const ClaimSentence& a, std::size_t later)
    {
        const ClaimSentence& b = m_claims[later];
        const std::string_view cue = cueOf(prose::lower(part(b)));
        const auto& matches = m_comparer.compare(a, b, cue.empty() ? PairOrigin::OneText : PairOrigin::Apart);
        // A cue looks like a word that tells the subjects apart.
        if (matches.empty() || (cue.empty() && matches.front().hit.tier != PairTier::Finding))
            return;
        const std::size_t other = otherWords(a, b, m_comparer.alignment(), matches.front().hit);
        const bool plain = isStatement(m_kept.text, a) && isStatement(m_kept.text, b);
        if (other > (cue.empty() ? 0 : mostOtherWords) || (cue.empty() && !plain) || a.conditional || b.conditional)
            return;
        add(a, later, cue);
    }

    /// Behind a cue another value of the same kind is enough, if both sentences have a word in common: the new one may
    /// well speak of a part of what the old one was of.
    void findCorrected(std::size_t later, std::string_view cue)
    {
        for (std::size_t i = later; i-- > 0 && later - i <= mostSentencesBack;) {
            if (givesOtherValue(m_claims[i], m_claims[later]))
                return add(m_claims[i], later, cue);
        }
    }

    static bool givesOtherValue(const ClaimSentence& a, const ClaimSentence& b)
    {
        const auto isIn = [&](const TypedValue& value, const ClaimSentence& claim) {
            return std::ranges::any_of(
                claim.values, [&](const TypedValue& each) { return isAlike(value, each) && agree(value, each); });
        };
        const bool differs = std::ranges::any_of(a.values, [&](const TypedValue& value) {
            return !isIn(value, b) && std::ranges::any_of(b.values, [&](const TypedValue& other) {
                return isAlike(value, other) && !agree(value, other) && !isIn(other, a);
            });
        });
        return differs && std::ranges::any_of(a.tokens, [&](const ClaimToken& token) {
                   return token.content && token.word && std::ranges::any_of(b.tokens, [&](const ClaimToken& other) {
                              return other.content && other.key == token.key;
                          });
               });
    }

    void add(const ClaimSentence& a, std::size_t later, std::string_view cue)
    {
        if (m_flipped[later])
            return;
        m_flipped[later] = true;
        const ClaimSentence& b = m_claims[later];
        StreamFinding& found = m_into.emplace_back();
        found.rule = StreamRule::ClaimFlip;
        found.evidence = StreamEvidence::Inferred;
        found.block = m_block;
        found.event = m_kept.eventAt(a.from);
        found.from = found.event;
        found.to = m_kept.eventAt(b.from);
        found.begin = m_kept.blockByte(a.from);
        found.end = m_kept.blockByte(a.to - 1) + 1;
        found.before = quoted(part(a));
        found.instead = quoted(part(b));
        markBoth(a, b, found);
        const Nanos shown = m_model.clock(m_kept.eventAt(a.to - 1));
        const Nanos taken = m_model.clock(found.to);
        if (shown != noTime && taken != noTime)
            found.exposure = taken - shown;
        found.what =
            "what it said first it takes back " + std::to_string(found.to - found.from) + " events later" +
            (found.exposure == noTime ? "" : ", after " + std::to_string(found.exposure / millisecond) + " ms") +
            (cue.empty() ? ", without a word about it" : ", with “" + std::string(cue) + "”");
    }

    const StreamModel& m_model;
    std::uint32_t m_block;
    Kept m_kept;
    std::vector<StreamFinding>& m_into;
    std::vector<ClaimSentence> m_claims;
    std::vector<bool> m_flipped;
    PairComparer m_comparer;
};

} // namespace

std::vector<StreamFinding> flipsOf(const StreamModel& model)
{
    std::vector<StreamFinding> found;
    for (std::uint32_t block = 0; block < model.blocks().size(); ++block) {
        if (model.blocks()[block].type == BlockType::Text)
            FlipSearch(model, block, found).run();
    }
    return found;
}

} // namespace arcscope

#include "saidchange.h"

#include "canonicalkey.h"
#include "claimpartners.h"
#include "ids.h"
#include "jsonread.h"
#include "jsonstory.h"
#include "plainform.h"
#include "proselines.h"
#include "turnacts.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace arcscope
{
namespace
{

constexpr std::size_t mostText = 65'536;
constexpr std::size_t mostSentences = 300;
constexpr std::size_t mostJson = std::size_t(1) << 20U;
constexpr double leastShared = 0.3;      ///< of the content words of the shorter sentence, to stand for each other
constexpr double mostCovered = 0.5;      ///< of an added sentence, in the other text
constexpr std::size_t leastWords = 3;    ///< of an added sentence
constexpr std::size_t longestLabel = 40; ///< bytes of a string in JSON that is a value and no prose

std::string_view cut(std::string_view text)
{
    if (text.size() <= mostText)
        return text;
    std::size_t end = mostText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

ReplayBytes all(std::string_view text)
{
    return {0, static_cast<std::int64_t>(text.size())};
}

/// A sentence that the other text does not have word by word.
struct Open {
    const ClaimSentence* claim = nullptr;
    std::vector<std::uint64_t> words; ///< content words, ascending
    std::int32_t partner = -1;
    bool told = false; ///< what differs from the partner is in a mark
};

bool isPolarity(const PairRule& rule)
{
    return rule.check == negatedPredicate || rule.check == oppositeWords || rule.check == oppositePrefix ||
           rule.check == differentOutcome || rule.check == differentQuantifier;
}

ReplayBytes bytesOf(const ClaimSentence& claim, TokenRange range)
{
    return {claim.from + claim.tokens[range.first].from, claim.from + claim.tokens[std::size_t(range.end) - 1].to};
}

ReplayBytes bytesOfValue(const ClaimSentence& claim, std::size_t value)
{
    const std::uint16_t token = claim.valueTokens[value];
    return bytesOf(claim, only(token));
}

/// A number without unit below three is mostly a word ("one of them").
bool counts(const TypedValue& value)
{
    return value.type != ValueType::Cardinal || !value.unit.empty() || value.number >= 3;
}

std::size_t sharedOf(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b)
{
    std::size_t shared = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j])
            ++shared;
        const bool less = a[i] <= b[j];
        const bool more = b[j] <= a[i];
        i += less ? 1 : 0;
        j += more ? 1 : 0;
    }
    return shared;
}

/// One text of a pair.
struct Side {
    std::string_view text;
    std::vector<ClaimSentence> claims;
    std::vector<std::uint64_t> forms; ///< of each sentence: equal but for form
    std::vector<Open> open;
    std::unordered_set<std::uint64_t> words; ///< content words of all sentences
    std::string code;                        ///< in fences, without white space

    Side(std::string_view whole, ClaimReader& reader)
        : text(whole)
    {
        for (const Sentence& each : sentencesOf(text)) {
            if (claims.size() == mostSentences)
                break;
            const auto from = static_cast<std::size_t>(each.from);
            const std::string_view said = text.substr(from, static_cast<std::size_t>(each.to) - from);
            claims.push_back(reader.read(said, each.kind, each.from));
            forms.push_back(hashOf(plainForm(said)));
            for (const std::uint64_t word : contentKeys(claims.back()))
                words.insert(word);
        }
        bool fenced = false;
        for (const std::string_view line : prose::linesOf(text)) {
            const std::string_view bare = prose::trimmed(line);
            if (bare.starts_with("```") || bare.starts_with("~~~")) {
                fenced = !fenced;
            } else if (fenced) {
                for (const char c : bare)
                    code += prose::isSpace(c) ? "" : std::string(1, c);
            }
        }
    }

    bool comparable() const
    {
        return std::ranges::any_of(claims, [](const ClaimSentence& claim) { return claim.comparable; });
    }
};

void findOpen(Side& side, const Side& other)
{
    std::unordered_map<std::uint64_t, int> there;
    for (const std::uint64_t form : other.forms)
        ++there[form];
    for (std::size_t i = 0; i < side.claims.size(); ++i) {
        if (const auto known = there.find(side.forms[i]); known != there.end() && known->second-- > 0)
            continue;
        Open& open = side.open.emplace_back();
        open.claim = &side.claims[i];
        open.words = contentKeys(side.claims[i]);
        std::ranges::sort(open.words);
    }
}

/// What lies between the equal beginning and the equal end of two texts.
ReplaySlot changedMiddle(std::string_view a, std::string_view b)
{
    const auto isTail = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
    std::size_t first = 0;
    while (first < a.size() && first < b.size() && a[first] == b[first])
        ++first;
    while (first > 0 && ((first < a.size() && isTail(a[first])) || (first < b.size() && isTail(b[first]))))
        --first;
    std::size_t same = 0;
    while (same < a.size() - first && same < b.size() - first && a[a.size() - same - 1] == b[b.size() - same - 1])
        ++same;
    while (same > 0 && isTail(a[a.size() - same]))
        --same;
    const auto slice = [&](std::string_view text) {
        return ReplayBytes{static_cast<std::int64_t>(first), static_cast<std::int64_t>(text.size() - same)};
    };
    return {ReplayDetail::Value, slice(a), slice(b), {}};
}

/// Each with one at most: those that share most first, of equal ones the nearest to the diagonal.
void findPartners(Side& base, Side& candidate)
{
    struct Match {
        double share;
        std::size_t shared;
        std::size_t distance;
        std::int32_t a;
        std::int32_t b;
    };
    std::vector<Match> matches;
    for (std::size_t i = 0; i < base.open.size(); ++i) {
        for (std::size_t j = 0; j < candidate.open.size(); ++j) {
            const std::size_t least = std::min(base.open[i].words.size(), candidate.open[j].words.size());
            const std::size_t shared = sharedOf(base.open[i].words, candidate.open[j].words);
            if (shared == 0 || (shared == 1 && least > 2) ||
                static_cast<double>(shared) < leastShared * static_cast<double>(least))
                continue;
            const std::size_t more = base.open[i].words.size() + candidate.open[j].words.size() - shared;
            matches.push_back({static_cast<double>(shared) / static_cast<double>(more), shared, i > j ? i - j : j - i,
                               static_cast<std::int32_t>(i), static_cast<std::int32_t>(j)});
        }
    }
    std::ranges::stable_sort(matches, [](const Match& x, const Match& y) {
        return x.share != y.share ? x.share > y.share : x.distance < y.distance;
    });
    for (const Match& match : matches) {
        Open& a = base.open[static_cast<std::size_t>(match.a)];
        Open& b = candidate.open[static_cast<std::size_t>(match.b)];
        if (a.partner < 0 && b.partner < 0) {
            a.partner = match.b;
            b.partner = match.a;
        }
    }
}

bool saidAnywhere(const TypedValue& value, const Side& side)
{
    return std::ranges::any_of(side.claims, [&](const ClaimSentence& claim) {
        return std::ranges::any_of(claim.values, [&](const TypedValue& other) { return agree(value, other); });
    });
}

/// A statement most of whose words the other text does not have.
bool isNews(const Open& open, const Side& side, const Side& other)
{
    const ClaimSentence& claim = *open.claim;
    if (open.partner >= 0 || !claim.comparable || claim.request || claim.conditional || open.words.size() < leastWords)
        return false;
    const auto from = static_cast<std::size_t>(claim.from);
    if (isCourtesy(side.text.substr(from, static_cast<std::size_t>(claim.to - claim.from))))
        return false;
    const auto covered =
        std::ranges::count_if(open.words, [&](std::uint64_t word) { return other.words.contains(word); });
    return static_cast<double>(covered) < mostCovered * static_cast<double>(open.words.size());
}

class Slots
{
public:
    void add(ReplayDetail detail, ReplayBytes base, ReplayBytes candidate, std::string rule)
    {
        if (detail != ReplayDetail::None)
            m_content = true;
        if (m_change.marks.size() < SaidChange::mostSlots)
            m_change.marks.push_back({detail, base, candidate, std::move(rule)});
        if (rankOf(detail) > rankOf(m_change.detail))
            m_change.detail = detail;
    }

    SaidChange take()
    {
        m_change.difference = m_content ? ReplayDifference::Content : ReplayDifference::Reworded;
        // What only the candidate has stands behind the rest.
        std::ranges::stable_sort(m_change.marks, {}, [](const ReplaySlot& mark) {
            return std::pair(mark.base.empty(), mark.base.empty() ? mark.candidate.from : mark.base.from);
        });
        return std::move(m_change);
    }

private:
    static int rankOf(ReplayDetail detail)
    {
        switch (detail) {
        case ReplayDetail::Value:
            return 4;
        case ReplayDetail::Polarity:
            return 3;
        case ReplayDetail::Dropped:
            return 2;
        case ReplayDetail::Added:
            return 1;
        default:
            return 0;
        }
    }

    SaidChange m_change;
    bool m_content = false;
};

constexpr auto proseNames = std::to_array<std::string_view>(
    {"message", "thought", "thoughts", "reason", "reasoning", "body", "text", "summary", "description", "comment",
     "note", "notes", "explanation", "instructions", "prompt", "question", "subject"});

bool isProseName(std::string_view key)
{
    return std::ranges::find(proseNames, prose::lower(key)) != proseNames.end();
}

/// Walks two documents of JSON; pointers name what differs.
class JsonWalk
{
public:
    JsonWalk(const JsonStory& base, const JsonStory& candidate, bool arguments, SaidComparer& comparer)
        : m_a(base)
        , m_b(candidate)
        , m_arguments(arguments)
        , m_comparer(comparer)
    {
    }

    SaidChange run()
    {
        walk(0, 0, {});
        return m_slots.take();
    }

private:
    static ReplayBytes bytesOf(const JsonReading& reading, JsonIndex index)
    {
        const JsonNode& node = reading.story().node(index);
        return {node.opened, node.end};
    }

    void walk(JsonIndex a, JsonIndex b, const std::string& pointer)
    {
        if (m_steps-- == 0)
            return;
        const JsonKind kind = m_a.kind(a);
        if (kind != m_b.kind(b)) {
            m_slots.add(ReplayDetail::Value, bytesOf(m_a, a), bytesOf(m_b, b), pointer);
            return;
        }
        if (kind == JsonKind::Object) {
            const auto left = m_a.members(a);
            const auto right = m_b.members(b);
            for (const auto& [key, value] : left) {
                const auto other = right.find(key);
                if (other == right.end())
                    m_slots.add(ReplayDetail::Dropped, bytesOf(m_a, value), {}, pointer + '/' + pointerToken(key));
                else
                    walk(value, other->second, pointer + '/' + pointerToken(key));
            }
            for (const auto& [key, value] : right) {
                if (!left.contains(key))
                    m_slots.add(ReplayDetail::Added, {}, bytesOf(m_b, value), pointer + '/' + pointerToken(key));
            }
            return;
        }
        if (kind == JsonKind::Array) {
            JsonIndex left = m_a.story().firstChild(a);
            JsonIndex right = m_b.story().firstChild(b);
            for (std::size_t i = 0; left >= 0 || right >= 0; ++i) {
                const std::string place = pointer + '/' + std::to_string(i);
                if (left >= 0 && right >= 0)
                    walk(left, right, place);
                else if (left >= 0)
                    m_slots.add(ReplayDetail::Dropped, bytesOf(m_a, left), {}, place);
                else
                    m_slots.add(ReplayDetail::Added, {}, bytesOf(m_b, right), place);
                left = left >= 0 ? m_a.story().nextSibling(left) : left;
                right = right >= 0 ? m_b.story().nextSibling(right) : right;
            }
            return;
        }
        const bool equal = kind == JsonKind::Number ? m_a.number(a) == m_b.number(b) : m_a.text(a) == m_b.text(b);
        if (equal)
            return;
        ReplayDetail detail = ReplayDetail::Value;
        const bool prose = !m_arguments || isProseName(m_a.story().node(a).key);
        if (prose && kind == JsonKind::String && m_a.text(a).size() > longestLabel && m_b.text(b).size() > longestLabel)
            detail = m_comparer.compare(m_a.text(a), m_b.text(b)).detail;
        m_slots.add(detail, bytesOf(m_a, a), bytesOf(m_b, b), pointer);
    }

    JsonReading m_a;
    JsonReading m_b;
    bool m_arguments;
    SaidComparer& m_comparer;
    Slots m_slots;
    std::size_t m_steps = 20'000;
};

} // namespace

SaidChange SaidComparer::compareJson(std::string_view base, std::string_view candidate, bool arguments)
{
    JsonStory a;
    a.feed(base);
    a.finish();
    JsonStory b;
    b.feed(candidate);
    b.finish();
    if (a.size() == 0 || b.size() == 0)
        return {ReplayDifference::Content, ReplayDetail::Value, {{ReplayDetail::Value, all(base), all(candidate), {}}}};
    return JsonWalk(a, b, arguments, *this).run();
}

SaidChange SaidComparer::compareProse(std::string_view baseText, std::string_view candidateText)
{
    Slots found;
    Side base(baseText, m_reader);
    Side candidate(candidateText, m_reader);
    findOpen(base, candidate);
    findOpen(candidate, base);
    findPartners(base, candidate);
    if (base.code != candidate.code) {
        const ReplayDetail detail = base.code.empty()        ? ReplayDetail::Added
                                    : candidate.code.empty() ? ReplayDetail::Dropped
                                                             : ReplayDetail::Value;
        found.add(detail, all(baseText), all(candidateText), "code");
    }
    if (!base.comparable() || !candidate.comparable()) {
        // Nothing can be held against each other but the words as they stand: "yes" and "no", a label, a name.
        const bool label = prose::wordCount(baseText) <= 4 || prose::wordCount(candidateText) <= 4;
        if (label && !prose::trimmed(baseText).ends_with('?') && !prose::trimmed(candidateText).ends_with('?'))
            found.add(ReplayDetail::Value, all(baseText), all(candidateText), "short");
    }
    for (Open& open : base.open) {
        const Open* const partner =
            open.partner < 0 ? nullptr : &candidate.open[static_cast<std::size_t>(open.partner)];
        if (partner) {
            for (const RuleMatch& match : m_pairs.compare(*open.claim, *partner->claim, PairOrigin::Apart)) {
                if (match.hit.tier != PairTier::Finding)
                    continue;
                found.add(isPolarity(*match.rule) ? ReplayDetail::Polarity : ReplayDetail::Value,
                          bytesOf(*open.claim, match.hit.a), bytesOf(*partner->claim, match.hit.b),
                          std::string(match.rule->name));
                open.told = true;
            }
        }
        const bool rules = open.told;
        for (std::size_t i = 0; i < open.claim->values.size() && !rules; ++i) {
            const TypedValue& value = open.claim->values[i];
            if (!counts(value) || saidAnywhere(value, candidate))
                continue;
            std::size_t other = partner ? partner->claim->values.size() : 0;
            for (std::size_t j = 0; partner && j < partner->claim->values.size(); ++j) {
                const TypedValue& there = partner->claim->values[j];
                if (there.type == value.type && counts(there) && !saidAnywhere(there, base)) {
                    other = j;
                    break;
                }
            }
            const bool stands = partner && other < partner->claim->values.size();
            open.told = open.told || stands;
            found.add(stands ? ReplayDetail::Value : ReplayDetail::Dropped, bytesOfValue(*open.claim, i),
                      stands ? bytesOfValue(*partner->claim, other) : ReplayBytes{}, "value");
        }
        if (isNews(open, base, candidate))
            found.add(ReplayDetail::Dropped, {open.claim->from, open.claim->to}, {}, "statement");
    }
    for (const Open& open : candidate.open) {
        for (std::size_t i = 0; i < open.claim->values.size(); ++i) {
            const TypedValue& value = open.claim->values[i];
            const bool stands = open.partner >= 0 &&
                                std::ranges::any_of(base.open[static_cast<std::size_t>(open.partner)].claim->values,
                                                    [&](const TypedValue& other) { return other.type == value.type; });
            if (counts(value) && !stands && !saidAnywhere(value, base))
                found.add(ReplayDetail::Added, {}, bytesOfValue(*open.claim, i), "value");
        }
        if (isNews(open, candidate, base))
            found.add(ReplayDetail::Added, {}, {open.claim->from, open.claim->to}, "statement");
        const Open* const partner = open.partner < 0 ? nullptr : &base.open[static_cast<std::size_t>(open.partner)];
        if (partner && !partner->told)
            found.add(ReplayDetail::None, {partner->claim->from, partner->claim->to},
                      {open.claim->from, open.claim->to}, {});
    }
    return found.take();
}

SaidChange SaidComparer::compare(std::string_view base, std::string_view candidate)
{
    if (prose::trimmed(base) == prose::trimmed(candidate))
        return {};
    if (prose::trimmed(base).empty())
        return {ReplayDifference::Content, ReplayDetail::Added, {{ReplayDetail::Added, {}, all(candidate), {}}}};
    if (prose::trimmed(candidate).empty())
        return {ReplayDifference::Content, ReplayDetail::Dropped, {{ReplayDetail::Dropped, all(base), {}, {}}}};
    const bool json =
        base.size() <= mostJson && candidate.size() <= mostJson && isJsonDocument(base) && isJsonDocument(candidate);
    if (json ? canonicalKey(base) == canonicalKey(candidate) : plainForm(base) == plainForm(candidate))
        return {ReplayDifference::FormatOnly, ReplayDetail::None, {}};
    return json ? compareJson(base, candidate, false) : compareProse(cut(base), cut(candidate));
}

SaidChange SaidComparer::compareArguments(std::string_view base, std::string_view candidate)
{
    const bool json =
        base.size() <= mostJson && candidate.size() <= mostJson && isJsonDocument(base) && isJsonDocument(candidate);
    if (json && canonicalKey(base) != canonicalKey(candidate))
        return compareJson(base, candidate, true);
    const auto words = [](std::string_view text) {
        std::string out;
        for (const char c : text) {
            if (!prose::isSpace(c))
                out += c;
            else if (!out.empty() && out.back() != ' ')
                out += ' ';
        }
        return out;
    };
    if (base == candidate)
        return {};
    if (json || prose::trimmed(words(base)) == prose::trimmed(words(candidate)))
        return {ReplayDifference::FormatOnly, ReplayDetail::None, {}};
    return {ReplayDifference::Content, ReplayDetail::Value, {changedMiddle(base, candidate)}};
}

} // namespace arcscope

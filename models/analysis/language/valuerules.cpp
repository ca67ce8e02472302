#include "pairrule.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t reach = 5; ///< words on either side of a value that say what it is of
constexpr double roundedTolerance = 0.006;
constexpr double roughTolerance = 0.12; ///< where one of them is "about" so much

/// From which score, and from which share of common words, a type of values gives a finding.
struct Threshold {
    double score;
    double coverage;
};

bool sameKind(const TypedValue& a, const TypedValue& b)
{
    const auto date = [](const TypedValue& v) { return v.type == ValueType::Date || v.type == ValueType::Year; };
    return a.type == b.type || (date(a) && date(b));
}

/// Where it is not said otherwise: "5" and "5 files" have the same number.
bool occursIn(const TypedValue& value, const ClaimSentence& other)
{
    return std::ranges::any_of(other.values,
                               [&](const TypedValue& each) { return agree(value, each, roundedTolerance); });
}

bool sameUnit(const TypedValue& a, const TypedValue& b)
{
    if (a.unit == b.unit)
        return true;
    if (a.type != ValueType::Cardinal || a.unit.empty() || b.unit.empty())
        return false;
    const auto left = lexicon().find(a.unit);
    const auto right = lexicon().find(b.unit);
    return left && right && lexicon().areSynonyms(*left, *right);
}

double toleranceOf(const TypedValue& a, const TypedValue& b)
{
    return a.bound == ValueBound::Exact && b.bound == ValueBound::Exact ? roundedTolerance : roughTolerance;
}

RuleHit hitOf(const ClaimPair& pair, std::size_t i, std::size_t j, PairTier tier, double strength)
{
    return {tier,
            std::min(1.0, strength),
            only(pair.a.valueTokens[i]),
            only(pair.b.valueTokens[j]),
            static_cast<std::int16_t>(i),
            static_cast<std::int16_t>(j)};
}

double scoreOf(const ClaimPair& pair, std::size_t i, std::size_t j)
{
    const Governor& left = pair.a.valueGovernors[i];
    const Governor& right = pair.b.valueGovernors[j];
    double score = 0.4 + 0.6 * windowOverlap(pair, pair.a.valueTokens[i], pair.b.valueTokens[j], reach);
    if (left.head != 0 && left.head == right.head)
        score += 0.2;
    if (pair.a.values[i].type == ValueType::Cardinal && !pair.a.values[i].unit.empty())
        score += 0.15;
    return score;
}

/// Calls `visit(i, j)` for the values of the types that `wanted` takes, neither of which the other side has.
template <typename Wanted, typename Visit>
void forEachClash(const ClaimPair& pair, const Wanted& wanted, const Visit& visit)
{
    for (std::size_t i = 0; i < pair.a.values.size(); ++i) {
        const TypedValue& left = pair.a.values[i];
        if (left.type == ValueType::Identifier || occursIn(left, pair.b))
            continue;
        for (std::size_t j = 0; j < pair.b.values.size(); ++j) {
            const TypedValue& right = pair.b.values[j];
            if (wanted(left, right) && !occursIn(right, pair.a) && !agree(left, right, toleranceOf(left, right)))
                visit(i, j);
        }
    }
}

template <typename Wanted>
std::optional<RuleHit> bestClash(const ClaimPair& pair, Threshold threshold, const Wanted& wanted)
{
    if (pair.a.values.empty() || pair.b.values.empty() || pair.words.most() < threshold.coverage)
        return std::nullopt;
    std::optional<RuleHit> best;
    double most = threshold.score;
    forEachClash(pair, wanted, [&](std::size_t i, std::size_t j) {
        if (pair.a.values[i].range && pair.b.values[j].range && pair.a.values[i].type != ValueType::Year)
            return;
        const double score = scoreOf(pair, i, j);
        if (score >= most) {
            most = score;
            best = hitOf(pair, i, j, PairTier::Finding, score);
        }
    });
    return best;
}

auto both(ValueType type)
{
    return
        [type](const TypedValue& a, const TypedValue& b) { return a.type == type && b.type == type && sameUnit(a, b); };
}

} // namespace

std::optional<RuleHit> differentCardinal(const ClaimPair& pair)
{
    return bestClash(pair, {0.95, 0.4}, both(ValueType::Cardinal));
}

std::optional<RuleHit> differentPercent(const ClaimPair& pair)
{
    return bestClash(pair, {0.7, 0.4}, both(ValueType::Percent));
}

std::optional<RuleHit> differentMoney(const ClaimPair& pair)
{
    return bestClash(pair, {0.7, 0.4}, both(ValueType::Money));
}

std::optional<RuleHit> differentOrdinal(const ClaimPair& pair)
{
    return bestClash(pair, {0.85, 0.45}, both(ValueType::Ordinal));
}

std::optional<RuleHit> differentYear(const ClaimPair& pair)
{
    return bestClash(pair, {0.85, 0.45}, both(ValueType::Year));
}

std::optional<RuleHit> differentDate(const ClaimPair& pair)
{
    return bestClash(pair, {0.75, 0.4}, [](const TypedValue& a, const TypedValue& b) {
        return sameKind(a, b) && (a.type == ValueType::Date || b.type == ValueType::Date);
    });
}

std::optional<RuleHit> differentWeekday(const ClaimPair& pair)
{
    return bestClash(pair, {0.75, 0.4}, both(ValueType::Weekday));
}

std::optional<RuleHit> differentTime(const ClaimPair& pair)
{
    return bestClash(pair, {0.75, 0.4}, both(ValueType::Clock));
}

std::optional<RuleHit> differentGovernedValue(const ClaimPair& pair)
{
    constexpr double leastCoverage = 0.45;
    std::optional<RuleHit> found;
    if (pair.a.values.empty() || pair.b.values.empty() || pair.words.most() < leastCoverage)
        return found;
    const auto wanted = [](const TypedValue& a, const TypedValue& b) {
        return sameKind(a, b) && a.range == b.range && (a.type != ValueType::Money || a.unit == b.unit);
    };
    forEachClash(pair, wanted, [&](std::size_t i, std::size_t j) {
        const Governor& left = pair.a.valueGovernors[i];
        const Governor& right = pair.b.valueGovernors[j];
        if (left.head == 0 || left.head != right.head || left.preposition != right.preposition)
            return;
        const PairTier tier = left.relation ? PairTier::Finding : PairTier::CheckThis;
        if (!found || tier < found->tier)
            found = hitOf(pair, i, j, tier, pair.words.most());
    });
    return found;
}

std::optional<RuleHit> differentRange(const ClaimPair& pair)
{
    constexpr double leastCoverage = 0.5;
    if (pair.words.most() < leastCoverage)
        return std::nullopt;
    for (std::size_t i = 0; i < pair.a.values.size(); ++i) {
        const TypedValue& left = pair.a.values[i];
        for (std::size_t j = 0; left.range && j < pair.b.values.size(); ++j) {
            const TypedValue& right = pair.b.values[j];
            if (right.range && left.type == right.type && (left.type == ValueType::Cardinal || sameUnit(left, right)) &&
                !agree(left, right, toleranceOf(left, right)) && !occursIn(left, pair.b) && !occursIn(right, pair.a))
                return hitOf(pair, i, j, PairTier::CheckThis, pair.words.most());
        }
    }
    return std::nullopt;
}

} // namespace arcscope

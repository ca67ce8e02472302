// How often each rule was right, as the evaluation programs count it: the one place of these figures.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace arcscope
{

/// What a measure was counted on, the most telling first.
enum class MeasureKind : std::uint8_t {
    Labelled,  ///< data that somebody else labelled
    Read,      ///< it fired on recorded data, and one person read each time whether it is right
    Written,   ///< turns written and labelled for this, every second one held out while the rule was made
    Planted,   ///< faults planted into recorded data; what fires as it was recorded counts as wrong
    Generated, ///< invented traces, each with one planted fault, or a near miss
};
inline constexpr int measureKindCount = 5;

/// How often a rule was right on one set.
struct RuleMeasure {
    std::string_view rule;
    MeasureKind kind = MeasureKind::Generated;
    std::string_view set; ///< in a few words
    int right = 0;        ///< of `fired`
    int fired = 0;
    int there = 0; ///< cases that it should fire for; 0: not counted

    bool operator==(const RuleMeasure&) const = default;
};

/// All, in the order of rules, of one in that of kinds and sets. The evaluations (tests/evaluations) check the rows of
/// rulemeasures.inc against what they count.
std::span<const RuleMeasure> ruleMeasures();
/// Empty for a rule that nobody measured.
std::span<const RuleMeasure> measuresOf(std::string_view rule);

std::string_view name(MeasureKind kind);    ///< "labelled", "read", "written", …
std::string_view meaning(MeasureKind kind); ///< in one sentence

/// "read by one: right 9 of 10 (60 to 98 %), finds 9 of 12 (47 to 91 %) in answers of an airline". In brackets Wilson's
/// interval for 95 %; without where the cases are invented, which says nothing of how often they are met.
std::string measureText(const RuleMeasure& measure);

} // namespace arcscope

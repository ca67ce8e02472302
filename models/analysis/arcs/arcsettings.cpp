#include "arcsettings.h"

#include <array>

namespace arcscope
{
namespace
{

struct Entry {
    double ArcThresholds::*member;
    DetectorSetting setting;
};

constexpr auto entries = std::to_array<Entry>({
    {&ArcThresholds::successScore,
     {"arc.success_score", "share", 1, 0.01, 1,
      "A recorded score counts as a success from this share of its scale on; below it the work is not done."}},
    {&ArcThresholds::idleMinutes,
     {"arc.idle_gap", "minutes", 30, 1, 100'000,
      "Between two stretches of an arc, or an answer and the next request, so much time is an idle gap."}},
    {&ArcThresholds::pastedWords,
     {"arc.pasted_words", "words", 20, 6, 1'000,
      "So many words of a user that were in an earlier arc already are pasted again, and propose a stitch."}},
    {&ArcThresholds::stitchDays,
     {"arc.stitch_days", "days", 14, 0.01, 3'650, "Arcs further apart are not proposed to be one."}},
    {&ArcThresholds::stitchScore, {"arc.stitch_score", "score", 0.5, 0, 1, "A stitch is proposed from this score on."}},
    {&ArcThresholds::survivorLeast,
     {"arc.survivor_least", "arcs", 20, 10, 100'000,
      "With fewer arcs that got to an end, or dropped out before, nothing is said of survivors."}},
    {&ArcThresholds::survivorDropped,
     {"arc.survivor_dropped", "share", 0.1, 0.01, 1,
      "Where fewer dropped out, what is counted over the others may stand for all."}},
    {&ArcThresholds::survivorEffect,
     {"arc.survivor_effect", "share", 0.15, 0.01, 1,
      "So far apart (difference of shares, or Cliff's delta) are those that dropped out and the others at least."}},
    {&ArcThresholds::survivorChance,
     {"arc.survivor_chance", "share", 0.01, 0.0001, 0.05,
      "Chance alone sets them as far apart in so large a share of cases at most, all fields tried taken together."}},
    {&ArcThresholds::returnDays,
     {"arc.return_days", "days", 7, 0.01, 3'650, "A user who comes back does so within this time."}},
});

constexpr auto settings = [] {
    std::array<DetectorSetting, entries.size()> all{};
    for (std::size_t i = 0; i < entries.size(); ++i)
        all[i] = entries[i].setting;
    return all;
}();

} // namespace

ArcThresholds arcThresholds(const DetectorSettings& chosen)
{
    ArcThresholds thresholds;
    for (const Entry& entry : entries)
        thresholds.*entry.member = chosen.of(entry.setting);
    return thresholds;
}

std::span<const DetectorSetting> arcSettings()
{
    return settings;
}

} // namespace arcscope

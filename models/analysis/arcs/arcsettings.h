// The thresholds of task arcs, with their names, units and standards.
#pragma once

#include "detectorsettings.h"

#include <span>

namespace arcscope
{

/// As joining and reading compute with them; arcSettings() says what each means.
struct ArcThresholds {
    double successScore = 0; ///< 0 to 1
    double idleMinutes = 0;
    double pastedWords = 0;
    double stitchDays = 0;
    double stitchScore = 0; ///< 0 to 1
    double survivorLeast = 0;
    double survivorDropped = 0; ///< 0 to 1
    double survivorEffect = 0;  ///< 0 to 1
    double survivorChance = 0;  ///< 0 to 1
    double returnDays = 0;
};

ArcThresholds arcThresholds(const DetectorSettings& settings);
std::span<const DetectorSetting> arcSettings();

} // namespace arcscope

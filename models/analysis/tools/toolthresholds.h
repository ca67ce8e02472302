// The thresholds of all rules about tool calls, with their names, units and standards, in one place.
#pragma once

#include "detectorsettings.h"

#include <span>

namespace arcscope
{

/// As a detector computes with them; toolSettings() says what each means and where it comes from.
struct ToolThresholds {
    double stragglerFactor = 0;
    double stragglerMs = 0;
    double joinMs = 0;
    double wastedMs = 0;
    double cancelMs = 0;
    double outsideMs = 0;
    double retries = 0;
    double fanoutLeast = 0;
    double descendantsLeast = 0;
    double fanoutSpread = 0;
    double serialMs = 0;
    double warmUp = 0;
    double mapShare = 0;
    double enumMost = 0;
    double enumSeen = 0;
    double verdictsLeast = 0;
};

ToolThresholds toolThresholds(const DetectorSettings& settings);

/// Those whose names begin with this word: "tool", "shape", "verifier".
std::span<const DetectorSetting> toolSettings(std::string_view kind);

} // namespace arcscope

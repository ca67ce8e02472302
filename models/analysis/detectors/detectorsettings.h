// Thresholds of detectors that a user may set: named, each with its unit, its standard and its bounds.
#pragma once

#include "result.h"

#include <map>
#include <string>
#include <string_view>

namespace arcscope
{

/// One threshold.
struct DetectorSetting {
    std::string_view name; ///< "tool.straggler_factor"
    std::string_view unit; ///< "times", "ms", "tokens"
    double standard = 0;   ///< where nobody set it
    double least = 0;
    double most = 0;
    std::string_view about; ///< one sentence
};

/// What differs from the standard.
class DetectorSettings
{
public:
    /// Error: Usage, where no detector has a setting of that name, or the value lies out of its bounds.
    Result<void> set(std::string_view name, double value);
    double of(const DetectorSetting& setting) const;
    const std::map<std::string, double, std::less<>>& changed() const { return m_changed; }

    bool operator==(const DetectorSettings&) const = default;

private:
    std::map<std::string, double, std::less<>> m_changed;
};

/// Reads "NAME = VALUE" after "NAME = VALUE", with commas or line ends between; what stands behind # is a remark. Sets
/// what it reads in `into`. Error: Usage, naming what cannot be read.
Result<void> readSettings(std::string_view text, DetectorSettings& into);

/// Of a detector, or of the signals of turns. Null for a name that neither knows.
const DetectorSetting* settingNamed(std::string_view name);

struct Detector;

/// Another number for another version of a detector, and for other values of its settings: what it found under another
/// number has to be found again.
int versionOf(const Detector& detector, const DetectorSettings& settings);

} // namespace arcscope

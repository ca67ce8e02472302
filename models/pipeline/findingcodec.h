// Findings of one trace as bytes, to be kept; rows are told by their position in the trace.
#pragma once

#include "detector.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// What one detector made of one trace.
struct DetectorFindings {
    std::string detector;
    int version = 0;
    std::vector<Finding> findings;
    std::vector<TraceFact> facts;

    bool operator==(const DetectorFindings&) const = default;
};

/// `rows`: those of the trace. Nothing where a place lies in another trace.
std::optional<std::string> encoded(const std::vector<DetectorFindings>& found, std::span<const Row> rows);
/// Nothing where the bytes are damaged, or of another form.
std::optional<std::vector<DetectorFindings>> decodedFindings(std::string_view bytes, std::span<const Row> rows);

} // namespace arcscope

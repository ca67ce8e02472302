// Change markers: when a service or agent first used a new model, prompt version, tool, definition of a tool or index.
#pragma once

#include "lensresult.h"
#include "spantable.h"
#include "versionuses.h"

#include <array>
#include <string_view>
#include <vector>

namespace arcscope
{

/// A value of a span that somebody sets when they change the product.
inline constexpr auto markedTexts =
    std::to_array<SpanText>({SpanText::PromptVersion, SpanText::ModelServed, SpanText::ModelRequested, SpanText::Tool});

/// The first appearance of a value that a service and agent (for prompt versions: and prompt) did not have before.
struct ChangeMarker {
    SpanText what = SpanText::ModelServed;
    StringId service; ///< of the corpus; none: not recorded
    StringId agent;
    StringId prompt; ///< PromptVersion only
    StringId value;
    StringId before;               ///< the value of most of their spans until then
    Nanos time = noTime;           ///< of the first span that has it
    Row row = noRow;               ///< that span
    std::uint32_t spansBefore = 0; ///< of the service and agent with another value, until then
    std::uint32_t spansSince = 0;  ///< with this value
    std::uint32_t othersSince = 0; ///< with another value from then on: a change that not all have got
};

struct MarkerRules {
    std::uint32_t least = 20; ///< spans before it, and with the new value, below which nothing is said
    double beginning = 0.05;  ///< of the time that is recorded for them: what is new in it was there before
};

/// By time. Spans without a time are left out, as are superseded ones. Needs the columns markerColumns(). Versions of
/// tool definitions and of indexes are no columns: versionMarks().
std::vector<ChangeMarker> changeMarkers(const Corpus& corpus, const MarkerRules& rules = {});
std::vector<SpanColumn> markerColumns();

/// As marks of an axis of time: kind "model", "prompt" or "tool".
std::vector<LensMarker> marksOf(const Corpus& corpus, const std::vector<ChangeMarker>& changes);

/// Traces that used what stood before, and that used the new version, below which nothing is said.
inline constexpr std::uint32_t leastVersionUses = 3;
/// Likewise, kind "tool" or "index": a tool's definition or an index came in a version that the service did not use
/// before. What changed with one span is one mark. Uses of many traces, in any order; those without a time are left
/// out.
std::vector<LensMarker> versionMarks(const Corpus& corpus, std::vector<VersionUse> uses);
/// All of them, by time.
std::vector<LensMarker> allMarks(const Corpus& corpus, std::vector<VersionUse> uses);

/// What to compare around a marker: as long as possible on both sides, up to `longest`, without another marker of the
/// same service in between, and within `recorded`.
struct MarkerWindows {
    TimeRange before;
    TimeRange after;
};
MarkerWindows windowsOf(const ChangeMarker& marker, const std::vector<ChangeMarker>& all, const TimeRange& recorded,
                        Nanos longest = 7 * 24 * 3'600 * second);

/// What stands beside every comparison around a marker.
inline constexpr std::string_view markerCaveat =
    "Association in time, not cause: whatever else changed then is in these figures, too.";

} // namespace arcscope

// The timeline as a picture: the same scene that is on the screen, as PNG, SVG or PDF, with a footer that says what it
// is.
#pragma once

#include "criticalpath.h"
#include "result.h"
#include "theme.h"
#include "timelinelayout.h"

#include <QByteArray>
#include <QString>

namespace arcscope
{

enum class PictureFormat : std::uint8_t { Png, Svg, Pdf };

struct PictureOptions {
    PictureFormat format = PictureFormat::Png;
    TimeRange range;       ///< not recorded: everything
    int width = 1600;      ///< logical pixels
    int maxHeight = 8'000; ///< lanes below are left out, and the footer says so
    double scale = 2;      ///< pixels a logical one, of a PNG
    std::vector<LaneState> lanes;
    TickMode ticks = TickMode::SinceOrigin;
    std::vector<PathSegment> criticalPath;
    // for the footer
    QString title;
    QString source; ///< file name
    QString filter;
    QString version; ///< "Arcscope 0.1.0"
};

/// Needs a QGuiApplication (the offscreen platform will do). Error: Unsupported where there is nothing to draw or the
/// picture is too large for its format.
Result<QByteArray> renderTimeline(const TimelineData& data, const Theme& theme, const PictureOptions& options);

/// The same into a file, written whole or not at all. Error: also Unreadable.
Result<void> exportTimeline(const TimelineData& data, const Theme& theme, const PictureOptions& options,
                            const QString& path);

} // namespace arcscope

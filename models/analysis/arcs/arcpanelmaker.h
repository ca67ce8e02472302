// ArcPanelMaker: makes the panels of a review one after the other; only for their sources.
#pragma once

#include "arcpanels.h"

namespace arcscope
{

// ---- Cells, points and words that panels share

LensCell shareCell(const ArcRate& rate);
LensCell countCell(std::uint64_t count);
LensCell quantileCell(const QuantileEstimate& estimate, LensUnit unit);
LensPoint ratePoint(double x, const ArcRate& rate);
/// Cost of a resolved arc in one currency.
LensPoint costPoint(double x, const ArcSummary& summary, StringId currency);
std::string percentOf(double share);        ///< "12 %"
std::string shareText(const ArcRate& rate); ///< "12 %", "an unrecorded share"
std::string titleOf(std::string_view word); ///< "Re asked"
inline constexpr std::string_view independence =
    "Intervals are of 95 % and take arcs as independent: where one user has many they are too narrow.";

class ArcPanelMaker
{
public:
    ArcPanelMaker(const StringTable& strings, ArcPanelFigures figures, std::span<const LensMarker> markers);

    std::vector<ArcPanel> take();

private:
    /// A line of a panel: all of the review, or one value of the tag.
    struct Line {
        std::string name;
        std::string condition; ///< empty: all
        const ArcSummary* summary;
        bool sayable = true; ///< in a condition
    };

    ArcPanel& add(std::string name, std::string title);
    LensChart& addChart(ArcPanel& panel, LensChartKind kind, std::string title);
    /// What changed within the days or weeks that are shown.
    std::vector<LensMarker> marksWithin() const;
    /// Of days or weeks, with the marks of what changed.
    LensChart& addTimeChart(ArcPanel& panel, std::string title, LensAxis yAxis);
    void addSeries(ArcPanel& panel, std::string name);
    void addPoint(ArcPanel& panel, LensPoint point, std::string condition = {});
    std::vector<std::string> lineNames() const;
    std::string conditionOf(const Line& line, std::string more) const;
    void outcomes();
    void overTime();
    std::string whenOf(const ArcGroup& group) const;
    void rates();
    void costs();
    std::string currencyText(StringId currency) const;
    void efforts();
    void engagement();
    void sources();

    const StringTable& m_strings;
    SpanText m_by;
    std::span<const LensMarker> m_markers;
    ArcSummary m_all;
    ArcBreakdown m_tags;
    ArcBreakdown m_days; ///< or weeks
    bool m_weekly = false;
    std::vector<Line> m_lines;
    std::vector<ArcPanel> m_panels;
};

} // namespace arcscope

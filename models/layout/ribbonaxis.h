// Where times and steps of ribbons lie across a width: to scale, with pauses folded, or in their order.
#pragma once

#include "arcribbon.h"
#include "foldedaxis.h"

#include <span>
#include <vector>

namespace arcscope
{

/// One axis for all ribbons that are seen together.
class RibbonAxis
{
public:
    RibbonAxis(std::span<const ArcRibbon> ribbons, const RibbonViewport& viewport);

    /// There is order, and no time.
    bool ordinal() const { return m_ordinal; }
    double stepX(std::uint32_t lane, std::uint32_t step) const { return m_steps[lane][step]; }
    /// From and to; of an axis of steps the room of its steps.
    std::pair<double, double> stretchX(std::uint32_t lane, std::uint32_t stretch) const
    {
        return m_stretches[lane][stretch];
    }
    /// Pixel of a time. Not for an axis of steps.
    double x(Nanos time) const;

    /// None where nothing is folded.
    std::span<const FoldedAxis::Fold> folds() const { return m_axis.folds(); }

private:
    void byTime(std::span<const ArcRibbon> ribbons, const RibbonViewport& viewport, double from, double to);
    void byOrder(std::span<const ArcRibbon> ribbons, const RibbonViewport& viewport, double from, double to);
    void placeSteps(std::span<const ArcRibbon> ribbons);

    bool m_ordinal = false;
    TimeRange m_time;
    double m_from = 0;
    FoldedAxis m_axis;
    std::vector<std::vector<double>> m_steps;
    std::vector<std::vector<std::pair<double, double>>> m_stretches;
};

} // namespace arcscope

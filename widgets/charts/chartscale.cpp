#include "chartscale.h"

#include "displaytext.h"
#include "lenstext.h"
#include "ticks.h"

#include <QSet>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

namespace arcscope
{
namespace
{

/// The next of 1, 2 and 5 times a power of ten.
double roundStep(double least)
{
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least * 0.999)
            return factor * power;
    }
    return 10 * power;
}

bool fromZero(LensUnit unit)
{
    return unit != LensUnit::Time && unit != LensUnit::None;
}

bool wholeSteps(LensUnit unit)
{
    return unit == LensUnit::Number || unit == LensUnit::Tokens || unit == LensUnit::Characters;
}

ChartScale timeScale(double low, double high, int most)
{
    constexpr double halfADay = 12 * 3600e9;
    if (low == high) { // one moment stands in the middle of its day
        low -= halfADay;
        high += halfADay;
    }
    ChartScale scale{low, high, {}, {}};
    constexpr int pixels = 100; // for each label, whatever its font
    const TimeRange range{static_cast<Nanos>(low), std::max(static_cast<Nanos>(high), static_cast<Nanos>(low) + 1)};
    const TickScale found = ticks(range, most * pixels, pixels, TickMode::Absolute, noTime);
    for (const Tick& tick : found.ticks) {
        if (!tick.label.empty())
            scale.ticks.push_back({static_cast<double>(tick.time), QString::fromStdString(tick.label)});
    }
    scale.base = QString::fromStdString(found.base);
    return scale;
}

/// An axis of Qt tells its labels apart by their text.
void tellApart(std::vector<ChartTick>& ticks)
{
    QSet<QString> taken;
    for (ChartTick& tick : ticks) {
        while (taken.contains(tick.label))
            tick.label += QChar(0x200b);
        taken.insert(tick.label);
    }
}

} // namespace

double axisPosition(const LensAxis& axis, double value)
{
    return axis.logarithmic ? std::log10(std::max(value, 1e-12)) : value;
}

QString chartValueText(const LensAxis& axis, double value)
{
    if (!axis.categories.empty()) {
        const auto index = static_cast<std::size_t>(std::max(0.0, std::round(value)));
        return index < axis.categories.size() ? oneLine(axis.categories[index], 80) : QString();
    }
    return QString::fromStdString(textOf(value, axis.unit, axis.currency));
}

ChartScale chartScale(const LensAxis& axis, double low, double high, int most)
{
    if (!(low <= high)) { // also where one of them is no number
        low = 0;
        high = 1;
    }
    most = std::max(2, most);
    ChartScale scale;
    if (axis.unit == LensUnit::Time) {
        scale = timeScale(low, high, most);
    } else if (axis.logarithmic) {
        scale.low = std::floor(axisPosition(axis, low));
        scale.high = std::max(scale.low + 1, std::ceil(axisPosition(axis, high)));
        const double step = std::max(1.0, std::ceil((scale.high - scale.low) / most));
        for (double at = scale.low; at <= scale.high + 1e-9; at += step)
            scale.ticks.push_back({at, chartValueText(axis, std::pow(10, at))});
    } else {
        if (fromZero(axis.unit)) {
            low = std::min(low, 0.0);
            high = std::max(high, 0.0);
        }
        if (high - low <= 0)
            high = low + 1;
        double step = roundStep((high - low) / most);
        if (wholeSteps(axis.unit))
            step = std::max(step, 1.0);
        scale.low = std::floor(low / step) * step;
        scale.high = std::ceil(high / step - 1e-9) * step;
        if (axis.unit == LensUnit::Share && low >= 0 && high <= 1)
            scale.high = std::min(scale.high, 1.0);
        for (int i = 0; scale.low + i * step <= scale.high + step / 2 && i <= 4 * most; ++i)
            scale.ticks.push_back({scale.low + i * step, chartValueText(axis, scale.low + i * step)});
    }
    tellApart(scale.ticks);
    return scale;
}

double binWidthOf(const LensChart& chart)
{
    if (chart.kind != LensChartKind::StackedArea || chart.xAxis.unit != LensUnit::Time)
        return 0;
    std::set<double> places;
    for (const LensSeries& series : chart.series) {
        for (const LensPoint& point : series.points)
            places.insert(point.x);
    }
    double width = 0;
    for (auto at = places.begin(); at != places.end() && std::next(at) != places.end(); ++at) {
        const double distance = *std::next(at) - *at;
        width = width == 0 ? distance : std::min(width, distance);
    }
    return width;
}

} // namespace arcscope

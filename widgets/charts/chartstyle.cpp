#include "chartstyle.h"

#include "arctable.h"
#include "stopbadge.h"

#include <QChart>
#include <QGraphicsLayout>

#include <array>
#include <optional>

namespace arcscope
{
namespace
{

bool means(QStringView text, std::string_view word)
{
    return text.compare(QLatin1String(word.data(), static_cast<int>(word.size())), Qt::CaseInsensitive) == 0;
}

std::optional<SeriesStyle> outcomeStyle(const Theme& theme, QStringView name)
{
    struct Look {
        ArcOutcome outcome;
        ColourRole role;
        Qt::BrushStyle pattern;
    };
    constexpr std::array looks{Look{ArcOutcome::Succeeded, ColourRole::Committed, Qt::SolidPattern},
                               Look{ArcOutcome::Failed, ColourRole::Contradiction, Qt::Dense3Pattern},
                               Look{ArcOutcome::Declined, ColourRole::Retracted, Qt::BDiagPattern},
                               Look{ArcOutcome::Deferred, ColourRole::User, Qt::SolidPattern},
                               Look{ArcOutcome::Unknown, ColourRole::System, Qt::Dense5Pattern}};
    for (const Look& look : looks) {
        if (means(name, arcscope::name(look.outcome)))
            return SeriesStyle{theme[look.role].fill, look.pattern, Qt::SolidLine};
    }
    return std::nullopt;
}

std::optional<SeriesStyle> bucketStyle(const Theme& theme, QStringView name)
{
    for (int i = 0; i < stopBucketCount; ++i) {
        const auto bucket = static_cast<StopBucket>(i);
        if (means(name, arcscope::name(bucket)) || means(name, label(bucket)))
            return SeriesStyle{bucketColour(theme, bucket),
                               bucket == StopBucket::Unknown ? Qt::BDiagPattern : Qt::SolidPattern, Qt::SolidLine};
    }
    return std::nullopt;
}

} // namespace

QBrush SeriesStyle::brush(const QColor& ground) const
{
    return pattern == Qt::SolidPattern ? QBrush(colour) : QBrush(mixed(ground, colour, 0.8), pattern);
}

QPen SeriesStyle::pen(double width) const
{
    QPen made(colour, width, line);
    made.setCosmetic(true);
    return made;
}

SeriesStyle seriesStyle(const Theme& theme, QStringView name, int number)
{
    if (const auto known = outcomeStyle(theme, name))
        return *known;
    if (const auto known = bucketStyle(theme, name))
        return *known;
    constexpr std::array roles{ColourRole::Model,     ColourRole::Tool,        ColourRole::User,
                               ColourRole::Committed, ColourRole::Stall,       ColourRole::Retracted,
                               ColourRole::System,    ColourRole::Speculative, ColourRole::Contradiction};
    constexpr std::array patterns{Qt::SolidPattern, Qt::BDiagPattern, Qt::CrossPattern, Qt::Dense4Pattern};
    constexpr std::array lines{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    const auto at = static_cast<std::size_t>(number);
    return {theme[roles[at % roles.size()]].fill, patterns[at / roles.size() % patterns.size()],
            lines[at % lines.size()]};
}

void applyTheme(QChart& chart, const Theme& theme, const QFont& font)
{
    chart.setAnimationOptions(QChart::NoAnimation);
    chart.setBackgroundBrush(theme.canvas);
    chart.setBackgroundPen(Qt::NoPen);
    chart.setBackgroundRoundness(0);
    chart.setDropShadowEnabled(false);
    chart.setPlotAreaBackgroundVisible(false);
    chart.layout()->setContentsMargins(0, 0, 0, 0);
    chart.setFont(font);
}

} // namespace arcscope

// What is said on the timeline: remarks on spans; findings as flags that tell what they are, and arcs between two
// spans.
#include "displaytext.h"
#include "timelinecanvas.h"
#include "timelinetext.h"

#include <QStringList>

namespace arcscope
{

void TimelineCanvas::setRemarks(std::function<QString(Row)> remarkOf)
{
    m_remarkOf = std::move(remarkOf);
}

QString TimelineCanvas::summaryOf(Row row) const
{
    const QString remark = m_remarkOf ? m_remarkOf(row) : QString();
    return remark.isEmpty() ? spanSummary(*m_data, row)
                            : QStringLiteral("%1 \u00b7 %2").arg(spanSummary(*m_data, row), remark);
}

QString TimelineCanvas::detailsOf(Row row, Nanos origin) const
{
    const QString details = spanDetails(*m_data, row, m_view.ticks, origin);
    const QString remark = m_remarkOf ? m_remarkOf(row) : QString();
    return remark.isEmpty() ? details : details + QLatin1Char('\n') + tr("stop: %1").arg(remark);
}

void TimelineCanvas::setFindings(std::vector<TimelineFinding> findings, std::vector<QString> texts)
{
    m_findings = std::move(findings);
    m_findingTexts = std::move(texts);
    m_chosenFinding.reset();
    invalidate();
}

void TimelineCanvas::setChosenFinding(std::optional<std::uint32_t> finding)
{
    m_chosenFinding = finding;
    update();
}

FindingScene TimelineCanvas::findingsIn(const Viewport& view, double scale) const
{
    return m_data ? layOutFindings(*m_data, view, m_findings, m_chosenFinding, scale) : FindingScene{};
}

std::optional<std::uint32_t> TimelineCanvas::findingAt(const QPoint& pos) const
{
    if (m_findings.empty() || !bodyRect().contains(pos))
        return std::nullopt;
    const FindingScene scene = findingsIn(m_view, m_scale);
    const QPoint at = toScene(pos);
    const FindingFlag* flag = flagAt(scene, at.x(), at.y(), m_scale);
    return flag ? std::optional(flag->finding) : std::nullopt;
}

void TimelineCanvas::releaseAt(const QPoint& pos)
{
    const auto finding = findingAt(pos);
    if (!finding) {
        userSelect(hitAt(pos).row);
        return;
    }
    const TimelineFinding& clicked = m_findings[*finding];
    const Row under = hitAt(pos).row;
    userSelect(clicked.other != noRow && under == clicked.other ? clicked.other : clicked.row);
    emit findingClicked(*finding);
}

QString TimelineCanvas::findingText(const QPoint& pos) const
{
    if (m_findings.empty() || !bodyRect().contains(pos))
        return {};
    const FindingScene scene = findingsIn(m_view, m_scale);
    const QPoint at = toScene(pos);
    const FindingFlag* flag = flagAt(scene, at.x(), at.y(), m_scale);
    if (!flag || flag->finding >= m_findingTexts.size())
        return {};
    QString text = m_findingTexts[flag->finding];
    if (flag->count > 1)
        text += QLatin1Char('\n') + tr("and %1 more here").arg(countText(flag->count - 1));
    return text;
}

} // namespace arcscope

#include "timelinetext.h"

#include "clockskew.h"
#include "displaytext.h"
#include "labelcache.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace arcscope
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("TimelineText", text);
}

QString nameOf(const TimelineData& data, Row row)
{
    for (const SpanText what : {SpanText::Name, SpanText::Tool, SpanText::Agent, SpanText::ModelServed}) {
        const auto text = data.corpus.text(what, row);
        if (!text.empty())
            return labelText(text);
    }
    return kindText(data.corpus.spans.kind(row));
}

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

/// "3.42 ms (3 421 337 ns)".
QString exactDuration(Nanos length)
{
    const QString rounded = text(durationText(length));
    return length < microsecond ? rounded
                                : rounded + QStringLiteral(" (%1 ns)").arg(QLocale().toString(qlonglong(length)));
}

} // namespace

QString spanSummary(const TimelineData& data, Row row)
{
    const SpanTable& spans = data.corpus.spans;
    QStringList parts{nameOf(data, row), kindText(spans.kind(row))};
    if (spans.status(row) != SpanStatus::Unset)
        parts << statusText(spans.status(row));
    if (spans.flagged(row, SpanFlag::NotExecuted))
        parts << tr("asked for, not recorded as run");
    if (spans.start(row) == noTime)
        parts << tr("time not recorded");
    else if (spans.duration(row) < 0)
        parts << tr("end not recorded");
    else
        parts << text(durationText(spans.duration(row)));
    return parts.join(QStringLiteral(" \u00b7 "));
}

QString spanDetails(const TimelineData& data, Row row, TickMode mode, Nanos origin)
{
    const SpanTable& spans = data.corpus.spans;
    const ProvenanceSet provenance = spans.provenance(row);
    QStringList lines{spanSummary(data, row)};
    const Nanos start = spans.start(row);
    if (start != noTime) {
        const auto point = [&](Nanos time) { return text(pointText(time, mode, origin)); };
        const auto known = [&](Fact fact) {
            const Provenance how = provenance.of(fact);
            return how == Provenance::NotRecorded ? QString() : QStringLiteral(" (%1)").arg(provenanceText(how));
        };
        lines << tr("start %1").arg(point(start)) + known(Fact::Start);
        if (spans.duration(row) >= 0) {
            lines << tr("end %1").arg(point(start + spans.duration(row))) + known(Fact::End);
            lines << tr("duration %1").arg(exactDuration(spans.duration(row)));
        }
        if (mode != TickMode::Absolute)
            lines << text(isoText(start));
    } else if (data.ordinal) {
        lines << tr("placed by order: its time is not recorded");
    }
    if (spans.flagged(row, SpanFlag::ClockAligned))
        lines << tr("recorded start %1: the clock of its service is aligned")
                     .arg(text(isoText(recordedStart(data.corpus, row))));
    if (spans.flagged(row, SpanFlag::OutsideParent))
        lines << tr("lies outside its parent's time");
    if (spans.flagged(row, SpanFlag::EndsBeforeStart))
        lines << tr("is recorded to end before it starts");
    if (spans.flagged(row, SpanFlag::Orphan))
        lines << tr("its parent is not in this file");
    if (spans.flagged(row, SpanFlag::Synthetic))
        lines << tr("made to group others; not a record of the source");
    return lines.join(QLatin1Char('\n'));
}

QString foldDetails(const TimelineData& data, const Hit& hit, TickMode mode, Nanos origin)
{
    QStringList lines;
    lines << counted(static_cast<std::int64_t>(hit.foldedCount), tr("%1 span shares this pixel"),
                     tr("%1 spans share this pixel"));
    if (hit.error)
        lines << tr("at least one of them failed");
    if (!data.ordinal)
        lines << tr("%1 to %2")
                     .arg(text(pointText(hit.range.start, mode, origin)), text(pointText(hit.range.end, mode, origin)));
    lines << tr("nearest: %1").arg(spanSummary(data, hit.row));
    lines << tr("double click to zoom in");
    return lines.join(QLatin1Char('\n'));
}

QString tooltipText(const QString& plain)
{
    return QStringLiteral("<p style='white-space:pre'>") + plain.toHtmlEscaped() + QStringLiteral("</p>");
}

} // namespace arcscope

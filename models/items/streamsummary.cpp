#include "streamsummary.h"

#include "displaytext.h"
#include "streamwords.h"

#include <QStringList>

#include <cmath>

namespace arcscope
{
namespace
{

QString number(double value, int digits)
{
    return QString::number(value, 'f', digits);
}

QString draftsText(const StreamFigures& figures)
{
    QString text =
        counted(static_cast<std::int64_t>(figures.drafts), QObject::tr("%1 draft"), QObject::tr("%1 drafts"));
    if (const auto share = figures.acceptance())
        text += QObject::tr(", %1 % of their %2 accepted")
                    .arg(std::lround(*share * 100))
                    .arg(figures.draftTokens > 0 ? QObject::tr("tokens") : QObject::tr("bytes"));
    if (const auto mean = figures.meanAcceptedTokens())
        text += QObject::tr(", %1 tokens of each").arg(number(*mean, 1));
    return text;
}

QString withdrawnText(const StreamFigures& figures)
{
    QString text = counted(static_cast<std::int64_t>(figures.retractions), QObject::tr("%1 time taken back"),
                           QObject::tr("%1 times taken back"));
    if (const auto share = figures.withdrawnPerThousand())
        text += QObject::tr(", %1 of 1,000 bytes shown").arg(std::lround(*share));
    if (figures.longestExposure != noTime)
        text +=
            QObject::tr(", shown for %1 at most").arg(QString::fromStdString(durationText(figures.longestExposure)));
    return text;
}

} // namespace

QString streamSummary(const StreamSubject& subject)
{
    const StreamMoments& moments = subject.moments;
    QStringList parts;
    const auto since = [&](const QString& what, Nanos moment) {
        if (const Nanos length = moments.sinceSent(moment); length != noTime && length >= 0)
            parts << what.arg(QString::fromStdString(durationText(length)));
    };
    if (subject.timeline->ordinal)
        parts << QObject::tr("no times are recorded: the axis counts events");
    since(QObject::tr("first content after %1"), moments.firstContent);
    if (moments.firstVisible != moments.firstContent)
        since(QObject::tr("first to be read after %1"), moments.firstVisible);
    if (!subject.timeline->ordinal && !subject.json.empty() && subject.json.front().firstUsable() != noEvent)
        since(QObject::tr("first field usable after %1"),
              subject.timeline->model->clock(subject.json.front().firstUsable()));
    parts << counted(static_cast<std::int64_t>(subject.timeline->model->events().size()), QObject::tr("%1 event"),
                     QObject::tr("%1 events"));
    if (subject.timeline->ordinal && !subject.timeline->marks.stated.empty()) {
        QStringList stated;
        for (const StreamPhase& phase : subject.timeline->marks.stated)
            stated << phaseText(phase);
        parts << QObject::tr("the source states: %1").arg(stated.join(QStringLiteral(", ")));
    }
    if (subject.figures.drafts > 0)
        parts << draftsText(subject.figures);
    if (subject.figures.retractions > 0)
        parts << withdrawnText(subject.figures);
    if (subject.commits != CommitPattern::None)
        parts << QObject::tr("commits: %1").arg(QString::fromUtf8(name(subject.commits).data()));
    else if (subject.figures.retractions > 0)
        parts << QObject::tr("nothing marks text as final");
    return parts.join(QStringLiteral("  \u00b7  "));
}

} // namespace arcscope

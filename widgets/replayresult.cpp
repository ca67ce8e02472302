#include "replayresult.h"

#include "arcwords.h"
#include "displaytext.h"
#include "evidencetext.h"
#include "replayphrases.h"
#include "theme.h"

#include <QEvent>

#include <numeric>

namespace arcscope
{
namespace
{

QString number(std::uint64_t count)
{
    return countText(static_cast<qint64>(count));
}

QChar signOf(Evidence evidence)
{
    switch (evidence) {
    case Evidence::TooFew:
        return QLatin1Char('?');
    case Evidence::None:
        return QChar(0x00b7);
    case Evidence::Weak:
        return QChar(0x223c);
    case Evidence::Difference:
        break;
    }
    return QChar(0x2260);
}

template <typename Counts, typename Word>
QString list(const Counts& counts, Word word)
{
    QStringList parts;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0)
            parts << QStringLiteral("%1 %2").arg(number(counts[i]), word(i));
    }
    return parts.isEmpty() ? QObject::tr("none") : parts.join(QStringLiteral(", "));
}

} // namespace

ReplayResult::ReplayResult(QWidget* parent)
    : QScrollArea(parent)
    , m_text(new EvidenceText(tr("Result of the replay")))
{
    setWidget(m_text);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusProxy(m_text);
}

void ReplayResult::show(const ReplayPtr& found)
{
    m_found = found;
    write();
}

void ReplayResult::write()
{
    m_text->clearText();
    if (!m_found)
        return;
    const Theme& theme = themeFor(palette());
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    QTextCharFormat muted;
    muted.setForeground(theme.muted);
    for (std::size_t i = 0; i < m_found->candidates(); ++i) {
        const ReplaySummary& summary = m_found->summaries[i];
        m_text->add(tr("%1%2 %3 against A %4\n")
                        .arg(i == 0 ? QString() : QStringLiteral("\n"), sideLetter(i + 1),
                             oneLine(m_found->sides[i + 1], 80), oneLine(m_found->sides[0], 80)),
                    bold);
        for (const ReplaySentence& sentence : m_found->sentences[i])
            m_text->add(QStringLiteral("%1 %2\n").arg(signOf(sentence.evidence)).arg(oneLine(sentence.text, 2'000)),
                        sentence.evidence == Evidence::Difference ? bold : QTextCharFormat());
        m_text->add(tr("\nTasks by what differs most\n"), muted);
        m_text->add(list(summary.differences,
                         [](std::size_t at) { return differenceText(static_cast<ReplayDifference>(at)); }) +
                    QLatin1Char('\n'));
        m_text->add(tr("Tasks beside what reruns do\n"), muted);
        m_text->add(
            list(summary.states, [](std::size_t at) { return taskStateText(static_cast<ReplayTaskState>(at)); }) +
            QLatin1Char('\n'));
        m_text->add(tr("Steps of models by how far they may be believed\n"), muted);
        for (std::size_t badge = 0; badge < summary.steps.size(); ++badge) {
            const auto& counts = summary.steps[badge];
            const std::uint64_t all = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
            if (all > 0)
                m_text->add(tr("%1: %2, of them %3\n")
                                .arg(validityText(static_cast<ReplayValidity>(badge)),
                                     counted(static_cast<qint64>(all), tr("%1 step"), tr("%1 steps")),
                                     list(counts, [](std::size_t at) {
                                         return differenceText(static_cast<ReplayDifference>(at));
                                     })));
        }
        m_text->add(tr("What became of the runs\n"), muted);
        const auto outcome = [](std::size_t at) { return outcomeText(static_cast<ArcOutcome>(at)); };
        m_text->add(tr("A: %1\n").arg(list(summary.baseOutcomes, outcome)));
        m_text->add(tr("%1: %2\n").arg(sideLetter(i + 1), list(summary.candidateOutcomes, outcome)));
        if (summary.attempts)
            m_text->add(
                tr("Change of what is done: %1 points by attempting more or less, %2 by doing better or worse\n")
                    .arg(100 * summary.attempts->byAttempting, 0, 'f', 1)
                    .arg(100 * summary.attempts->bySucceeding, 0, 'f', 1));
        if (!summary.basePasses.empty() && !summary.candidatePasses.empty()) {
            m_text->add(tr("Done in all of k runs (pass^k)\n"), muted);
            const auto curve = [](const std::vector<PassPoint>& points) {
                QStringList parts;
                for (const PassPoint& point : points)
                    parts << QStringLiteral("k %1: %2 %").arg(point.times).arg(100 * point.share.value, 0, 'f', 1);
                return parts.join(QStringLiteral(", "));
            };
            m_text->add(tr("A: %1\n%2: %3\n")
                            .arg(curve(summary.basePasses), sideLetter(i + 1), curve(summary.candidatePasses)));
        }
        const std::uint64_t gaps = std::accumulate(summary.gaps.begin(), summary.gaps.end(), std::uint64_t{0});
        m_text->add(tr("Not compared\n"), muted);
        m_text->add((gaps == 0
                         ? tr("none")
                         : list(summary.gaps, [](std::size_t at) { return gapText(static_cast<ReplayGap>(at)); })) +
                    QLatin1Char('\n'));
    }
}

void ReplayResult::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        write();
}

} // namespace arcscope

#include "replayresult.h"

#include "arcwords.h"
#include "displaytext.h"
#include "evidencetext.h"
#include "replayfields.h"
#include "replayphrases.h"
#include "theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
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
    , m_splitRow(new QWidget)
    , m_split(new QComboBox)
    , m_text(new EvidenceText(tr("Result of the replay")))
{
    auto* const label = new QLabel(tr("Sp&lit the change by"));
    label->setBuddy(m_split);
    m_split->setAccessibleName(tr("What the change is split by"));
    m_split->setToolTip(tr("Tells another mix of tasks from doing better on tasks of one kind"));
    auto* const row = new QHBoxLayout(m_splitRow);
    row->setContentsMargins(6, 4, 6, 2);
    row->addWidget(label);
    row->addWidget(m_split);
    row->addStretch(1);
    auto* const content = new QWidget;
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_splitRow);
    column->addWidget(m_text);
    column->addStretch(1);
    connect(m_split, &QComboBox::activated, this, [this] {
        m_tag = m_split->currentData().toString().toStdString();
        write();
    });
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusProxy(m_text);
}

void ReplayResult::show(const ReplayPtr& found)
{
    m_found = found;
    m_split->clear();
    m_split->addItem(tr("nothing"), QString());
    if (m_found) {
        for (const ReplaySplit& split : m_found->splits)
            m_split->addItem(replayFieldText(split.tag), QString::fromStdString(split.tag));
    }
    m_split->setCurrentIndex(std::max(0, m_split->findData(QString::fromStdString(m_tag))));
    m_splitRow->setVisible(m_split->count() > 1);
    write();
}

/// What gets done with the tasks of each value, and how much of the change is another mix of them.
void ReplayResult::writeSplit(std::size_t candidate)
{
    const std::string tag = m_split->currentData().toString().toStdString();
    for (const ReplaySplit& split : m_found->splits) {
        if (split.tag != tag || candidate >= split.of.size())
            continue;
        const ReplayStrata& strata = split.of[candidate];
        QTextCharFormat muted;
        muted.setForeground(themeFor(palette()).muted);
        m_text->add(tr("Done by %1\n").arg(replayFieldText(tag)), muted);
        const auto points = [](double share) { return QString::asprintf("%+.1f", 100 * share); };
        const auto of = [](const Count& count) {
            return count.recorded() ? tr("%1 of %2 (%3 %)")
                                          .arg(number(count.of), number(count.all))
                                          .arg(100 * count.rate(), 0, 'f', 0)
                                    : tr("none");
        };
        m_text->add(tr("all: %1 points, of them %2 because tasks are mixed in another way, %3 within the kinds\n")
                        .arg(points(strata.whole.change), points(strata.whole.byMix),
                             points(strata.whole.change - strata.whole.byMix)));
        for (const ReplayStratum& stratum : strata.strata)
            m_text->add(tr("%1: %2 \u2192 %3, which makes %4 points\n")
                            .arg(stratum.value.empty() ? tr("not recorded") : oneLine(stratum.value, 60),
                                 of(stratum.base), of(stratum.candidate),
                                 points(stratum.parts.byMix + stratum.parts.byWithin)));
    }
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
        writeSplit(i);
        if (!m_found->whole) {
            m_text->add(m_found->judged
                            ? tr("\nWhat differs is still being read.\n")
                            : tr("\nWhat differs, who judged and which tasks are controls is still being read.\n"),
                        muted);
            continue;
        }
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

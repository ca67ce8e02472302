#include "replayreviewbar.h"

#include "displaytext.h"
#include "replayphrases.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace arcscope
{

ReplayReviewBar::ReplayReviewBar(QWidget* parent)
    : QWidget(parent)
    , m_note(new QLineEdit)
    , m_progress(new QLabel)
    , m_others(new QLabel)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(6, 2, 6, 2);
    row->setSpacing(4);
    for (int i = 0; i < replayOpinionCount; ++i) {
        const auto opinion = static_cast<ReplayOpinion>(i);
        auto* const button = new QToolButton;
        button->setText(QStringLiteral("%1 %2").arg(i + 1).arg(opinionText(opinion)));
        button->setToolTip(tr("The candidate is %1 (%2)").arg(opinionText(opinion)).arg(i + 1));
        button->setAccessibleName(tr("Verdict: %1").arg(opinionText(opinion)));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        connect(button, &QToolButton::clicked, this, [this, opinion] { emit opinionGiven(opinion); });
        m_opinions[static_cast<std::size_t>(i)] = button;
        row->addWidget(button);
    }
    m_note->setPlaceholderText(tr("Note (N)"));
    m_note->setAccessibleName(tr("Note on the task"));
    m_note->setMaxLength(4'000);
    m_note->setMinimumWidth(60);
    m_note->installEventFilter(this);
    for (QLabel* const label : {m_progress, m_others})
        label->setTextFormat(Qt::PlainText);
    m_others->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_note, 2);
    row->addWidget(m_others, 1);
    row->addWidget(m_progress);
    connect(m_note, &QLineEdit::editingFinished, this, [this] {
        if (m_note->text() == m_shownNote)
            return;
        m_shownNote = m_note->text();
        emit noteChanged(m_shownNote);
    });
}

bool ReplayReviewBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_note && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            if (key == Qt::Key_Escape)
                m_note->setText(m_shownNote);
            emit left(); // taking the keyboard away ends the edit
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ReplayReviewBar::showReview(const ReplayReview* review, bool some, const std::vector<ReplayReview>& others)
{
    for (int i = 0; i < replayOpinionCount; ++i) {
        m_opinions[static_cast<std::size_t>(i)]->setEnabled(some);
        m_opinions[static_cast<std::size_t>(i)]->setChecked(review && review->opinion == static_cast<ReplayOpinion>(i));
    }
    m_note->setEnabled(some);
    m_shownNote = review ? QString::fromStdString(review->note) : QString();
    if (m_note->text() != m_shownNote)
        m_note->setText(m_shownNote);
    QStringList said;
    for (const ReplayReview& other : others) {
        if (other.opinion)
            said << tr("%1: %2").arg(oneLine(other.candidate, 30), opinionText(*other.opinion));
    }
    m_others->setText(said.join(QStringLiteral(", ")));
    m_others->setToolTip(said.isEmpty() ? QString()
                                        : tr("Said of this task with other candidates: %1").arg(m_others->text()));
}

void ReplayReviewBar::showProgress(std::size_t reviewed, std::size_t of)
{
    m_progress->setText(
        tr("reviewed %1 of %2").arg(countText(static_cast<qint64>(reviewed)), countText(static_cast<qint64>(of))));
}

} // namespace arcscope

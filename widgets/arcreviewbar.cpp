#include "arcreviewbar.h"

#include "arcwords.h"
#include "displaytext.h"
#include "stopoverview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int mostArcs = 9'999;

QToolButton* button(const QString& text, const QString& tip)
{
    auto* const made = new QToolButton;
    made->setText(text);
    made->setToolTip(tip);
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

} // namespace

ArcReviewBar::ArcReviewBar(QWidget* parent)
    : QWidget(parent)
    , m_progress(new QLabel)
    , m_bar(new QProgressBar)
    , m_samplings(new QComboBox)
    , m_tags(new QComboBox)
    , m_most(new QSpinBox)
    , m_note(new QLineEdit)
    , m_export(button(tr("E&xport\u2026"), tr("Write the review as Markdown or JSON")))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(6, 3, 6, 4);
    column->setSpacing(3);

    auto* const top = new QHBoxLayout;
    top->setSpacing(4);
    auto* const previous = button(tr("\u2039"), tr("The arc before (,)"));
    previous->setAccessibleName(tr("Previous arc of the review"));
    auto* const next = button(tr("\u203a"), tr("The next arc (.)"));
    next->setAccessibleName(tr("Next arc of the review"));
    m_progress->setTextFormat(Qt::PlainText);
    m_progress->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(8);
    m_bar->setAccessibleName(tr("Reviewed"));
    m_samplings->addItem(tr("All shown"), static_cast<int>(ReviewSampling::AllShown));
    m_samplings->addItem(tr("Unknown first"), static_cast<int>(ReviewSampling::UnknownFirst));
    m_samplings->addItem(tr("Balanced by"), static_cast<int>(ReviewSampling::Balanced));
    m_samplings->setAccessibleName(tr("Which arcs are reviewed"));
    for (const std::optional<SpanText>& tag : stopGroupings()) {
        if (tag)
            m_tags->addItem(groupingText(tag), static_cast<int>(*tag));
    }
    m_tags->setAccessibleName(tr("What the sample is balanced by"));
    m_most->setRange(0, mostArcs);
    m_most->setSpecialValueText(tr("all"));
    m_most->setValue(0);
    m_most->setKeyboardTracking(false);
    m_most->setAccessibleName(tr("Most arcs of the sample"));
    m_most->setToolTip(tr("How many arcs; of a balanced sample, of each value"));
    for (QComboBox* const box : {m_samplings, m_tags}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(9);
        connect(box, &QComboBox::currentIndexChanged, this, &ArcReviewBar::offerPlan);
    }
    connect(m_most, &QSpinBox::valueChanged, this, &ArcReviewBar::planChanged);
    auto* const close = button(QString(QChar(0x00d7)), tr("End the review: what was said is kept"));
    close->setAccessibleName(tr("End the review"));
    top->addWidget(previous);
    top->addWidget(next);
    top->addWidget(m_progress, 1);
    top->addWidget(m_samplings);
    top->addWidget(m_tags);
    top->addWidget(m_most);
    top->addWidget(m_export);
    top->addWidget(close);

    auto* const verdicts = new QHBoxLayout;
    verdicts->setSpacing(4);
    int key = 1;
    for (const ArcOutcome outcome : shownOutcomes()) {
        QToolButton* const made = button(
            QStringLiteral("%1 %2 %3").arg(QString::number(key), QString(outcomeSign(outcome)), outcomeText(outcome)),
            tr("%1 (%2)").arg(outcomeMeaning(outcome), QString::number(key)));
        made->setCheckable(true);
        made->setAccessibleName(tr("Verdict: %1").arg(outcomeText(outcome)));
        made->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        made->setMinimumWidth(30);
        connect(made, &QToolButton::clicked, this, [this, outcome] { emit verdictGiven(outcome); });
        m_verdicts[static_cast<std::size_t>(outcome)] = made;
        verdicts->addWidget(made);
        ++key;
    }
    m_note->setPlaceholderText(tr("Note (N)"));
    m_note->setAccessibleName(tr("Note on the arc"));
    m_note->setMaxLength(4'000);
    m_note->setMinimumWidth(60);
    m_note->installEventFilter(this);
    verdicts->addWidget(m_note, 2);

    column->addLayout(top);
    column->addWidget(m_bar);
    column->addLayout(verdicts);
    connect(previous, &QToolButton::clicked, this, [this] { emit stepped(-1); });
    connect(next, &QToolButton::clicked, this, [this] { emit stepped(1); });
    connect(m_export, &QToolButton::clicked, this, &ArcReviewBar::exportRequested);
    connect(close, &QToolButton::clicked, this, &ArcReviewBar::closed);
    connect(m_note, &QLineEdit::editingFinished, this, [this] {
        if (m_note->text() == m_shownNote)
            return;
        m_shownNote = m_note->text();
        emit noteChanged(m_shownNote);
    });
    m_tags->setVisible(false);
}

bool ArcReviewBar::eventFilter(QObject* watched, QEvent* event)
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

void ArcReviewBar::offerPlan()
{
    m_tags->setVisible(plan().sampling == ReviewSampling::Balanced);
    emit planChanged();
}

ReviewPlan ArcReviewBar::plan() const
{
    ReviewPlan plan;
    plan.sampling = static_cast<ReviewSampling>(m_samplings->currentData().toInt());
    plan.tag = static_cast<SpanText>(m_tags->currentData().toInt());
    plan.most = static_cast<std::size_t>(m_most->value());
    return plan;
}

QString ArcReviewBar::planText() const
{
    QString text = m_samplings->currentText();
    if (plan().sampling == ReviewSampling::Balanced)
        text += QLatin1Char(' ') + m_tags->currentText();
    if (m_most->value() > 0)
        text += plan().sampling == ReviewSampling::Balanced ? tr(", %1 of each value").arg(m_most->value())
                                                            : tr(", at most %1").arg(m_most->value());
    return text;
}

void ArcReviewBar::listTags(const std::array<bool, spanTextCount>& recorded)
{
    for (int i = 0; i < m_tags->count(); ++i) {
        const auto tag = static_cast<SpanText>(m_tags->itemData(i).toInt());
        m_tags->setItemText(i, recorded[static_cast<std::size_t>(tag)] ? groupingText(tag)
                                                                       : tr("%1: not recorded").arg(groupingText(tag)));
    }
}

void ArcReviewBar::showProgress(std::optional<std::size_t> at, std::size_t reviewed, std::size_t of)
{
    const auto number = [](std::size_t count) { return countText(static_cast<qint64>(count)); };
    const QString done = tr("reviewed %1 of %2").arg(number(reviewed), number(of));
    m_progress->setText(of == 0 ? tr("Nothing to review")
                        : at    ? tr("Arc %1, %2").arg(number(*at + 1), done)
                                : tr("Not in the sample, %1").arg(done));
    m_progress->setToolTip(m_progress->text());
    m_bar->setRange(0, std::max(1, static_cast<int>(of)));
    m_bar->setValue(static_cast<int>(reviewed));
}

void ArcReviewBar::showReview(const ArcReview& review, bool some)
{
    for (const ArcOutcome outcome : shownOutcomes()) {
        verdictButton(outcome)->setEnabled(some);
        verdictButton(outcome)->setChecked(review.outcome == outcome);
    }
    m_note->setEnabled(some);
    m_shownNote = QString::fromStdString(review.note);
    if (m_note->text() != m_shownNote)
        m_note->setText(m_shownNote);
}

} // namespace arcscope

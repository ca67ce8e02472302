#include "replayview.h"

#include "displaytext.h"
#include "emptystate.h"
#include "notebook.h"
#include "notecommands.h"
#include "replaycanvas.h"
#include "replaymatrixmodel.h"
#include "replaypairingbutton.h"
#include "replaypane.h"
#include "replayphrases.h"
#include "replayresult.h"
#include "replayreviewbar.h"
#include "replaysetup.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{

ReplayView::ReplayView(AppState& state, ReplayBook& book, NoteCommands& commands, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_book(book)
    , m_commands(commands)
    , m_model(new ReplayTaskModel(this))
    , m_matrixModel(new ReplayMatrixModel(this))
    , m_setup(new ReplaySetup)
    , m_tabs(new QTabBar)
    , m_candidates(new QComboBox)
    , m_shown(new QComboBox)
    , m_only(new QToolButton)
    , m_previous(new QToolButton)
    , m_next(new QToolButton)
    , m_startReview(new QToolButton)
    , m_full(new QToolButton)
    , m_headline(new QLabel)
    , m_waiting(new QWidget)
    , m_waitingText(new QLabel)
    , m_list(new QTableView)
    , m_review(new ReplayReviewBar)
    , m_canvas(new ReplayCanvas)
    , m_pane(new ReplayPane)
    , m_split(new QSplitter(Qt::Vertical))
    , m_result(new ReplayResult)
    , m_matrix(new QTableView)
    , m_empty(new EmptyState)
    , m_controls(makeControls())
    , m_pages(new QStackedWidget)
{
    m_pages->addWidget(m_empty);
    m_pages->addWidget(makeTasks());
    m_pages->addWidget(m_result);
    m_pages->addWidget(m_matrix);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_setup);
    column->addWidget(m_controls);
    column->addWidget(m_pages, 1);
    m_review->hide();
    makeMenus();
    makeKeys();
    connectParts();
    take();
}

void ReplayView::connectParts()
{
    connect(m_setup, &ReplaySetup::compareRequested, &m_book, &ReplayBook::setSides);
    connect(&m_book, &ReplayBook::changed, this, &ReplayView::take);
    connect(&m_book, &ReplayBook::readingChanged, this, &ReplayView::takeReading);
    connect(&m_book, &ReplayBook::progressed, this, &ReplayView::showState);
    connect(&m_state.notes(), &NoteBook::replaysChanged, this, &ReplayView::takeReviews);
    connect(m_tabs, &QTabBar::currentChanged, this, &ReplayView::showState);
    connect(m_candidates, &QComboBox::currentIndexChanged, this, [this] {
        if (m_taking)
            return;
        m_model->setReplay(m_taken, candidate());
        m_headline->setText(m_taken ? replayHeadline(*m_taken, candidate()) : QString());
        showTask();
    });
    connect(m_shown, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_model->setShown(static_cast<ReplayShown>(index));
        const auto first = m_model->taskAt(0);
        if (first && (!m_task || m_model->lineOf(*m_task) < 0))
            chooseTask(*first);
        showTask();
    });
    connect(m_only, &QToolButton::toggled, this, [this](bool on) {
        m_canvas->setOnlyDifferences(on);
        showStep();
    });
    connect(m_previous, &QToolButton::clicked, this, [this] { stepChange(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { stepChange(1); });
    connect(m_startReview, &QToolButton::toggled, this, &ReplayView::setReviewing);
    connect(m_full, &QToolButton::toggled, this, &ReplayView::shareRoom);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
        if (m_taking || !at.isValid())
            return;
        if (const auto task = m_model->taskAt(at.row()))
            chooseTask(*task);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ReplayView::showMatching);
    const ReplayPairingButton& pairing = *m_setup->pairing();
    connect(pairing.pairAction(), &QAction::triggered, this, &ReplayView::pairSelected);
    connect(pairing.partAction(), &QAction::triggered, this, &ReplayView::partTask);
    connect(pairing.alignAction(), &QAction::triggered, this, &ReplayView::alignStep);
    connect(pairing.partStepsAction(), &QAction::triggered, this, &ReplayView::partSteps);
    connect(m_canvas, &ReplayCanvas::placeChanged, this, &ReplayView::showStep);
    connect(m_canvas, &ReplayCanvas::hovered, this, &ReplayView::hovered);
    connect(m_canvas, &ReplayCanvas::stepActivated, this, [this] {
        const ReplayLine* const line = m_canvas->line();
        const ReplaySide* const side =
            line ? m_canvas->reading()->side(*line, static_cast<std::size_t>(m_canvas->column())) : nullptr;
        if (side)
            go(side->row);
    });
    connect(m_pane, &ReplayPane::goRequested, this, &ReplayView::go);
    connect(m_pane, &ReplayPane::streamsRequested, this, [this](Row base, Row other) {
        const Row baseNow = m_book.rowNow(base);
        const Row otherNow = m_book.rowNow(other);
        if (baseNow != noRow && otherNow != noRow)
            emit streamsRequested(baseNow, otherNow);
    });
    m_split->installEventFilter(this);
    connect(m_split, &QSplitter::splitterMoved, this, [this] { m_moved = true; });
    connect(m_review, &ReplayReviewBar::opinionGiven, this, &ReplayView::giveOpinion);
    connect(m_review, &ReplayReviewBar::left, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_review, &ReplayReviewBar::noteChanged, this, [this](const QString& text) {
        if (!m_task || !m_taken)
            return;
        ReplayReview review = reviewNow();
        review.note = text.toStdString();
        m_commands.reviewReplay(review, oneLine(review.task, 40));
    });
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_book.stage() == ReplayBook::Stage::Comparing)
            m_book.cancel();
        else if (m_book.stage() == ReplayBook::Stage::Closed || m_book.fields().empty())
            emit openRequested();
        else
            m_book.setSides(m_setup->chosen());
    });
}

void ReplayView::go(Row row)
{
    const Row now = m_book.rowNow(row);
    if (now != noRow)
        emit goRequested(now);
    else
        emit said(tr("This span is not there any more"));
}

std::size_t ReplayView::candidate() const
{
    return static_cast<std::size_t>(std::max(0, m_candidates->currentIndex()));
}

void ReplayView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_book.look();
}

bool ReplayView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_split && event->type() == QEvent::Resize)
        shareRoom();
    return QWidget::eventFilter(watched, event);
}

/// The list shows six tasks at least, the runs have most of the rest, the step in full what is left; where that is too
/// little for all three it takes turns with the list. Until the user moves an edge.
void ReplayView::shareRoom()
{
    const int height = m_split->height() - 2 * m_split->handleWidth();
    if (height < 10)
        return;
    const int six = m_list->horizontalHeader()->sizeHint().height() +
                    6 * m_list->verticalHeader()->defaultSectionSize() +
                    style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 2 * m_list->frameWidth();
    const bool low = height < 5 * six / 2;
    m_full->setVisible(low && m_tabs->currentIndex() == 0);
    const bool full = low && m_full->isChecked();
    m_list->setVisible(!full);
    m_pane->setVisible(!low || full);
    if (m_moved)
        return;
    const int list = full ? 0 : std::max(six, low ? 0 : height * 28 / 100);
    const int runs = full ? (height - list) / 2 : low ? height - list : (height - list) * 58 / 100;
    m_split->setSizes({list, runs, height - list - runs});
}

void ReplayView::take()
{
    m_setup->show(m_book.fields(), m_book.sides(), m_book.likely());
    if (m_taken != m_book.found()) {
        const ReplayPtr before = m_taken;
        const std::optional<std::uint32_t> task = m_task;
        m_taken = m_book.found();
        m_task.reset();
        m_pinned.reset();
        m_taking = true;
        showCandidates();
        m_model->setReviews(m_state.notes().replayDecisions().reviews);
        m_model->setReplay(m_taken, candidate());
        m_matrixModel->setReplay(m_taken);
        m_matrix->resizeRowsToContents();
        m_result->show(m_taken);
        m_taking = false;
        m_headline->setText(m_taken && m_taken->candidates() > 0 ? replayHeadline(*m_taken, candidate()) : QString());
        m_headline->setToolTip(m_headline->text());
        const auto same = before && m_taken && task ? sameTask(*before, *task) : std::nullopt;
        if (const auto first = same ? same : m_model->taskAt(0))
            chooseTask(*first);
    }
    showState();
}

/// The task that has the runs of an earlier one.
std::optional<std::uint32_t> ReplayView::sameTask(const FoundReplay& before, std::uint32_t task) const
{
    if (before.in != m_taken->in)
        return std::nullopt;
    for (const auto& side : before.task(task).runs) {
        for (const std::uint32_t run : side) {
            for (const ReplayRun& now : m_taken->pairing.runs) {
                if (now.traces == before.pairing.runs[run].traces && now.side == before.pairing.runs[run].side)
                    return now.task;
            }
        }
    }
    return std::nullopt;
}

void ReplayView::showCandidates()
{
    m_candidates->clear();
    for (std::size_t i = 1; m_taken && i < m_taken->sides.size(); ++i)
        m_candidates->addItem(QStringLiteral("%1 %2").arg(sideLetter(i), oneLine(m_taken->sides[i], 40)));
    m_candidates->setVisible(m_candidates->count() > 1);
}

void ReplayView::chooseTask(std::uint32_t task)
{
    if (m_task == task)
        return;
    m_task = task;
    m_book.read(task);
    showTask();
}

/// The line of the task that is looked at; a task that is listed no more stays to be looked at.
void ReplayView::showTask()
{
    m_taking = true;
    const int line = m_task ? m_model->lineOf(*m_task) : -1;
    if (line >= 0) {
        if (m_list->currentIndex().row() != line) // else others that are selected with it stay so
            m_list->setCurrentIndex(m_model->index(line, 0));
        m_list->scrollTo(m_model->index(line, 0));
    }
    m_taking = false;
    showReview();
}

void ReplayView::takeReading()
{
    showReading(m_book.reading());
}

void ReplayView::showReading(const ReplayReadingPtr& reading)
{
    if (m_canvas->reading() != reading || !reading)
        m_canvas->setReading(reading);
    showStep();
}

void ReplayView::showStep()
{
    const ReplayReadingPtr& reading = m_canvas->reading();
    const ReplayLine* const line = m_canvas->line();
    m_pane->showLine(reading, line, static_cast<std::size_t>(m_canvas->column()));
    m_previous->setEnabled(m_canvas->hasChange(-1));
    m_next->setEnabled(m_canvas->hasChange(1));
    bool streamed = false;
    if (reading && line) {
        const auto isStreamed = [&](std::size_t column) {
            const ReplaySide* const side = reading->side(*line, column);
            return side && side->row != noRow && reading->of->corpus->spans.flagged(side->row, SpanFlag::Streamed);
        };
        streamed = isStreamed(0) && isStreamed(std::max<std::size_t>(1, static_cast<std::size_t>(m_canvas->column())));
    }
    m_pane->setStreamed(streamed);
    showMatching();
}

void ReplayView::stepChange(int by)
{
    if (!m_canvas->stepChange(by))
        emit said(by > 0 ? tr("There is no later change in this task") : tr("There is no earlier change in this task"));
}

QString ReplayView::progressText() const
{
    if (m_book.tasks() == 0)
        return tr("Finding out what became of the tasks: %1 read")
            .arg(counted(static_cast<qint64>(m_book.spansDone()), tr("%1 span"), tr("%1 spans")));
    return tr("%1 of %2")
        .arg(countText(static_cast<qint64>(m_book.tasksDone())),
             counted(static_cast<qint64>(m_book.tasks()), tr("%1 task"), tr("%1 tasks")));
}

void ReplayView::showState()
{
    showPage();
    QWidget* const page = m_pages->currentWidget();
    giveKeyboardTo(page == m_empty    ? m_empty->keyboardPart()
                   : page == m_matrix ? static_cast<QWidget*>(m_matrix)
                   : page == m_result ? m_result
                                      : static_cast<QWidget*>(m_list),
                   *this);
}

void ReplayView::showPage()
{
    const ReplayBook::Stage stage = m_book.stage();
    const bool early = stage == ReplayBook::Stage::Comparing && m_taken;
    const bool done = (stage == ReplayBook::Stage::Done && m_taken) || early;
    m_setup->setVisible(!m_book.fields().empty());
    m_controls->setVisible(done);
    for (QWidget* const ofTasks : {static_cast<QWidget*>(m_shown), static_cast<QWidget*>(m_only),
                                   static_cast<QWidget*>(m_previous), static_cast<QWidget*>(m_next)})
        ofTasks->setVisible(m_tabs->currentIndex() == 0);
    m_waiting->setVisible(early);
    if (early)
        m_waitingText->setText(tr("What differs is being read: %1").arg(progressText()));
    if (done && !m_taken->pairing.tasks.empty()) {
        m_pages->setCurrentIndex(m_tabs->currentIndex() + 1);
        shareRoom();
        return;
    }
    m_pages->setCurrentWidget(m_empty);
    switch (stage) {
    case ReplayBook::Stage::Closed:
        m_empty->say(tr("Nothing is open"),
                     tr("Open the runs of a base and of a candidate together: a folder with both, or several files."),
                     tr("&Open files\u2026"));
        break;
    case ReplayBook::Stage::Looking:
        m_empty->say(tr("Looking at what tells the runs apart\u2026"), {});
        break;
    case ReplayBook::Stage::Unchosen:
        if (m_book.fields().empty())
            m_empty->say(
                tr("There is nothing to hold these runs against"),
                tr("A replay needs the same tasks run twice: by another model, with another prompt, on another "
                   "day. Open the files of the base and those of the candidate together; runs are told apart "
                   "by file, model, prompt version or any other tag, and paired by task id, by the same first "
                   "request, or by their place in the file."),
                tr("&Open files\u2026"));
        else
            m_empty->say(
                tr("Which runs are the base, which the candidate?"),
                tr("Choose above what tells them apart. The runs are then paired by task id, by the same first "
                   "request, or by their place in the file; what cannot be paired is listed."),
                m_setup->chosen().chosen() ? tr("Compare &these") : QString());
        break;
    case ReplayBook::Stage::Comparing:
        m_empty->say(tr("Comparing runs\u2026"), progressText(), tr("&Cancel"));
        break;
    case ReplayBook::Stage::Done:
        m_empty->say(tr("No run is there on these sides"), tr("Choose other sides above."));
        break;
    case ReplayBook::Stage::Failed:
        m_empty->say(tr("The runs cannot be compared"), m_book.problem(), tr("Compare agai&n"));
        break;
    }
}

ReplayReview ReplayView::reviewNow() const
{
    ReplayReview review;
    if (const ReplayReview* const said = m_task ? m_model->review(*m_task) : nullptr)
        return *said; // with the names of the sides that it was said of
    if (m_taken && m_task) {
        review.task = m_taken->task(*m_task).key;
        review.base = m_taken->sides.front();
        review.candidate = m_taken->sides[candidate() + 1];
    }
    return review;
}

void ReplayView::takeReviews()
{
    m_taking = true;
    m_model->setReviews(m_state.notes().replayDecisions().reviews);
    m_taking = false;
    showTask();
}

void ReplayView::showReview()
{
    const std::vector<ReplayReview>& reviews = m_state.notes().replayDecisions().reviews;
    const bool some = m_taken && m_task && m_taken->summaryOf(candidate(), *m_task);
    std::vector<ReplayReview> others;
    const ReplayReview now = reviewNow();
    for (const ReplayReview& review : reviews) {
        if (some && review.task == now.task && !m_taken->isOf(review, candidate()))
            others.push_back(review);
    }
    m_review->showReview(some ? m_model->review(*m_task) : nullptr, some, others);
    std::size_t reviewed = 0;
    const std::size_t all =
        m_taken && candidate() < m_taken->candidates() ? m_taken->summaries[candidate()].tasks.size() : 0;
    for (std::size_t i = 0; i < all; ++i) {
        const ReplayReview* const review = m_model->review(m_taken->summaries[candidate()].tasks[i].task);
        reviewed += review && review->opinion;
    }
    m_review->showProgress(reviewed, all);
}

void ReplayView::setReviewing(bool on)
{
    m_reviewing = on;
    m_review->setVisible(on);
    if (m_startReview->isChecked() != on)
        m_startReview->setChecked(on);
    if (on && m_tabs->currentIndex() != 0)
        m_tabs->setCurrentIndex(0);
    if (!on)
        return;
    m_full->setChecked(false);
    m_list->setFocus();
}

void ReplayView::giveOpinion(ReplayOpinion opinion)
{
    if (!m_taken || !m_task || !m_taken->summaryOf(candidate(), *m_task))
        return;
    ReplayReview review = reviewNow();
    const bool back = review.opinion == opinion;
    review.opinion = back ? std::nullopt : std::optional(opinion);
    m_commands.reviewReplay(review, oneLine(review.task, 40));
    emit said(back ? tr("The verdict is taken back")
                   : tr("%1: %2").arg(oneLine(review.task, 40), opinionText(opinion)));
    if (!back)
        nextUnreviewed();
}

void ReplayView::nextUnreviewed()
{
    const int from = m_task ? m_model->lineOf(*m_task) : -1;
    for (int line = from + 1; line < m_model->rowCount(); ++line) {
        const auto task = m_model->taskAt(line);
        const ReplayReview* const review = task ? m_model->review(*task) : nullptr;
        if (task && m_taken->summaryOf(candidate(), *task) && !(review && review->opinion)) {
            chooseTask(*task);
            return;
        }
    }
}

} // namespace arcscope

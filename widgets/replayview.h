// The replay tab: runs held against each other, the tasks in which they differ, the steps of one side by side.
#pragma once

#include "replaybook.h"
#include "replaytaskmodel.h"

#include <QWidget>

#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QTableView;
class QToolButton;

namespace arcscope
{

class EmptyState;
class NoteCommands;
class ReplayCanvas;
class ReplayMatrixModel;
class ReplayPane;
class ReplayResult;
class ReplayReviewBar;
class ReplaySetup;

class ReplayView : public QWidget
{
    Q_OBJECT

public:
    ReplayView(AppState& state, ReplayBook& book, NoteCommands& commands, QWidget* parent = nullptr);

    ReplaySetup* setup() const { return m_setup; }
    QTableView* list() const { return m_list; }
    ReplayTaskModel* model() const { return m_model; }
    ReplayCanvas* canvas() const { return m_canvas; }
    ReplayPane* pane() const { return m_pane; }
    ReplayReviewBar* reviewBar() const { return m_review; }
    ReplayResult* result() const { return m_result; }
    QTableView* matrix() const { return m_matrix; }
    QTabBar* tabs() const { return m_tabs; }
    QComboBox* shownBox() const { return m_shown; }
    QToolButton* onlyButton() const { return m_only; }
    QToolButton* reviewButton() const { return m_startReview; }
    QToolButton* fullButton() const { return m_full; }
    QLabel* headline() const { return m_headline; }
    QLabel* waitingText() const { return m_waitingText; }

    std::optional<std::uint32_t> task() const { return m_task; }
    void chooseTask(std::uint32_t task);
    bool isReviewing() const { return m_reviewing; }
    /// Says how the task that is looked at went, and goes to the next that was not judged; the opinion that is given
    /// already: takes it back.
    void giveOpinion(ReplayOpinion opinion);
    /// For a picture without a window.
    void showReading(const ReplayReadingPtr& reading);

public slots:
    void setReviewing(bool on);
    void stepChange(int by);
    /// The two selected tasks are one; undone like a note.
    void pairSelected();
    void partTask();
    /// The selected step waits to be aligned; with the next one that is said so of, in another run, it is.
    void alignStep();
    void partSteps();

signals:
    void goRequested(arcscope::Row row);
    void streamsRequested(arcscope::Row base, arcscope::Row candidate);
    void openRequested();
    void hovered(const QString& text);
    void said(const QString& message);

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeControls();
    QWidget* makeTasks();
    void makeKeys();
    void makeMenus();
    void connectParts();
    void take();
    void takeReading();
    void showState();
    void showPage();
    QString progressText() const;
    void showTask();
    void showStep();
    void showReview();
    void takeReviews();
    void go(Row row);
    void showCandidates();
    void shareRoom();
    std::size_t candidate() const;
    std::optional<std::uint32_t> sameTask(const FoundReplay& before, std::uint32_t task) const;
    std::vector<ReplayMatch> matchesOf(std::uint32_t base, std::uint32_t other) const;
    std::vector<ReplayMatch> selectedMatches() const;
    std::vector<ReplayMatch> heldOfTask() const;
    std::vector<ReplayMatch> heldOfLine() const;
    void showMatching();
    ReplayReview reviewNow() const;
    void nextUnreviewed();

    AppState& m_state;
    ReplayBook& m_book;
    NoteCommands& m_commands;
    ReplayTaskModel* m_model;
    ReplayMatrixModel* m_matrixModel;
    ReplaySetup* m_setup;
    QTabBar* m_tabs;
    QComboBox* m_candidates;
    QComboBox* m_shown;
    QToolButton* m_only;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_startReview;
    QToolButton* m_full; ///< in a low window: the step in full stands where the list is
    QLabel* m_headline;
    QWidget* m_waiting; ///< shown while what differs is still being read
    QLabel* m_waitingText;
    QTableView* m_list;
    ReplayReviewBar* m_review;
    ReplayCanvas* m_canvas;
    ReplayPane* m_pane;
    QSplitter* m_split;
    ReplayResult* m_result;
    QTableView* m_matrix;
    EmptyState* m_empty;
    QWidget* m_controls;
    QStackedWidget* m_pages;
    ReplayPtr m_taken;
    std::optional<std::uint32_t> m_task;
    /// A step that is to be aligned with one of another run.
    struct Pinned {
        std::string trace;
        std::uint32_t step = 0;
        std::size_t column = 0;
        QString side; ///< "A"
    };
    std::optional<Pinned> m_pinned;
    bool m_reviewing = false;
    bool m_taking = false;
    bool m_moved = false; ///< the user moved an edge
};

} // namespace arcscope

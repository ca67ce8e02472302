// The arcs tab: what became of pieces of work, a list of them with ribbons, and the chosen one enlarged with its
// evidence.
#pragma once

#include "appstate.h"
#include "arclistmodel.h"
#include "arcreview.h"
#include "filterwait.h"

#include <QWidget>

#include <array>

class QAction;
class QComboBox;
class QLabel;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace arcscope
{

class ArcBars;
class ArcBook;
class ArcListDelegate;
class ArcPane;
class ArcReviewBar;
class BriefLabel;
class EmptyState;
class FindingBook;
class NoteCommands;

class ArcsView : public QWidget
{
    Q_OBJECT

public:
    ArcsView(AppState& state, FindingBook& findings, ArcBook& arcs, NoteCommands& commands, QWidget* parent = nullptr);

    ArcBars* bars() const { return m_bars; }
    QTableView* list() const { return m_list; }
    ArcListModel* model() const { return m_model; }
    ArcListDelegate* delegate() const { return m_delegate; }
    ArcPane* pane() const { return m_pane; }
    QComboBox* groupings() const { return m_groupings; }
    QComboBox* measures() const { return m_measures; }
    QComboBox* scales() const { return m_scales; }
    QAction* chip(ArcTrouble trouble) const { return m_chips[static_cast<std::size_t>(trouble)]; }
    /// As if what is open had this; for a picture without a window.
    void showListing(const ListingPtr& listing);
    /// The arc that is looked at; nothing: none.
    std::optional<std::uint32_t> arc() const { return m_arc; }
    const std::string& arcKey() const { return m_key; } ///< of it
    void chooseArc(std::uint32_t arc);
    /// Lists only these, sorted, until the choice is cleared or there are other arcs.
    void showOnly(const ArcsPtr& of, std::vector<std::uint32_t> arcs);

    // Review
    bool isReviewing() const { return m_reviewing; }
    ArcReviewBar* reviewBar() const { return m_review; }
    const std::vector<std::string>& sample() const { return m_sample; }
    void stepReview(int by);
    /// Says what became of the arc that is looked at, and goes to the next that was not judged. The verdict that is
    /// given already: takes it back.
    void giveVerdict(ArcOutcome outcome);
    /// As Markdown, or as JSON where the name ends so.
    Result<void> writeReview(const QString& file);

public slots:
    void setReviewing(bool on);
    void exportReview();

signals:
    void listed();                       ///< the list is of other arcs, or in another order
    void goRequested(arcscope::Row row); ///< in the state that is open
    void hovered(const QString& text);
    void said(const QString& message);
    void reviewingChanged(bool on);
    void noteWanted(); ///< on the arc that is chosen; the review has a field of its own

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeControls();
    QWidget* makeStatus();
    void makeList();
    void makeKeys();
    void connectParts();

    void arrange();
    void take(const ListingPtr& listing);
    void showArc();
    void listGroupings();
    void followTrace();
    void toggleOutcome(ArcOutcome outcome);
    void decide(const ArcStitch& stitch, bool accepted);
    void showState();
    void showProgress();
    void showChips();
    void shareRoom();
    void takeSample();
    void showReview();
    QString summaryText() const;
    bool filteredAway() const;

    AppState& m_state;
    FindingBook& m_findings;
    ArcBook& m_arcs;
    NoteCommands& m_commands;
    ArcOrder m_order;
    ArcChoice m_choice;
    ArcListModel* m_model;
    ArcListDelegate* m_delegate;
    ArcBars* m_bars;
    QTableView* m_list;
    ArcPane* m_pane;
    ArcReviewBar* m_review;
    QComboBox* m_groupings;
    QComboBox* m_measures;
    QComboBox* m_scales;
    QToolButton* m_only;
    std::array<QAction*, arcTroubleCount> m_chips{};
    QToolButton* m_startReview;
    BriefLabel* m_summary;
    BriefLabel* m_progress;
    QToolButton* m_cancel;
    QToolButton* m_clear;
    QSplitter* m_split;
    FilterWait m_filterWait;
    EmptyState* m_empty;
    QWidget* m_controls;
    QWidget* m_status;
    QScrollArea* m_page;
    QStackedWidget* m_pages;

    std::optional<std::uint32_t> m_arc; ///< of the arcs that are listed
    std::string m_key;                  ///< of it
    bool m_taking = false;
    bool m_moved = false; ///< the user moved an edge
    bool m_reviewing = false;
    std::vector<std::string> m_sample;
    LatestTask<ListingPtr> m_task;
};

} // namespace arcscope

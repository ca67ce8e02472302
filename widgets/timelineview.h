// The timeline tab: the canvas with data made for it on another thread, and the totals of a selected range below.
#pragma once

#include "appstate.h"
#include "timelinecanvas.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace arcscope
{

class EmptyState;

class TimelineView : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineView(AppState& state, QWidget* parent = nullptr);

    TimelineCanvas* canvas() const { return m_canvas; }
    /// The canvas has what the state says, with times: what is seen of it is told to the state.
    bool isShown() const;
    void setCriticalPathShown(bool shown);
    void setOrdinal(bool ordinal);
    /// What TimelineCanvas::setFindings() takes, kept for data that are still being made.
    void setFindings(std::vector<TimelineFinding> findings, std::vector<QString> texts);
    void setChosenFinding(std::optional<std::uint32_t> finding);
    /// As much time as is shown, at the end.
    void showEnd();

signals:
    void hovered(const QString& text);
    void ledgerRequested();
    void openRequested();

private:
    void rebuild();
    void showSpan();
    void showVisibleRange();
    void showMarks();
    void showCriticalPath();
    void showTotals();
    void showEmptyText();
    void showData(const std::shared_ptr<const TimelineData>& made, bool grown);

    /// What the data were made of.
    struct Built {
        unsigned opening = 0;
        unsigned revision = 0;
        std::uint32_t spans = 0;
        std::uint32_t ordered = 0; ///< rows of the order table: none until the corpus is put together
        std::optional<std::uint32_t> trace;
        bool ordinal = false;
        bool operator==(const Built&) const = default;
    };

    using DataPtr = std::shared_ptr<const TimelineData>;

    AppState& m_state;
    TimelineCanvas* m_canvas;
    EmptyState* m_empty; ///< where what is open has no spans
    QStackedWidget* m_pages;
    QLabel* m_totals;
    Built m_builtFor;
    bool m_criticalPath = false;
    std::vector<TimelineFinding> m_findings;
    std::vector<QString> m_findingTexts;
    std::optional<std::uint32_t> m_chosenFinding;
    bool m_ordinal = false;
    bool m_grown = false;     ///< what is being built has grown from what is shown
    bool m_following = false; ///< what the canvas reports comes from here
    LatestTask<DataPtr> m_task;
    LatestTask<QString> m_totalsTask;
};

} // namespace arcscope

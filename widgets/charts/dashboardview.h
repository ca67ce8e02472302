// The outcomes tab: what became of all task arcs, by any tag and over time, and what sets some of them apart.
#pragma once

#include "arcdashboard.h"
#include "filterwait.h"

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QScrollArea;
class QStackedWidget;
class QToolButton;

namespace arcscope
{

class ArcBook;
class EmptyState;
class LensPane;

class DashboardView : public QWidget
{
    Q_OBJECT

public:
    DashboardView(AppState& state, ArcBook& book, QWidget* parent = nullptr);
    ~DashboardView() override;

    QLineEdit* where() const { return m_where; }
    QLineEdit* against() const { return m_against; }
    QComboBox* groupings() const { return m_by; }
    const std::vector<LensPane*>& panes() const { return m_panes; }
    /// What sets apart what a box was drawn around; hidden until then.
    LensPane* difference() const { return m_difference; }
    const DashboardPtr& dashboard() const { return m_dashboard; }
    /// At which all panels are seen without scrolling.
    int wantedHeight() const;
    /// As if what is open had this; for a picture without a window.
    void setDashboard(DashboardPtr dashboard);
    void sayEmpty(bool counting);

signals:
    /// The arcs behind a value, by row of the ArcTable.
    void arcsChosen(const arcscope::ArcsPtr& of, const std::vector<std::uint32_t>& arcs, const QString& what);
    void hovered(const QString& text);
    void said(const QString& message);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeControls();
    LensPane* makePane(std::size_t index);
    void look();
    void sayProblem(const QString& problem);
    void listTags();
    void chooseValue(std::size_t pane, int piece);
    void compareBox(std::size_t pane, const QRectF& box);
    void arrange();

    AppState& m_state;
    ArcBook& m_book;
    QLineEdit* m_where;
    QLineEdit* m_against;
    QComboBox* m_by;
    QBoxLayout* m_fields;
    QLabel* m_problem;
    QLabel* m_summary;
    QScrollArea* m_scroll;
    QGridLayout* m_grid;
    FilterWait m_filterWait;
    EmptyState* m_empty;
    QStackedWidget* m_pages;
    std::vector<LensPane*> m_panes;
    LensPane* m_difference;
    DashboardPtr m_dashboard;
    ArcsPtr m_asked; ///< arcs that the task is about
    ArcDashboardAsk m_ask;
    int m_columns = 0;
    LatestTask<DashboardPtr> m_task;
    LatestTask<std::shared_ptr<ArcPanel>> m_differing;
};

} // namespace arcscope

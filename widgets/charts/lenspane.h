// What a lens says: its chart or its table, the sentence, what was counted, caveats and missing fields, and ways out.
#pragma once

#include "lenstablemodel.h"
#include "result.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QScrollArea;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace arcscope
{

class BriefLabel;
class LensChartView;

class LensPane : public QWidget
{
    Q_OBJECT

public:
    explicit LensPane(QWidget* parent = nullptr);

    /// `caveat`: of the lens, whatever the data. Null: nothing.
    void show(const QString& title, const QString& caveat, LensResultPtr result);
    const LensResultPtr& result() const { return m_result; }
    LensChartView* chart() const { return m_chart; }
    QTableView* table() const { return m_table; }
    QToolButton* tableButton() const { return m_asTable; }
    QComboBox* charts() const { return m_charts; }
    QString sentence() const;
    /// A button that hides the pane.
    QToolButton* closeButton() const { return m_close; }
    void setClosable(bool closable);
    /// At this width, the height at which nothing has to be scrolled.
    int wantedHeight(int width) const;
    /// As wide and high as it is on the screen; for files that the user names.
    Result<void> save(const QString& file);
    /// Without buttons; the chart that is shown is named by its title.
    void setForPicture(bool picture);

public slots:
    void showTable(bool table);
    void saveAs(); ///< asks for a file: PNG, SVG, PDF or CSV

signals:
    void spansChosen(const std::vector<arcscope::Row>& spans, const QString& what);
    void boxDrawn(const std::vector<arcscope::Row>& spans, const QString& what);
    void hovered(const QString& text);
    void said(const QString& message); ///< for the status bar
    void closed();                     ///< hidden by its button

private:
    QWidget* makeHead();
    void showChart(int index);
    void choosePiece(int piece);
    void chooseRow();
    void copy(bool markdown);
    void showRemarks(const QString& caveat);
    void showCount();
    bool saysNothing() const;

    LensResultPtr m_result;
    LensTableModel* m_model;
    QSortFilterProxyModel* m_sorted;
    BriefLabel* m_title;
    QLabel* m_count;
    QComboBox* m_charts;
    QToolButton* m_asTable;
    QToolButton* m_copy;
    QToolButton* m_save;
    QToolButton* m_close;
    bool m_forPicture = false;
    LensChartView* m_chart;
    QScrollArea* m_scroll;
    QTableView* m_table;
    QStackedWidget* m_pages;
    QLabel* m_sentence;
    QLabel* m_remarks;
};

} // namespace arcscope

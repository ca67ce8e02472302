// The calls behind a cell or bar: examples or all of them as a list, and of the chosen one what it said at its end.
#pragma once

#include "appstate.h"
#include "stoplistmodel.h"
#include "stopoverview.h"

#include <QWidget>

class QLabel;
class QScrollArea;
class QTableView;
class QToolButton;

namespace arcscope
{

class BriefLabel;
class EvidenceText;
class StopLabel;

class StopExemplars : public QWidget
{
    Q_OBJECT

public:
    explicit StopExemplars(AppState& state, QWidget* parent = nullptr);

    /// The calls of `rows`; the one that is looked at stays so where it is among them.
    void showRows(const QString& title, StopsPtr of, std::vector<Row> rows);
    /// What the calls of the list said, where nothing is open that it could be read from.
    void showReadings(std::vector<StopReading> readings);
    QTableView* table() const { return m_table; }
    StopListModel* model() const { return m_model; }
    QToolButton* allButton() const { return m_all; }
    /// What is shown of the chosen call.
    EvidenceText* text() const { return m_text; }
    StopLabel* badge() const { return m_badge; }

public slots:
    void drawOthers(); ///< examples

signals:
    void spanChosen(arcscope::Row row);
    void left(); ///< back to where the list came from

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeDetails();
    void setUpTable();
    void fill(Row keep);
    void read();
    void showCurrent();
    void write();
    void goToSpan();
    Row currentSpan() const;

    AppState& m_state;
    StopListModel* m_model;
    QTableView* m_table;
    BriefLabel* m_title;
    QToolButton* m_all;
    QToolButton* m_others;
    StopLabel* m_badge;
    QLabel* m_rule;
    EvidenceText* m_text;
    QToolButton* m_go;
    QScrollArea* m_scroll;
    StopsPtr m_of;
    std::vector<Row> m_rows;
    unsigned m_seed = 1;
    LatestTask<std::shared_ptr<std::vector<StopReading>>> m_reading;
    LatestTask<std::shared_ptr<std::vector<StopReading>>> m_readingOne;
};

} // namespace arcscope

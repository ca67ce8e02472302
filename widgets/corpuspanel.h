// The list of traces on the left.
#pragma once

#include "tracelistmodel.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace arcscope
{

class EmptyState;

class CorpusPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CorpusPanel(AppState& state, QWidget* parent = nullptr);

    QTableView* table() const { return m_table; }

private:
    void showArranged();
    void showTrace();

    AppState& m_state;
    TraceListModel* m_model;
    QTableView* m_table;
    QPushButton* m_whole;
    QLabel* m_count;
    EmptyState* m_empty;
    QStackedLayout* m_stack;
    bool m_following = false; ///< the selection is being set to follow the state
};

} // namespace arcscope

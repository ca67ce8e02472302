// The fidelity ledger: everything that an import could not take over as it stood.
#pragma once

#include "issuemodel.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace arcscope
{

class LedgerPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LedgerPanel(AppState& state, QWidget* parent = nullptr);

    QTableView* table() const { return m_table; }

private:
    void showCount();
    void copySelected();

    AppState& m_state;
    IssueModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QLineEdit* m_filter;
    QLabel* m_count;
    QTableView* m_table;
};

} // namespace arcscope

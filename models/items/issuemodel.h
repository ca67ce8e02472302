// The fidelity ledger as a table.
#pragma once

#include "appstate.h"

#include <QAbstractTableModel>

namespace arcscope
{

class IssueModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { SeverityColumn, KindColumn, CountColumn, MessageColumn, PlaceColumn, ColumnCount };
    enum Role { SeverityRole = Qt::UserRole, SortRole };

    explicit IssueModel(AppState& state, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const ImportIssue& issueAt(int row) const { return issues()[static_cast<std::size_t>(row)]; }
    /// The row as one line of text, for the clipboard.
    QString recordText(int row) const;

private:
    const std::vector<ImportIssue>& issues() const;
    static QString place(const ImportIssue& issue);

    AppState& m_state;
    std::shared_ptr<OpenCorpus> m_open;
};

} // namespace arcscope

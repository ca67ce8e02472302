// SpanRowModel: any spans of what is open as a table, in their order.
#pragma once

#include "corpusloader.h"

#include <QAbstractTableModel>

#include <vector>

namespace arcscope
{

class SpanRowModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        KindColumn,
        TraceColumn,
        StatusColumn,
        ModelColumn,
        TokensColumn,
        TimeColumn,
        StartColumn,
        ColumnCount
    };
    enum Role { RowRole = Qt::UserRole }; ///< of the span

    using QAbstractTableModel::QAbstractTableModel;

    /// Needs the columns of views.
    void setSpans(CorpusPtr corpus, std::vector<Row> rows);
    Row rowOf(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    const std::vector<Row>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(Row row, int column) const;

    CorpusPtr m_corpus;
    std::vector<Row> m_rows;
};

} // namespace arcscope

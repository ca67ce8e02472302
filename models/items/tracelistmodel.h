// The traces of a corpus as a table: sorted and filtered off the GUI thread, rows made when they are asked for.
#pragma once

#include "appstate.h"
#include "tracenames.h"

#include <QAbstractTableModel>

namespace arcscope
{

class TraceListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Name,
        Start,
        Duration,
        Spans,
        Errors,
        ModelCalls,
        ToolCalls,
        Tokens,
        Cost,
        Model,
        Service,
        Session,
        ColumnCount
    };
    /// Telling: tellingName().
    enum Role { SortRole = Qt::UserRole, TraceRole, NoteRole, TellingRole };

    explicit TraceListModel(AppState& state, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    std::uint32_t traceAt(int row) const { return m_order.traces[static_cast<std::size_t>(row)]; }
    /// Invalid where the filter hides the trace.
    QModelIndex indexOf(std::uint32_t trace) const;
    bool busy() const { return m_task.running(); }

signals:
    void arranged(); ///< a new order or selection of rows is shown

private:
    /// The traces in the order shown, and where each of the corpus is in it (-1: hidden).
    struct Order {
        std::vector<std::uint32_t> traces;
        std::vector<std::int32_t> places;
        TraceDetails details;
    };

    void arrange();
    QString noteOf(std::uint32_t trace) const;
    QString text(std::uint32_t trace, Column column) const;

    AppState& m_state;
    CorpusPtr m_corpus;
    Order m_order;
    int m_sortColumn = Start;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    LatestTask<std::shared_ptr<Order>> m_task;
};

} // namespace arcscope

// The traces of a corpus that have tool calls and match the window's filter, those with the most problems first.
#pragma once

#include "findingbook.h"
#include "tracenames.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace arcscope
{

class CallTraceModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, CallsColumn, ProblemsColumn, AgentsColumn, StartColumn, ColumnCount };

    explicit CallTraceModel(AppState& state, QObject* parent = nullptr);

    /// Who knows more of a trace than its spans tell: its calls as they were read.
    void setFindings(const FindingBook& findings);
    /// Counts on another thread; while nobody looks at the model it counts nothing.
    void setWanted(bool wanted);
    bool busy() const { return m_task.running(); }
    /// Traces that have calls, whatever the filter leaves.
    std::size_t withCalls() const { return m_withCalls; }
    /// Where a trace is; -1: nowhere.
    int rowOf(std::uint32_t trace) const;
    std::uint32_t traceAt(int row) const { return m_shown[static_cast<std::size_t>(row)].trace; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

signals:
    void counted();

private:
    /// As the spans of tools and retrievals tell; where its calls have been read, as those do.
    struct Counts {
        std::uint32_t trace = 0;
        std::int64_t calls = 0;
        std::int64_t problems = 0;
        std::int64_t agents = 0; ///< spans
    };
    using All = std::vector<Counts>;
    struct Counted {
        All all;
        std::size_t withCalls = 0;
        TraceDetails details;
    };

    static All countsOf(const Corpus& corpus, const FoundCalls& read, const std::stop_token& stop);
    static std::shared_ptr<Counted> countedOf(const Corpus& corpus, const FoundCalls& read, const RowsPtr& matches,
                                              const std::stop_token& stop);
    void count();
    void arrange();
    QString text(const Counts& counts, int column) const;

    AppState& m_state;
    const FindingBook* m_findings = nullptr;
    CorpusPtr m_corpus; ///< that was counted
    CallsPtr m_calls;   ///< likewise
    RowsPtr m_matches;  ///< likewise
    All m_shown;
    std::size_t m_withCalls = 0;
    TraceDetails m_details;
    bool m_wanted = false;
    int m_column = ProblemsColumn;
    Qt::SortOrder m_order = Qt::DescendingOrder;
    LatestTask<std::shared_ptr<Counted>> m_task;
};

} // namespace arcscope

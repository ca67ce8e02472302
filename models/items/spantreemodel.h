// The spans of one trace as a tree: the trace that is shown, or in a whole corpus that of the selected span.
#pragma once

#include "appstate.h"
#include "stopwords.h"

#include <QAbstractItemModel>

namespace arcscope
{

class StopBook;

class SpanTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Kind, Status, Start, Duration, Tokens, Stop, ColumnCount };
    enum Role { RowRole = Qt::UserRole, MatchRole, NoteRole };

    explicit SpanTreeModel(AppState& state, QObject* parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Shows the spans of a trace, or none, until the window shows others.
    void show(CorpusPtr corpus, std::optional<std::uint32_t> trace);
    /// What spans stopped for, from now on; it lives as long.
    void setStops(const StopBook& stops);
    StopPair stopOf(const QModelIndex& index) const;
    const Corpus& corpus() const { return *m_corpus; } ///< that it shows
    Row rowAt(const QModelIndex& index) const;
    QModelIndex indexOf(Row row) const;
    /// Whose spans these are; nothing where there are none.
    std::optional<std::uint32_t> trace() const { return m_trace; }

private:
    /// One span of the trace; nodes lie in pre-order, node 0 is the invisible root.
    struct Node {
        Row row = noRow;
        std::uint32_t parent = 0;
        std::uint32_t place = 0; ///< among its siblings
        std::vector<std::uint32_t> children;
    };

    void rebuild();
    std::optional<std::uint32_t> wantedTrace() const;
    static std::uint32_t nodeOf(const QModelIndex& index);
    QModelIndex indexOfNode(std::uint32_t node, int column = 0) const;
    QString text(Row row, Column column) const;
    QString noteOf(Row row) const;

    AppState& m_state;
    const StopBook* m_stops = nullptr;
    CorpusPtr m_corpus;
    std::optional<std::uint32_t> m_trace;
    std::vector<Node> m_nodes;
    std::vector<std::pair<Row, std::uint32_t>> m_byRow; ///< sorted
};

} // namespace arcscope

// The spans of one trace as a tree.
#pragma once

#include "spantreemodel.h"

#include <QSet>

#include <QTreeView>
#include <QWidget>

class QStackedLayout;

namespace arcscope
{

class EmptyState;

class SpanTreeView : public QWidget
{
    Q_OBJECT

public:
    explicit SpanTreeView(AppState& state, QWidget* parent = nullptr);

    /// One trace whatever the window shows: for pictures. `span`: that is selected, or noRow.
    void showTrace(CorpusPtr corpus, std::uint32_t trace, Row span);
    /// Logical pixels of all its lines.
    int wholeHeight() const;
    QTreeView* tree() const { return m_tree; }
    /// Spans with a finding, which get a sign before their name.
    void setFlagged(std::vector<Row> rows);
    /// What spans stopped for, from now on; it lives as long.
    void setStops(const StopBook& stops);

signals:
    /// Of the current span, by mouse or key.
    void contextMenuRequested(const QPoint& globalPos);

private:
    void showModel();
    void showSelection();
    void keepPlaces();

    AppState& m_state;
    SpanTreeModel* m_model;
    QTreeView* m_tree;
    EmptyState* m_empty;
    QStackedLayout* m_stack;
    std::vector<Row> m_flagged; ///< sorted
    bool m_following = false;
    QSet<QString> m_closed; ///< places of spans that were closed before the model was reset
    int m_scroll = 0;
};

} // namespace arcscope

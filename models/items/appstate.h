// The one mutable state of a window: what is open, selected, filtered; every view listens, none owns.
#pragma once

#include "corpusloader.h"
#include "filter.h"
#include "times.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace arcscope
{

using RowsPtr = std::shared_ptr<const std::vector<Row>>;

/// A place that Back and Forward lead to.
struct Place {
    std::optional<std::uint32_t> trace; ///< nothing: the whole corpus
    Row span = noRow;
    QString filter;

    bool operator==(const Place&) const = default;
};

class AppState : public QObject
{
    Q_OBJECT

public:
    explicit AppState(QObject* parent = nullptr);

    // What is open
    void open(const QStringList& paths);
    void cancelLoading() { m_loader.cancel(); }
    void close();
    bool loading() const { return m_loader.loading(); }
    const Progress* progress() const { return m_loader.progress(); }
    bool isOpen() const { return m_open != nullptr; }
    /// Never null; empty where nothing is open. While loading, what is read so far (without traces and order).
    const CorpusPtr& corpus() const { return m_corpus; }
    const std::shared_ptr<OpenCorpus>& openCorpus() const { return m_open; }
    QString workspacePath() const;
    const QStringList& paths() const { return m_paths; }

    // Where the user is
    std::optional<std::uint32_t> trace() const { return m_place.trace; }
    Row span() const { return m_place.span; }
    TimeRange range() const { return m_range; }
    void setTrace(std::optional<std::uint32_t> trace);
    /// Also goes to the span's trace, where one trace is shown and it is another.
    void setSpan(Row row);
    void setRange(const TimeRange& range);
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_history.size(); }
    void goBack() { goTo(m_at - 1); }
    void goForward() { goTo(m_at + 1); }

    // The filter
    QString filterText() const { return m_place.filter; }
    /// A text that cannot be read changes nothing and gives its error.
    std::optional<FilterError> setFilter(const QString& text);
    /// The rows that match; null without a filter, and while it is being worked out.
    const RowsPtr& matches() const { return m_matches; }
    bool filtering() const { return m_filterTask.running(); }

signals:
    void corpusChanged();
    void loadingChanged();
    void progressed();
    void traceChanged();
    void spanChanged();
    void rangeChanged();
    void filterChanged(); ///< the text, the rows, or both
    void historyChanged();
    void failed(const QString& message);

private:
    void setCorpus(CorpusPtr corpus);
    void remember();
    void goTo(std::size_t index);
    void apply(const Place& place);
    void runFilter();

    CorpusLoader m_loader;
    QStringList m_paths;
    std::shared_ptr<OpenCorpus> m_open;
    CorpusPtr m_corpus;
    Place m_place;
    TimeRange m_range;
    std::vector<Place> m_history;
    std::size_t m_at = 0;
    Filter m_filter;
    RowsPtr m_matches;
    LatestTask<std::shared_ptr<Result<std::vector<Row>>>> m_filterTask;
};

} // namespace arcscope

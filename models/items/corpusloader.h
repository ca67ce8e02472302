// Opening files or a workspace on another thread, with progress, and what is already there while it goes on.
#pragma once

#include "control.h"
#include "issue.h"
#include "latesttask.h"
#include "result.h"
#include "spantable.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <mutex>

namespace arcscope
{

struct Session;

using CorpusPtr = std::shared_ptr<const Corpus>;

/// An input that the user named and that gave nothing.
struct PathProblem {
    std::string path;      ///< as given
    std::string reason;    ///< for a person
    bool opened = true;    ///< false: not there, so that nothing in the corpus knows of it
    bool mappable = false; ///< JSON or columns of text that no format knows: a mapping could describe it
};

/// A session that is open: the corpus for the views, the workspace kept alive for the threads that read it.
struct OpenCorpus {
    std::shared_ptr<Session> session; ///< used by one thread at a time: others open the workspace by its path
    CorpusPtr corpus;
    std::vector<ImportIssue> issues; ///< the first ledger rows, most severe first
    std::uint64_t issueRows = 0;
    std::uint64_t refused = 0;         ///< records or files that are not in the workspace
    std::vector<PathProblem> problems; ///< one for every path that could not be read; the others are open
};

/// Loads what is told of a session beside its corpus. Error: Store.
Result<OpenCorpus> openCorpusOf(std::shared_ptr<Session> session);

/// Ledger rows that are loaded for the window; the rest is counted.
inline constexpr std::uint64_t shownIssueRows = 20'000;

class CorpusLoader : public QObject
{
    Q_OBJECT

public:
    explicit CorpusLoader(QObject* parent = nullptr);

    /// The span columns that views need at once.
    static const std::vector<SpanColumn>& viewColumns();

    /// Drops what is being loaded.
    void open(const QStringList& paths);
    void cancel();
    bool loading() const { return m_task.running(); }
    const Progress* progress() const { return m_progress.get(); }
    /// Of the opening that failed last, the file that a mapping could describe; empty for none.
    const QString& mappable() const { return m_mappable; }

signals:
    void started(const QStringList& paths);
    /// Ten times a second while loading.
    void progressed();
    /// The spans read so far: a corpus without traces and order.
    void partial(arcscope::CorpusPtr corpus);
    void finished(std::shared_ptr<arcscope::OpenCorpus> corpus);
    void failed(const QString& message);
    void cancelled();

private:
    struct Growing;
    struct Loaded;

    void poll();

    std::shared_ptr<Progress> m_progress;
    std::shared_ptr<Growing> m_growing;
    std::uint32_t m_shownRows = 0;
    QTimer m_timer;
    QString m_mappable;
    LatestTask<std::shared_ptr<Loaded>> m_task;
};

} // namespace arcscope

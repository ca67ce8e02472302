// CorpusFollower: looks at files that others are writing, on another thread, and brings what came.
#pragma once

#include "corpusloader.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <memory>

namespace arcscope
{

class Follow;

class CorpusFollower : public QObject
{
    Q_OBJECT

public:
    explicit CorpusFollower(QObject* parent = nullptr);
    ~CorpusFollower() override;

    /// Reads everything anew, as far as it is complete, and goes on from there.
    void start(const QStringList& paths);
    void stop();
    bool running() const { return m_follow != nullptr; }
    /// Something may have changed. Looks that come while one goes on, or soon after, are one: at most a quarter of the
    /// time is spent on them, and four a second are made.
    void look();
    bool hasLooked() const { return m_looked; }              ///< everything that was there at the start is read
    const QStringList& watched() const { return m_watched; } ///< files and folders
    const QString& missing() const { return m_missing; }     ///< a file that is gone at the moment

signals:
    void stepped(std::shared_ptr<arcscope::OpenCorpus> corpus);
    void looked(); ///< also where nothing was new
    void stopped(const QString& reason);

private:
    struct Step;

    void run();
    void take(const std::shared_ptr<Step>& step);

    std::shared_ptr<Follow> m_follow; ///< the running task uses it
    QStringList m_watched;
    QString m_missing;
    bool m_looked = false;
    bool m_again = false;
    QElapsedTimer m_since;
    QTimer m_pause;
    LatestTask<std::shared_ptr<Step>> m_task;
};

} // namespace arcscope

#include "corpusfollower.h"

#include "follow.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int shortestPauseMs = 250;
constexpr int pauseFactor = 3; ///< times as long as the last look took

} // namespace

/// What a look gave.
struct CorpusFollower::Step {
    std::optional<Error> error;
    std::shared_ptr<OpenCorpus> corpus; ///< null: nothing new
    QStringList watched;
    QString missing;
};

CorpusFollower::CorpusFollower(QObject* parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (std::exchange(m_again, false))
            run();
    });
}

CorpusFollower::~CorpusFollower() = default;

void CorpusFollower::start(const QStringList& paths)
{
    stop();
    std::vector<std::string> files;
    for (const QString& path : paths)
        files.push_back(path.toStdString());
    m_follow = std::make_shared<Follow>(std::move(files), CorpusLoader::viewColumns());
    m_watched = paths;
    run();
}

void CorpusFollower::stop()
{
    m_task.cancel();
    m_pause.stop();
    m_again = false;
    m_looked = false;
    m_follow.reset();
    m_watched.clear();
    m_missing.clear();
}

void CorpusFollower::look()
{
    if (!m_follow)
        return;
    if (m_task.running() || m_pause.isActive())
        m_again = true;
    else
        run();
}

void CorpusFollower::run()
{
    m_since.start();
    m_task.start(
        [follow = m_follow](const std::stop_token& stop) {
            auto step = std::make_shared<Step>();
            auto session = follow->step({stop, nullptr});
            if (!session) {
                step->error = session.error();
                return step;
            }
            for (const std::string& path : follow->watched())
                step->watched << QString::fromStdString(path);
            step->missing = QString::fromStdString(follow->missing());
            if (!*session)
                return step;
            auto corpus = openCorpusOf(std::move(*session));
            if (corpus)
                step->corpus = std::make_shared<OpenCorpus>(std::move(*corpus));
            else
                step->error = corpus.error();
            return step;
        },
        [this](const std::shared_ptr<Step>& step) { take(step); });
}

void CorpusFollower::take(const std::shared_ptr<Step>& step)
{
    if (step->error) {
        const QString reason = QString::fromStdString(step->error->message);
        stop();
        emit stopped(reason);
        return;
    }
    m_looked = true;
    m_watched = step->watched;
    m_missing = step->missing;
    m_pause.start(std::max(shortestPauseMs, pauseFactor * static_cast<int>(m_since.elapsed())));
    if (step->corpus)
        emit stepped(step->corpus);
    emit looked();
}

} // namespace arcscope

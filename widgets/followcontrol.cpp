#include "followcontrol.h"

#include "displaytext.h"
#include "noticebar.h"

#include <QFileInfo>
#include <QToolButton>

#include <utility>

namespace arcscope
{
namespace
{

constexpr int pollMs = 2'000;
constexpr auto actionId = "file.follow";

QString fileName(const QString& path)
{
    return oneLine(QFileInfo(path).fileName().toStdString(), 60);
}

} // namespace

FollowControl::FollowControl(AppState& state, ActionRegistry& actions, NoticeBar& notices, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_actions(actions)
    , m_notices(notices)
    , m_status(new QToolButton)
{
    m_status->setAutoRaise(true);
    m_status->setAccessibleName(tr("Following"));
    m_status->setToolTip(tr("Show the end, where new spans are"));
    m_status->hide();
    m_poll.setInterval(pollMs);
    connect(m_status, &QToolButton::clicked, this, &FollowControl::endRequested);
    connect(&m_poll, &QTimer::timeout, &state, &AppState::lookAtFiles);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &state, &AppState::lookAtFiles);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &state, &AppState::lookAtFiles);
    connect(&state, &AppState::followChanged, this, &FollowControl::show);
    connect(&state, &AppState::loadingChanged, this, [this] {
        if (m_next && m_state.isOpen() && !m_state.loading()) {
            m_next = false;
            m_state.setFollowing(true);
        }
        show();
    });
    connect(&state, &AppState::followStopped, this, [this](const QString& reason) {
        m_notices.add({tr("Following has stopped. %1").arg(oneLine(reason.toStdString())),
                       safeText(reason.toStdString()),
                       {{tr("&Follow again"), [this] {
                             m_notices.dismiss();
                             m_state.setFollowing(true);
                         }}}});
    });
}

void FollowControl::addAction(QMenu* menu)
{
    m_actions.add({actionId,
                   tr("Fo&llow file"),
                   tr("Show what others write to the open files, as it comes"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)},
                   {},
                   true},
                  menu, [this] { m_state.setFollowing(m_actions.action(QLatin1String(actionId))->isChecked()); });
    show();
}

void FollowControl::show()
{
    const bool on = m_state.following();
    if (QAction* action = m_actions.action(QLatin1String(actionId))) {
        action->setEnabled(m_state.canFollow() && !m_state.loading());
        action->setChecked(on);
    }
    watch();
    m_status->setVisible(on);
    if (!on)
        return;
    const QString& missing = m_state.follower().missing();
    m_status->setText(!m_state.follower().hasLooked() ? tr("following: reading…")
                      : !missing.isEmpty()     ? tr("following: %1 is gone, waiting for it").arg(fileName(missing))
                      : m_state.newSpans() > 0 ? tr("following: %1 new").arg(countText(m_state.newSpans()))
                                               : tr("following: up to date"));
}

void FollowControl::watch()
{
    if (!m_state.following()) {
        m_poll.stop();
        if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
            m_watcher.removePaths(watched);
        return;
    }
    if (!m_poll.isActive())
        m_poll.start();
    QStringList wanted; // with the folders of files, where one may take the place of another
    for (const QString& path : m_state.follower().watched()) {
        wanted << path;
        if (const QFileInfo info(path); !info.isDir())
            wanted << info.absolutePath();
    }
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    QStringList missing;
    for (const QString& path : std::as_const(wanted)) {
        if (!watched.contains(path) && !missing.contains(path) && QFileInfo::exists(path))
            missing << path;
    }
    if (!missing.isEmpty())
        m_watcher.addPaths(missing);
}

} // namespace arcscope

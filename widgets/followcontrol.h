// FollowControl: the command "Follow file", what tells that files changed, and the word on it in the status bar.
#pragma once

#include "actionregistry.h"
#include "appstate.h"

#include <QFileSystemWatcher>
#include <QTimer>

class QToolButton;

namespace arcscope
{

class NoticeBar;

/// The system tells of most changes; a slow look from time to time finds those that it does not (network folders, a
/// file that comes back).
class FollowControl : public QObject
{
    Q_OBJECT

public:
    FollowControl(AppState& state, ActionRegistry& actions, NoticeBar& notices, QObject* parent);

    void addAction(QMenu* menu);
    /// Follows what is being opened as soon as it is open.
    void followNext() { m_next = true; }
    /// Says whether files are followed and how many spans came; pressed it shows the end.
    QToolButton* status() const { return m_status; }

signals:
    void endRequested();

private:
    void show();
    void watch();

    AppState& m_state;
    ActionRegistry& m_actions;
    NoticeBar& m_notices;
    QToolButton* m_status;
    QFileSystemWatcher m_watcher;
    QTimer m_poll;
    bool m_next = false;
};

} // namespace arcscope

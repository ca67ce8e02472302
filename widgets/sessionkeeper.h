// Where the user was when the window was closed, and how it is found again at the next start.
#pragma once

#include "settings.h"
#include "times.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <optional>

class QScrollBar;
class QTabWidget;

namespace arcscope
{

class AppState;
class NoticeBar;

/// Traces and spans by their ids: numbers of rows mean nothing in files that have grown.
struct SessionState {
    QStringList paths; ///< absolute
    QString view;      ///< the help topic of its tab
    QString trace;     ///< empty: the whole corpus
    QString span;
    QString filter;
    TimeRange visible; ///< of the timeline; not recorded: all
    TimeRange range;   ///< the selected one
    int lanes = 0;     ///< how far the lanes of the timeline are scrolled
    QString chosen;    ///< in the view, text(ViewChoice)

    bool operator==(const SessionState&) const = default;
};

QByteArray sessionBytes(const SessionState& state);
/// Nothing where the bytes are not those of a session.
std::optional<SessionState> readSession(const QByteArray& bytes);

/// Writes the state to the settings when it was left alone for two seconds, and when it is told to.
class SessionKeeper : public QObject
{
    Q_OBJECT

public:
    SessionKeeper(AppState& state, const Settings& settings, QTabWidget& views, QScrollBar& lanes, NoticeBar& notices,
                  QObject* parent);

    /// How what is chosen in the view that is shown is told, and chosen again.
    void setChoice(std::function<QString()> now, std::function<void(const QString&)> choose);
    void save();
    /// Opens what the settings have; of what is gone it tells. False where there is nothing to open.
    bool restore();

private:
    SessionState now() const;
    void applyWhenOpen();
    void applyLanes();
    void tellGone();

    AppState& m_state;
    Settings m_settings;
    QTabWidget& m_views;
    QScrollBar& m_lanes;
    std::function<QString()> m_chosen;
    std::function<void(const QString&)> m_choose;
    NoticeBar& m_notices;
    QTimer m_pause;
    std::optional<SessionState> m_wanted; ///< until it is open
    QStringList m_gone;                   ///< to be told
    int m_wantedLanes = 0;
};

} // namespace arcscope

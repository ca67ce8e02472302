// Letting what is open leave: the dialog for it, and pictures of views as they are on the screen.
#pragma once

#include "actionregistry.h"
#include "appstate.h"
#include "sharechoice.h"

#include <functional>

class QTabWidget;

namespace arcscope
{

class NoticeBar;
class OriginLine;

class ShareCommands : public QObject
{
    Q_OBJECT

public:
    /// `viewName`: how `render` names a view of the tabs; empty where it draws none. `title`: what is shown.
    ShareCommands(AppState& state, QTabWidget& views, OriginLine& origin, NoticeBar& notices,
                  std::function<QString(const QWidget*)> viewName, std::function<QString()> title, QWidget* window);

    void addActions(ActionRegistry& actions, QMenu* file);
    /// What the window shows now.
    ShareChoice shown() const;

signals:
    void said(const QString& message);

private:
    void open();
    void writePicture(const ShareChoice& choice);

    AppState& m_state;
    QTabWidget& m_views;
    OriginLine& m_origin;
    NoticeBar& m_notices;
    std::function<QString(const QWidget*)> m_viewName;
    std::function<QString()> m_title;
    QWidget* m_window;
};

} // namespace arcscope

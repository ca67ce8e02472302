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
    /// How the window tells what it shows.
    struct Telling {
        std::function<QString(const QWidget*)> viewName; ///< as `render` names a view; empty where it draws none
        std::function<QString()> title;
        std::function<QByteArray()> state; ///< JSON, schema arcscope.view/1
        std::function<QString()> chosen;   ///< in the view, as `render --chosen` takes it; empty: nothing
    };

    ShareCommands(AppState& state, QTabWidget& views, OriginLine& origin, NoticeBar& notices, Telling telling,
                  QWidget* window);

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
    Telling m_telling;
    QWidget* m_window;
};

} // namespace arcscope

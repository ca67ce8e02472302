// What can be done with the selected span: copied in several shapes, left for the next match; and its context menu.
#pragma once

#include "actionregistry.h"
#include "appstate.h"
#include "spaninspection.h"

#include <QObject>

namespace arcscope
{

class SpanCommands : public QObject
{
    Q_OBJECT

public:
    SpanCommands(AppState& state, ActionRegistry& actions, QWidget* window);

    void addCopyActions(QMenu* edit);
    void addMatchActions(QMenu* edit);
    void popUp(const QPoint& globalPos);

signals:
    void said(const QString& message); ///< what was done, or why not, for the status bar

private:
    using Shape = QString (*)(const SpanInspection& inspection);

    QAction* add(const CommandSpec& spec, QMenu* menu, void (SpanCommands::*run)());
    bool hasSpan() const;
    void showEnabled();
    void copy(const QString& text, const QString& what);
    void copyLine();
    void copyId();
    void copyRecord();
    void copyMessages();
    void copyCommand();
    void copyInspected(Shape shape, const QString& what, const QString& none);
    void goToMatch(bool forward);
    void goToTrace();
    void popUpAtFocus();

    AppState& m_state;
    ActionRegistry& m_actions;
    QWidget* m_window;
    QMenu* m_copyAs = nullptr;
    QList<QAction*> m_ofSpan; ///< need a selected span
    LatestTask<std::shared_ptr<SpanInspection>> m_task;
};

} // namespace arcscope

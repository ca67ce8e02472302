#include "spancommands.h"

#include "displaytext.h"
#include "matchstep.h"
#include "spantext.h"

#include <QApplication>
#include <QClipboard>

namespace arcscope
{

SpanCommands::SpanCommands(AppState& state, ActionRegistry& actions, QWidget* window)
    : QObject(window)
    , m_state(state)
    , m_actions(actions)
    , m_window(window)
{
    connect(&state, &AppState::spanChanged, this, &SpanCommands::showEnabled);
    connect(&state, &AppState::loadingChanged, this, &SpanCommands::showEnabled);
    connect(&state, &AppState::filterChanged, this, &SpanCommands::showEnabled);
}

QAction* SpanCommands::add(const CommandSpec& spec, QMenu* menu, void (SpanCommands::*run)())
{
    return m_actions.add(spec, menu, [this, run] { (this->*run)(); });
}

void SpanCommands::addCopyActions(QMenu* edit)
{
    m_ofSpan << add({"edit.copySpan",
                     tr("&Copy span as text"),
                     tr("Copy the name, times and ids of the selected span"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
                     "copy"},
                    edit, &SpanCommands::copyLine);
    m_copyAs = edit->addMenu(tr("Copy &as"));
    m_ofSpan << add({"edit.copyId", tr("Span &id"), tr("Copy the id of the selected span"), {}, {}}, m_copyAs,
                    &SpanCommands::copyId)
             << add({"edit.copyRecord", tr("&Record"), tr("Copy the untouched record of the selected span"), {}, {}},
                    m_copyAs, &SpanCommands::copyRecord)
             << add({"edit.copyMessages",
                     tr("Text of its &messages"),
                     tr("Copy what the selected span says, as it stands in the source"),
                     {},
                     {}},
                    m_copyAs, &SpanCommands::copyMessages);
    add({"edit.copyCommand",
         tr("&Command line"),
         tr("Copy the command that lists the selected span, or else what the filter shows"),
         {},
         {}},
        m_copyAs, &SpanCommands::copyCommand);
    m_ofSpan << add({"go.spanTrace",
                     tr("Show its &trace alone"),
                     tr("Show only the trace of the selected span"),
                     {QKeySequence(Qt::ALT | Qt::Key_Down)},
                     {}},
                    edit, &SpanCommands::goToTrace);
    m_ofSpan << add({"edit.spanMenu",
                     tr("&Menu of the span"),
                     tr("What can be done with the selected span"),
                     {QKeySequence(Qt::SHIFT | Qt::Key_F10)},
                     {}},
                    edit, &SpanCommands::popUpAtFocus);
    showEnabled();
}

void SpanCommands::addMatchActions(QMenu* edit)
{
    m_actions.add({"find.next",
                   tr("&Next match"),
                   tr("Go to the next span that the filter matches"),
                   {QKeySequence(Qt::Key_F3), QKeySequence(Qt::CTRL | Qt::Key_G)},
                   {}},
                  edit, [this] { goToMatch(true); });
    m_actions.add({"find.previous",
                   tr("Pre&vious match"),
                   tr("Go to the span before that the filter matches"),
                   {QKeySequence(Qt::SHIFT | Qt::Key_F3), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)},
                   {}},
                  edit, [this] { goToMatch(false); });
    showEnabled();
}

bool SpanCommands::hasSpan() const
{
    return m_state.isOpen() && m_state.span() != noRow && m_state.span() < m_state.corpus()->spans.rows();
}

void SpanCommands::showEnabled()
{
    const bool filtered = m_state.isOpen() && !m_state.filterText().isEmpty();
    for (QAction* action : m_ofSpan)
        action->setEnabled(hasSpan());
    for (const char* id : {"find.next", "find.previous"}) {
        if (QAction* action = m_actions.action(QLatin1String(id)))
            action->setEnabled(filtered);
    }
    if (QAction* command = m_actions.action(QStringLiteral("edit.copyCommand")))
        command->setEnabled(filtered || hasSpan());
}

void SpanCommands::popUp(const QPoint& globalPos)
{
    if (!hasSpan())
        return;
    QMenu menu(m_window);
    menu.addAction(m_actions.action(QStringLiteral("edit.copySpan")));
    menu.addMenu(m_copyAs);
    for (const char* id : {"note.span", "note.trace"}) {
        if (QAction* note = m_actions.action(QLatin1String(id)))
            menu.addAction(note);
    }
    if (!m_state.trace())
        menu.addAction(m_actions.action(QStringLiteral("go.spanTrace")));
    menu.exec(globalPos);
}

void SpanCommands::popUpAtFocus()
{
    const QWidget* focus = QApplication::focusWidget();
    if (!focus || !m_window->isAncestorOf(focus))
        focus = m_window;
    popUp(focus->mapToGlobal(focus->rect().center()));
}

void SpanCommands::copy(const QString& text, const QString& what)
{
    QGuiApplication::clipboard()->setText(text);
    emit said(tr("Copied %1").arg(what));
}

void SpanCommands::copyLine()
{
    copy(spanLine(*m_state.corpus(), m_state.span()), tr("the span"));
}

void SpanCommands::copyId()
{
    const std::string id = spanIdText(*m_state.corpus(), m_state.span());
    if (id.empty())
        emit said(tr("The source gives this span no id"));
    else
        copy(QString::fromStdString(id), tr("the id"));
}

void SpanCommands::copyRecord()
{
    copyInspected([](const SpanInspection& inspection) { return QString::fromStdString(inspection.record); },
                  tr("the record"), tr("The source has no record of its own for this span"));
}

void SpanCommands::copyMessages()
{
    copyInspected([](const SpanInspection& inspection) { return messageText(inspection.content); }, tr("the text"),
                  tr("No text is recorded on this span"));
}

/// The record is fetched elsewhere: the clipboard follows in a moment.
void SpanCommands::copyInspected(Shape shape, const QString& what, const QString& none)
{
    m_task.start(
        [open = m_state.openCorpus(), row = m_state.span()](const std::stop_token&) { return inspect(*open, row); },
        [this, shape, what, none](const std::shared_ptr<SpanInspection>& inspection) {
            const QString text = shape(*inspection);
            if (!inspection->problem.empty())
                emit said(oneLine(inspection->problem));
            else if (text.isEmpty())
                emit said(none);
            else
                copy(text, what);
        });
}

void SpanCommands::copyCommand()
{
    const QString filter = hasSpan() ? filterOfSpan(*m_state.corpus(), m_state.span()) : m_state.filterText();
    copy(queryCommand(m_state.paths(), filter), tr("the command line"));
}

void SpanCommands::goToMatch(bool forward)
{
    const RowsPtr& matches = m_state.matches();
    if (!matches) {
        emit said(tr("Searching…"));
        return;
    }
    const MatchStep step = stepToMatch(*m_state.corpus(), *matches, m_state.trace(), m_state.span(), forward);
    if (step.row == noRow) {
        emit said(m_state.trace() && !matches->empty() ? tr("No span of this trace matches") : tr("No span matches"));
        return;
    }
    m_state.setSpan(step.row);
    if (step.wrapped)
        emit said(forward ? tr("Past the last match: on from the first")
                          : tr("Before the first match: on from the last"));
}

void SpanCommands::goToTrace()
{
    m_state.setTrace(static_cast<std::uint32_t>(m_state.corpus()->spans.at(SpanColumn::Trace, m_state.span())));
}

} // namespace arcscope

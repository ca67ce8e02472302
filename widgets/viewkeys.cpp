#include "viewkeys.h"

#include <QCoreApplication>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("ViewKeys", text);
}

} // namespace

QList<ViewKey> viewKeys()
{
    QList<QKeySequence> columns;
    for (int key = Qt::Key_1; key <= Qt::Key_8; ++key)
        columns << QKeySequence(Qt::ALT | static_cast<Qt::Key>(key));
    const QString canvas = tr("On the timeline");
    const QString tools = tr("On the tools");
    const QString stops = tr("On the stops");
    const QString stream = tr("On a stream");
    const QString findings = tr("On the findings");
    const QString replay = tr("On a replay");
    const QString streams = tr("On all streams");
    const QString arcs = tr("On the arcs");
    const QString charts = tr("On the charts");
    return {
        {tr("Left, Right"), tr("The step before, the next; bars: the outcome before, the next"), arcs, {}},
        {tr("Return"), tr("Show the span of the step; bars: only arcs with the outcome"), arcs, {}},
        {tr("W, S, A, D, 0"), tr("Zoom, pan, fit the enlarged arc"), arcs, {}},
        {tr("N"), tr("Write a note on the arc"), arcs, {}},
        {tr("Arrows, Home, End"), tr("The value before, the next, the first, the last"), charts, {}},
        {tr("Return"), tr("List what is behind the value"), charts, {}},
        {tr("D"), tr("What is different about the value"), charts, {}},
        {tr("Esc"), tr("Remove the box"), charts, {}},
        {tr("W, S"), tr("Zoom in, out"), canvas, {}},
        {tr("A, D"), tr("Pan left, right"), canvas, {}},
        {tr("Ctrl+wheel"), tr("Zoom at the pointer"), canvas, {}},
        {tr("Shift+drag"), tr("Pan"), canvas, {}},
        {tr("0"), tr("Fit all"), canvas, {}},
        {tr("F"), tr("Centre the selection, then fit it"), canvas, {}},
        {tr("Arrows"), tr("Previous and next span, line above and below"), canvas, {}},
        {tr(", ."), tr("Neighbour on the line; with Shift of the same kind"), canvas, {}},
        {tr("R"), tr("Time range from the selected span"), canvas, {}},
        {tr("M"), tr("Measure"), canvas, {}},
        {tr("P, H"), tr("Pin, hide the lane"), canvas, {}},
        {tr("Esc"), tr("Clear range, then selection"), canvas, {}},
        {tr("Up, Down"), tr("The row above, below"), tools, {}},
        {tr("Left, Right"), tr("Close, open what is below; else to who asked, to the first call"), tools, {}},
        {tr("+ -, W, S, A, D, 0"), tr("Zoom, pan, fit all calls"), tools, {}},
        {tr("F"), tr("Fit the time of the selected row"), tools, {}},
        {tr("R"), tr("Follow: the time of the rows in sight"), tools, {}},
        {tr("N, P"), tr("The next problem, the one before"), tools, {}},
        {tr("C"), tr("Mark the critical path"), tools, {}},
        {tr("Return"), tr("Show the span on the timeline"), tools, {}},
        {tr("Ctrl+wheel"), tr("Zoom at the pointer; with Shift pan"), tools, {}},
        {tr("Ctrl+C"),
         tr("In the changes: copy them; Return goes to the call before"),
         tools,
         {QKeySequence(Qt::CTRL | Qt::Key_C)}},
        {tr("Arrows, Home, End"), tr("Cells of a table; lines and pieces of the trend"), stops, {}},
        {tr("Return"), tr("Go to the calls of a cell; there: show the span"), stops, {}},
        {tr("F"), tr("Show the calls of the cell as a filter"), stops, {}},
        {tr("Ctrl+C"), tr("Copy the table, or the list"), stops, {QKeySequence(Qt::CTRL | Qt::Key_C)}},
        {tr("A, R"), tr("In the list: all of them, other examples"), stops, {}},
        {tr("Esc"), tr("In the list: back to the table"), stops, {}},
        {tr("Space"), tr("Play and stop"), stream, {}},
        {tr("Left, Right"), tr("The event before, the next; with Shift ten"), stream, {}},
        {tr("[ ]"), tr("The finding before, the next"), stream, {}},
        {tr("W, S, A, D, 0"), tr("Zoom, pan, fit all"), stream, {}},
        {tr("[ ]"), tr("The finding before, the next"), findings, {}},
        {tr("Return"), tr("Go to its place"), findings, {}},
        {tr("C"), tr("Confirm, or open it again"), findings, {}},
        {tr("D"), tr("Dismiss with a reason, or open it again"), findings, {}},
        {tr("N"), tr("Write a note on the finding"), findings, {}},
        {tr("Ctrl+C"), tr("Copy it as Markdown, with its quotes"), findings, {}},
        {tr("Alt+Down, Alt+Up"),
         tr("The next change, the one before"),
         replay,
         {QKeySequence(Qt::ALT | Qt::Key_Down), QKeySequence(Qt::ALT | Qt::Key_Up)}},
        {tr("Alt+1, Alt+2 \u2026"), tr("The run of that column"), replay, columns},
        {tr("O"), tr("Fold what differs in nothing but wording; Return opens a fold"), replay, {}},
        {tr("X"), tr("Swap the base and the first candidate"), replay, {}},
        {tr("P"), tr("The two selected tasks are one"), replay, {}},
        {tr("K"), tr("This step, and then that of another run, stand for each other"), replay, {}},
        {tr("Space"), tr("In a low window: the step in full, or the list"), replay, {}},
        {tr("1 2 3 4"), tr("In a review: better, same, worse, unsure; again: take it back"), replay, {}},
        {tr("N"), tr("In a review: write a note on the task"), replay, {}},
        {tr("Return"), tr("Show the span of the step"), replay, {}},
        {tr("Up, Down"), tr("The group above, below"), streams, {}},
        {tr("Left, Right"), tr("The bar before, the next; before the first the whole group"), streams, {}},
        {tr("Return"), tr("Go to the streams of the bar; there: open one"), streams, {}},
        {tr("Esc"), tr("In the list of streams: back to the bars"), streams, {}},
    };
}

} // namespace arcscope

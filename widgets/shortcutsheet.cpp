#include "shortcutsheet.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{

ShortcutSheet::ShortcutSheet(const ActionRegistry& actions, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    resize(fontMetrics().averageCharWidth() * 110, parent ? std::min(560, parent->height() - 60) : 560);
    QList<QStringList> rows;
    for (const QAction* action : actions.all()) {
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts())
            keys << key.toString(QKeySequence::NativeText);
        if (!keys.isEmpty())
            rows << QStringList{keys.join(QStringLiteral(", ")), action->text().remove(QLatin1Char('&')),
                                action->toolTip()};
    }
    const QString canvas = tr("On the timeline");
    rows << QStringList{tr("W, S"), tr("Zoom in, out"), canvas}
         << QStringList{tr("A, D"), tr("Pan left, right"), canvas}
         << QStringList{tr("Ctrl+wheel"), tr("Zoom at the pointer"), canvas}
         << QStringList{tr("Shift+drag"), tr("Pan"), canvas} << QStringList{tr("0"), tr("Fit all"), canvas}
         << QStringList{tr("F"), tr("Centre the selection, then fit it"), canvas}
         << QStringList{tr("Arrows"), tr("Previous and next span, line above and below"), canvas}
         << QStringList{tr(", ."), tr("Neighbour on the line; with Shift of the same kind"), canvas}
         << QStringList{tr("R"), tr("Time range from the selected span"), canvas}
         << QStringList{tr("M"), tr("Measure"), canvas} << QStringList{tr("P, H"), tr("Pin, hide the lane"), canvas}
         << QStringList{tr("Esc"), tr("Clear range, then selection"), canvas};
    const QString tools = tr("On the tools");
    rows << QStringList{tr("Up, Down"), tr("The row above, below"), tools}
         << QStringList{tr("Left, Right"), tr("Close, open what is below; else to who asked, to the first call"), tools}
         << QStringList{tr("+ -, W, S, A, D, 0"), tr("Zoom, pan, fit all calls"), tools}
         << QStringList{tr("F"), tr("Fit the time of the selected row"), tools}
         << QStringList{tr("R"), tr("Follow: the time of the rows in sight"), tools}
         << QStringList{tr("N, P"), tr("The next problem, the one before"), tools}
         << QStringList{tr("C"), tr("Mark the critical path"), tools}
         << QStringList{tr("Return"), tr("Show the span on the timeline"), tools}
         << QStringList{tr("Ctrl+wheel"), tr("Zoom at the pointer; with Shift pan"), tools}
         << QStringList{tr("Ctrl+C"), tr("In the changes: copy them; Return goes to the call before"), tools};
    const QString stops = tr("On the stops");
    rows << QStringList{tr("Arrows, Home, End"), tr("Cells of a table; lines and pieces of the trend"), stops}
         << QStringList{tr("Return"), tr("Go to the calls of a cell; there: show the span"), stops}
         << QStringList{tr("F"), tr("Show the calls of the cell as a filter"), stops}
         << QStringList{tr("Ctrl+C"), tr("Copy the table, or the list"), stops}
         << QStringList{tr("A, R"), tr("In the list: all of them, other examples"), stops}
         << QStringList{tr("Esc"), tr("In the list: back to the table"), stops};
    const QString stream = tr("On a stream");
    rows << QStringList{tr("Space"), tr("Play and stop"), stream}
         << QStringList{tr("Left, Right"), tr("The event before, the next; with Shift ten"), stream}
         << QStringList{tr("[ ]"), tr("The finding before, the next"), stream}
         << QStringList{tr("W, S, A, D, 0"), tr("Zoom, pan, fit all"), stream};
    const QString findings = tr("On the findings");
    rows << QStringList{tr("[ ]"), tr("The finding before, the next"), findings}
         << QStringList{tr("Return"), tr("Go to its place"), findings}
         << QStringList{tr("C"), tr("Confirm, or open it again"), findings}
         << QStringList{tr("D"), tr("Dismiss with a reason, or open it again"), findings}
         << QStringList{tr("N"), tr("Write a note on the finding"), findings};
    const QString replay = tr("On a replay");
    rows << QStringList{tr("Alt+Down, Alt+Up"), tr("The next change, the one before"), replay}
         << QStringList{tr("Alt+1, Alt+2 \u2026"), tr("The run of that column"), replay}
         << QStringList{tr("O"), tr("Fold what differs in nothing but wording; Return opens a fold"), replay}
         << QStringList{tr("X"), tr("Swap the base and the first candidate"), replay}
         << QStringList{tr("P"), tr("The two selected tasks are one"), replay}
         << QStringList{tr("K"), tr("This step, and then that of another run, stand for each other"), replay}
         << QStringList{tr("1 2 3 4"), tr("In a review: better, same, worse, unsure; again: take it back"), replay}
         << QStringList{tr("N"), tr("In a review: write a note on the task"), replay}
         << QStringList{tr("Return"), tr("Show the span of the step"), replay};
    const QString streams = tr("On all streams");
    rows << QStringList{tr("Up, Down"), tr("The group above, below"), streams}
         << QStringList{tr("Left, Right"), tr("The bar before, the next; before the first the whole group"), streams}
         << QStringList{tr("Return"), tr("Go to the streams of the bar; there: open one"), streams}
         << QStringList{tr("Esc"), tr("In the list of streams: back to the bars"), streams};

    auto* table = new QTableWidget(static_cast<int>(rows.size()), 3, this);
    table->setHorizontalHeaderLabels({tr("Key"), tr("Command"), tr("What it does")});
    table->setAccessibleName(tr("Keys"));
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setStretchLastSection(true);
    for (int row = 0; row < rows.size(); ++row) {
        for (int column = 0; column < 3; ++column)
            table->setItem(row, column, new QTableWidgetItem(rows[row][column]));
    }
    table->setAlternatingRowColors(true);
    table->setWordWrap(false);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 6);
    table->resizeColumnsToContents();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* column = new QVBoxLayout(this);
    column->addWidget(table);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace arcscope

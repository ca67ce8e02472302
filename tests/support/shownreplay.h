// The replay tab as tests of it show it.
#pragma once

#include "madereplay.h"
#include "notebook.h"
#include "notecommands.h"
#include "replayview.h"

#include <QFile>
#include <QMenu>
#include <QTableView>
#include <QTemporaryDir>

namespace arcscope::testing
{

/// A tab that is given a replay by the test; verdicts are kept beside a file of two runs.
struct ShownReplay {
    QTemporaryDir folder;
    AppState state;
    ReplayBook book{state};
    QWidget owner;
    ActionRegistry actions{&owner};
    NoteCommands commands{state, actions, nullptr};
    QMenu edit;
    ReplayView view{state, book, commands};
    ReplayPtr found = madeReplay();

    ShownReplay()
    {
        commands.addUndoActions(&edit);
        for (const char* const name : {"old", "new"}) {
            QFile trace(folder.filePath(QStringLiteral("%1.json").arg(QLatin1String(name))));
            const QByteArray id = QByteArray::number(name[0]);
            if (!trace.open(QIODevice::WriteOnly) ||
                trace.write(
                    "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"00000000000000000000000000" +
                    QByteArray(6 - id.size(), '0') + id +
                    "\",\"spanId\":\"000000000000000b\",\"name\":\"task\",\"startTimeUnixNano\":\"1\","
                    "\"endTimeUnixNano\":\"2\"}]}]}]}\n") < 0)
                qFatal("no trace");
        }
        state.open({folder.filePath(QStringLiteral("old.json")), folder.filePath(QStringLiteral("new.json"))});
        view.resize(900, 700);
        view.show();
        view.activateWindow();
    }
    bool ready() { return state.isOpen() && !state.loading() && book.stage() == ReplayBook::Stage::Unchosen; }
    void give()
    {
        book.setFound(found);
        state.announce();
        view.showReading(madeReading(found));
    }
    QString pressedTask() { return view.list()->currentIndex().siblingAtColumn(0).data().toString(); }
};

} // namespace arcscope::testing

// layers: widgets GUI
#include "mainwindow.h"
#include "shortcutsheet.h"
#include "spantreeview.h"
#include "timelineview.h"

#include <QApplication>
#include <QClipboard>
#include <QStatusBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace arcscope;

namespace
{

const QString week = QStringLiteral(ARCSCOPE_TEST_SAMPLES "/support-week");
const QString trace = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
constexpr int patience = 60'000;

} // namespace

class TestSpanCommands : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    Settings settings() const { return Settings(m_folder.filePath(QStringLiteral("settings.ini"))); }
    static void run(const MainWindow& window, const char* id) { window.actions().action(QLatin1String(id))->trigger(); }
    static QString clipboard() { return QApplication::clipboard()->text(); }

private slots:
    void copies()
    {
        MainWindow window({}, settings());
        window.open({trace});
        QTRY_VERIFY_WITH_TIMEOUT(window.state().isOpen(), patience);
        QTRY_VERIFY(!window.actions().action(QStringLiteral("edit.copyId"))->isEnabled());
        window.state().setSpan(1);
        QTRY_VERIFY(window.actions().action(QStringLiteral("edit.copyId"))->isEnabled());
        run(window, "edit.copyId");
        const QString id = clipboard();
        QVERIFY(!id.isEmpty());
        run(window, "edit.copySpan");
        QVERIFY(clipboard().endsWith(id));
        run(window, "edit.copyCommand");
        const bool plain = !trace.contains(QLatin1Char(' ')) && !trace.contains(QLatin1Char('+'));
        QVERIFY(clipboard().startsWith(
            (plain ? QStringLiteral("arcscope query %1 '") : QStringLiteral("arcscope query '%1' '")).arg(trace)));
        QVERIFY(clipboard().contains(QStringLiteral("span=\"") + id));
        run(window, "edit.copyRecord");
        QTRY_VERIFY(clipboard().startsWith(QLatin1Char('{')));
        QVERIFY(clipboard().contains(QStringLiteral("spanId")));
        QTRY_VERIFY(window.statusBar()->currentMessage().contains(QStringLiteral("record")));
    }

    void goesFromMatchToMatch()
    {
        MainWindow window({}, settings());
        window.show();
        window.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(window.state().isOpen(), patience);
        QTRY_VERIFY(!window.actions().action(QStringLiteral("find.next"))->isEnabled());
        window.state().setFilter(QStringLiteral("status:error"));
        QTRY_VERIFY_WITH_TIMEOUT(window.state().matches(), patience);
        QTRY_VERIFY(window.actions().action(QStringLiteral("find.next"))->isEnabled());
        QTest::keyClick(&window, Qt::Key_F3);
        const Row first = window.state().span();
        QVERIFY(first != noRow);
        QTRY_COMPARE(window.timeline()->canvas()->selection(), first);
        const auto* tree = window.findChild<SpanTreeView*>();
        QTRY_COMPARE(tree->tree()->currentIndex().data(SpanTreeModel::RowRole).toUInt(), first);
        QTest::keyClick(&window, Qt::Key_F3);
        QVERIFY(window.state().span() != first);
        QTest::keyClick(&window, Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(window.state().span(), first);
        QTest::keyClick(&window, Qt::Key_F3, Qt::ShiftModifier);
        QVERIFY(window.statusBar()->currentMessage().contains(QStringLiteral("last")));
    }

    void theTraceOfASpanIsOneStepAway()
    {
        MainWindow window({}, settings());
        window.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(window.state().isOpen(), patience);
        window.state().setSpan(window.state().corpus()->rowsOf(4).front());
        window.state().announce();
        run(window, "go.spanTrace");
        QCOMPARE(window.state().trace(), std::optional<std::uint32_t>(4));
    }

    void aQuestionMarkListsTheKeys()
    {
        MainWindow window({}, settings());
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        bool shown = false;
        QTimer::singleShot(0, this, [&] {
            shown = qobject_cast<ShortcutSheet*>(QApplication::activeModalWidget()) != nullptr;
            if (QWidget* modal = QApplication::activeModalWidget())
                modal->close();
        });
        QTest::keyClick(&window, Qt::Key_Question);
        QVERIFY(shown);
    }
};

QTEST_MAIN(TestSpanCommands)
#include "tst_spancommands.moc"

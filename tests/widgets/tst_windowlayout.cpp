// layers: widgets items core analysis GUI
#include "findingbook.h"
#include "windowdriver.h"

#include <QApplication>
#include <QDockWidget>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const QString trace = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");

QDockWidget* dock(const MainWindow& window, const char* id)
{
    return window.findChild<QDockWidget*>(QLatin1String(id));
}

} // namespace

class TestWindowLayout : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    Settings settings(const char* name) const { return Settings(m_folder.filePath(QLatin1String(name))); }

private slots:
    void panelsAreRememberedAndReset()
    {
        const Settings kept = settings("layout.ini");
        {
            MainWindow window({}, kept);
            window.show();
            window.addDockWidget(Qt::LeftDockWidgetArea, dock(window, "dock.inspector"));
            window.close();
        }
        MainWindow window({}, kept);
        window.show();
        window.open({trace});
        QTRY_VERIFY(window.state().isOpen());
        QDockWidget* inspector = dock(window, "dock.inspector");
        QTRY_VERIFY(inspector->isVisible());
        QCOMPARE(window.dockWidgetArea(inspector), Qt::LeftDockWidgetArea);
        inspector->setFloating(true);
        window.actions().action(QStringLiteral("view.resetLayout"))->trigger();
        QVERIFY(!inspector->isFloating());
        QVERIFY(inspector->isVisible());
        QCOMPARE(window.dockWidgetArea(inspector), Qt::RightDockWidgetArea);
    }

    void noViewTakesTheRoomOfThePanels()
    {
        WindowDriver driver({week});
        driver.window.resize(900, 560);
        const auto& findings = *driver.window.findChild<FindingBook*>();
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && findings.stage() == SearchStage::Done, patience);
        auto* const views = driver.window.findChild<QTabWidget*>(QStringLiteral("views"));
        QVERIFY(views);
        QStringList wide;
        for (int view = 0; view < views->count(); ++view) {
            views->setCurrentIndex(view);
            QTRY_VERIFY(views->widget(view)->isVisible());
            const int needed = views->widget(view)->minimumSizeHint().width();
            if (needed > 450)
                wide << QStringLiteral("%1 %2").arg(views->tabText(view)).arg(needed);
        }
        QCOMPARE(wide.join(QStringLiteral(", ")), QString());
    }

    void largeTextLaysThePanelsOverEachOther()
    {
        Settings kept = settings("large.ini");
        const auto overTraces = [](const MainWindow& window) {
            return window.tabifiedDockWidgets(dock(window, "dock.corpus"));
        };
        kept.setTextSize(250);
        {
            MainWindow window({}, kept);
            window.resize(900, 560);
            window.show();
            window.open({trace});
            QTRY_COMPARE(overTraces(window), QList<QDockWidget*>{dock(window, "dock.inspector")});
            QTRY_VERIFY(window.centralWidget()->width() > 400);
            QCOMPARE(window.width(), 900);
            window.actions().action(QStringLiteral("view.text.normal"))->trigger();
            QTRY_VERIFY(overTraces(window).isEmpty());
            QCOMPARE(window.dockWidgetArea(dock(window, "dock.inspector")), Qt::RightDockWidgetArea);
            kept.setTextSize(140);
        }
        {
            MainWindow window({}, kept);
            window.resize(900, 560);
            window.show();
            window.open({trace});
            QTRY_VERIFY(!overTraces(window).isEmpty());
            window.close(); // with the panels where the user has them
            window.actions().action(QStringLiteral("view.text.normal"))->trigger();
        }
        MainWindow window({}, kept);
        window.show();
        QVERIFY(overTraces(window).isEmpty());
    }

    void panelsKeepTheirShareUntilTheyAreDragged()
    {
        const Settings kept = settings("widths.ini");
        const auto share = [](const MainWindow& window) {
            return dock(window, "dock.inspector")->width() * 100 / window.width();
        };
        {
            MainWindow window({}, kept);
            window.resize(1200, 700);
            window.show();
            window.open({trace});
            QTRY_VERIFY(dock(window, "dock.inspector")->isVisible());
            const int before = share(window);
            window.resize(1800, 900);
            QTRY_VERIFY(qAbs(share(window) - before) <= 2);
            const QDockWidget* inspector = dock(window, "dock.inspector");
            const QPoint grip(inspector->x() - 2, inspector->y() + inspector->height() / 2);
            QTest::mousePress(&window, Qt::LeftButton, {}, grip);
            QTest::mouseMove(&window, grip - QPoint(100, 0));
            QTRY_VERIFY(share(window) > before + 3); // panels follow the mouse one turn later
            QTest::mouseRelease(&window, Qt::LeftButton, {}, grip - QPoint(100, 0));
            const int width = inspector->width();
            window.resize(1700, 900);
            QTest::qWait(0);
            QCOMPARE(inspector->width(), width);
            window.close();
        }
        MainWindow window({}, kept);
        window.show();
        window.open({trace});
        QTRY_VERIFY(dock(window, "dock.inspector")->isVisible());
        const int width = dock(window, "dock.inspector")->width();
        window.resize(window.width() - 60, 900);
        QTest::qWait(0);
        QCOMPARE(dock(window, "dock.inspector")->width(), width);
    }

    void filtersAreRemembered()
    {
        const Settings kept = settings("filters.ini");
        {
            MainWindow window({}, kept);
            window.open({trace});
            QTRY_VERIFY(window.state().isOpen());
            window.filterBar()->edit()->setText(QStringLiteral("kind:tool"));
            QTest::keyClick(window.filterBar()->edit(), Qt::Key_Return);
        }
        QCOMPARE(kept.filters(), QStringList{QStringLiteral("kind:tool")});
        MainWindow window({}, kept);
        QTest::keyClick(window.filterBar()->edit(), Qt::Key_Up);
        QCOMPARE(window.filterBar()->edit()->text(), QStringLiteral("kind:tool"));
    }

    void coloursAreRemembered()
    {
        const Settings kept = settings("colours.ini");
        {
            MainWindow window({}, kept);
            window.actions().action(QStringLiteral("view.appearance.dark"))->trigger();
            QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 128);
        }
        QCOMPARE(kept.appearance(), Appearance::Dark);
        MainWindow window({}, kept);
        QVERIFY(window.actions().action(QStringLiteral("view.appearance.dark"))->isChecked());
        window.actions().action(QStringLiteral("view.appearance.light"))->trigger();
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() > 128);
    }
};

QTEST_MAIN(TestWindowLayout)
#include "tst_windowlayout.moc"

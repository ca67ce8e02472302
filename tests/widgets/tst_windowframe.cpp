// layers: widgets GUI
#include "filterbar.h"
#include "mainwindow.h"

#include <QDir>
#include <QFile>
#include <QMenuBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace arcscope;

namespace
{

const char* const session =
    "{\"type\":\"user\",\"uuid\":\"u1\",\"parentUuid\":null,\"sessionId\":\"s\",\"timestamp\":\"2026-01-02T03:04:05."
    "000Z\","
    "\"message\":{\"role\":\"user\",\"content\":\"Run the tests.\"}}"
    "\n"
    "{\"type\":\"assistant\",\"uuid\":\"a1\",\"parentUuid\":\"u1\",\"sessionId\":\"s\",\"timestamp\":\"2026-01-02T03:"
    "04:07.000Z\","
    "\"message\":{\"id\":\"m1\",\"role\":\"assistant\",\"model\":\"small\",\"stop_reason\":\"end_turn\",\"content\":"
    "[{\"type\":\"text\",\"text\":\"They pass.\"}],\"usage\":{\"input_tokens\":12,\"output_tokens\":3}}}"
    "\n";

} // namespace

class TestWindowFrame : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString sessionFile() const { return m_folder.filePath("session.jsonl"); }

private slots:
    void initTestCase()
    {
        QSettings().clear();
        QFile file(sessionFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(session);
    }

    void allCommandsKeepTheRules()
    {
        const MainWindow window({});
        QCOMPARE(window.actions().problems(), QStringList());
        for (const QAction* action : window.actions().all()) {
            const auto menus = window.menuBar()->findChildren<QMenu*>();
            const bool inMenu = std::any_of(menus.begin(), menus.end(), [action](const QMenu* menu) {
                return menu->actions().contains(const_cast<QAction*>(action));
            });
            QVERIFY2(inMenu, qPrintable(ActionRegistry::idOf(action)));
        }
        for (const char* id : {"file.open", "go.back", "go.forward", "view.tree", "help.about"})
            QVERIFY2(!window.actions().action(id)->icon().isNull(), id);
    }

    void theSampleIsOfferedOnlyWhereItIs()
    {
        const MainWindow without({});
        QVERIFY(!without.actions().action("file.openSample")->isEnabled());
        QVERIFY(QDir(m_folder.path()).mkpath("incident"));
        const MainWindow with(m_folder.path());
        QVERIFY(with.actions().action("file.openSample")->isEnabled());
        QVERIFY(!with.actions().action("file.openSampleWeek")->isEnabled());
    }

    void backIsAButtonBesideTheFilter()
    {
        MainWindow window({});
        window.show();
        window.open({sessionFile()});
        QTRY_VERIFY(window.state().isOpen());
        QAction* back = window.actions().action("go.back");
        QToolButton* button = nullptr;
        for (QToolButton* each : window.filterBar()->findChildren<QToolButton*>()) {
            if (each->defaultAction() == back)
                button = each;
        }
        QVERIFY(button && button->isVisible());
        QVERIFY(!button->isEnabled());
        window.state().setSpan(0);
        window.state().setSpan(1);
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(window.state().span(), Row(0));
    }

    void onlyWhatCouldBeOpenedIsRemembered()
    {
        RecentFiles recent;
        recent.clear();
        MainWindow window({});
        QSignalSpy failed(&window.state(), &AppState::failed);
        window.open({m_folder.filePath("missing.jsonl")});
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(recent.entries().isEmpty());
        window.open({sessionFile()});
        QTRY_VERIFY(window.state().isOpen());
        QCOMPARE(recent.entries(), QList<QStringList>{{sessionFile()}});
    }

    void panelsGiveWayInANarrowWindow()
    {
        MainWindow window({});
        window.resize(1280, 800);
        window.show();
        window.open({sessionFile()});
        QTRY_VERIFY(window.state().isOpen());
        for (const QSize size : {QSize(900, 560), QSize(1280, 800), QSize(1920, 1080)}) {
            window.resize(size);
            QTRY_COMPARE(window.size(), size);
            QTRY_VERIFY2(window.centralWidget()->width() >= size.width() * 36 / 100,
                         qPrintable(QString::number(window.centralWidget()->width())));
        }
    }
};

QTEST_MAIN(TestWindowFrame)
#include "tst_windowframe.moc"

// layers: core items widgets GUI
#include "arcbook.h"
#include "findingbook.h"
#include "noticebar.h"
#include "sessionkeeper.h"
#include "windowdriver.h"

#include <QCloseEvent>
#include <QFile>
#include <QTabWidget>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Windows that follow each other and share their settings.
struct Starts {
    QTemporaryDir folder;
    Settings settings{folder.filePath(QStringLiteral("settings.ini"))};
    std::unique_ptr<MainWindow> window;

    void start(const QStringList& paths = {})
    {
        window.reset();
        window = std::make_unique<MainWindow>(samples, settings, paths);
        window->resize(1100, 700);
        window->show();
        if (paths.isEmpty())
            window->begin(true);
    }
    bool settled() const
    {
        const auto data = window->timeline()->canvas()->data();
        const AppState& state = window->state();
        return state.isOpen() && !state.loading() && !state.filtering() && data && !data->empty() &&
               data->trace == state.trace();
    }
    QString copyOf(const QString& sample, const QString& name) const
    {
        const QString to = folder.filePath(name);
        return QFile::copy(samples + sample, to) ? to : QString();
    }
};

} // namespace

class TestSessionKeeper : public QObject
{
    Q_OBJECT

private slots:
    void isReadAsItWasWritten()
    {
        const SessionState state{{QStringLiteral("/a"), QStringLiteral("/b \"c\"")},
                                 QStringLiteral("stops"),
                                 QStringLiteral("t1"),
                                 QStringLiteral("s1"),
                                 QStringLiteral("kind:tool"),
                                 {1'762'000'000'123'456'789, 1'762'000'000'123'456'790},
                                 {},
                                 17,
                                 QStringLiteral("lens:stop-buckets")};
        const auto read = readSession(sessionBytes(state));
        QVERIFY(read);
        QVERIFY(*read == state);
    }

    void whatIsNoSessionIsNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray("{\"paths\":[\"/a\"");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("no paths") << QByteArray("{\"paths\":[]}");
        QTest::newRow("other types") << QByteArray("{\"paths\":[1,null],\"visible\":7}");
    }
    void whatIsNoSessionIsNone()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!readSession(bytes));
    }

    void timesThatAreNoneAreAll()
    {
        const auto read = readSession(R"({"paths":["/a"],"visible":["9","1"],"range":["x","2"]})");
        QVERIFY(read);
        QVERIFY(!read->visible.recorded() && !read->range.recorded());
    }

    void theNextStartIsWhereTheLastEnded()
    {
        Starts starts;
        starts.start({week});
        QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
        AppState& state = starts.window->state();
        state.setFilter(QStringLiteral("kind:tool"));
        state.setTrace(7);
        QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
        const Row row = state.corpus()->rowsOf(7).back();
        state.setSpan(row);
        QTRY_COMPARE(starts.window->timeline()->canvas()->selection(), row);
        const TimeRange all = starts.window->timeline()->canvas()->data()->bounds;
        const TimeRange seen{all.start + all.length() / 4, all.start + all.length() / 2};
        state.setVisibleRange(seen);
        QTRY_COMPARE(starts.window->timeline()->canvas()->visibleRange(), seen);
        starts.window->actions().action(QStringLiteral("view.stops"))->trigger();
        starts.window->close();

        starts.start();
        QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
        AppState& again = starts.window->state();
        QCOMPARE(again.paths(), QStringList{week});
        QCOMPARE(again.filterText(), QStringLiteral("kind:tool"));
        QCOMPARE(again.trace(), std::optional<std::uint32_t>(7));
        QCOMPARE(again.span(), row);
        QTRY_COMPARE(starts.window->timeline()->canvas()->visibleRange(), seen);
        QVERIFY(WindowDriver::viewsOf(*starts.window)->tabText(5).contains(QStringLiteral("Stops")));
        QCOMPARE(WindowDriver::viewsOf(*starts.window)->currentIndex(), 5);
        QCOMPARE(starts.window->notices()->count(), std::size_t(0));
    }

    void whatWasChosenIsChosenAgain_data()
    {
        QTest::addColumn<QString>("command");
        for (const char* command : {"view.arcs", "view.findings", "view.lenses"})
            QTest::newRow(command) << QString::fromLatin1(command);
    }
    void whatWasChosenIsChosenAgain()
    {
        QFETCH(QString, command);
        Starts starts;
        starts.start({week});
        QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
        starts.window->actions().action(command)->trigger();
        const auto chosen = [&] { return QString::fromStdString(starts.window->stateShown().chosen); };
        QTRY_VERIFY_WITH_TIMEOUT(starts.window->findChild<FindingBook*>()->stage() == SearchStage::Done &&
                                     !starts.window->findChild<ArcBook*>()->isJoining() && !chosen().isEmpty(),
                                 patience);
        const QString first = chosen();
        starts.window->activateWindow();
        starts.window->actions().action(command)->trigger(); // now that there is something to give the keyboard to
        QTRY_VERIFY(qobject_cast<QAbstractItemView*>(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QTRY_VERIFY(chosen() != first);
        const QString left = chosen();
        starts.window->close();

        starts.start();
        QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(chosen(), left, patience);
        // What is awaited is what is shown, in the end.
        QTRY_VERIFY_WITH_TIMEOUT(starts.window->findChild<FindingBook*>()->stage() == SearchStage::Done &&
                                     !starts.window->findChild<ArcBook*>()->isJoining(),
                                 patience);
        QTRY_COMPARE(chosen(), left);
        QCOMPARE(starts.window->notices()->count(), std::size_t(0));
    }

    /// Without being closed: a program that is killed loses two seconds at most.
    void isWrittenMeanwhile()
    {
        Starts starts;
        starts.start({incident});
        QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
        starts.window->state().setSpan(3);
        QTRY_VERIFY(readSession(starts.settings.session()));
        QTRY_VERIFY(!readSession(starts.settings.session())->span.isEmpty());
        QCOMPARE(readSession(starts.settings.session())->paths, QStringList{incident});
    }

    void whatIsGoneIsToldAndTheRestOpened()
    {
        Starts starts;
        const QString here = starts.copyOf(QStringLiteral("/incident/incident-4127.jsonl"), QStringLiteral("a.jsonl"));
        const QString gone =
            starts.copyOf(QStringLiteral("/migration/baseline-gpt-4.1.jsonl"), QStringLiteral("b.jsonl"));
        starts.start({here, gone});
        QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
        starts.window->close();
        QVERIFY(QFile::remove(gone));
        starts.start();
        QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
        QCOMPARE(starts.window->state().paths(), QStringList{here});
        QVERIFY2(starts.window->notices()->text().contains(QStringLiteral("b.jsonl")),
                 qPrintable(starts.window->notices()->text()));
        starts.window->close();
        QVERIFY(QFile::remove(here));
        starts.start();
        QVERIFY(!starts.window->state().isOpen() && !starts.window->state().loading());
        QVERIFY(starts.window->notices()->text().contains(QStringLiteral("a.jsonl")));
    }

    void isNotKeptWhereItIsNotWanted()
    {
        for (const bool history : {true, false}) {
            Starts starts;
            if (history)
                starts.settings.setRestoresSession(false);
            else
                starts.settings.setKeepsHistory(false);
            starts.start({incident});
            QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
            starts.window->close();
            QVERIFY(starts.settings.session().isEmpty());
            starts.start();
            QVERIFY(!starts.window->state().loading());
        }
    }

    void whatWasClosedIsNotOpened()
    {
        Starts starts;
        starts.start({incident});
        QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
        starts.window->close();
        QVERIFY(!starts.settings.session().isEmpty());
        starts.start();
        QTRY_VERIFY_WITH_TIMEOUT(starts.settled(), patience);
        starts.window->state().close();
        QTRY_VERIFY(!starts.window->state().isOpen());
        starts.window->close();
        QVERIFY(starts.settings.session().isEmpty());
    }
};

QTEST_MAIN(TestSessionKeeper)
#include "tst_sessionkeeper.moc"

// layers: core items widgets GUI
#include "largefile.h"
#include "loadbar.h"
#include "welcomepage.h"
#include "windowdriver.h"

#include <QEventLoop>
#include <QPushButton>
#include <QTimer>

#include <memory>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// How often the event loop came round.
class Heartbeat
{
public:
    Heartbeat()
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this] { ++m_beats; });
        m_timer.start(1);
    }
    int beats() const { return m_beats; }

private:
    QTimer m_timer;
    int m_beats = 0;
};

} // namespace

class TestMainWindowLoading : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_large;

    QPushButton* cancelButton(const WindowDriver& driver) const
    {
        return driver.part<LoadBar>()->findChild<QPushButton*>();
    }

private slots:
    void initTestCase()
    {
        m_large = writeLargeFile(m_folder.path());
        QVERIFY(!m_large.isEmpty());
    }

    void theWindowAnswersWhileALargeFileIsRead()
    {
        WindowDriver driver;
        const Heartbeat beat;
        driver.window.open({m_large});
        QTRY_VERIFY(driver.part<LoadBar>()->isVisible());
        // QTRY_VERIFY sleeps between two looks, so that the loop would come round a few times only.
        QEventLoop loop;
        QTimer look;
        connect(&look, &QTimer::timeout, &loop, [&] {
            if (driver.settled())
                loop.quit();
        });
        look.start(5);
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        loop.exec();
        QVERIFY(driver.settled());
        QCOMPARE(driver.state().corpus()->spans.rows(), spansOfLargeFile);
        QTRY_VERIFY(!driver.part<LoadBar>()->isVisible());
        QVERIFY2(beat.beats() > 30, qPrintable(QString::number(beat.beats())));
    }

    void theFirstSpansAreDrawnBeforeTheLastAreRead()
    {
        WindowDriver driver;
        driver.window.open({m_large});
        QTRY_VERIFY_WITH_TIMEOUT(driver.canvas().data() && !driver.canvas().data()->empty(), patience);
        QVERIFY(driver.state().loading());
        QVERIFY(driver.canvas().isVisible());
        QVERIFY(driver.says(QStringLiteral("Traces are listed when everything is read")));
        QTest::mouseMove(&driver.canvas(), driver.canvas().rect().center());
        QTest::mouseClick(&driver.canvas(), Qt::LeftButton, {}, driver.canvas().rect().center());
        driver.key(Qt::Key_W);
        driver.key(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
        driver.key(Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
    }

    void cancellingTheFirstFileLeadsBack()
    {
        WindowDriver driver;
        driver.window.open({m_large});
        QTRY_VERIFY_WITH_TIMEOUT(driver.state().progress()->spans > 0, patience);
        QVERIFY(driver.state().loading());
        driver.click(cancelButton(driver));
        QVERIFY(!driver.state().loading());
        QTRY_VERIFY(driver.part<WelcomePage>()->isVisible());
        QVERIFY(!driver.part<LoadBar>()->isVisible());
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("Arcscope"));
    }

    void cancellingLeavesWhatWasThere()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(driver.traces()->model()->rowCount() > 5, patience); // they are put in order elsewhere
        driver.click(driver.traces(), driver.traces()->model()->index(5, 0));
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        const auto trace = driver.state().trace();
        driver.key(Qt::Key_2, Qt::ControlModifier);
        driver.key(Qt::Key_Right);
        QTRY_VERIFY(driver.state().span() != noRow);
        const Row span = driver.state().span();

        driver.window.open({m_large});
        const unsigned opening = driver.state().opening();
        QTRY_VERIFY_WITH_TIMEOUT(driver.state().opening() != opening, patience);
        QTRY_COMPARE(driver.window.windowTitle(), QStringLiteral("large.jsonl — Arcscope"));
        driver.click(cancelButton(driver));
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("support-week — Arcscope"));
        QCOMPARE(driver.state().trace(), trace);
        QCOMPARE(driver.state().span(), span);
        QCOMPARE(driver.canvas().selection(), span);
        QTRY_COMPARE(driver.traces()->model()->rowCount(), 174);
        QTRY_COMPARE(driver.traces()->currentIndex().row(), 5);
        QVERIFY(driver.part<QTableView>(QStringLiteral("Summary"))->isVisible());
        QVERIFY(driver.action("go.back")->isEnabled());
    }

    void closingTheWindowMeanwhile_data()
    {
        QTest::addColumn<bool>("drawn"); ///< some spans are on the timeline
        QTest::newRow("at once") << false;
        QTest::newRow("half way") << true;
    }

    void closingTheWindowMeanwhile()
    {
        QFETCH(bool, drawn);
        auto driver = std::make_unique<WindowDriver>();
        driver->window.open({m_large});
        if (drawn)
            QTRY_VERIFY_WITH_TIMEOUT(driver->state().corpus()->spans.rows() > 0, patience);
        QVERIFY(driver->state().loading());
        driver->key(Qt::Key_Q, Qt::ControlModifier);
        QVERIFY(!driver->window.isVisible());
        driver.reset();
        QTRY_VERIFY_WITH_TIMEOUT(workThreads().waitForDone(0), 20'000); // reading stops soon
        WindowDriver another({incident});                               // and does no harm
        QTRY_VERIFY_WITH_TIMEOUT(another.settled(), patience);
    }

    void anotherFileMeanwhileIsTheOneThatCounts()
    {
        WindowDriver driver;
        driver.window.open({m_large});
        QTRY_VERIFY_WITH_TIMEOUT(driver.state().corpus()->spans.rows() > 0, patience);
        driver.window.open({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("incident — Arcscope"));
        QTRY_VERIFY_WITH_TIMEOUT(workThreads().waitForDone(0), 20'000);
        QVERIFY(driver.state().corpus()->spans.rows() < 1'000);
    }
};

QTEST_MAIN(TestMainWindowLoading)
#include "tst_mainwindowloading.moc"

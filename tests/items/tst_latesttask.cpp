// layers: items
#include "latesttask.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>

using namespace arcscope;

namespace
{

/// Lets everything that could still be delivered be delivered.
void settle()
{
    workThreads().waitForDone();
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents();
}

} // namespace

class TestLatestTask : public QObject
{
    Q_OBJECT

private slots:
    void doneComesOnTheThreadOfTheTask()
    {
        LatestTask<int> task;
        QThread* worker = nullptr;
        QThread* deliverer = nullptr;
        int result = 0;
        task.start(
            [&worker](const std::stop_token&) {
                worker = QThread::currentThread();
                return 7;
            },
            [&](int value) {
                deliverer = QThread::currentThread();
                result = value;
            });
        QVERIFY(task.running());
        QTRY_COMPARE(result, 7);
        QVERIFY(!task.running());
        QCOMPARE(deliverer, QThread::currentThread());
        QVERIFY(worker != QThread::currentThread());
    }

    void theNewestWins()
    {
        LatestTask<int> task;
        QSemaphore hold;
        std::atomic<bool> asked = false;
        QList<int> results;
        const auto done = [&](int value) { results << value; };
        task.start(
            [&](const std::stop_token& stop) {
                hold.acquire();
                asked = stop.stop_requested();
                return 1;
            },
            done);
        task.start([](const std::stop_token&) { return 2; }, done);
        hold.release();
        QTRY_VERIFY(!task.running());
        settle();
        QCOMPARE(results, QList<int>{2});
        QVERIFY(asked);
    }

    void aResultThatIsAlreadyThereIsDroppedToo()
    {
        LatestTask<int> task;
        QList<int> results;
        const auto done = [&](int value) { results << value; };
        task.start([](const std::stop_token&) { return 1; }, done);
        workThreads().waitForDone(); // finished, not yet delivered
        task.start([](const std::stop_token&) { return 2; }, done);
        QTRY_VERIFY(!task.running());
        settle();
        QCOMPARE(results, QList<int>{2});
    }

    void cancelDropsTheResult()
    {
        LatestTask<int> task;
        bool called = false;
        task.start([](const std::stop_token&) { return 1; }, [&](int) { called = true; });
        task.cancel();
        QVERIFY(!task.running());
        settle();
        QVERIFY(!called);
    }

    void theOwnerMayDieWhileItRuns()
    {
        auto task = std::make_unique<LatestTask<int>>();
        QSemaphore hold;
        std::atomic<bool> asked = false;
        bool called = false;
        task->start(
            [&](const std::stop_token& stop) {
                hold.acquire();
                asked = stop.stop_requested();
                return 1;
            },
            [&](int) { called = true; });
        task.reset();
        hold.release();
        settle();
        QVERIFY(asked);
        QVERIFY(!called);
    }

    void theOwnerMayDieInDone()
    {
        auto task = std::make_unique<LatestTask<int>>();
        task->start([](const std::stop_token&) { return 1; }, [&](int) { task.reset(); });
        QTRY_VERIFY(!task);
        settle();
    }

    void doneMayStartTheNext()
    {
        LatestTask<int> task;
        QList<int> results;
        std::function<void(int)> done = [&](int value) {
            results << value;
            if (value < 3)
                task.start([value](const std::stop_token&) { return value + 1; }, done);
        };
        task.start([](const std::stop_token&) { return 1; }, done);
        QTRY_COMPARE(results, (QList<int>{1, 2, 3}));
        settle();
        QVERIFY(!task.running());
    }
};

QTEST_GUILESS_MAIN(TestLatestTask)
#include "tst_latesttask.moc"

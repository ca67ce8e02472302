// layers: importers
#include "errand.h"

#include <QTest>

#include <atomic>
#include <stdexcept>

using namespace arcscope;

class TestErrand : public QObject
{
    Q_OBJECT

private slots:
    void oneAfterTheOtherIsDone()
    {
        Errand errand;
        int sum = 0;
        for (int i = 1; i <= 1'000; ++i) {
            QVERIFY(errand.send([&sum, i] { sum += i; }));
            errand.wait();
        }
        QCOMPARE(sum, 500'500);
    }

    void theSenderGoesOnMeanwhile()
    {
        Errand errand;
        std::atomic<bool> release = false;
        std::atomic<bool> done = false;
        QVERIFY(errand.send([&] {
            release.wait(false);
            done = true;
        }));
        QVERIFY(!done);
        release = true;
        release.notify_all();
        errand.wait();
        QVERIFY(done);
    }

    void withNothingUnderWayNobodyWaits()
    {
        Errand errand;
        errand.wait();
        QVERIFY(errand.send([] {}));
        errand.wait();
        errand.wait();
    }

    void whatIsThrownIsThrownToWhoWaits()
    {
        Errand errand;
        QVERIFY(errand.send([] { throw std::runtime_error("no memory"); }));
        QVERIFY_EXCEPTION_THROWN(errand.wait(), std::runtime_error);
        errand.wait();
        int after = 0;
        QVERIFY(errand.send([&] { after = 1; }));
        errand.wait();
        QCOMPARE(after, 1);
    }

    void itIsDoneBeforeItsEnd()
    {
        std::atomic<int> done = 0;
        for (int i = 0; i < 200; ++i) {
            Errand errand;
            QVERIFY(errand.send([&] { ++done; }));
        }
        QCOMPARE(done.load(), 200);
    }
};

QTEST_APPLESS_MAIN(TestErrand)
#include "tst_errand.moc"

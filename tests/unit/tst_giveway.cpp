// layers: core
#include "giveway.h"

#include <QTest>

#include <algorithm>
#include <thread>

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace arcscope;

class TestGiveWay : public QObject
{
    Q_OBJECT

private slots:
    void aThreadAndWhatItStartsGiveWayAndNoOther()
    {
#ifdef __linux__
        const auto niceness = [] { return getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); };
        const int before = niceness();
        int lower = before;
        int started = before;
        std::thread([&] {
            giveWay();
            lower = niceness();
            std::thread([&] { started = niceness(); }).join();
        }).join();
        QCOMPARE(lower, std::min(before + 10, 19)); // 19 is the lowest rank there is
        QCOMPARE(started, lower);
        QCOMPARE(niceness(), before);
#else
        giveWay(); // nothing is promised here
#endif
    }
};

QTEST_APPLESS_MAIN(TestGiveWay)
#include "tst_giveway.moc"

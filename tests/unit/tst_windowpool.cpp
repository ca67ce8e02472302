// layers: importers
#include "windowpool.h"

#include <QTest>

#include <thread>

using namespace arcscope;

class TestWindowPool : public QObject
{
    Q_OBJECT

private slots:
    void whatIsGivenBackIsGivenOutAgain()
    {
        WindowPool pool;
        auto first = pool.take(1'000);
        const void* const place = first.get();
        const auto second = pool.take(1'000);
        QVERIFY(second.get() != place);
        std::thread([kept = std::move(first)]() mutable { kept.reset(); }).join();
        QCOMPARE(static_cast<const void*>(pool.take(1'000).get()), place);
    }

    void anotherSizeIsAnotherBuffer()
    {
        WindowPool pool;
        pool.take(10);
        const auto large = pool.take(100'000);
        std::fill_n(large.get(), 100'000, 'x'); // within bounds, as sanitizers would tell
        QCOMPARE(large[99'999], 'x');
    }

    void buffersOutliveThePool()
    {
        std::shared_ptr<char[]> kept;
        {
            WindowPool pool;
            kept = pool.take(3);
        }
        kept[2] = 'x';
        QCOMPARE(kept[2], 'x');
    }
};

QTEST_APPLESS_MAIN(TestWindowPool)
#include "tst_windowpool.moc"

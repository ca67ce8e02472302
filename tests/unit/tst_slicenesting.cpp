// layers: importers
#include "formats/slicenesting.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <tuple>

using namespace arcscope;

namespace
{

Slice slice(std::uint64_t track, Nanos start, Nanos end, std::uint64_t order)
{
    Slice made;
    made.track = track;
    made.start = start;
    made.end = end;
    made.order = order;
    made.id = {0, order + 1, IdForm::Hex64};
    return made;
}

} // namespace

class TestSliceNesting : public QObject
{
    Q_OBJECT

private slots:
    void slicesAreSortedByTrackAndTime()
    {
        std::mt19937 random(3);
        std::vector<Slice> slices;
        for (std::uint64_t order = 0; order < 2'000; ++order) {
            const Nanos start = static_cast<Nanos>(order / 3 + random() % (order % 400 < 20 ? 50 : 1));
            slices.push_back(
                slice(random() % 9 * 0x9e3779b97f4a7c15u, start, start + static_cast<Nanos>(random() % 4), order));
        }
        std::vector<Slice> expected = slices;
        std::sort(expected.begin(), expected.end(), [](const Slice& a, const Slice& b) {
            return std::tuple(a.track, a.start, -a.end, a.order) < std::tuple(b.track, b.start, -b.end, b.order);
        });
        SliceNesting nesting;
        for (int again = 0; again < 2; ++again) { // the memory of the first time is used again
            std::vector<Slice> placed = slices;
            nesting.place(placed);
            QCOMPARE(placed.size(), expected.size());
            for (std::size_t i = 0; i < placed.size(); ++i)
                QCOMPARE(placed[i].order, expected[i].order);
        }
    }

    void aSliceLiesInTheInnermostAroundIt()
    {
        std::vector<Slice> slices{slice(1, 2, 3, 0), slice(2, 2, 3, 1), slice(1, 0, 10, 2), slice(1, 1, 5, 3),
                                  slice(1, 6, 7, 4)};
        SliceNesting nesting;
        nesting.place(slices);
        QCOMPARE(slices.size(), std::size_t{5});
        std::vector<std::uint64_t> parents(5);
        for (const Slice& placed : slices)
            parents[placed.order] = placed.parent.low;
        QCOMPARE(parents, (std::vector<std::uint64_t>{4, 0, 0, 3, 3}));
    }

    void nothingIsPlaced()
    {
        std::vector<Slice> slices;
        SliceNesting().place(slices);
        QVERIFY(slices.empty());
    }
};

QTEST_APPLESS_MAIN(TestSliceNesting)
#include "tst_slicenesting.moc"

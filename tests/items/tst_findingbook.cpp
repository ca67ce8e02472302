// layers: items core analysis
#include "findingbook.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

const QString week = QStringLiteral(ARCSCOPE_TEST_SAMPLES "/support-week");
constexpr int patience = 60'000;

} // namespace

class TestFindingBook : public QObject
{
    Q_OBJECT

private slots:
    void whatIsOpenedIsSearched()
    {
        AppState state;
        FindingBook book(state);
        QCOMPARE(int(book.stage()), int(SearchStage::Nothing));
        QVERIFY(book.found()->entries.empty());
        QSignalSpy found(&book, &FindingBook::foundChanged);
        state.open({week});
        state.announce();
        QCOMPARE(int(book.stage()), int(SearchStage::Reading));
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Done), patience);
        QVERIFY(found.size() >= 1);
        const FoundPtr all = book.found();
        QVERIFY(all->entries.size() >= 4);
        QCOMPARE(all->keys.size(), all->findings.size());
        QVERIFY(!all->keys.front().isEmpty());
        const FindingPlace& place = all->example(0).places.front();
        QCOMPARE(book.rowNow(place.row), place.row);
        QCOMPARE(shownTime(*all, *state.corpus(), place), place.time);
        FindingPlace untimed = place;
        untimed.time = noTime;
        QCOMPARE(shownTime(*all, *state.corpus(), untimed), state.corpus()->spans.start(place.row));
    }

    void itIsCancelledAndDoneAgain()
    {
        AppState state;
        FindingBook book(state);
        connect(&book, &FindingBook::stageChanged, &book, [&book] {
            if (book.stage() == SearchStage::Searching)
                book.cancel();
        });
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Stopped), patience);
        book.disconnect(&book);
        state.setTrace(0);
        state.announce();
        QCOMPARE(int(book.stage()), int(SearchStage::Stopped)); // until it is asked for
        book.searchAgain();
        QCOMPARE(int(book.stage()), int(SearchStage::Searching));
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Done), patience);
        QVERIFY(book.found()->entries.size() >= 4);
    }

    void anotherOpeningDropsWhatWasFound()
    {
        AppState state;
        FindingBook book(state);
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Done), patience);
        state.close();
        state.announce();
        QCOMPARE(int(book.stage()), int(SearchStage::Nothing));
        QVERIFY(book.found()->entries.empty());
        state.open({QStringLiteral(ARCSCOPE_TEST_SAMPLES "/incident")});
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Done), patience);
        for (const Finding& finding : book.found()->findings)
            QVERIFY(finding.places.front().row < state.corpus()->spans.rows());
    }
};

QTEST_GUILESS_MAIN(TestFindingBook)
#include "tst_findingbook.moc"

// layers: core analysis
#include "streamfigures.h"
#include "streamscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestStreamFigures : public QObject
{
    Q_OBJECT

private slots:
    void whatWasShownAndTakenBack()
    {
        const auto model = modelOf("0 chunk abcd\n500 chunk efgh\n1500 retract 2 8 refusal\n1500 chunk xx");
        const StreamFigures figures = figuresOf(*model);
        QCOMPARE(figures.chunks, std::uint64_t(3));
        QCOMPARE(figures.shownBytes, std::uint64_t(10));
        QCOMPARE(figures.withdrawnBytes, std::uint64_t(6));
        QCOMPARE(figures.longestExposure, 1500 * millisecond);
        QCOMPARE(figures.withdrawnPerThousand(), std::optional<double>(600));
        QCOMPARE(figures.byteSeconds, std::optional<double>(2 * 1.5 + 4 * 1.0));
        QCOMPARE(figures.acceptance(), std::nullopt);
        QCOMPARE(figures.meanAcceptedTokens(), std::nullopt);
    }

    void draftsAreCountedInTokens()
    {
        const auto model = modelOf("0 draft@0 a abcd\n1 accept a 3\n2 draft@3 b efgh\n3 accept b 6\n4 draft@6 c ij");
        const StreamFigures figures = figuresOf(*model);
        QCOMPARE(figures.drafts, std::uint64_t(3));
        QCOMPARE(figures.settledDrafts, std::uint64_t(2));
        QCOMPARE(figures.acceptance(), std::optional<double>(6.0 / 8));
        QCOMPARE(figures.meanAcceptedTokens(), std::optional<double>(3));
        QCOMPARE(figures.draftBytes, std::uint64_t(8));
        QCOMPARE(figures.acceptedBytes, std::uint64_t(6));
    }

    void withoutTimesExposureIsNotKnown()
    {
        const StreamFigures figures = figuresOf(*modelOf("- chunk abcd\n- retract 0 4 retry"));
        QCOMPARE(figures.byteSeconds, std::nullopt);
        QCOMPARE(figures.longestExposure, noTime);
        QCOMPARE(figures.withdrawnPerThousand(), std::optional<double>(1000));
    }

    void nothingIsNothing()
    {
        const StreamFigures figures = figuresOf(*modelOf(""));
        QCOMPARE(figures.chunks, std::uint64_t(0));
        QCOMPARE(figures.withdrawnPerThousand(), std::nullopt);
        QCOMPARE(figures.byteSeconds, std::nullopt);
    }
};

QTEST_APPLESS_MAIN(TestStreamFigures)
#include "tst_streamfigures.moc"

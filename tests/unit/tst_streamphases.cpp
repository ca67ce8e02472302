// layers: core analysis
#include "streamphases.h"
#include "streamscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// "waiting 0-10 measured, …", in milliseconds.
QString phases(const char* script, const StreamSpanTimes& span)
{
    const auto model = modelOf(script);
    QStringList out;
    for (const StreamPhase& phase : phasesOf(momentsOf(*model, span), span))
        out << QString("%1 %2-%3 %4")
                   .arg(name(phase.kind).data())
                   .arg(phase.range.start / millisecond)
                   .arg(phase.range.end / millisecond)
                   .arg(name(phase.source).data());
    return out.join(", ");
}

} // namespace

class TestStreamPhases : public QObject
{
    Q_OBJECT

private slots:
    void allPhasesOfATimedStream()
    {
        QCOMPARE(phases("100 start\n200 open reasoning 0\n300 chunk Hm\n500 open text 1\n550 chunk Hi\n900 chunk !\n"
                        "950 end",
                        {0, 1000 * millisecond, noTime}),
                 "waiting 0-100 measured, opening 100-300 measured, reasoning 300-550 measured, "
                 "answering 550-900 measured, closing 900-950 measured");
    }

    void withoutTheRequestWaitingIsNotKnown()
    {
        QCOMPARE(phases("300 chunk Hm\n500 chunk Hi", {}), "answering 300-500 measured");
    }

    void withoutTerminalTheEndIsBounded()
    {
        QCOMPARE(phases("10 chunk a\n20 chunk b", {0, 50 * millisecond, noTime}),
                 "waiting 0-10 measured, answering 10-20 measured, closing 20-50 bounded");
    }

    void onlyTheFirstTokenIsStated()
    {
        QCOMPARE(phases("- chunk a\n- chunk b\n- end", {0, 50 * millisecond, 20 * millisecond}),
                 "waiting 0-20 declared, answering 20-50 bounded");
    }

    void nothingIsMadeUp()
    {
        QCOMPARE(phases("- chunk a\n- chunk b\n- end", {0, 50 * millisecond, noTime}), "");
        QCOMPARE(phases("- chunk a", {}), "");
    }

    void aToolCallAloneIsAnAnswer()
    {
        QCOMPARE(phases("10 open reasoning 0\n10 chunk Hm\n30 open tool 1 search\n40 chunk {}\n60 chunk x", {}),
                 "reasoning 10-40 measured, answering 40-60 measured");
        const auto model = modelOf("10 open tool 1 search\n40 chunk {}\n50 end");
        const StreamMoments moments = momentsOf(*model, {5 * millisecond, noTime, noTime});
        QCOMPARE(moments.firstVisible, noTime);
        QCOMPARE(moments.sinceSent(moments.firstArgument), 35 * millisecond);
        QVERIFY(moments.hasTerminal);
    }
};

QTEST_APPLESS_MAIN(TestStreamPhases)
#include "tst_streamphases.moc"

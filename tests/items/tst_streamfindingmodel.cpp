// layers: items core analysis layout
#include "streamfindingmodel.h"
#include "streamscript.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::shared_ptr<const StreamSubject> subjectOf(const char* script)
{
    auto subject = std::make_shared<StreamSubject>();
    const auto model = modelOf(script);
    const StreamSpanTimes span;
    subject->findings = findingsOf(*model, momentsOf(*model, span), stretchesOf(*model, span), jsonOf(*model));
    subject->timeline = streamTimeline(model, {}, 0);
    return subject;
}

} // namespace

class TestStreamFindingModel : public QObject
{
    Q_OBJECT

private slots:
    void findingsAreRows()
    {
        StreamFindingModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setSubject(subjectOf("0 chunk It_is_41\n900 retract 6 8 guardrail\n901 chunk 39_<b>\n950 chunk !"));
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(model.index(0, 1).data().toString().contains(QStringLiteral("retract semantic")));
        QCOMPARE(model.index(0, 0).data(StreamFindingModel::WeightRole).toInt(), int(FindingWeight::Severe));
        QCOMPARE(model.index(1, 0).data().toString(), "+900 ms");
        QCOMPARE(model.index(1, 1).data().toString(), "! retract after render");
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;b&gt;")));
        QVERIFY(model.index(2, 1).data().toString().contains(QStringLiteral("stream no terminal")));
        model.setSubject(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void theNextFindingIsBehindThePlayhead()
    {
        StreamFindingModel model;
        model.setSubject(subjectOf("0 chunk abcd\n900 retract 2 4 retry\n901 chunk xy\n950 chunk !"));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.next(0, true), 0u);
        QCOMPARE(model.next(1, true), 1u);
        QCOMPARE(model.next(3, true), 0u);
        QCOMPARE(model.next(3, false), 0u);
        QCOMPARE(model.next(1, false), 1u);
        QCOMPARE(model.next(noEvent, true), 0u);
        QCOMPARE(model.next(noEvent, false), 1u);
        model.setSubject(nullptr);
        QVERIFY(!model.next(0, true));
    }

    void whatIsSaidOfManyPlacesIsOneRow()
    {
        StreamFindingModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSubject(subjectOf("0 chunk x\n10 chunk ab\n20 retract 1 3 retry\n30 chunk ab\n90 retract 1 3 retry\n"
                                   "100 chunk cd\n110 retract 1 3 retry\n120 chunk ab\n130 retract 1 3 retry\n"
                                   "140 stop stop\n150 end"));
        QCOMPARE(model.rowCount(), 1);
        QVERIFY2(model.index(0, 2).data().toString().startsWith(QStringLiteral("4 times; longest: 2 bytes were taken")),
                 qPrintable(model.index(0, 2).data().toString()));
        QVERIFY(model.index(0, 2).data().toString().contains(QStringLiteral("60 ms: ab")));
        QCOMPARE(model.findingsOf(0).size(), std::size_t(4));
        QCOMPARE(model.finding(model.placeIn(0, 0)).event, 2u);
        QCOMPARE(model.finding(model.placeIn(0, 2)).event, 4u);
        QCOMPARE(model.finding(model.placeIn(0, 8)).event, 2u);
        QCOMPARE(model.finding(model.placeIn(0, noEvent)).event, 2u);
        QCOMPARE(model.rowOf(3), 0);
        QCOMPARE(model.rowOf(4), -1);
    }

    void withoutTimesEventsAreCounted()
    {
        StreamFindingModel model;
        model.setSubject(subjectOf("- chunk a.\n- chunk b."));
        QCOMPARE(model.index(0, 0).data().toString(), "event 2");
    }
};

QTEST_GUILESS_MAIN(TestStreamFindingModel)
#include "tst_streamfindingmodel.moc"

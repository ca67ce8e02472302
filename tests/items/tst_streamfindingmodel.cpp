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
        QCOMPARE(model.index(0, 0).data().toString(), "+900 ms");
        QCOMPARE(model.index(0, 1).data().toString(), "! retract after render");
        QVERIFY(model.index(1, 1).data().toString().contains(QStringLiteral("retract semantic")));
        QCOMPARE(model.index(1, 0).data(StreamFindingModel::WeightRole).toInt(), int(FindingWeight::Severe));
        QVERIFY(model.index(1, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;b&gt;")));
        QVERIFY(model.index(2, 1).data().toString().contains(QStringLiteral("stream no terminal")));
        model.setSubject(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void theNextFindingIsBehindThePlayhead()
    {
        StreamFindingModel model;
        model.setSubject(subjectOf("0 chunk abcd\n900 retract 2 4 retry\n901 chunk xy\n950 chunk !"));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.next(0, true), 0);
        QCOMPARE(model.next(1, true), 1);
        QCOMPARE(model.next(3, true), 0);
        QCOMPARE(model.next(3, false), 0);
        QCOMPARE(model.next(1, false), 1);
        model.setSubject(nullptr);
        QCOMPARE(model.next(0, true), -1);
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

// layers: items core analysis
#include "arceventmodel.h"

#include "arcwords.h"
#include "finding.h"
#include "madefoundarcs.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestArcEventModel : public QObject
{
    Q_OBJECT

private slots:
    void everyStepSaysWhereItIsKnownFrom()
    {
        ArcEventModel model;
        const QAbstractItemModelTester tester(&model);
        const ArcsPtr arcs = fourArcs();
        model.setArc(arcs, 0);
        QCOMPARE(model.rowCount(), 7);
        const auto at = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QVERIFY(at(2, ArcEventModel::StepColumn).endsWith(QStringLiteral("ask again")));
        QCOMPARE(at(2, ArcEventModel::SourceColumn), QStringLiteral("inferred by rule: same_words"));
        QCOMPARE(at(0, ArcEventModel::SourceColumn), QStringLiteral("recorded"));
        QCOMPARE(at(2, ArcEventModel::TimeColumn), QStringLiteral("+2.00 s"));
        QCOMPARE(at(2, ArcEventModel::WhereColumn), QStringLiteral("a2"));
        QCOMPARE(model.spanAt(4), rowNamed(*arcs->corpus, "b1"));
        QCOMPARE(model.rowOf(model.eventAt(4)), 4);
        QCOMPARE(model.rowOf(model.eventAt(0) + 7), -1);
        model.setArc(arcs, 3);
        QCOMPARE(at(0, ArcEventModel::TimeColumn), QString(QChar(0x2013)));
        QVERIFY(model.index(0, 0)
                    .data(Qt::AccessibleDescriptionRole)
                    .toString()
                    .contains(QStringLiteral("time not recorded")));
        model.setArc(nullptr, 0);
        QCOMPARE(model.rowCount(), 0);
    }

    void quotesAreTakenOfItsArcOnly()
    {
        ArcEventModel model;
        const QAbstractItemModelTester tester(&model);
        const ArcsPtr arcs = fourArcs();
        model.setArc(arcs, 1);
        QVERIFY(model.index(0, ArcEventModel::TextColumn).data().toString().isEmpty());
        auto reading = std::make_shared<ArcReading>();
        reading->arc = 0;
        reading->quotes.push_back({model.eventAt(0), QStringLiteral("of another"), false, {}});
        model.setReading(reading);
        QVERIFY(!model.quoteAt(0));
        auto own = std::make_shared<ArcReading>();
        own->arc = 1;
        own->quotes.push_back({model.eventAt(0), QStringLiteral("first\nsecond <i>"), true, {}});
        own->quotes.push_back({model.eventAt(1), {}, false, QStringLiteral("it is gone")});
        model.setReading(own);
        const QString said = model.index(0, ArcEventModel::TextColumn).data().toString();
        QVERIFY(said.startsWith(QStringLiteral("first")) && said.endsWith(QChar(0x2026)) &&
                !said.contains(QLatin1Char('\n')));
        QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<i>")));
        QCOMPARE(model.index(1, ArcEventModel::TextColumn).data().toString(), QStringLiteral("it is gone"));
    }

    void theBytesThatShowAStepAreQuoted()
    {
        ArcMaker maker;
        maker.arc("k");
        maker.segment(0, 0, second);
        maker.event(ArcStep::ReAsk, 0);
        const auto set = [&](ArcEventColumn column, std::int64_t value) { maker.events.set(column, value); };
        set(ArcEventColumn::TextOf, static_cast<int>(TextPlace::Of::Input));
        set(ArcEventColumn::TextMessage, 1);
        set(ArcEventColumn::TextPart, 0);
        set(ArcEventColumn::TextFrom, 6);
        set(ArcEventColumn::TextTo, 11);
        maker.event(ArcStep::Response, 0);
        FoundArcs arcs;
        arcs.arcs = maker.made();
        SpanContent content;
        content.input.resize(2);
        content.input[1].parts.resize(1);
        content.input[1].parts[0].text = "hello again, friend";
        QCOMPARE(arcQuote(arcs, 0, content).text, QStringLiteral("again"));
        QVERIFY(arcQuote(arcs, 1, content).text.isEmpty());
        content.input.resize(1);
        QVERIFY(arcQuote(arcs, 0, content).text.isEmpty());
        content.input.resize(2);
        content.input[1].parts.resize(1);
        content.input[1].parts[0].text = "hi";
        QVERIFY(arcQuote(arcs, 0, content).text.isEmpty()); // the bytes are not there
    }

    void screenReadersHearWholeSentences()
    {
        const ArcsPtr arcs = fourArcs();
        QCOMPARE(arcSummary(*arcs, 0), QStringLiteral("session s-1: Deploy the fix; succeeded, inferred by rule "
                                                      "(confirmed), 4 turns; 2 h 00 min"));
        QCOMPARE(stretchText(*arcs, 1), QString::fromUtf8("phone · session s-2"));
        QVERIFY(stitchText(*arcs, arcs->arcs.stitches[0], 1)
                    .startsWith(QStringLiteral("May go on in session s-4 (score 0.82)")));
        QVERIFY(stitchText(*arcs, arcs->arcs.stitches[0], 2).startsWith(QStringLiteral("May go on from session s-3")));
        QVERIFY(arcDetails(*arcs, 2).contains(QStringLiteral("signals of frustration: 2")));
        QVERIFY(arcDetails(*arcs, 3).contains(QString::fromUtf8("tokens: –")));
    }
};

QTEST_GUILESS_MAIN(TestArcEventModel)
#include "tst_arceventmodel.moc"

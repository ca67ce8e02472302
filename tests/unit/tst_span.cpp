// layers: core
#include "span.h"
#include "spancolumns.h"
#include "usage.h"

#include <QTest>
#include <set>

using namespace arcscope;

class TestSpan : public QObject
{
    Q_OBJECT

private slots:
    void everyKindAndStatusIsFoundByItsName()
    {
        for (int i = 0; i < spanKindCount; ++i) {
            const auto kind = static_cast<SpanKind>(i);
            QVERIFY(spanKindNamed(name(kind)) == kind);
        }
        for (const SpanStatus status : {SpanStatus::Unset, SpanStatus::Ok, SpanStatus::Error, SpanStatus::Cancelled})
            QVERIFY(spanStatusNamed(name(status)) == status);
        QVERIFY(!spanKindNamed("Agent"));
        QVERIFY(!spanKindNamed(""));
        QVERIFY(!spanStatusNamed("failed"));
    }

    void everyFactKeepsItsOwnProvenance()
    {
        ProvenanceSet set;
        for (int fact = 0; fact < factCount; ++fact)
            QVERIFY(set.of(static_cast<Fact>(fact)) == Provenance::NotRecorded);
        for (int fact = 0; fact < factCount; ++fact)
            set.set(static_cast<Fact>(fact), static_cast<Provenance>((fact + 1) % 4));
        set.set(Fact::Cost, Provenance::Measured);
        set.set(Fact::Cost, Provenance::Inferred);
        const ProvenanceSet again(set.bits());
        for (int fact = 0; fact < factCount; ++fact) {
            const Provenance expected =
                fact == static_cast<int>(Fact::Cost) ? Provenance::Inferred : static_cast<Provenance>((fact + 1) % 4);
            QVERIFY2(again.of(static_cast<Fact>(fact)) == expected, qPrintable(QString::number(fact)));
        }
    }

    /// Filters, JSON and the SQL table name columns: no two share a name.
    void everyColumnHasItsOwnName()
    {
        std::set<std::string_view> names;
        for (int i = 0; i < spanColumnCount; ++i) {
            const std::string_view text = name(static_cast<SpanColumn>(i));
            QVERIFY(!text.empty());
            QVERIFY2(names.insert(text).second, text.data());
        }
        names.clear();
        for (int i = 0; i < traceColumnCount; ++i)
            QVERIFY(names.insert(name(static_cast<TraceColumn>(i))).second);
    }

    void columnsFollowTheEnumsTheyExtend()
    {
        QCOMPARE(name(SpanColumn::Trace), std::string_view("trace"));
        QCOMPARE(name(SpanColumn::Lane), std::string_view("lane"));
        for (int i = 0; i < spanTextCount; ++i)
            QCOMPARE(name(columnOf(static_cast<SpanText>(i))), name(static_cast<SpanText>(i)));
        for (int i = 0; i < usageClassCount; ++i)
            QCOMPARE(name(static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i)),
                     name(static_cast<UsageClass>(i)));
        QCOMPARE(name(TraceColumn::First), std::string_view("first"));
    }
};

QTEST_APPLESS_MAIN(TestSpan)
#include "tst_span.moc"

// layers: importers SHARED
// Jaeger's own examples. Counted without this program: elements of "spans" of all traces; those with a CHILD_OF or
// FOLLOWS_FROM reference into their own trace; those with a true tag "error"; and the sum of "duration" in
// microseconds.
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestJaegerShared : public QObject
{
    Q_OBJECT

private slots:
    void counts_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("spans");
        QTest::addColumn<int>("withParent");
        QTest::addColumn<int>("errors");
        QTest::addColumn<qint64>("micros");
        QTest::newRow("TraceFlamegraph") << "components/TracePage/TraceFlamegraph/testTrace.json" << 4 << 3 << 0
                                         << qint64(4083329);
        QTest::newRow("TraceGraph") << "components/TracePage/TraceGraph/testTrace.json" << 11 << 10 << 1
                                    << qint64(811000);
        QTest::newRow("fixtures") << "utils/fixtures/otlp2jaeger-out.json" << 2 << 2 << 0 << qint64(246);
    }

    void counts()
    {
        QFETCH(QString, file);
        const std::string bytes =
            fileText(QString(ARCSCOPE_SHARED_DIR "/data/jaeger-ui/packages/jaeger-ui/src/") + file);
        QVERIFY(!bytes.empty());
        QCOMPARE(sniffed(bytes), std::string("jaeger"));
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("jaeger"), bytes, sink));
        int withParent = 0;
        int errors = 0;
        Nanos length = 0;
        for (const auto& [span, record] : sink.spans) {
            withParent += bool(span.parent);
            errors += span.status == SpanStatus::Error;
            length += span.end - span.start;
            QVERIFY(span[SpanText::Service]);
        }
        QTEST(static_cast<int>(sink.spans.size()), "spans");
        QTEST(withParent, "withParent");
        QTEST(errors, "errors");
        QTEST(static_cast<qint64>(length / microsecond), "micros");
    }
};

QTEST_APPLESS_MAIN(TestJaegerShared)
#include "tst_jaegershared.moc"

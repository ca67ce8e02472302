// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::string slice(int number, std::int64_t start, std::int64_t length)
{
    return R"({"ph":"X","pid":1,"tid":1,"name":")" + std::to_string(number) + R"(","ts":)" + std::to_string(start) +
           R"(,"dur":)" + std::to_string(length) + "},\n";
}

/// Name of the parent of each span by name; empty for roots.
std::map<std::string, std::string> parentsOf(RecordingSink& sink)
{
    std::map<std::string, std::string> names;
    for (const auto& [span, record] : sink.spans)
        names[idText(span.span)] = sink.text(span, SpanText::Name);
    std::map<std::string, std::string> parents;
    for (const auto& [span, record] : sink.spans)
        parents[sink.text(span, SpanText::Name)] = span.parent ? names[idText(span.parent)] : std::string();
    return parents;
}

} // namespace

class TestChromeTrace : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("chrometrace"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "chrome-trace"), QString());
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("chrome-trace"), fileText(path), sink));
        QCOMPARE(contradiction("chrome-trace", sink), std::string());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("otlp") << R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"a","spanId":"b"}]}]}]})";
        QTest::newRow("zipkin") << R"([{"traceId":"a","id":"b","timestamp":1,"duration":2,"name":"x"}])";
        QTest::newRow("a long ph") << R"([{"ph":"7.4","name":"soil"}])";
        QTest::newRow("other events") << R"({"traceEvents":{"count":3}})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "chrome-trace");
    }

    /// More slices than are held at once, an outer one of 100 around 99: written as they begin, and as they end.
    void manySlices_data()
    {
        QTest::addColumn<bool>("endsFirst");
        QTest::newRow("in the order of their begins") << false;
        QTest::newRow("in the order of their ends") << true;
    }

    void manySlices()
    {
        QFETCH(bool, endsFirst);
        constexpr int groups = 3'000;
        constexpr int inside = 99;
        std::string text = "[\n";
        for (int group = 0; group < groups; ++group) {
            const std::string outer = slice(group, group * 1'000, 1'000);
            if (!endsFirst)
                text += outer;
            for (int i = 1; i <= inside; ++i)
                text += slice(groups * i + group, group * 1'000 + i * 10, 9);
            if (endsFirst)
                text += outer;
        }
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("chrome-trace"), text, sink));
        QCOMPARE(sink.spans.size(), std::size_t(groups * (inside + 1)));
        int wrong = 0;
        for (const auto& [child, parent] : parentsOf(sink)) {
            const int number = std::stoi(child);
            wrong += parent != (number < groups ? std::string() : std::to_string(number % groups));
        }
        QCOMPARE(wrong, 0);
    }

    /// A slice that begins before all that can be held: where it is written first it is the parent of all, where it is
    /// written last the ledger says that they are beside it.
    void longSlices()
    {
        constexpr int count = 200'000;
        std::string slices;
        for (int i = 1; i <= count; ++i)
            slices += slice(i, i * 10, 9);
        const std::string whole = slice(0, 0, std::int64_t(count) * 10 + 10);
        RecordingSink first;
        QVERIFY(readWith(*formatNamed("chrome-trace"), "[" + whole + slices, first));
        std::size_t children = 0;
        for (const auto& [child, parent] : parentsOf(first))
            children += parent == "0";
        QCOMPARE(children, std::size_t(count));

        RecordingSink last;
        QVERIFY(readWith(*formatNamed("chrome-trace"), "[" + slices + whole, last));
        QCOMPARE(last.spans.size(), std::size_t(count + 1));
        const auto told = std::find_if(last.issues.begin(), last.issues.end(),
                                       [](const ImportIssue& issue) { return issue.kind == IssueKind::OrphanSpan; });
        QVERIFY(told != last.issues.end());
    }
};

QTEST_APPLESS_MAIN(TestChromeTrace)
#include "tst_chrometrace.moc"

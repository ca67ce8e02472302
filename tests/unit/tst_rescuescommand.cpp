// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "clirun.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestRescuesCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// Two traces of one model call each; the second one took a fallback.
    std::string twoCalls()
    {
        QByteArray lines;
        for (const char digit : {'1', '2'}) {
            const QByteArray attributes =
                digit == '1' ? QByteArray()
                             : QByteArray(",{\"key\":\"app.fallback_used\",\"value\":{\"boolValue\":true}}");
            lines += QByteArray("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"0af7651916cd43dd8448eb"
                                "211c80319") +
                     digit + "\",\"spanId\":\"b7ad6b716920333" + digit +
                     "\",\"name\":\"chat\",\"startTimeUnixNano\":\"1700000000000000000\",\"endTimeUnixNano\":"
                     "\"1700000001000000000\",\"attributes\":[{\"key\":\"gen_ai.operation.name\",\"value\":"
                     "{\"stringValue\":\"chat\"}}" +
                     attributes + "]}]}]}]}\n";
        }
        return writeFile(m_folder.filePath("calls.jsonl"), lines).toStdString();
    }

private slots:
    void rowsAndRatesAreTold()
    {
        const auto told = run({"rescues", twoCalls(), "--json"}).json();
        QCOMPARE(told["schema"].get<std::string>(), std::string("arcscope.rescues/1"));
        QCOMPARE(told["rescues"].size(), std::size_t(1));
        QCOMPARE(told["rescues"][0]["kind"].get<std::string>(), std::string("fallback"));
        QCOMPARE(told["rescues"][0]["known"].get<std::string>(), std::string("recorded"));
        QCOMPARE(told["rescues"][0]["span"].get<std::string>(), std::string("b7ad6b7169203332"));
        QCOMPARE(told["counts"]["traces"].get<int>(), 2);
        QCOMPARE(told["counts"]["clean_traces"].get<int>(), 1);
        const auto text = run({"rescues", twoCalls()});
        QVERIFY(text.says("traces without any rescue: 1 of 2 (50 %)"));
        QVERIFY(!run({"rescues", twoCalls(), "--kind", "retry"}).says("b7ad6b7169203332"));
        QCOMPARE(run({"rescues"}).status, 2);
    }
};

QTEST_APPLESS_MAIN(TestRescuesCommand)
#include "tst_rescuescommand.moc"

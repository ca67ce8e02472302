// layers: core analysis
#include "streamcalls.h"
#include "streamscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const std::vector<ToolSchema> schemas{{"pay", "{\"type\":\"object\",\"required\":[\"eur\",\"to\"],\"properties\":{"
                                              "\"eur\":{\"type\":\"integer\"},\"to\":{\"type\":\"string\"}}}"},
                                      {"verdict", "{\"type\":\"object\",\"required\":[\"ok\"]}", true}};

QString fired(const char* script, const std::vector<ToolRun>& runs = {})
{
    const auto model = modelOf(script);
    const auto json = jsonOf(*model);
    std::vector<StreamFinding> all = schemaFindings(*model, json, checkDocuments(*model, json, schemas));
    const std::vector<StreamFinding> early = earlyRuns(*model, json, runs);
    all.insert(all.end(), early.begin(), early.end());
    QStringList out;
    for (const StreamFinding& finding : all)
        out << QString("%1@%2 %3").arg(name(finding.rule).data()).arg(finding.event).arg(finding.what.c_str());
    return out.join(u'\n');
}

constexpr const char* payment = "0 open tool 0 pay c1\n1 chunk {\"eur\":\n2 chunk 12,\"to\":\n"
                                "50 chunk \"ann\"}\n60 stop tool_calls\n61 end";

} // namespace

class TestStreamCalls : public QObject
{
    Q_OBJECT

private slots:
    void argumentsAsAskedAreFine() { QCOMPARE(fired(payment), QString()); }

    void whatTheSchemaDoesNotAllow()
    {
        QCOMPARE(fired("0 open tool 0 pay\n1 chunk {\"eur\":\n2 chunk \"12\",\n3 chunk \"to\":\"ann\"}\n4 end"),
                 u"json.schema@2 /eur is not what its schema asks for: expected integer, found string \u201c12\u201d");
        QVERIFY2(fired("0 open tool 0 pay\n1 chunk {\"eur\":1\n2 chunk }\n4 end").startsWith(u"json.schema@2"),
                 qPrintable(fired("0 open tool 0 pay\n1 chunk {\"eur\":1\n2 chunk }\n4 end")));
    }

    void onlyWholeDocumentsOfKnownToolsAreChecked()
    {
        QCOMPARE(fired("0 open tool 0 pay\n1 chunk {\"eur\":\"12\"\n4 end"), QString());
        QCOMPARE(fired("0 open tool 0 other\n1 chunk {\"eur\":\"12\"}\n4 end"), QString());
    }

    void answersHaveTheirOwnSchema()
    {
        QCOMPARE(fired("0 chunk {\"ok\":true}\n4 end"), QString());
        QVERIFY(fired("0 chunk {\"no\":true}\n4 end").startsWith(u"json.schema@0"));
    }

    void aToolThatRunsTooEarly()
    {
        QCOMPARE(fired(payment, {{"c1", 20 * millisecond}}),
                 u"json.premature_use@2 its tool began to run 30 ms before the arguments were whole");
        QCOMPARE(fired(payment, {{"c1", 20 * millisecond, false}}),
                 u"json.premature_use@2 its tool began to run 30 ms before the arguments were whole, by the clock of "
                 "another service");
    }

    void aToolThatWaits()
    {
        QCOMPARE(fired(payment, {{"c1", 50 * millisecond}}), QString());
        QCOMPARE(fired(payment, {{"c1", 49 * millisecond}}), QString()); // as fine as many clocks are
        QCOMPARE(fired(payment, {{"c2", 20 * millisecond}}), QString());
        QCOMPARE(fired(payment, {{"c1", noTime}}), QString());
        QCOMPARE(fired("- open tool 0 pay c1\n- chunk {\"eur\":1,\"to\":\"b\"}", {{"c1", 0}}), QString());
    }

    void idsOfCalls()
    {
        const auto model = modelOf(payment);
        QCOMPARE(QString::fromUtf8(callIdOf(*model, model->blocks()[0]).data(), 2), u"c1");
        const auto none = modelOf("0 chunk x");
        QVERIFY(callIdOf(*none, none->blocks()[0]).empty());
    }
};

QTEST_APPLESS_MAIN(TestStreamCalls)
#include "tst_streamcalls.moc"

// layers: importers
#include "mappedreader.h"
#include "mapping.h"
#include "mappingmatch.h"
#include "readformat.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Moc knows no raw strings: JSON is written with single quotes.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

std::string withRule(const std::string& rule)
{
    return json("{'arcscope':'mapping/1','name':'t','spans':[") + json(rule) + "]}";
}

/// Spans and ledger of a text read by a mapping of this rule.
std::string mappedText(const std::string& mapping, const std::string& text)
{
    const auto parsed = parseMapping(mapping, "test.json");
    if (!parsed)
        return parsed.error().message;
    const auto source = memorySource(text);
    RecordingSink sink;
    ReadJob job{*source, sink, {}, "folder/data.jsonl"};
    const auto done = readMapped(job, *parsed);
    return (done ? "" : done.error().message) + printSpans(sink);
}

} // namespace

class TestMapping : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QString>("says");
        const auto rule = [](const std::string& text) { return withRule(text); };
        QTest::newRow("no JSON") << std::string("{") << "f.json: byte 2: this is no JSON";
        QTest::newRow("number") << std::string("{\"a\":1e6166}") << "f.json: a number is too large";
        QTest::newRow("list") << std::string("[]") << "f.json: expected an object";
        QTest::newRow("no version") << json("{'name':'t','spans':[{}]}") << "expected \"arcscope\": \"mapping/1\"";
        QTest::newRow("other version") << json("{'arcscope':'mapping/9'}") << "arcscope: expected \"mapping/1\"";
        QTest::newRow("no name") << json("{'arcscope':'mapping/1','spans':[{}]}") << "expected a \"name\"";
        QTest::newRow("name") << json("{'arcscope':'mapping/1','name':'../x','spans':[{}]}")
                              << "name: expected a name of";
        QTest::newRow("no spans") << json("{'arcscope':'mapping/1','name':'t'}") << "expected \"spans\"";
        QTest::newRow("key") << json("{'arcscope':'mapping/1','name':'t','colour':1,'spans':[{}]}")
                             << "colour: expected arcscope, name";
        QTest::newRow("rule key") << rule(json("{'colour':'a'}")) << "spans[0].colour: expected when, skip";
        QTest::newRow("path") << rule(json("{'task':'a..b'}")) << "spans[0].task: path \"a..b\", column 3";
        QTest::newRow("many") << rule(json("{'task':'a[]'}")) << "spans[0].task: expected a path to one value";
        QTest::newRow("kind") << rule(json("{'kind':'llm'}")) << "spans[0].kind: expected agent, model";
        QTest::newRow("kind word") << rule(json("{'kind':{'path':'k','values':{'a':'b'}}}"))
                                   << "spans[0].kind: expected";
        QTest::newRow("status") << rule(json("{'status':{'path':'s','values':{'1':'good'}}}"))
                                << "spans[0].status: expected unset, ok";
        QTest::newRow("unit") << rule(json("{'start':{'path':'t','unit':'min'}}"))
                              << "spans[0].start.unit: expected s, ms, us, ns or rfc3339";
        QTest::newRow("no unit") << rule(json("{'duration':'d'}"))
                                 << "spans[0].duration: expected an object with path and";
        QTest::newRow("usage") << rule(json("{'usage':{'in':'a'}}")) << "spans[0].usage.in: expected input, output";
        QTest::newRow("counting") << rule(json("{'usage':{'counting':'both'}}")) << "spans[0].usage.counting: expected";
        QTest::newRow("cost") << rule(json("{'cost':'c'}")) << "spans[0]: expected \"currency\" beside cost";
        QTest::newRow("role") << rule(json("{'input':{'path':'a','role':'king'}}")) << "spans[0].input.role: expected";
        QTest::newRow("content from around")
            << rule(json("{'children':[{'each':'a[]','spans':[{'output':'^.b'}]}]}"))
            << "spans[0].children[0].spans[0].output: expected a path inside of the record";
        QTest::newRow("around nothing") << rule(json("{'task':'^.b'}")) << "spans[0].task: expected no more ^ than";
        QTest::newRow("condition") << rule(json("{'when':{'a':{'like':'b'}}}")) << "spans[0].when.a: expected a value";
        QTest::newRow("no children") << rule(json("{'span':false}")) << "spans[0]: expected \"children\"";
        QTest::newRow("level") << rule(json("{'children':[{'each':'a[]'}]}")) << "children[0]: expected \"spans\"";
        QTest::newRow("zip") << rule(json("{'children':[{'each':{'a':'b[].c'},'spans':[{}]}]}"))
                             << "children[0].each.a: expected a path to one value, or one that ends with []";
        QTest::newRow("records") << json("{'arcscope':'mapping/1','name':'t','records':'a[0]','spans':[{}]}")
                                 << "records: expected [] or {}";
        QTest::newRow("deep") << std::string(100, '[') << "nested too deep";
    }

    void refuses()
    {
        QFETCH(std::string, text);
        QFETCH(QString, says);
        const auto mapping = parseMapping(text, "f.json");
        QVERIFY(!mapping);
        QCOMPARE(mapping.error().code, ErrorCode::Malformed);
        QVERIFY2(QString::fromStdString(mapping.error().message).contains(says), mapping.error().message.c_str());
    }

    void missingFile()
    {
        const auto mapping = readMappingFile("/nonexistent/m.json");
        QVERIFY(!mapping);
        QVERIFY(mapping.error().message.starts_with("/nonexistent/m.json: "));
    }

    void shippedOnesAreSound()
    {
        QCOMPARE(shippedMappings().size(), shippedMappingTexts().size());
        QVERIFY(shippedMappings().size() >= 5);
        for (const MappingText& file : shippedMappingTexts()) {
            const auto mapping = parseMapping(file.text, file.name);
            QVERIFY2(mapping, mapping ? "" : mapping.error().message.c_str());
            QCOMPARE(mapping->name + ".json", std::string(file.name));
        }
    }

    void timesAndUnits()
    {
        const std::string mapping =
            json("{'arcscope':'mapping/1','name':'t','spans':[{\n"
                 "            'kind': {'path': 'what', 'values': {'llm': 'model'}, 'else': 'other'},\n"
                 "            'name': ['title', 'what'], 'trace': 'run', 'id': 'id', 'parent': 'of', 'session': "
                 "{'const': 's'},\n"
                 "            'start': {'path': 'at', 'unit': 'ms'}, 'duration': {'path': 'took', 'unit': 's'},\n"
                 "            'first_token': {'path': 'ttft', 'unit': 'us'}, 'usage': {'input': 'in', 'output': 'out', "
                 "'cache_read': 'cached'},\n"
                 "            'cost': 'usd', 'currency': {'const': 'USD'}, 'stop_reason': 'finish', 'error_type': "
                 "'error'}]}");
        const std::string printed = mappedText(
            mapping, json("{'what':'llm','run':'r','id':'a','at':1700000000123.5,'took':'0.25','ttft':1500,'"
                          "in':100,'cached':30,'out':7,'usd':0.0015,'finish':'stop'}") +
                         "\n" +
                         json("{'what':'tool','title':'t','run':'r','id':'b','of':'a','at':'soon','took':-1,'in':"
                              "-5,'error':'boom'}"));
        QCOMPARE(QString::fromStdString(printed).split('\n'),
                 QStringLiteral(
                     "span a\n"
                     "  trace: r\n"
                     "  kind: model\n"
                     "  start: 2023-11-14T22:13:20.123500Z\n"
                     "  length: 250000000\n"
                     "  first_token: 1500000\n"
                     "  name: llm\n"
                     "  session: s\n"
                     "  stop_reason: stop\n"
                     "  currency: USD\n"
                     "  usage: input=70 cache_read=30 output=7 (inclusive)\n"
                     "  cost: 1500\n"
                     "  known: start=measured end=measured kind=declared usage=measured cost=declared stop=measured\n"
                     "span b\n"
                     "  trace: r\n"
                     "  parent: a\n"
                     "  kind: other\n"
                     "  status: error\n"
                     "  name: t\n"
                     "  session: s\n"
                     "  error_type: boom\n"
                     "  currency: USD\n"
                     "  known: kind=declared parent=measured\n"
                     "warning bad-value line 2 byte 139: a length in s cannot be read: -1\n"
                     "warning bad-value line 2 byte 139: a time in ms cannot be read: soon\n"
                     "warning bad-value line 2 byte 139: a token count cannot be read: -5\n"
                     "info time-not-recorded line -1 byte 139: no time is recorded: only the order\n")
                     .split('\n'));
    }

    void numbersAreNoTimesByThemselves()
    {
        const std::string printed =
            mappedText(json("{'arcscope':'mapping/1','name':'t','spans':[{'start':'at'}]}"), json("{'at':1700000000}"));
        QVERIFY(printed.find("start:") == std::string::npos);
        QVERIFY(printed.find("a time in rfc3339 cannot be read: 1700000000") != std::string::npos);
    }

    void conditions()
    {
        const std::string mapping =
            json("{'arcscope':'mapping/1','name':'t','spans':[\n"
                 "            {'when': {'n': 1, 'k': ['a', 'b']}, 'name': {'const': 'first'}},\n"
                 "            {'when': {'k': {'exists': false}}, 'name': {'const': 'second'}},\n"
                 "            {'when': {'k': {'not': 'z'}}, 'name': {'const': 'third'}},\n"
                 "            {'when': {'k': 'z', 'n': {'exists': true}}, 'skip': true}]}");
        const std::string text = json("{'k':'b','n':1.0}\n"
                                      "{'n':2}\n"
                                      "{'k':'b','n':2}\n"
                                      "{'k':'z','n':0}\n"
                                      "{'k':'z'}");
        const std::string printed = mappedText(mapping, text);
        QCOMPARE(printed.find("first") != std::string::npos, true);
        QVERIFY(printed.find("first") < printed.find("second") && printed.find("second") < printed.find("third"));
        QVERIFY(printed.find("info unknown-record line 4 byte 42: left out by the mapping") != std::string::npos);
        QVERIFY(printed.find("warning unknown-record line 5 byte 58: no rule of the mapping is for this element") !=
                std::string::npos);
    }

    void documentMembersAndNames()
    {
        const std::string mapping = json("{'arcscope':'mapping/1','name':'t','records':'groups{}.calls[]','spans':[\n"
                                         "            {'session': '$.meta.id', 'name': {'text': '{@file} {@number}'}, "
                                         "'task': {'path': '\\'a.b\\'[1].c'}}]}");
        const std::string printed = mappedText(
            mapping,
            json("{'meta':{'id':'m'},'groups':{'x':{'calls':[{'a.b':[0,{'c':'t'}],'extra':1}]},'y':{'calls':[{}]}}}"));
        QVERIFY2(printed.find("  name: data 1\n  session: m\n  task: t\n") != std::string::npos, printed.c_str());
        QVERIFY(printed.find("  name: data 2\n") != std::string::npos);
        QVERIFY(printed.find("beside the records, in no span: meta") != std::string::npos);
        QVERIFY(printed.find("not mapped, in the records only: extra") != std::string::npos);
    }

    void sequenceFromStart()
    {
        const std::string mapping =
            json("{'arcscope':'mapping/1','name':'t','spans':[{'start':{'path':'at','unit':'s'},\n"
                 "            'children':[{'each':'steps[]','sequence':'from start',\n"
                 "                         'spans':[{'name':'n','duration':{'path':'ms','unit':'ms'}}]}]}]}");
        const std::string printed =
            mappedText(mapping, json("{'at':10,'steps':[{'n':'a','ms':1500},{'n':'b','ms':500},{'n':'c'}]}"));
        QVERIFY2(
            printed.find(
                "start: 1970-01-01T00:00:10Z\n  length: 1500000000\n  name: a\n  known: start=inferred end=inferred") !=
                std::string::npos,
            printed.c_str());
        QVERIFY(printed.find("start: 1970-01-01T00:00:11.500Z\n  length: 500000000\n  name: b\n") != std::string::npos);
        QVERIFY(printed.find("only lengths are recorded: spans are shown one after another") != std::string::npos);
    }

    void jsonInText()
    {
        // A column or a string that holds JSON is looked into.
        const std::string mapping =
            json("{'arcscope':'mapping/1','name':'t','spans':[\n"
                 "            {'model':'payload.model','usage':'payload.usage','input':'messages','kind':'model'}]}");
        const std::string csv =
            "payload;messages\n"
            "\"{\"\"model\"\":\"\"m\"\",\"\"usage\"\":{\"\"prompt_tokens\"\":3,\"\"completion_tokens\"\":4}}\";"
            "\"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"hi\"\"}]\"\n";
        const std::string printed = mappedText(mapping, csv);
        QVERIFY2(printed.find("model_served: m\n  usage: input=3 output=4 (inclusive)\n  messages: 1\n") !=
                     std::string::npos,
                 printed.c_str());
    }

    void damagedTables()
    {
        const std::string mapping = json("{'arcscope':'mapping/1','name':'t','spans':[{'name':'a'}]}");
        const std::string printed = mappedText(mapping, "a,b\n1\n2,3,4\n\xff,5\n\"6,7\n8,9\n");
        QVERIFY2(printed.find("a row has fewer fields than the header") != std::string::npos, printed.c_str());
        QVERIFY(printed.find("a row has more fields than the header") != std::string::npos);
        QVERIFY(printed.find("a row is not UTF-8") != std::string::npos);
        QVERIFY(printed.find("error malformed-record line 5 byte 16: a quoted field without end") != std::string::npos);
        QVERIFY(printed.find("  name: 8\n") != std::string::npos);
        QVERIFY(printed.find("  name: 6") == std::string::npos);
    }

    void onlyTheFirstRecords()
    {
        const auto mapping = parseMapping(withRule("{}"), "t");
        QVERIFY(mapping);
        const auto source = memorySource("{}\n{}\n{}\n{}\n");
        RecordingSink sink;
        ReadJob job{*source, sink, {}, "x"};
        QVERIFY(readMapped(job, *mapping, {2}));
        QCOMPARE(sink.spans.size(), std::size_t(2));
    }

    void matching()
    {
        const auto isForText = [](const std::string& matches, const char* records, const std::string& head,
                                  const char* file) {
            const auto mapping =
                parseMapping(std::string(json("{'arcscope':'mapping/1','name':'t','spans':[{}],'records':'")) +
                                 records + json("','matches':") + matches + '}',
                             "t");
            return mapping && isFor(*mapping, Probe(head, true), file);
        };
        QVERIFY(isForText(json("{'has':['a.b']}"), ".", json("{'a':{'b':1}}"), "x"));
        QVERIFY(!isForText(json("{'has':['a.b','c']}"), ".", json("{'a':{'b':1}}"), "x"));
        QVERIFY(isForText(json("{'has':['a[].b']}"), "[]", json("[{'a':[{'b':1}]}]"), "x"));
        QVERIFY(isForText(json("{'has':['a']}"), "[]", "{\"a\":1}\n{\"a\":2}", "x"));
        QVERIFY(isForText(json("{'has':['a']}"), "{}", json("{'7':{'a':1}}"), "x"));
        QVERIFY(!isForText(json("{'has':['a']}"), "{}", json("[{'a':1}]"), "x"));
        QVERIFY(isForText(json("{'columns':['b']}"), ".", "a,b\n1,2\n", "x"));
        QVERIFY(!isForText(json("{'columns':['c']}"), ".", "a,b\n1,2\n", "x"));
        QVERIFY(isForText(json("{'file':'log-*.json'}"), ".", "{}", "dir/log-7.json"));
        QVERIFY(!isForText(json("{'file':'log-*.json'}"), ".", "{}", "log-7/x.json"));
        QVERIFY(!isForText("{}", ".", "{}", "x"));
    }
};

QTEST_APPLESS_MAIN(TestMapping)
#include "tst_mapping.moc"

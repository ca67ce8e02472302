// layers: analysis
#include "wholespans.h"

#include "leakcheck.h"

#include <QTest>

using namespace arcscope;

namespace
{

std::string span();

} // namespace

class TestWholeSpans : public QObject
{
    Q_OBJECT

private slots:
    void tagsAreTold()
    {
        QVERIFY(hasTag(span(), "data.class"));
        QVERIFY(hasTag(span(), "data.class=personal"));
        QVERIFY(!hasTag(span(), "data.class=public"));
        QVERIFY(!hasTag(span(), "class"));
        QVERIFY(hasTag(R"({"attributes":[{"key":"arcscope.record.data.class","value":{"intValue":"3"}}]})",
                       "data.class=3"));
    }

    void whatItSaysGoesAndWhatItIsStays()
    {
        Redactor redactor;
        collectWhole(span(), "tag data.class", redactor);
        redactor.seal();
        std::string struck = span();
        QVERIFY(strikeWhole(struck, "tag data.class", redactor));
        for (const char* gone : {"leg hurts", "broken", "Ines", "880417", "look_up", "Personal"})
            QVERIFY2(struck.find(gone) == std::string::npos, gone);
        for (const char* stays :
             {"\"chat m-1\"", "\"chat\"", "\"123456\"", "call_77\\\"", "\"call_77\"", "\\\"user\\\"",
              "\\\"tool_call\\\"", "1700000000000000000", "5b8efff798038103d269b633813fc60c", "61"})
            QVERIFY2(struck.find(stays) != std::string::npos, stays);
        // Two lines stay two lines, in their lengths.
        QVERIFY(struck.find("\\\\n  [text-") != std::string::npos);
        QCOMPARE(redactor.tally().count({"tag data.class", "content"}), std::size_t(1));
    }

    void copiesElsewhereGoToo()
    {
        Redactor redactor;
        collectWhole(span(), "tag data.class", redactor);
        redactor.seal();
        std::string history =
            R"({"messages":[{"role":"user","content":"My leg hurts since the fall.\nIs it broken?"}]})";
        const std::string before = history;
        QVERIFY(!findLeaks(redactor, {{"history", history}}).empty());
        QVERIFY(redactor.strike(history, {}, "history"));
        QVERIFY(history.find("leg hurts") == std::string::npos);
        QCOMPARE(history.size(), before.size());
        QVERIFY(findLeaks(redactor, {{"history", history}}).empty());
        // The same in both places.
        std::string whole = span();
        QVERIFY(strikeWhole(whole, "tag data.class", redactor));
        const std::size_t at = history.find("[text-");
        QVERIFY(whole.find(history.substr(at, 13)) != std::string::npos);
    }
};

namespace
{

std::string span()
{
    return R"({"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"chat m-1","startTimeUnixNano":"1700000000000000000",)"
           R"("attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},)"
           R"({"key":"data.class","value":{"stringValue":"Personal"}},)"
           R"({"key":"name","value":{"stringValue":"Ines"}},)"
           R"({"key":"gen_ai.usage.input_tokens","value":{"intValue":"123456"}},)"
           R"({"key":"gen_ai.tool.call.id","value":{"stringValue":"call_77"}},)"
           R"({"key":"gen_ai.input.messages","value":{"stringValue":"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"My leg hurts since the fall.\\n  Is it broken?\"},)"
           R"({\"type\":\"tool_call\",\"id\":\"call_77\",\"name\":\"look_up\",\"arguments\":{\"age\":61,\"file\":880417}}]}]"}}]})";
}

} // namespace

QTEST_GUILESS_MAIN(TestWholeSpans)
#include "tst_wholespans.moc"

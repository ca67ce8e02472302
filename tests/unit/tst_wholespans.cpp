// layers: analysis
#include "wholespans.h"

#include "leakcheck.h"

#include <QTest>

using namespace arcscope;

namespace
{

std::string span();
std::string harmless();
std::string flag();

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

    void flagsAreTags()
    {
        const std::string flagged = flag();
        QVERIFY(hasTag(flagged, "pii"));
        QVERIFY(hasTag(flagged, "pii=true"));
        QVERIFY(!hasTag(flagged, "pii=false"));
    }

    void namesThatLookHarmlessHideNothing()
    {
        Redactor redactor;
        redactor.seal();
        std::string json = harmless();
        QVERIFY(strikeWhole(json, "tag t", redactor));
        for (const char* gone : {"leg hurts", "55512345678", "99887766", "Ines"})
            QVERIFY2(json.find(gone) == std::string::npos, gone);
        for (const char* stays : {"\"kind\":3", "123456", "0.123456", "chat m-1", "\\\"user\\\""})
            QVERIFY2(json.find(stays) != std::string::npos, stays);
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

std::string harmless()
{
    return R"({"kind":3,"attributes":[{"key":"kind","value":{"stringValue":"My leg hurts"}},)"
           R"({"key":"account","value":{"stringValue":"55512345678"}},{"key":"n","value":{"intValue":99887766}},)"
           R"({"key":"inputTokens","value":{"intValue":"123456"}},{"key":"temperature","value":{"doubleValue":0.123456}},)"
           R"({"key":"arcscope.span","value":{"stringValue":"{\"texts\":{\"name\":\"chat m-1\"},\"input\":[{\"role\":1,\"role_text\":\"user\",\"name\":\"Ines\",\"parts\":[]}]}"}}]})";
}

std::string flag()
{
    return R"({"attributes":[{"key":"pii","value":{"boolValue":true}}]})";
}

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

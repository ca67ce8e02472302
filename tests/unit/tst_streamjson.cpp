// layers: core analysis
#include "streamjson.h"
#include "streamscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestStreamJson : public QObject
{
    Q_OBJECT

private slots:
    void argumentsAreFollowedChunkByChunk()
    {
        const auto model = modelOf("0 open tool 0 search\n10 chunk {\"city\":\"Par\n20 chunk is\",\n30 chunk \"n\":1\n"
                                   "40 chunk 2}\n50 close");
        const auto found = jsonOf(*model);
        QCOMPARE(found.size(), std::size_t(1));
        const StreamJson& json = found.front();
        QVERIFY(json.story.prefix().state() == JsonState::Complete);
        QCOMPARE(json.bytesAt(noEvent), 0);
        QCOMPARE(json.bytesAt(0), 0);
        QCOMPARE(json.bytesAt(1), 12);
        QCOMPARE(json.bytesAt(99), json.story.prefix().bytes());
        const JsonNode& city = json.story.node(1);
        QCOMPARE(json.eventOf(city.usable), 1u);
        QCOMPARE(json.eventOf(city.closed), 2u);
        QCOMPARE(city.changes, 1);
        const JsonNode& number = json.story.node(2);
        QCOMPARE(json.eventOf(number.usable), 3u);
        QCOMPARE(json.eventOf(number.closed), 4u);
        QCOMPARE(json.eventOf(-1), noEvent);
        QCOMPARE(json.eventOf(1'000), noEvent);
    }

    void answersThatAreOneDocumentAreJsonToo()
    {
        QCOMPARE(jsonOf(*modelOf("0 chunk _[1,\n1 chunk 2]")).size(), std::size_t(1));
        QCOMPARE(jsonOf(*modelOf("0 chunk Here_you_are:_{}")).size(), std::size_t(0));
        QCOMPARE(jsonOf(*modelOf("0 chunk [1]_is_the_first_source")).size(), std::size_t(0));
        QCOMPARE(jsonOf(*modelOf("0 open reasoning 0\n1 chunk {}")).size(), std::size_t(0));
        QCOMPARE(jsonOf(*modelOf("0 chunk {\"cut\":")).size(), std::size_t(1));
    }

    void brokenArgumentsStay()
    {
        const auto found = jsonOf(*modelOf("0 open tool 0 search\n1 chunk {\"a\":}"));
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(found.front().story.prefix().state() == JsonState::Invalid);
        QCOMPARE(jsonOf(*modelOf("0 open tool 0 search\n1 close")).size(), std::size_t(0));
    }

    void whatWasTakenBackIsLeftOut()
    {
        const auto found = jsonOf(*modelOf("0 open tool 0 f\n1 chunk {\"a\":1\n2 retract 5 6 retry\n3 chunk 2}"));
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(found.front().withdrawn);
        QCOMPARE(found.front().story.text().c_str(), "{\"a\":2}");
    }

    void whenItCouldBeUsed()
    {
        const auto model =
            modelOf("0 open tool 0 pay\n1 chunk {\"a\":{\n2 chunk \"b\":\"x\n3 chunk y\"}\n4 chunk }\n5 end");
        const StreamJson json = jsonOf(*model).front();
        QCOMPARE(json.firstUsable(), 2u);
        QCOMPARE(json.whole(), 4u);
        const auto open = modelOf("0 open tool 0 pay\n1 chunk {\"a\":{");
        QCOMPARE(jsonOf(*open).front().firstUsable(), noEvent);
        QCOMPARE(jsonOf(*open).front().whole(), noEvent);
    }

    void freeFormArgumentsAreNoDocument()
    {
        QVERIFY(jsonOf(*modelOf("0 open tool 0 shell\n1 chunk ls_-l\n2 end")).empty());
        QCOMPARE(jsonOf(*modelOf("0 open tool 0 pay\n1 chunk {\"a\":}\n2 end")).size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestStreamJson)
#include "tst_streamjson.moc"

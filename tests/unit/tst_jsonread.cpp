// layers: analysis
#include "jsonread.h"

#include <QTest>

#include <cmath>

using namespace arcscope;

namespace
{

JsonStory told(std::string_view text)
{
    JsonStory story;
    story.feed(text);
    story.finish();
    return story;
}

} // namespace

class TestJsonRead : public QObject
{
    Q_OBJECT

private slots:
    void ofDuplicatesTheLastCounts()
    {
        const JsonStory story = told("{\"a\":1,\"b\":2,\"a\":3}");
        JsonReading reading(story);
        QCOMPARE(reading.member(0, "a"), JsonIndex(3));
        QCOMPARE(reading.member(0, "c"), JsonIndex(-1));
        QCOMPARE(reading.member(1, "a"), JsonIndex(-1));
        QCOMPARE(reading.count(0), JsonIndex(3));
    }

    void pointersLeadToNodes()
    {
        const JsonStory story = told("{\"a/b\":[10,{\"\":true}]}");
        JsonReading reading(story);
        for (JsonIndex i = 0; i < story.size(); ++i)
            QCOMPARE(reading.find(jsonPointer(story, i)), std::optional(i));
        QVERIFY(!reading.find("/a~1b/2"));
        QVERIFY(!reading.find("/a~1b/01"));
        QVERIFY(!reading.find("a"));
        const JsonStory twice = told("{\"~1\":1,\"~1\":2}");
        QCOMPARE(JsonReading(twice).find("/~01"), std::optional(JsonIndex(2)));
        QVERIFY(reading.isTrue(4));
    }

    void numbersOutOfRange()
    {
        const JsonStory story = told("[1e99999,-1e99999,1e-99999,\"1\",-0.25]");
        const JsonReading reading(story);
        QVERIFY(std::isinf(*reading.number(1)) && *reading.number(1) > 0);
        QVERIFY(std::isinf(*reading.number(2)) && *reading.number(2) < 0);
        QVERIFY(*reading.number(3) == 0);
        QVERIFY(!reading.number(4));
        QVERIFY(*reading.number(5) == -0.25L);
    }

    void longValuesAreShownInPart()
    {
        const JsonStory story = told("\"" + std::string(59, 'x') + "\xc3\xa9 and more\"");
        QCOMPARE(JsonReading(story).described(0), "string “" + std::string(59, 'x') + "…”");
    }

    void equalityHasABound()
    {
        const JsonStory story = told("[[1,2,3],[1,2,3],[1,2],{\"a\":1,\"b\":2},{\"b\":2,\"a\":1.0},{\"a\":1,\"c\":2}]");
        JsonReading reading(story);
        const auto equal = [&](std::string_view a, std::string_view b, std::size_t steps) {
            return equalValues(reading, *reading.find(a), reading, *reading.find(b), steps);
        };
        QCOMPARE(equal("/0", "/1", 4), std::optional(true));
        QCOMPARE(equal("/0", "/1", 3), std::optional<bool>());
        QCOMPARE(equal("/0", "/2", 9), std::optional(false));
        QCOMPARE(equal("/2", "/0", 9), std::optional(false));
        QCOMPARE(equal("/3", "/4", 9), std::optional(true));
        QCOMPARE(equal("/3", "/5", 9), std::optional(false));
        QCOMPARE(equal("/0", "/3", 9), std::optional(false));
    }
};

QTEST_APPLESS_MAIN(TestJsonRead)
#include "tst_jsonread.moc"

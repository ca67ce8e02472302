// layers: analysis
#include "jsonstory.h"

#include <QElapsedTimer>
#include <QTest>

using namespace arcscope;

namespace
{

JsonStory told(std::initializer_list<std::string_view> pieces)
{
    JsonStory story;
    for (const std::string_view piece : pieces)
        story.feed(piece);
    story.finish();
    return story;
}

/// "/a string 5 6 9 +1": pointer, kind, opened, usable, closed, changes where there are any, "twice" for a duplicate.
QString printed(const JsonStory& story, JsonIndex index)
{
    const JsonNode& node = story.node(index);
    QString line = QStringLiteral("%1 %2 %3 %4 %5")
                       .arg(QString::fromStdString(jsonPointer(story, index)),
                            QString::fromStdString(std::string(name(node.kind))))
                       .arg(node.opened)
                       .arg(node.usable)
                       .arg(node.closed);
    if (node.changes > 0)
        line += QStringLiteral(" +%1").arg(node.changes);
    return node.duplicateKey ? line + QStringLiteral(" twice") : line;
}

QStringList printed(const JsonStory& story)
{
    QStringList lines;
    for (JsonIndex i = 0; i < story.size(); ++i)
        lines += printed(story, i);
    return lines;
}

} // namespace

class TestJsonStory : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhenEachValueCouldBeUsed()
    {
        const JsonStory story = told({"{\"items\":[{\"na", "me\":\"H", "ot", "el\"},", "1", "2,-0.5],", "\"ok\":tr",
                                      "ue,\"n\":null,\"e\":\"\"}"});
        QCOMPARE(printed(story), QStringList({" object 0 0 61", "/items array 9 9 34", "/items/0 object 10 10 25",
                                              "/items/0/name string 18 19 24 +2", "/items/1 number 27 27 29 +1",
                                              "/items/2 number 30 31 34", "/ok boolean 41 44 44", "/n null 50 53 53",
                                              "/e string 59 60 60"}));
    }

    void keysAreEscapedInPointers()
    {
        const JsonStory story = told({"{\"a/b\":{\"~\":{\"\":1}}}"});
        QCOMPARE(QString::fromStdString(jsonPointer(story, 3)), QString("/a~1b/~0/"));
        QCOMPARE(story.node(1).keyAt, std::int64_t(1));
    }

    void duplicateKeysAreMarked()
    {
        const JsonStory story = told({"{\"a\":1,\"a\":2}"});
        QVERIFY(!story.node(1).duplicateKey);
        QVERIFY(story.node(2).duplicateKey);
    }

    void anEscapeIsUsableWhenItIsWhole()
    {
        QCOMPARE(told({"\"\\uD83D\\uDE00x\""}).node(0).usable, std::int64_t(12));
        QCOMPARE(told({"\"\xf0\x9f\x98\x80x\""}).node(0).usable, std::int64_t(4));
        QCOMPARE(told({"\"\\n\""}).node(0).usable, std::int64_t(2));
        QCOMPARE(told({"\"\\uD83D\""}).node(0).usable, std::int64_t(7)); // alone: shown by the quote
    }

    void whatIsCutOffStaysOpen()
    {
        const JsonStory story = told({"{\"a\":[1,\"be"});
        QVERIFY(story.prefix().state() == JsonState::Prefix);
        QCOMPARE(printed(story),
                 QStringList({" object 0 0 -1", "/a array 5 5 -1", "/a/0 number 6 6 7", "/a/1 string 8 9 -1"}));
        QCOMPARE(story.after(1), JsonIndex(4));
    }

    void siblingsAreFound()
    {
        const JsonStory story = told({"[[1,2],3,{\"k\":[]}]"});
        QList<JsonIndex> children;
        for (JsonIndex child = story.firstChild(0); child >= 0; child = story.nextSibling(child))
            children += child;
        QCOMPARE(children, QList<JsonIndex>({1, 4, 5}));
        QCOMPARE(story.firstChild(7 - 1), JsonIndex(-1)); // the empty array
        QCOMPARE(story.nextSibling(0), JsonIndex(-1));
    }

    /// The answer for every byte is that of a story that was fed only so far.
    void everyMomentIsWhatAStoryOfThatSizeSays()
    {
        const std::string text =
            "{\"a\":[1,-2.5e3,true,[],{}],\"b\":{\"c\":\"x\\n\xc3\xa9\\uD83D\\uDE00y\",\"d\":null},\"e\":12}";
        const JsonStory whole = told({text});
        for (std::size_t size = 0; size <= text.size(); ++size) {
            const auto bytes = static_cast<std::int64_t>(size);
            JsonStory part;
            part.feed(std::string_view(text).substr(0, size));
            const JsonMoment moment = jsonAt(whole, bytes);
            QCOMPARE(moment.present, part.size());
            std::vector<JsonIndex> open;
            for (JsonIndex i = 0; i < part.size(); ++i) {
                const JsonNode& node = part.node(i);
                if (node.closed < 0)
                    open.push_back(i);
                QCOMPARE(stateAt(whole.node(i), bytes), node.closed < 0 ? JsonNodeState::Open : JsonNodeState::Closed);
                QCOMPARE(usableAt(whole.node(i), bytes), node.usable >= 0);
                QCOMPARE(valueAt(whole, i, bytes), valueAt(part, i, bytes));
            }
            QVERIFY(moment.open == open);
            for (JsonIndex i = part.size(); i < whole.size(); ++i)
                QCOMPARE(stateAt(whole.node(i), bytes), JsonNodeState::Absent);
        }
    }

    void valuesGrow()
    {
        const JsonStory story = told({"[\"h\\u00e9\\n\", 12]"});
        QCOMPARE(valueAt(story, 1, 0), std::string());
        QCOMPARE(valueAt(story, 1, 2), std::string());
        QCOMPARE(valueAt(story, 1, 3), std::string("h"));
        QCOMPARE(valueAt(story, 1, 8), std::string("h"));
        QCOMPARE(valueAt(story, 1, 9), std::string("h\xc3\xa9"));
        QCOMPARE(valueAt(story, 1, 10), std::string("h\xc3\xa9"));
        QCOMPARE(valueAt(story, 1, 12), std::string("h\xc3\xa9\n"));
        QCOMPARE(valueAt(story, 2, 15), std::string("1"));
        QCOMPARE(valueAt(story, 2, 99), std::string("12"));
        QCOMPARE(std::string(writtenAt(story, 0, 99)), story.text());
    }

    void aLoneSurrogateShowsOnceTheStringIsWhole()
    {
        const JsonStory story = told({"{\"\\uD800\":\"\\uD83D\"}"});
        QCOMPARE(story.node(1).key, std::string("\xef\xbf\xbd"));
        QCOMPARE(valueAt(story, 1, 17), std::string());
        QCOMPARE(valueAt(story, 1, 18), std::string("\xef\xbf\xbd"));
    }

    void whatFollowsAFaultBelongsToNothing()
    {
        const JsonStory story = told({"[\"ab\x01 cd\"]"});
        QVERIFY(story.prefix().state() == JsonState::Invalid);
        QCOMPARE(valueAt(story, 1, 99), std::string("ab"));
    }

    void aMomentOfAMegabyteCostsNoFrame()
    {
        std::string text = "[";
        while (text.size() < 1'000'000)
            text += "{\"id\":12345,\"name\":\"somebody\",\"tags\":[1,2,3]},";
        text += "0]";
        const JsonStory story = told({text});
        QVERIFY(story.prefix().state() == JsonState::Complete);
        QElapsedTimer timer;
        timer.start();
        std::int64_t nodes = 0;
        const int moments = 10'000;
        for (int i = 0; i < moments; ++i)
            nodes += jsonAt(story, std::int64_t(text.size()) * i / moments).present;
        QVERIFY(nodes > 0);
        QVERIFY2(timer.elapsed() < moments / 10, "more than 0.1 ms each"); // 1 µs expected
    }
};

QTEST_APPLESS_MAIN(TestJsonStory)
#include "tst_jsonstory.moc"

// layers: core analysis
#include "resultshape.h"
#include "toolthresholds.h"

#include <QTest>

using namespace arcscope;

namespace
{

ResultShape of(const char* text)
{
    const auto shape = shapeOf(text, 0.8);
    if (!shape)
        qFatal("%s is no JSON", text);
    return *shape;
}

/// What changes when `now` comes after `times` results that are in turn these.
std::vector<std::string> changesAfter(int times, const std::vector<const char*>& before, const char* now)
{
    ShapeHistory history(toolThresholds({}));
    for (int i = 0; i < times; ++i) {
        const ResultShape shape = of(before[static_cast<std::size_t>(i) % before.size()]);
        history.learn(&shape);
    }
    const auto shape = shapeOf(now, 0.8);
    std::vector<std::string> words;
    for (const ShapeChange& change : history.changesOf(shape ? &*shape : nullptr))
        words.push_back(std::to_string(static_cast<int>(change.kind)) + change.path + ": " + change.now);
    return words;
}

using Words = std::vector<std::string>;

} // namespace

class TestResultShape : public QObject
{
    Q_OBJECT

private slots:
    void pathsHaveTypes()
    {
        const ResultShape shape = of("{\"a\":1,\"b\":[{\"c\":null},{\"c\":\"in_stock\",\"d\":true}]}");
        QCOMPARE(typesText(shape.at("").types), std::string("object"));
        QCOMPARE(typesText(shape.at("/a").types), std::string("number"));
        QCOMPARE(typesText(shape.at("/b/*/c").types), std::string("text or null"));
        QVERIFY(shape.at("/b/*/c").everywhere && !shape.at("/b/*/d").everywhere);
        QCOMPARE(shape.at("/b/*/c").words, (std::set<std::string, std::less<>>{"in_stock"}));
        QCOMPARE(decodedShape(encoded(shape)), shape);
        QVERIFY(!shapeOf("no JSON", 0.8) && !shapeOf("", 0.8) && !shapeOf("{\"a\":", 0.8) && !shapeOf("12", 0.8));
    }

    void keysThatAreDataAreOnePath()
    {
        const ResultShape shape = of("{\"HAT001\":{\"seats\":4},\"HAT002\":{\"seats\":5}}");
        QVERIFY(shape.at("").map);
        QVERIFY(shape.contains("/*/seats"));
        QVERIFY(isIdLike("credit_card_42") && isIdLike("deadbeefdeadbeef") && !isIdLike("price"));
    }

    void nothingIsSaidWhileItWarmsUp()
    {
        QCOMPARE(changesAfter(19, {"{\"a\":1}"}, "{\"b\":1}"), Words());
        QCOMPARE(changesAfter(19, {"{\"a\":1}"}, "text"), Words());
    }

    void changesAreFound()
    {
        QCOMPARE(changesAfter(40, {"{\"a\":1}"}, "{\"a\":1}"), Words());
        QCOMPARE(changesAfter(40, {"{\"a\":1}"}, "{\"a\":1,\"b\":2}"), (Words{"0/b: number"}));
        QCOMPARE(changesAfter(40, {"{\"a\":1,\"b\":2}"}, "{\"a\":1}"), (Words{"1/b: missing"}));
        QCOMPARE(changesAfter(40, {"{\"a\":1}"}, "{\"a\":\"1\"}"), (Words{"2/a: text"}));
        QCOMPARE(changesAfter(40, {"{\"a\":1}"}, "{\"a\":null}"), (Words{"3/a: null"}));
        QCOMPARE(changesAfter(60, {"{\"s\":\"in_stock\"}", "{\"s\":\"sold_out\"}"}, "{\"s\":\"available\"}"),
                 (Words{"4/s: available"}));
        QCOMPARE(changesAfter(40, {"{\"a\":1}"}, "Bad gateway"), (Words{"5: text"}));
        QCOMPARE(changesAfter(40, {"[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4}]"}, "[{\"a\":1,\"b\":2},{\"a\":1}]"),
                 (Words{"1/*/b: missing"}));
    }

    void whatVariesIsLeftAlone()
    {
        QCOMPARE(changesAfter(40, {"{\"a\":1}", "{\"a\":1,\"b\":2}"}, "{\"a\":1}"), Words());
        QCOMPARE(changesAfter(40, {"{\"a\":1}", "{\"a\":\"x\"}"}, "{\"a\":\"y\"}"), Words());
        QCOMPARE(changesAfter(40, {"{\"a\":1}", "{\"a\":null}"}, "{\"a\":null}"), Words());
        QCOMPARE(changesAfter(40, {"{\"a\":[]}"}, "{\"a\":[]}"), Words());
        QCOMPARE(changesAfter(40, {"{\"A1\":{\"x\":1}}"}, "{\"B2\":{\"x\":1}}"), Words());
        // A text that seldom is the same is no enumeration, nor one that was seen seldom.
        QCOMPARE(changesAfter(30, {"{\"s\":\"in_stock\"}", "{\"s\":\"sold_out\"}"}, "{\"s\":\"available\"}"), Words());
        QCOMPARE(changesAfter(60, {"{\"s\":\"in_stock\"}", "{\"s\":\"Emma Stone 2\"}"}, "{\"s\":\"available\"}"),
                 Words());
    }

    void aToolThatMostlyAnswersInTextHasNoShape()
    {
        ShapeHistory history(toolThresholds({}));
        const ResultShape shape = of("{\"a\":1}");
        for (int i = 0; i < 40; ++i) {
            history.learn(&shape);
            history.learn(nullptr);
        }
        const ResultShape other = of("{\"b\":1}");
        QVERIFY(history.changesOf(&other).empty());
        QVERIFY(history.changesOf(nullptr).empty());
    }

    void objectsWhoseKeysKeepComingAreOpen()
    {
        ShapeHistory history(toolThresholds({}));
        for (char first = 'a'; first <= 'z'; ++first) {
            const std::string text = std::string("{\"") + first + "\":1}";
            const ResultShape shape = of(text.c_str());
            QVERIFY(history.changesOf(&shape).empty());
            history.learn(&shape);
        }
        const ResultShape other = of("{\"other\":1}");
        QVERIFY(history.changesOf(&other).empty());
    }
};

QTEST_APPLESS_MAIN(TestResultShape)
#include "tst_resultshape.moc"

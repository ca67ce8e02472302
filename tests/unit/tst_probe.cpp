// layers: importers
#include "probe.h"

#include "source.h"

#include <QtTest>

#include <random>

using namespace arcscope;

class TestProbe : public QObject
{
    Q_OBJECT

private slots:
    void kinds();
    void pathsOfADocument();
    void onlyTheFirstElement();
    void valuesOfLines();
    void cutAndDamagedHeads();
    void looksAheadOnly();
    void longWhiteSpaceIsPassedOver();
    void totalOnAnyBytes();
};

void TestProbe::kinds()
{
    const auto kind = [](std::string_view head) { return Probe(head, true).kind(); };
    QCOMPARE(kind(""), ProbeKind::Empty);
    QCOMPARE(kind("\xEF\xBB\xBF \r\n"), ProbeKind::Empty);
    QCOMPARE(kind("\xEF\xBB\xBF{}"), ProbeKind::Json);
    QCOMPARE(kind(" [1]"), ProbeKind::Json);
    QCOMPARE(kind("\x1e{\"a\":1}\n"), ProbeKind::Json);
    QCOMPARE(kind("of a line\"}\n{\"a\":1}\n"), ProbeKind::Json);
    QCOMPARE(kind("event: message_start\ndata: {\"a\":1}\n\n"), ProbeKind::EventStream);
    QCOMPARE(kind(": comment\r\n\r\ndata: [DONE]\r\n"), ProbeKind::EventStream);
    QCOMPARE(kind("\xFF\xFEx"), ProbeKind::Utf16);
    QCOMPARE(kind(std::string_view("\xFE\xFF\0{", 4)), ProbeKind::Utf16);
    QCOMPARE(kind(std::string_view("{\0\"\0", 4)), ProbeKind::Utf16);
    QCOMPARE(kind(std::string_view("\0[\0 ", 4)), ProbeKind::Utf16);
    QCOMPARE(kind("a: b\ndata: c\n"), ProbeKind::Text);
    QCOMPARE(kind("some words"), ProbeKind::Text);
    QCOMPARE(kind(std::string_view("\0\0\1\2\x0a", 5)), ProbeKind::Binary);
    QCOMPARE(kind(std::string_view("{\"a\":\"x\0\1\"}\n\0", 13)), ProbeKind::Json); // a damaged record
}

void TestProbe::pathsOfADocument()
{
    const Probe probe(R"({"resourceSpans":[{"resource":{"attributes":[{"key":"k"}]},"scopeSpans":[{"spans":[]}]}],)"
                      R"("n": -1.5, "t":true, "object":"trace.span" })",
                      true);
    QVERIFY(probe.first());
    const ProbeValue& value = *probe.first();
    QVERIFY(value.isObject());
    QVERIFY(!value.cut());
    QVERIFY(value.hasArray("resourceSpans"));
    QVERIFY(value.hasObject("resourceSpans/*"));
    QVERIFY(value.hasArray("resourceSpans/*/scopeSpans/*/spans"));
    QVERIFY(value.hasNumber("n"));
    QVERIFY(!value.hasNumber("t"));
    QCOMPARE(value.text("object"), std::string_view("trace.span"));
    QCOMPARE(value.text("n"), std::string_view());
    QVERIFY(!value.has("key"));
    QVERIFY(!value.has("scopeSpans"));
    QVERIFY(probe.anyText("object", "trace.span"));
    QVERIFY(!probe.isLines());
}

void TestProbe::onlyTheFirstElement()
{
    const Probe probe(R"([{"ph":"M","args":{"x":[{"y":1},{"z":2}]}},{"other":1}])", true);
    QVERIFY(probe.first()->isArray());
    QVERIFY(probe.has("*/ph"));
    QVERIFY(probe.has("*/args/x/*/y"));
    QVERIFY(!probe.has("*/args/x/*/z"));
    QVERIFY(!probe.has("*/other"));
}

void TestProbe::valuesOfLines()
{
    const Probe probe("{\"type\":\"summary\",\"leafUuid\":\"u\"}\n{\"type\":\"user\",\"uuid\":\"v\"}\n", true);
    QVERIFY(probe.isLines());
    QCOMPARE(probe.values().size(), 2U);
    QVERIFY(!probe.has("uuid"));
    QVERIFY(probe.anyHas("uuid"));
    QVERIFY(probe.anyText("type", "user"));
    QVERIFY(!Probe("{\n \"a\":1}\n{\n \"a\":1}\n", true).isLines());
}

void TestProbe::cutAndDamagedHeads()
{
    const Probe cut(R"({"data":{"spans":[{"traceID":"abc","x":"not en)", false);
    QVERIFY(cut.first()->cut());
    QCOMPARE(cut.first()->text("data/spans/*/traceID"), std::string_view("abc"));
    QVERIFY(cut.has("data/spans/*/x"));
    QVERIFY(!cut.complete());

    const Probe damaged("{\"a\":{\"b\n{\"c\":1}\n", true);
    QCOMPARE(damaged.values().size(), 2U);
    QVERIFY(damaged.anyHas("c"));

    const std::string large = "{\"big\":\"" + std::string(100'000, 'x') + "\",\"after\":1}";
    const Probe probe(large, true);
    QVERIFY(probe.has("big"));
    QVERIFY(!probe.has("after"));
    QVERIFY(!probe.complete());
    QCOMPARE(probe.first()->text("big").size(), 256U);
}

void TestProbe::looksAheadOnly()
{
    const auto source = memorySource("{\"a\":1}");
    QVERIFY(Probe::of(*source).has("a"));
    std::array<char, 16> bytes{};
    const auto got = source->read(bytes);
    QVERIFY(got);
    QCOMPARE(std::string(bytes.data(), *got), std::string("{\"a\":1}"));
}

void TestProbe::longWhiteSpaceIsPassedOver()
{
    const std::string blank(1'000'000, '\n');
    const auto source = memorySource(blank + "{\"a\":1}\n");
    const Probe probe = Probe::of(*source);
    QVERIFY(probe.anyHas("a"));
    QCOMPARE(source->position(), std::uint64_t(1'000'000));
    QCOMPARE(source->linesSkipped(), std::uint64_t(1'000'000));
    const auto empty = memorySource(blank);
    QCOMPARE(Probe::of(*empty).kind(), ProbeKind::Empty);
    QVERIFY(Probe::of(*empty).complete());
    const auto bounded = memorySource(blank);
    QVERIFY(!bounded->skipBlank(200'000));
    QVERIFY(bounded->position() >= 200'000 && bounded->position() < 300'000);
    QVERIFY(bounded->skipBlank(blank.size()));
}

void TestProbe::totalOnAnyBytes()
{
    std::mt19937 random(1);
    const std::string_view bytes("{}[]\",:\\\n ax1", 13);
    for (int round = 0; round < 20'000; ++round) {
        std::string text = round % 2 == 0 ? "{\"" : "[";
        for (std::size_t i = random() % 40; i > 0; --i)
            text += bytes[random() % bytes.size()];
        const Probe probe(text, true);
        QVERIFY(probe.kind() == ProbeKind::Json);
        QVERIFY(!probe.values().empty());
        QVERIFY(!probe.first()->entries().empty());
    }
    const Probe deep(std::string(60'000, '['), true);
    QVERIFY(deep.first()->cut());
    QCOMPARE(deep.first()->entries().size(), Probe::maxSteps + 1);
}

QTEST_APPLESS_MAIN(TestProbe)
#include "tst_probe.moc"

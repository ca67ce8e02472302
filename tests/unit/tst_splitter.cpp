// layers: importers
#include "splitall.h"

#include <QtTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestSplitter : public QObject
{
    Q_OBJECT

private slots:
    void linesGiveTheirValuesWithPlace();
    void prettyValuesOneAfterAnother();
    void aDocumentIsWalkedAlongItsPath();
    void everyLineIsWalkedToo();
    void alternativesAndOtherKindsOfContainers();
    void deepNestingIsNothingSpecial();
    void slicesArePadded();
    void cancelled();
    void everyWindowAndKernelGivesTheSame();
    void damagedTextAlsoGivesTheSameInEveryWindow();
};

void TestSplitter::linesGiveTheirValuesWithPlace()
{
    const Split split = splitAll("{\"a\":1}\n\n[2]\r\n  {\"b\":\"}\\\"\"}\n12\n\"s\"");
    QCOMPARE(split.values(), (std::vector<std::string>{"{\"a\":1}", "[2]", "{\"b\":\"}\\\"\"}", "12", "\"s\""}));
    QCOMPARE(split.events[0].offset, 0U);
    QCOMPARE(split.events[1].offset, 9U);
    QCOMPARE(split.events[1].line, 3U);
    QCOMPARE(split.events[2].offset, 16U);
    QCOMPARE(split.events[2].line, 4U);
    QCOMPARE(split.events[4].line, 6U);
    QCOMPARE(split.events[4].target, 0);
    QVERIFY(split.error.empty());
    QVERIFY(splitAll("").events.empty());
    QVERIFY(splitAll("\n \n").events.empty());
}

void TestSplitter::prettyValuesOneAfterAnother()
{
    const std::string one = "{\n  \"a\": [\n    1,\n    {}\n  ]\n}";
    const Split split = splitAll(one + "\n" + one + one);
    QCOMPARE(split.values(), (std::vector<std::string>{one, one, one}));
    QCOMPARE(split.events[1].line, 7U);
    QCOMPARE(split.events[2].line, 12U);
    QVERIFY(split.defects().empty());
}

void TestSplitter::aDocumentIsWalkedAlongItsPath()
{
    const Split split = splitAll(R"({"resourceSpans":[{"resource":{"x":[1]},"scopeSpans":[{"spans":[{"s":1}, {"s":2}],)"
                                 R"("scope":{"n":"v"}}],"schemaUrl":"u"}],"other":7})",
                                 otlp);
    QCOMPARE(sketch(split), std::string("E0{}\n"
                                        "E1[] resourceSpans\n"
                                        "E2{}\n"
                                        "V3- resource {\"x\":[1]}\n"
                                        "E3[] scopeSpans\n"
                                        "E4{}\n"
                                        "E5[] spans\n"
                                        "V60 {\"s\":1}\n"
                                        "V60 {\"s\":2}\n"
                                        "L5[] spans\n"
                                        "V5- scope {\"n\":\"v\"}\n"
                                        "L4{}\n"
                                        "L3[] scopeSpans\n"
                                        "V3- schemaUrl \"u\"\n"
                                        "L2{}\n"
                                        "L1[] resourceSpans\n"
                                        "V1- other 7\n"
                                        "L0{}\n"));
}

void TestSplitter::everyLineIsWalkedToo()
{
    const Split split = splitAll("{\"resource_spans\":[{\"scope_spans\":[{\"spans\":[{\"s\":1}]}]}]}\n"
                                 "{\"resourceLogs\":[]}\n[]\n",
                                 otlp);
    QCOMPARE(split.values(), (std::vector<std::string>{"{\"s\":1}", "[]", "[]"}));
    QCOMPARE(split.events.back().target, -1);
    QCOMPARE(split.events.back().line, 3U);
}

void TestSplitter::alternativesAndOtherKindsOfContainers()
{
    const SplitPaths paths{"*", "data/*", "data/*/inner/*"};
    QCOMPARE(sketch(splitAll("[1,[2]]", paths)), std::string("E0[]\nV10 1\nV10 [2]\nL0[]\n"));
    QCOMPARE(sketch(splitAll("{\"data\":{\"inner\":[]}}", paths)),
             std::string("E0{}\nV1- data {\"inner\":[]}\nL0{}\n"));
    QCOMPARE(sketch(splitAll("{\"data\":[[3],{\"inner\":[4,]}]}", paths)),
             std::string("E0{}\nE1[] data\nV21 [3]\nE2{}\nE3[] inner\nV42 4\nL3[] inner\nL2{}\nL1[] data\nL0{}\n"));
}

void TestSplitter::deepNestingIsNothingSpecial()
{
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    QCOMPARE(splitAll(deep + "\n" + deep).values(), (std::vector<std::string>{deep, deep}));
}

void TestSplitter::slicesArePadded()
{
    auto source = memorySource("{\"n\":1}");
    WindowReader window(*source);
    JsonSplitter splitter(window, {});
    SplitEvent event;
    QVERIFY(*splitter.next(event));
    char sum = 0;
    for (std::size_t i = 0; i < windowPadding; ++i)
        sum = static_cast<char>(sum | event.value.data()[event.value.size() + i]);
    QCOMPARE(sum, '\0');
}

void TestSplitter::cancelled()
{
    std::stop_source stop;
    stop.request_stop();
    auto source = memorySource("{\"n\":1}");
    WindowReader window(*source, Control{stop.get_token(), nullptr});
    JsonSplitter splitter(window, {});
    SplitEvent event;
    const auto more = splitter.next(event);
    QVERIFY(!more);
    QCOMPARE(more.error().code, ErrorCode::Cancelled);
}

void TestSplitter::everyWindowAndKernelGivesTheSame()
{
    const std::vector<SplitPaths> pathSets{{}, {"*"}, {"k0/*", "k1/k2/*", "*/k0", "*/*/k1/*"}};
    for (unsigned seed = 1; seed <= 150; ++seed) {
        Writer writer(seed);
        std::string text;
        std::vector<std::string> expected;
        for (int i = writer.below(4) + 1; i > 0; --i) {
            expected.push_back(writer.container(writer.below(2) == 0, 6, writer.below(6)));
            text += expected.back() + "\n";
        }
        QCOMPARE(splitAll(text).values(), expected);
        for (const SplitPaths& paths : pathSets) {
            const Split whole = splitAll(text, paths);
            QVERIFY(whole.error.empty());
            for (const ScanKernel kernel : kernels()) {
                for (std::size_t refill = 1; refill <= 130; refill += refill < 8 ? 1 : 13)
                    QCOMPARE(splitAll(text, paths, {refill, refill, maxRecordBytes, kernel}).events, whole.events);
            }
            // Every place to cut the text in two.
            if (text.size() < 600) {
                for (std::size_t cut = 1; cut < text.size(); ++cut)
                    QCOMPARE(splitAll(text, paths, {cut, text.size()}).events, whole.events);
            }
        }
    }
}

void TestSplitter::damagedTextAlsoGivesTheSameInEveryWindow()
{
    const std::string_view bytes("{}[]\",:\\\n ax\x1e\0", 14);
    for (unsigned seed = 1; seed <= 1500; ++seed) {
        Writer writer(seed);
        std::string text;
        for (int i = writer.below(5) + 1; i > 0; --i)
            text += writer.container(writer.below(2) == 0, 3, 3) + "\n";
        for (int i = writer.below(4) + 1; i > 0; --i)
            text[static_cast<std::size_t>(writer.below(static_cast<int>(text.size())))] =
                bytes[static_cast<std::size_t>(writer.below(static_cast<int>(bytes.size())))];
        for (const SplitPaths& paths : {SplitPaths{}, SplitPaths{"*", "k0/*", "k1/*"}}) {
            const std::size_t limit = seed % 3 == 0 ? 40 : 100'000;
            const Split whole = splitAll(text, paths, {text.size(), text.size(), limit, &scanPortable});
            std::uint64_t at = 0;
            for (const Seen& seen : whole.events) {
                QVERIFY(seen.offset + seen.size <= text.size());
                if (seen.kind == SplitKind::Value) {
                    QVERIFY(seen.offset >= at);
                    QCOMPARE(text.substr(seen.offset, seen.size), seen.value);
                    QCOMPARE(static_cast<std::ptrdiff_t>(seen.line) - 1,
                             std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(seen.offset), '\n'));
                    at = seen.offset + seen.size;
                }
            }
            for (const ScanKernel kernel : kernels()) {
                for (const std::size_t refill : {1U, 2U, 5U, 63U, 64U, 65U, 200U})
                    QCOMPARE(splitAll(text, paths, {refill, refill, limit, kernel}), whole);
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestSplitter)
#include "tst_splitter.moc"

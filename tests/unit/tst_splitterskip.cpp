// layers: importers
#include "splitall.h"

#include <QtTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestSplitterSkip : public QObject
{
    Q_OBJECT

private slots:
    void aBrokenLineCostsOnlyItself();
    void aBrokenFirstLineOfAWalkedFileCostsOnlyItself();
    void aCutEndIsTold();
    void garbageIsPassedOver();
    void binaryInputEndsFast();
    void zerosBetweenRecords();
    void zerosInsideADocument();
    void marksAndSeparators();
    void longRecordsArePassedOver();
};

void TestSplitterSkip::aBrokenLineCostsOnlyItself()
{
    for (const std::string broken : {"{\"a\":{\"b\":1", "{\"a\":\"open", "{\"a\":[{},", "[\"x\\"}) {
        const Split split = splitAll("{\"n\":1}\n" + broken + "\n{\"n\":2}\n{\"n\":3}\n");
        QCOMPARE(split.values(), (std::vector<std::string>{"{\"n\":1}", "{\"n\":2}", "{\"n\":3}"}));
        QCOMPARE(split.defects(), std::vector{SplitDefect::Broken});
        QCOMPARE(split.events[1].offset, 8U);
        QCOMPARE(split.events[1].size, broken.size() + 1);
        QCOMPARE(split.events[1].line, 2U);
        QCOMPARE(split.events[2].line, 3U);
    }
    // A bracket too many is garbage up to the next line.
    const Split split = splitAll("{\"n\":1}}\n{\"n\":2}\n");
    QCOMPARE(split.values(), (std::vector<std::string>{"{\"n\":1}", "{\"n\":2}"}));
    QCOMPARE(split.defects(), std::vector{SplitDefect::Garbage});
}

void TestSplitterSkip::aBrokenFirstLineOfAWalkedFileCostsOnlyItself()
{
    const std::string good = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"s\":1}]}]}]}\n";
    for (const std::size_t cut : {20U, 40U, 50U, 52U, 54U}) {
        const Split split = splitAll(good.substr(0, cut) + "\n" + good + good, otlp);
        QCOMPARE(split.values(), std::vector<std::string>(cut < 50 ? 2 : 3, "{\"s\":1}"));
        QCOMPARE(split.defects(), std::vector{cut == 20 || cut == 40 ? SplitDefect::Garbage : SplitDefect::Broken});
        QCOMPARE(split.events.back().line, 3U);
    }
}

void TestSplitterSkip::aCutEndIsTold()
{
    Split split = splitAll("{\"n\":1}\n{\"n\":");
    QCOMPARE(split.defects(), std::vector{SplitDefect::Truncated});
    QCOMPARE(split.events.back().offset, 8U);
    QCOMPARE(split.events.back().size, 5U);

    split = splitAll("[\n{\"n\":1},\n{\"n\":2},\n", SplitPaths{"*"});
    QCOMPARE(sketch(split), std::string("E0[]\nV10 {\"n\":1}\nV10 {\"n\":2}\nL0[]\nD0\n"));
    QCOMPARE(split.events.back().defect, SplitDefect::Truncated);
    QCOMPARE(issueOf({}).kind, IssueKind::TruncatedFile);
}

void TestSplitterSkip::garbageIsPassedOver()
{
    Split split = splitAll("ime\":1}\n{\"n\":1}\nnot json {}\n{\"n\":2}\n");
    QCOMPARE(split.values(), (std::vector<std::string>{"{\"n\":1}", "{\"n\":2}"}));
    QCOMPARE(split.defects(), (std::vector{SplitDefect::Garbage, SplitDefect::Garbage}));
    QCOMPARE(split.events[0].size, 8U);
    QCOMPARE(split.events[2].line, 3U);
    QVERIFY(split.error.empty());

    split = splitAll(std::string(2'000'000, 'x'));
    QVERIFY(!split.error.empty());
}

void TestSplitterSkip::binaryInputEndsFast()
{
    const std::string zeros(1000, '\0');
    Split split = splitAll(zeros);
    QCOMPARE(split.error, std::string("byte 0: binary data"));
    QVERIFY(!splitAll("text" + zeros).error.empty());
    QVERIFY(!splitAll(std::string("\xFF\xFE{\0", 4)).error.empty());
}

void TestSplitterSkip::zerosBetweenRecords()
{
    const std::string zeros(1000, '\0');
    const std::vector<std::string> both{"{\"n\":1}", "{\"n\":2}"};
    for (const std::string& between : {zeros + '\n', zeros, zeros + " \n", std::string("\0\1\xff\0\n", 5)}) {
        for (const std::size_t piece : {std::size_t(1), std::size_t(7), std::size_t(4096)}) {
            Options options;
            options.piece = options.refill = piece;
            const Split split = splitAll("{\"n\":1}\n" + between + "{\"n\":2}\n", {}, options);
            QCOMPARE(split.values(), both);
            QCOMPARE(split.defects().size(), 1U);
            QVERIFY(split.error.empty());
            QCOMPARE(split.events[1].line, 2U);
            QCOMPARE(split.events[1].offset, 8U);
        }
    }
    const Split end = splitAll("{\"n\":1}\n" + zeros);
    QCOMPARE(end.values(), std::vector<std::string>{"{\"n\":1}"});
    QCOMPARE(end.defects(), std::vector{SplitDefect::Stray});
    QCOMPARE(end.events.back().size, 1000U);
    QVERIFY(end.error.empty());
    // Zeros in text that is no JSON belong to it.
    const Split text = splitAll("{\"n\":1}\nsome text" + zeros + "text\n{\"n\":2}\n");
    QCOMPARE(text.values(), both);
    QCOMPARE(text.defects(), std::vector{SplitDefect::Garbage});
}

void TestSplitterSkip::zerosInsideADocument()
{
    const std::string document = R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"n":1}@,@{"n":2}@]@}]}]})";
    for (std::size_t at = document.find('@'); at != std::string::npos; at = document.find('@', at + 1)) {
        std::string text = document;
        text[at] = '\0';
        text.erase(std::remove(text.begin(), text.end(), '@'), text.end());
        const Split split = splitAll(text, otlp);
        QCOMPARE(split.values(), (std::vector<std::string>{"{\"n\":1}", "{\"n\":2}"}));
        QCOMPARE(split.defects(), std::vector{SplitDefect::Stray});
        QVERIFY(split.error.empty());
    }
}

void TestSplitterSkip::marksAndSeparators()
{
    // Files put together keep the mark of each.
    for (const std::string between : {"\n\xEF\xBB\xBF", "\n \xEF\xBB\xBF", "\nnot JSON\n\xEF\xBB\xBF"}) {
        const Split split = splitAll("\xEF\xBB\xBF{\"n\":1}" + between + "{\"n\":2}\n");
        QCOMPARE(split.values(), (std::vector<std::string>{"{\"n\":1}", "{\"n\":2}"}));
        QCOMPARE(split.defects().size(), between.find("not") == std::string::npos ? 0U : 1U);
    }
    // A separator ends a text that was not finished.
    const Split cut = splitAll("\x1e{\"resourceSpans\":[\n\x1e{\"resourceSpans\":[]}\n", otlp);
    QCOMPARE(cut.defects(), std::vector{SplitDefect::Broken});
    QCOMPARE(cut.events.back().kind, SplitKind::Leave);
    QCOMPARE(splitAll("\xEF\xBB\xBF{\"n\":1}").events[0].offset, 3U);
    QCOMPARE(splitAll("\x1e{\"n\":1}\n\x1e{\"n\":2}\n").values(), (std::vector<std::string>{"{\"n\":1}", "{\"n\":2}"}));
    QCOMPARE(splitAll("{\"n\":1},\n{\"n\":2},\n").values(), (std::vector<std::string>{"{\"n\":1}", "{\"n\":2}"}));
}

void TestSplitterSkip::longRecordsArePassedOver()
{
    const std::string record = "{\"n\":\"" + std::string(500, 'x') + "\"}";
    const std::string exact = "{\"n\":\"" + std::string(92, 'x') + "\"}";
    for (const std::size_t refill : {1U, 7U, 64U, 100U, 5000U}) {
        Options options;
        options.refill = refill;
        options.limit = 100;
        const Split split = splitAll("{}\n" + record + "\n" + exact + "\n" + record.substr(0, 300), {}, options);
        QCOMPARE(split.values(), (std::vector<std::string>{"{}", exact}));
        QCOMPARE(split.defects(), (std::vector{SplitDefect::Oversized, SplitDefect::Truncated}));
        QCOMPARE(split.events[1].offset, 3U);
        QCOMPARE(split.events[1].size, record.size());
        QCOMPARE(split.events[2].line, 3U);
    }
    Options options;
    options.refill = 50;
    options.limit = 100;
    const Split split = splitAll("[1," + record + ",\"" + std::string(300, 'y') + "\",2]", SplitPaths{"*"}, options);
    QCOMPARE(split.values(), (std::vector<std::string>{"1", "2"}));
    QCOMPARE(split.defects(), (std::vector{SplitDefect::Oversized, SplitDefect::Oversized}));
}

QTEST_APPLESS_MAIN(TestSplitterSkip)
#include "tst_splitterskip.moc"

// layers: importers
#include "splitter.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace arcscope;

namespace
{

/// An event with its texts copied, without what depends on nothing but them.
struct Seen {
    SplitKind kind;
    SplitDefect defect;
    int target;
    std::size_t depth;
    std::string key;
    std::string value;
    bool array;
    std::uint64_t offset;
    std::uint64_t size;
    std::uint64_t line;

    bool operator==(const Seen&) const = default;
};

/// Gives a text in pieces of at most `piece` bytes.
class Pieces final : public ByteStream
{
public:
    Pieces(std::string_view text, std::size_t piece)
        : m_text(text)
        , m_piece(piece)
    {
    }
    Result<std::size_t> read(std::span<char> into) override
    {
        const std::size_t count = m_text.copy(into.data(), std::min(m_piece, into.size()));
        m_text.remove_prefix(count);
        return count;
    }
    std::uint64_t bytesOnDisk() const override { return 0; }

private:
    std::string_view m_text;
    std::size_t m_piece;
};

struct Options {
    std::size_t piece = std::size_t(1) << 20;
    std::size_t refill = std::size_t(1) << 20;
    std::size_t limit = maxRecordBytes;
    ScanKernel kernel = bestScanKernel();
};

struct Split {
    std::vector<Seen> events;
    std::string error;

    std::vector<std::string> values() const
    {
        std::vector<std::string> texts;
        for (const Seen& seen : events) {
            if (seen.kind == SplitKind::Value)
                texts.push_back(seen.value);
        }
        return texts;
    }
    std::vector<SplitDefect> defects() const
    {
        std::vector<SplitDefect> found;
        for (const Seen& seen : events) {
            if (seen.kind == SplitKind::Defect)
                found.push_back(seen.defect);
        }
        return found;
    }
    bool operator==(const Split&) const = default;
};

Split splitAll(std::string_view text, const SplitPaths& paths = {}, const Options& options = {})
{
    Source source(std::make_unique<Pieces>(text, options.piece));
    WindowReader window(source, {}, options.refill);
    JsonSplitter splitter(window, paths, options.limit, options.kernel);
    Split all;
    SplitEvent event;
    while (true) {
        const auto more = splitter.next(event);
        if (!more)
            all.error = more.error().message;
        if (!more || !*more)
            return all;
        all.events.push_back({event.kind, event.defect, event.target, event.depth, std::string(event.key),
                              std::string(event.value), event.array, event.offset, event.size, event.line});
    }
}

const SplitPaths otlp{"resourceSpans|resource_spans/*/scopeSpans|scope_spans|instrumentationLibrarySpans/*/spans/*"};

/// Kind, depth, key and value of each event on a line of its own.
std::string sketch(const Split& split)
{
    std::string text;
    for (const Seen& seen : split.events) {
        text += std::string(1, "VELD"[static_cast<int>(seen.kind)]) + std::to_string(seen.depth);
        if (seen.kind == SplitKind::Enter || seen.kind == SplitKind::Leave)
            text += seen.array ? "[]" : "{}";
        if (seen.kind == SplitKind::Value)
            text += seen.target < 0 ? "-" : std::to_string(seen.target);
        if (!seen.key.empty())
            text += ' ' + seen.key;
        if (!seen.value.empty())
            text += ' ' + seen.value;
        text += '\n';
    }
    return text;
}

class Writer
{
public:
    explicit Writer(unsigned seed)
        : m_random(seed)
    {
    }
    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }

    std::string space()
    {
        static const std::vector<std::string> spaces{"", "", "", " ", "\n ", "\r\n\t", "\t", "  \n  "};
        return spaces[static_cast<std::size_t>(below(static_cast<int>(spaces.size())))];
    }
    std::string string()
    {
        static const std::vector<std::string> parts{"a",    "\\\"", "\\\\", "{",       "}",        "[",
                                                    "]",    ",",    ":",    "\\n",     "é",        " ",
                                                    "word", "\\",   "/",    "\\u0041", "\\\\\\\\", "\\\\\\\""};
        std::string text = "\"";
        for (int i = below(below(10) == 0 ? 200 : 8); i > 0; --i) {
            const std::string& part = parts[static_cast<std::size_t>(below(static_cast<int>(parts.size())))];
            text += part == "\\" ? "\\/" : part;
        }
        return text + '"';
    }
    std::string value(int depth)
    {
        const int kind = below(depth > 0 ? 8 : 5);
        if (kind < 2)
            return string();
        if (kind < 5) {
            static const std::vector<std::string> words{"0", "-1.5e3", "true", "false", "null", "12345678901234567890"};
            return words[static_cast<std::size_t>(below(static_cast<int>(words.size())))];
        }
        return container(kind == 5, depth, below(5));
    }
    std::string container(bool array, int depth, int members)
    {
        std::string text = array ? "[" : "{";
        text += space();
        for (int i = 0; i < members; ++i) {
            if (i > 0)
                text += ',' + space();
            if (!array)
                text += "\"k" + std::to_string(below(4)) + '"' + space() + ':' + space();
            text += value(depth - 1) + space();
        }
        return text + (array ? "]" : "}");
    }

private:
    std::mt19937 m_random;
};

std::vector<ScanKernel> kernels()
{
    std::vector<ScanKernel> all{&scanPortable};
    for (const ScanKernel kernel : {sse2ScanKernel(), avx2ScanKernel()}) {
        if (kernel)
            all.push_back(kernel);
    }
    return all;
}

} // namespace

class TestSplitter : public QObject
{
    Q_OBJECT

private slots:
    void linesGiveTheirValuesWithPlace();
    void prettyValuesOneAfterAnother();
    void aDocumentIsWalkedAlongItsPath();
    void everyLineIsWalkedToo();
    void alternativesAndOtherKindsOfContainers();
    void aBrokenLineCostsOnlyItself();
    void aBrokenFirstLineOfAWalkedFileCostsOnlyItself();
    void aCutEndIsTold();
    void garbageIsPassedOver();
    void binaryInputEndsFast();
    void zerosBetweenRecords();
    void zerosInsideADocument();
    void marksAndSeparators();
    void longRecordsArePassedOver();
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

void TestSplitter::aBrokenLineCostsOnlyItself()
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

void TestSplitter::aBrokenFirstLineOfAWalkedFileCostsOnlyItself()
{
    const std::string good = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"s\":1}]}]}]}\n";
    for (const std::size_t cut : {20U, 40U, 50U, 52U, 54U}) {
        const Split split = splitAll(good.substr(0, cut) + "\n" + good + good, otlp);
        QCOMPARE(split.values(), std::vector<std::string>(cut < 50 ? 2 : 3, "{\"s\":1}"));
        QCOMPARE(split.defects(), std::vector{cut == 20 || cut == 40 ? SplitDefect::Garbage : SplitDefect::Broken});
        QCOMPARE(split.events.back().line, 3U);
    }
}

void TestSplitter::aCutEndIsTold()
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

void TestSplitter::garbageIsPassedOver()
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

void TestSplitter::binaryInputEndsFast()
{
    const std::string zeros(1000, '\0');
    Split split = splitAll(zeros);
    QCOMPARE(split.error, std::string("byte 0: binary data"));
    QVERIFY(!splitAll("text" + zeros).error.empty());
    QVERIFY(!splitAll(std::string("\xFF\xFE{\0", 4)).error.empty());
}

void TestSplitter::zerosBetweenRecords()
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

void TestSplitter::zerosInsideADocument()
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

void TestSplitter::marksAndSeparators()
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

void TestSplitter::longRecordsArePassedOver()
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

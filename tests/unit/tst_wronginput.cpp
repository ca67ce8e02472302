// layers: core importers analysis store pipeline cli nlohmann_json::nlohmann_json
#include "commandline.h"
#include "readformat.h"
#include "session.h"
#include "summary.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::string hex(std::uint64_t id)
{
    constexpr int digits = 16;
    std::string text(digits, '0');
    for (int i = digits - 1; i >= 0; --i, id >>= 4U)
        text[static_cast<std::size_t>(i)] = "0123456789abcdef"[id & 15U];
    return text;
}

/// A span; `more` is further members with a comma before them. Parent 0: none.
std::string span(std::uint64_t id, std::uint64_t parent = 0, const std::string& more = {},
                 const std::string& start = "1700000000000000000", const std::string& end = "1700000001000000000")
{
    std::string text = "{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"" + hex(id) + '"';
    if (parent != 0)
        text += ",\"parentSpanId\":\"" + hex(parent) + '"';
    return text + ",\"name\":\"op\",\"startTimeUnixNano\":\"" + start + "\",\"endTimeUnixNano\":\"" + end + '"' + more +
           '}';
}

const std::string documentHead = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[";
const std::string documentTail = "]}]}]}";

std::string document(const std::string& spans)
{
    return documentHead + spans + documentTail;
}

/// A good span before and behind the wrong one.
std::string between(const std::string& wrong)
{
    return document(span(1) + ',' + wrong + ',' + span(2));
}

std::string repeated(const std::string& text, int times)
{
    std::string all;
    all.reserve(text.size() * static_cast<std::size_t>(times));
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

std::uint64_t countOf(const std::vector<ImportIssue>& issues, IssueKind kind)
{
    std::uint64_t count = 0;
    for (const ImportIssue& issue : issues)
        count += issue.kind == kind ? issue.count : 0;
    return count;
}

struct Outcome {
    int status;
    std::string out;
    std::string err;
};

Outcome run(const std::vector<std::string>& arguments)
{
    std::ostringstream out;
    std::ostringstream err;
    const int status = runCommand(arguments, {out, err, {}, false});
    return {status, out.str(), err.str()};
}

} // namespace

class TestWrongInput : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::string path(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    std::string write(const char* name, const std::string& bytes) const
    {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }
    /// The ledger after an import of these bytes, and how many spans the corpus has.
    std::vector<ImportIssue> ledgerOf(const std::string& bytes, std::uint64_t& spans) const
    {
        auto session = openSession({write("input", bytes)}, summaryColumns(), {});
        spans = session ? session->corpus.spans.rows() : 0;
        return session ? session->workspace.issues(0, 1'000).value() : std::vector<ImportIssue>();
    }
    /// Cuts at every byte; `ends` are where records are complete.
    static void cutEverywhere(const std::string& whole, const std::vector<std::size_t>& ends)
    {
        const ImportFormat& format = *formatNamed("otlp-json");
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            RecordingSink sink;
            QVERIFY(readWith(format, whole.substr(0, size), sink));
            const auto complete =
                std::count_if(ends.begin(), ends.end(), [size](std::size_t end) { return end <= size; });
            QCOMPARE(sink.spans.size(), static_cast<std::size_t>(complete));
            const std::size_t lineEnd = whole.rfind('\n', size == 0 ? 0 : size - 1);
            const bool atLine = size == 0 || size == whole.size() || lineEnd == size - 1 || whole[size] == '\n';
            QCOMPARE(countOf(sink.issues, IssueKind::TruncatedFile), std::uint64_t(atLine ? 0 : 1));
        }
    }
    static std::vector<std::size_t> endsOf(const std::string& whole, const std::vector<std::string>& records)
    {
        std::vector<std::size_t> ends;
        for (const std::string& record : records)
            ends.push_back(whole.find(record) + record.size());
        return ends;
    }

private slots:
    void cutDocuments()
    {
        const std::vector<std::string> spans{span(1), span(2, 1, ",\"attributes\":[{\"key\":\"k\\\"}\"}]"), span(3, 1)};
        const std::string whole = document(spans[0] + ", " + spans[1] + ',' + spans[2]);
        cutEverywhere(whole, endsOf(whole, spans));
    }

    void cutLines()
    {
        const std::vector<std::string> spans{span(1), span(2, 1), span(3, 1)};
        const std::string whole = document(spans[0]) + '\n' + document(spans[1]) + '\n' + document(spans[2]) + '\n';
        cutEverywhere(whole, endsOf(whole, spans));
    }

    void cutSessions()
    {
        const std::string whole = fileText(QStringLiteral(ARCSCOPE_TEST_DATA "/formats/claudecode/turn.jsonl"));
        const ImportFormat& format = *formatNamed(sniffed(whole));
        std::size_t lines = 0;
        std::size_t expected = 0;
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            if (size > 0 && whole[size - 1] == '\n') {
                RecordingSink complete;
                QVERIFY(readWith(format, whole.substr(0, size), complete));
                QVERIFY(complete.spans.size() >= expected);
                expected = complete.spans.size();
                QCOMPARE(countOf(complete.issues, IssueKind::TruncatedFile), std::uint64_t(0));
                ++lines;
            }
            RecordingSink sink;
            QVERIFY(readWith(format, whole.substr(0, size), sink));
            QVERIFY(sink.spans.size() >= expected);
        }
        QVERIFY(lines > 3 && expected > 3);
    }

    void cutStreams()
    {
        std::string whole = fileText(QStringLiteral(ARCSCOPE_TEST_DATA "/formats/anthropicstream/whole.txt"));
        whole.erase(std::remove(whole.begin(), whole.end(), '\r'), whole.end());
        const ImportFormat& format = *formatNamed(sniffed(whole));
        const auto eventsIn = [&format](const std::string& bytes) {
            RecordingSink sink;
            std::uint32_t count = 0;
            if (!readWith(format, bytes, sink))
                return count;
            for (const auto& [row, stream] : sink.streams)
                count += stream.count;
            return count;
        };
        std::uint32_t expected = 0;
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            const std::uint32_t found = eventsIn(whole.substr(0, size));
            if (size >= 2 && whole.compare(size - 2, 2, "\n\n") == 0)
                expected = std::max(expected, found);
            QVERIFY2(found >= expected, std::to_string(size).c_str());
        }
        QVERIFY(expected > 3);
    }

    void wrongSpans_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<int>("spans");
        QTest::addColumn<QString>("kind");
        constexpr int deep = 100'000;
        const auto row = [](const char* title, const std::string& bytes, int spans, const char* kind) {
            QTest::newRow(title) << bytes << spans << QString::fromLatin1(kind);
        };
        const std::string nested = repeated("[", deep) + repeated("]", deep);
        row("arrays nested deep", between(span(3, 0, ",\"x\":" + nested)), 3, "");
        row("objects nested deep",
            between(span(3, 0, ",\"x\":" + repeated("{\"a\":", deep) + '1' + std::string(deep, '}'))), 3, "");
        row("attributes nested deep",
            between(span(3, 0,
                         ",\"attributes\":[{\"key\":\"deep\",\"value\":" +
                             repeated("{\"arrayValue\":{\"values\":[", deep) + "{}" + repeated("]}}", deep) + "}]")),
            3, "");
        row("a document nested deep", nested, 0, "unknown-format");
        row("never closed", document(span(1) + ",[" + std::string(deep, '[')), 1, "truncated-file");
        row("bytes that are no UTF-8", between(span(3, 0, ",\"traceState\":\"a\xff\xfe\xc0\x80\"")), 3, "invalid-utf8");
        row("bytes that are no UTF-8 in an id", between("{\"spanId\":\"00\xff\"}"), 3, "invalid-utf8");
        row("half a surrogate pair", between(span(3, 0, ",\"traceState\":\"x\",\"name\":\"\\ud800\"")), 3,
            "invalid-utf8");
        row("no escape", between(span(3, 0, ",\"name\":\"\\x\"")), 3, "malformed-record");
        row("the same again", between(span(1)), 2, "duplicate-span");
        row("its own parent", between(span(3, 3)), 3, "parent-cycle");
        row("before 1970", between(span(3, 0, {}, "-5", "-1")), 3, "bad-value");
        row("after 2100", between(span(3, 0, {}, "7258118400000000000", "7258118400000000001")), 3,
            "time-out-of-range");
        row("more than 64 bits", between(span(3, 0, {}, "18446744073709551616", "99999999999999999999999")), 3,
            "bad-value");
        row("no number", between(span(3, 0, {}, "yesterday", "")), 3, "bad-value");
        row("backwards", between(span(3, 0, {}, "1700000001000000000", "1700000000000000000")), 3, "negative-duration");
        row("zeros between", document(span(1) + std::string(100, '\0') + ',' + span(2)), 2, "malformed-record");
        row("words between", document(span(1) + ',' + repeated("xyz ", 1000) + ',' + span(2)), 1, "malformed-record");
        row("no object", between("[1]"), 2, "malformed-record");
    }
    void wrongSpans()
    {
        QFETCH(std::string, bytes);
        QFETCH(int, spans);
        QFETCH(QString, kind);
        const Outcome outcome = run({"info", "--json", write("wrong", bytes)});
        const auto json = nlohmann::json::parse(outcome.out, nullptr, false);
        QVERIFY2(json.is_object(), outcome.out.c_str());
        QCOMPARE(json["spans"].get<int>(), spans);
        bool found = kind.isEmpty() && json["ledger"].empty(); // what is not read is not judged
        for (const auto& row : json["ledger"])
            found = found || row["kind"].get<std::string>() == kind.toStdString();
        QVERIFY2(found, outcome.out.c_str());
    }

    void longChainsAndCycles()
    {
        constexpr std::uint64_t count = 100'000;
        std::string chain;
        std::string cycle;
        for (std::uint64_t i = 1; i <= count; ++i) {
            chain += (i > 1 ? "," : "") + span(i, i - 1);
            cycle += (i > 1 ? "," : "") + span(i, i > 1 ? i - 1 : count);
        }
        std::uint64_t spans = 0;
        auto issues = ledgerOf(document(chain), spans);
        QCOMPARE(spans, count);
        QCOMPARE(issues.size(), std::size_t(0));
        issues = ledgerOf(document(cycle), spans);
        QCOMPARE(spans, count);
        QCOMPARE(issues.size(), std::size_t(1));
        QCOMPARE(issues[0].kind, IssueKind::ParentCycle);
        QCOMPARE(issues[0].count, std::uint64_t(1));
    }

    void aFileThatGrowsWhileItIsRead()
    {
        constexpr std::uint64_t before = 2'000;
        std::string lines;
        for (std::uint64_t i = 1; i <= before; ++i)
            lines += document(span(i)) + '\n';
        const std::string file = write("grows.jsonl", lines);
        std::atomic<bool> stop{false};
        std::uint64_t last = before;
        std::thread writer([&] {
            std::ofstream out(file, std::ios::binary | std::ios::app);
            for (; !stop && last < 50'000; ++last)
                out << document(span(last + 1)) << '\n' << std::flush;
        });
        auto session = openSession({file}, summaryColumns(), {});
        stop = true;
        writer.join();
        QVERIFY(session);
        QVERIFY(session->corpus.spans.rows() >= before);
        QVERIFY(session->corpus.spans.rows() <= last);
        const std::vector<ImportIssue> ledger = session->workspace.issues(0, 1'000).value();
        for (const ImportIssue& issue : ledger)
            QCOMPARE(issue.kind, IssueKind::TruncatedFile);
    }

    void devicesAndPlacesThatCannotBeWritten()
    {
        const Outcome none = run({"info", "/dev/null"});
        QCOMPARE(none.status, int{ExitNothingRead});
        QVERIFY2(none.err.find("/dev/null: the file is empty") != std::string::npos, none.err.c_str());
        const std::string good = write("good.json", document(span(1)));
        for (const std::string& target :
             {path("no/such/folder/w.arcscope"), std::string("/dev/null/w.arcscope"), path("")}) {
            const Outcome outcome = run({"import", good, "--into", target});
            QCOMPARE(outcome.status, int{ExitNothingRead});
            QVERIFY2(outcome.err.find(target) != std::string::npos, outcome.err.c_str());
        }
    }

    void queriesOfWrongFilesGiveWholeLines()
    {
        const std::string file = write(
            "mixed.json", between(span(3, 0, ",\"name\":\"\xff\\u0000\\ud800\\n\\\"\",\"attributes\":[[[null]]]")));
        const Outcome outcome = run({"query", file, "duration>=0s", "--json"});
        QVERIFY(outcome.status == ExitDone || outcome.status == ExitRecordsRefused);
        const auto json = nlohmann::json::parse(outcome.out, nullptr, false);
        QVERIFY2(!json.is_discarded(), outcome.out.c_str());
        QVERIFY(outcome.out.find(hex(3)) != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestWrongInput)
#include "tst_wronginput.moc"

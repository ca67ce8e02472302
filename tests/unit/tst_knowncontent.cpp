// layers: core store pipeline PkgConfig::zstd
// Content that several files share: read once, told in the ledger.
#include "imported.h"
#include "otlplines.h"

#include <QTest>

#include <zstd.h>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::string packed(const std::string& text)
{
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

/// `count` spans of one trace from number `first` on.
std::string spans(int first, int count)
{
    std::string text;
    for (int i = first; i < first + count; ++i)
        text += otlpLine({.span = i,
                          .parent = i == 1 ? 0 : 1,
                          .start = i,
                          .end = i == 1 ? 10'000 : i + 5,
                          .name = 's' + std::to_string(i)});
    return text;
}

/// A session in which the user wrote `turns` messages and was answered.
std::string session(int turns)
{
    std::string text;
    for (int i = 0; i < turns; ++i) {
        const std::string n = std::to_string(i);
        const std::string around =
            R"("isSidechain":false,"sessionId":"s1","timestamp":"2026-03-01T10:00:0)" + n + ".000Z\",";
        text += "{\"parentUuid\":null," + around + R"("type":"user","message":{"role":"user","content":"ask )" +
                std::string(800, 'x') + R"("},"uuid":"u)" + n + "\"}\n";
        text += "{\"parentUuid\":\"u" + n + "\"," + around + R"("type":"assistant","message":{"id":"m)" + n +
                R"(","model":"claude-test-1","role":"assistant","content":[{"type":"text","text":"so"}],)" +
                R"("usage":{"input_tokens":10,"output_tokens":1}},"uuid":"a)" + n + "\"}\n";
    }
    return text;
}

} // namespace

class TestKnownContent : public QObject
{
    Q_OBJECT

private slots:
    void theSameContentIsReadOnce_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("small") << 2;
        QTest::newRow("larger than the head") << 400;
    }
    void theSameContentIsReadOnce()
    {
        QFETCH(int, count);
        const std::string text = spans(1, count);
        const std::string one = m_files.write("one.jsonl", text);
        const std::string two = m_files.write("two.txt", text);
        const std::string three = m_files.write("three.jsonl.zst", packed(text));
        auto open = openSession({one, two, three, one}, everyColumn(), {});
        QVERIFY(open);
        QCOMPARE(open->import->spans, std::uint64_t(count));
        QCOMPARE(open->import->known, 3U);
        QCOMPARE(open->corpus.spans.rows(), std::uint32_t(count));
        const QString bytes = QString::number(text.size());
        QCOMPARE(ledgerOf(open->workspace),
                 (QStringList{"info duplicate-span x1 two.txt: as " + QString::fromStdString(one) + ": the same " +
                                  bytes + " bytes; not read again",
                              "info duplicate-span x1 three.jsonl.zst: as " + QString::fromStdString(one) +
                                  ": the same " + bytes + " bytes; not read again",
                              "info duplicate-span x1 one.jsonl: it was read before under the same name: the same " +
                                  bytes + " bytes; not read again"}));
    }

    void aBeginningIsNotReadAgain()
    {
        const std::string whole = spans(1, 300);
        const std::string longer = m_files.write("longer.jsonl", whole);
        const std::string shorter = m_files.write("shorter.jsonl", spans(1, 100));
        auto open = openSession({longer, shorter}, everyColumn(), {});
        QVERIFY(open);
        QCOMPARE(open->corpus.spans.rows(), 300U);
        QCOMPARE(open->import->files[1].spans, 0U);
        QVERIFY(ledgerOf(open->workspace).at(0).contains("of its " + QString::number(whole.size())));
    }

    void onlyTheNewLinesOfAGrownFileAreRead()
    {
        const std::string before = spans(1, 20);
        const std::string first = m_files.write("turn-1.jsonl", before);
        const std::string second = m_files.write("turn-2.jsonl", before + spans(21, 5));
        auto open = openSession({first, second}, everyColumn(), {});
        QVERIFY(open);
        QCOMPARE(open->import->files[1].spans, 5U);
        QVERIFY(open->import->files[1].known);
        QCOMPARE(open->corpus.spans.rows(), 25U);
        QCOMPARE(open->corpus.traces.at(TraceColumn::Spans, 0), 25);
        // Where a record lies is counted from the start of the file.
        QCOMPARE(open->corpus.spans.at(SpanColumn::SourceByte, 20) > std::int64_t(before.size()), true);
        QCOMPARE(ledgerOf(open->workspace).size(), 1);
        QVERIFY(ledgerOf(open->workspace)
                    .at(0)
                    .contains("only the " + QString::number(spans(21, 5).size()) + " bytes behind"));
    }

    void smallFilesGrowToo()
    {
        const std::string first = m_files.write("tiny-1.jsonl", spans(1, 1));
        QVERIFY(spans(1, 1).size() < 1'024);
        for (const int count : {3, 400}) {
            const std::string second = m_files.write("tiny-2.jsonl", spans(1, count));
            auto open = openSession({first, second}, everyColumn(), {});
            QVERIFY(open);
            QCOMPARE(open->import->files[1].spans, std::uint64_t(count) - 1);
            QCOMPARE(open->corpus.traces.at(TraceColumn::Spans, 0), count);
            QCOMPARE(ledgerOf(open->workspace).size(), 1);
        }
    }

    void aLineThatWasCutOffIsReadAgain()
    {
        const std::string whole = spans(1, 20);
        const std::string first = m_files.write("cut.jsonl", whole.substr(0, whole.size() - 40));
        const std::string second = m_files.write("uncut.jsonl", whole);
        auto open = openSession({first, second}, everyColumn(), {});
        QVERIFY(open);
        QCOMPARE(open->corpus.traces.at(TraceColumn::Spans, 0), 20);
    }

    void aGrownSessionStandsForTheEarlierOne()
    {
        const std::string first = m_files.write("turn-1.claude.jsonl", session(2));
        const std::string second = m_files.write("turn-2.claude.jsonl", session(3));
        for (const auto& paths : {std::vector{first, second}, std::vector{second, first}}) {
            auto open = openSession(paths, everyColumn(), {});
            QVERIFY(open);
            auto alone = openSession({second}, everyColumn(), {});
            QVERIFY(alone);
            QCOMPARE(treesOf(open->corpus), treesOf(alone->corpus));
            QCOMPARE(open->corpus.traces.at(TraceColumn::Tokens, 0), 33);
            QCOMPARE(ledgerOf(open->workspace).size(), 1);
        }
    }

    void aWorkspaceKnowsWhatItHas()
    {
        const std::string work = m_files.workspace();
        const std::string file = m_files.write("growing.jsonl", spans(1, 30));
        QCOMPARE(importInto(work, {file}, {}).value().spans, 30U);
        const auto again = importInto(work, {file}, {});
        QCOMPARE(again.value().spans, 0U);
        QCOMPARE(again.value().known, 1U);
        m_files.write("growing.jsonl", spans(1, 33));
        QCOMPARE(importInto(work, {file}, {}).value().spans, 3U);
        auto workspace = Workspace::open(work);
        const Corpus corpus = corpusOf(*workspace);
        QCOMPARE(corpus.spans.rows(), 33U);
        QCOMPARE(corpus.traces.at(TraceColumn::Spans, 0), 33);
        QCOMPARE(ledgerOf(*workspace).size(), 2);
    }

    void otherContentIsNotTakenForKnown()
    {
        const std::string head = spans(1, 300);
        const std::string one = m_files.write("one.jsonl", head + spans(400, 2));
        const std::string two = m_files.write("two.jsonl", head + spans(500, 2));
        auto open = openSession({one, two}, everyColumn(), {});
        QVERIFY(open);
        QCOMPARE(open->import->known, 0U);
        QCOMPARE(open->corpus.traces.at(TraceColumn::Spans, 0), 304);
    }

private:
    Files m_files;
};

QTEST_APPLESS_MAIN(TestKnownContent)
#include "tst_knowncontent.moc"

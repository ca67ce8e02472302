// layers: core store pipeline SHARED
// Real sessions that were saved in several files.
#include "imported.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const std::string data = ARCSCOPE_SHARED_DIR "/data/";

std::int64_t total(const Corpus& corpus, TraceColumn column)
{
    std::int64_t sum = 0;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace)
        sum += std::max<std::int64_t>(corpus.traces.at(column, trace), 0);
    return sum;
}

} // namespace

class TestSeveralFilesShared : public QObject
{
    Q_OBJECT

private slots:
    void aSessionSavedTwiceWhileItGrewIsTheLaterOne()
    {
        const std::string folder = data + "codemie/tests/integration/session/fixtures/claude/incremental-simple/";
        const std::string first = folder + "turn-1.jsonl";
        const std::string second = folder + "turn-2.jsonl";
        auto alone = openSession({second}, everyColumn(), {});
        QVERIFY(alone);
        for (const auto& paths : {std::vector{first, second}, std::vector{second, first}, std::vector{folder}}) {
            auto both = openSession(paths, everyColumn(), {});
            QVERIFY(both);
            QCOMPARE(both->import->known, 1U);
            QCOMPARE(treesOf(both->corpus), treesOf(alone->corpus));
            for (const TraceColumn column : {TraceColumn::Spans, TraceColumn::Tokens, TraceColumn::ToolCalls})
                QCOMPARE(total(both->corpus, column), total(alone->corpus, column));
        }
    }

    void subAgentsAreInTheTraceOfTheirSession()
    {
        const std::string folder = data + "claude-code-spotter/";
        const std::string session = "4d5611e5-241a-462a-8d15-5122611a9569";
        auto open = openSession({folder + session + ".jsonl", folder + session}, everyColumn(), {});
        QVERIFY(open);
        QCOMPARE(open->corpus.traces.rows(), 1U);
        QCOMPARE(ledgerOf(open->workspace).filter("orphan-span"), QStringList());
        const SpanTable& spans = open->corpus.spans;
        int agents = 0;
        for (const Row row : open->corpus.rowsOf(0)) {
            if (!open->corpus.idText(spans.spanId(row)).starts_with("agent:"))
                continue;
            ++agents;
            QVERIFY(spans.parent(row) != noRow);
        }
        QCOMPARE(agents, 2);
    }
};

QTEST_APPLESS_MAIN(TestSeveralFilesShared)
#include "tst_severalfilesshared.moc"

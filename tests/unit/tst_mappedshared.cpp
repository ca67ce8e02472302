// layers: importers SHARED
// Result files as benchmarks write them. Counted without this program: records; messages of role assistant, or places
// in parallel arrays; messages of role tool; the other messages; rewards that are not full, turns that are not valid;
// tokens; nanoseconds of all turns.
#include "mappingmatch.h"
#include "readercases.h"
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Counts {
    int traces = 0;
    int calls = 0;
    int tools = 0;
    int others = 0;
    int evaluators = 0;
    int errors = 0;
    qint64 input = 0;
    qint64 output = 0;
    qint64 nanos = 0;

    bool operator==(const Counts&) const = default;
    QString text() const
    {
        return QStringLiteral(
                   "%1 traces, %2 calls, %3 tools, %4 others, %5 evaluators, %6 errors, %7 in, %8 out, %9 ns")
            .arg(traces)
            .arg(calls)
            .arg(tools)
            .arg(others)
            .arg(evaluators)
            .arg(errors)
            .arg(input)
            .arg(output)
            .arg(nanos);
    }
};

void add(Counts& counts, const SpanRecord& span)
{
    counts.traces += span.parent ? 0 : 1;
    counts.calls += span.kind == SpanKind::ModelCall ? 1 : 0;
    counts.tools += span.kind == SpanKind::ToolCall ? 1 : 0;
    counts.others += span.kind == SpanKind::Other ? 1 : 0;
    counts.evaluators += span.kind == SpanKind::Evaluator ? 1 : 0;
    counts.errors += span.status == SpanStatus::Error ? 1 : 0;
    counts.input += std::max<std::int64_t>(span.usage[UsageClass::Input], 0);
    counts.output += std::max<std::int64_t>(span.usage[UsageClass::Output], 0);
    if (span.kind == SpanKind::ModelCall && span.start != noTime && span.end != noTime)
        counts.nanos += span.end - span.start;
}

} // namespace

Q_DECLARE_METATYPE(Counts)

class TestMappedShared : public QObject
{
    Q_OBJECT

private slots:
    void counts_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<Counts>("expected");
        const auto row = [](const char* file, const Counts& expected) {
            QTest::newRow(file) << QString(file) << expected;
        };
        row("tau-bench/historical_trajectories/gpt-4o-airline.json", {200, 2454, 1164, 1690, 200, 116});
        row("agentrx/data/tau_retail/tau_dataset_full.json", {100, 1418, 793, 825, 100, 27});
        row("intercode/bash/gpt-3.5/ic_bash_multiturn_gpt-3.5_10_turns_fs_3.json", {60, 0, 366, 0, 60, 126 + 60 - 27});
        row("intercode/bash/gpt-3.5/ic_bash_multiturn_gpt-3.5_10_turns_fs_4.json", {27, 0, 175, 0, 27, 76 + 27 - 13});
        row("intercode/bash/gpt-4/ic_bash_multiturn_gpt-4_10_turns_fs_3.json", {60, 0, 334, 0, 60, 91 + 60 - 31});
        row("intercode/bash/gpt-4/ic_bash_multiturn_gpt-4_10_turns_fs_4.json", {27, 0, 131, 0, 27, 13 + 27 - 16});
        row("intercode/python/gpt-3.5/ic_python_multiturn_gpt-3.5_7_turns.json", {117, 0, 430, 0, 117, 117 - 69});
        row("intercode/python/gpt-3.5/ic_python_multiturn_gpt-4_7_turns.json", {119, 0, 431, 0, 119, 119 - 70});
        row("intercode/sql/gpt-3.5/ic_sql_multiturn_gpt-3.5_10_turns.json",
            {1034, 0, 7499, 0, 1034, 4240 + 1034 - 489});
        row("intercode/sql/gpt-4/ic_sql_multiturn_gpt-4_10_turns.json", {1034, 0, 5867, 0, 1034, 1691 + 1034 - 762});
        const char* const medusa = "medusa/mt_bench/model_answer/medusa-vicuna-";
        const char* const settings = "temperature-0.0-posterior_threshold-0.09-posterior_alpha-0.3.jsonl";
        const auto answers = [&](const char* model, qint64 output, qint64 nanos) {
            row(qPrintable(QString(medusa) + model + settings), {80, 160, 0, 0, 0, 0, 0, output, nanos});
        };
        answers("13b-v1.3-", 44'180, 598'498'305'554);
        answers("7b-v1.3-1-", 43'754, 426'255'804'055);
        answers("7b-v1.3-2-", 43'754, 462'204'519'508);
        answers("7b-v1.3-", 43'754, 431'907'384'871);
        row("azure-llm/data/AzureLLMInferenceTrace_code.csv", {8'819, 8'819, 0, 0, 0, 0, 18'059'974, 245'896, 0});
        row("tau-bench/few_shot_data/MockAirlineDomainEnv-few_shot.jsonl", {19});
        row("tau-bench/few_shot_data/MockRetailDomainEnv-few_shot.jsonl", {69});
        row("openinference/js/packages/openinference-genai/test/__fixtures__/otel_genai_tool_execution_span.json",
            {1, 0, 1});
        row("vercel-ai/mistral/src/__fixtures__/mistral-transcription.json", {1, 1, 0, 0, 0, 0, 13, 151, 0});
        row("pi-mono/assistant-message-with-thinking-code.json", {1, 1, 0, 0, 0, 0, 8, 1'211, 0});
        row("tau2-voice/experiment/results.json", {1});
        const char* const spoken = "tau2-voice/experiment/simulations/49b22f0c-4a56-41c5-922f-bc2a56e53a23.json";
        row(spoken, {1, 0, 0, 836}); // of 973 ticks those with speech, text or a call
    }

    void counts()
    {
        QFETCH(QString, file);
        QFETCH(Counts, expected);
        const std::string bytes = fileText(QString(ARCSCOPE_SHARED_DIR "/data/") + file);
        QVERIFY(!bytes.empty());
        QCOMPARE(sniffed(bytes), std::string("mapped"));
        RecordingSink sink;
        QVERIFY(readAll("mapped", bytes, sink));
        Counts found;
        for (const RecordedSpan& recorded : sink.spans)
            add(found, recorded.span);
        QCOMPARE(found.text(), expected.text());
        QCOMPARE(QString::fromStdString(contradiction("mapped", sink)), QString());
        for (const ImportIssue& issue : sink.issues)
            QVERIFY2(issue.severity == Severity::Info, issue.message.c_str());
    }

    void failureLogs()
    {
        Counts found;
        for (const char* half : {"Algorithm-Generated", "Hand-Crafted"}) {
            const QDir folder(QString(ARCSCOPE_SHARED_DIR "/data/whoandwhen/Who&When/") + half);
            for (const QString& file : folder.entryList({"*.json"})) {
                const std::string bytes = fileText(folder.filePath(file));
                const auto source = memorySource(bytes); // members stand behind what a probe sees
                const Mapping* const mapping = mappingFor(shippedMappings(), *source, file.toStdString());
                QVERIFY2(mapping && mapping->name == "who-and-when", qPrintable(file));
                QVERIFY(sniffed(bytes) == "mapped" || sniffed(bytes).empty());
                RecordingSink sink;
                QVERIFY(readAll("mapped", bytes, sink));
                for (const RecordedSpan& recorded : sink.spans)
                    add(found, recorded.span);
                QCOMPARE(QString::fromStdString(contradiction("mapped", sink)), QString());
            }
        }
        QCOMPARE(found.text(), (Counts{79, 0, 129, 24, 79, 79}).text());
    }
};

QTEST_APPLESS_MAIN(TestMappedShared)
#include "tst_mappedshared.moc"

// layers: importers SHARED
// Logs of others: the counts were taken from the files by other means.
#include "readformat.h"

#include <QTest>
#include <set>
#include <tuple>

using namespace arcscope;
using namespace arcscope::testing;

class TestInspectShared : public QObject
{
    Q_OBJECT

private slots:
    void logs_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QList<qint64>>("counts");
        const auto row = [](const char* file, const QList<qint64>& counts) { QTest::newRow(file) << file << counts; };
        // spans, model calls, tool calls, scores, messages, tokens: input, cache read, output, reasoning; errors, calls
        // asked for
        row("analysis/test_logs/2025-05-12T20-27-36-04-00_browser.json", {30, 5, 4, 1, 30, 6147, 9088, 281, 0, 0, 4});
        row("analysis/test_logs/2025-05-12T20-28-13-04-00_no-samples.json", {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        row("analysis/test_logs/2025-05-12T20-28-13-04-00_popularity.json", {22, 3, 0, 3, 9, 192, 0, 6, 0, 0, 0});
        row("analysis/test_logs_choices/mmlu-summary-choices.eval", {9, 1, 0, 1, 2, 153, 0, 3, 0, 0, 0});
        row("log/test_eval_log/log_formats.eval", {7, 1, 0, 1, 3, 66, 0, 2, 0, 0, 0});
        row("log/test_eval_log/log_formats.json", {7, 1, 0, 1, 3, 66, 0, 2, 0, 0, 0});
        row("log/test_eval_log/log_tool_call_error.json", {13, 0, 11, 0, 0, 0, 0, 0, 0, 11, 0});
        row("log/test_list_logs/2024-11-05T13-31-45-05-00_input-task_8zXjbRzCWrL9GXiXo2vus9.json",
            {9, 2, 0, 1, 5, 274, 0, 189, 0, 0, 0});
        row("log/test_list_logs/2024-11-05T13-32-37-05-00_input-task_hxs4q9azL3ySGkjJirypKZ.eval",
            {9, 2, 0, 1, 5, 287, 0, 202, 0, 0, 0});
        row("log/test_skeleton/basic.json", {8, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0});
        row("log/test_skeleton/parallel_spans.json", {6, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0});
        row("scorer/logs/2025-02-11T15-17-00-05-00_popularity_dPiJifoWeEQBrfWsAopzWr.eval",
            {41, 10, 0, 0, 30, 620, 0, 20, 0, 0, 0});
        row("timeline/fixtures/events/utility_billing_header.json", {8, 3, 1, 0, 9, 15, 0, 3, 0, 0, 1});
        row("timeline/fixtures/events/utility_branch_warmup.json", {10, 4, 1, 0, 12, 20, 0, 4, 0, 0, 1});
        row("timeline/fixtures/events/utility_bridge_wrapped.json", {7, 3, 1, 0, 9, 15, 0, 3, 0, 0, 1});
        row("timeline/fixtures/events/utility_header_only_prompt.json", {8, 3, 1, 0, 9, 15, 0, 3, 0, 0, 1});
        row("timeline/fixtures/events/utility_subagent_loop.json", {8, 3, 1, 0, 9, 15, 0, 3, 0, 0, 1});
        row("timeline/fixtures/events/utility_subagent_no_loop.json", {6, 2, 0, 0, 6, 10, 0, 2, 0, 0, 0});
        row("timeline/fixtures/events/utility_workflow_generate.json", {8, 5, 0, 0, 15, 25, 0, 5, 0, 0, 0});
    }

    void logs()
    {
        QFETCH(QString, file);
        QFETCH(QList<qint64>, counts);
        std::vector<ImportIssue> issues;
        const std::string paths[] = {(QString(ARCSCOPE_SHARED_DIR "/data/inspect-ai/tests/") + file).toStdString()};
        const auto files = expandInputs(paths, issues);
        QVERIFY(files && issues.empty());
        RecordingSink sink;
        for (const InputFile& input : *files) {
            const auto source = openSource(input);
            QVERIFY(source);
            const ImportFormat* format = sniff(Probe::of(**source));
            QVERIFY(format);
            QCOMPARE(std::string(format->name), std::string("inspect"));
            ReadJob job{**source, sink, {}, input.name};
            QVERIFY(format->read(job));
        }
        std::set<std::pair<Id, Id>, Less> seen; // a log tells of itself when it begins and when it ends
        QList<qint64> found(11, 0);
        for (const auto& [span, record] : sink.spans) {
            found[0] += seen.emplace(span.trace, span.span).second ? 1 : 0;
            found[1] += span.kind == SpanKind::ModelCall ? 1 : 0;
            found[2] += span.kind == SpanKind::ToolCall ? 1 : 0;
            found[3] += span.kind == SpanKind::Evaluator ? 1 : 0;
            found[4] += std::max<std::int64_t>(span.messages, 0);
            found[5] += std::max<std::int64_t>(span.usage[UsageClass::Input], 0);
            found[6] += std::max<std::int64_t>(span.usage[UsageClass::CacheRead], 0);
            found[7] += std::max<std::int64_t>(span.usage[UsageClass::Output], 0);
            found[8] += std::max<std::int64_t>(span.usage[UsageClass::Reasoning], 0);
            found[9] += span.status == SpanStatus::Error ? 1 : 0;
            found[10] += std::max<std::int64_t>(span.callsAsked, 0);
            const SpanContent content = formatNamed("inspect")->decode(record, {});
            const auto messages = static_cast<std::int64_t>(content.input.size() + content.output.size());
            QCOMPARE(messages, std::max<std::int64_t>(span.messages, 0));
            for (const Message& message : content.input) {
                for (const Part& part : message.parts)
                    QVERIFY(!part.text.starts_with("attachment://") && !part.text.starts_with("tc://"));
            }
        }
        QCOMPARE(found, counts);
    }

private:
    struct Less {
        bool operator()(const std::pair<Id, Id>& a, const std::pair<Id, Id>& b) const
        {
            const auto parts = [](const Id& id) { return std::tuple(id.form, id.high, id.low); };
            return std::pair(parts(a.first), parts(a.second)) < std::pair(parts(b.first), parts(b.second));
        }
    };
};

QTEST_APPLESS_MAIN(TestInspectShared)
#include "tst_inspectshared.moc"

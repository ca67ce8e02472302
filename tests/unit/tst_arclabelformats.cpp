// layers: core analysis importers store pipeline cli nlohmann_json::nlohmann_json
// Scores, feedback and assessments as each platform records them: which decide what became of the work.
#include "clirun.h"
#include "imported.h"

#include <QTest>

using namespace arcscope::testing;

namespace
{

struct Case {
    const char* name;
    const char* file;
    std::string text;
    const char* expected; ///< outcome, source, rule
};

std::string langfuse(const std::string& scores)
{
    return R"({"id":"tr-1","name":"desk","timestamp":"2026-01-01T00:00:00.000Z","htmlPath":"/t","sessionId":"s1",)"
           R"("observations":[{"id":"o1","traceId":"tr-1","type":"GENERATION","name":"chat","startTime":)"
           R"("2026-01-01T00:00:00.000Z","endTime":"2026-01-01T00:00:01.000Z","input":[{"role":"user","content":)"
           R"("Where is it?"}],"output":{"role":"assistant","content":"In Leeds."}},{"id":"o2","parentObservationId":"o1",)"
           R"("traceId":"tr-1","type":"SPAN","name":"look","startTime":"2026-01-01T00:00:00.100Z","endTime":)"
           R"("2026-01-01T00:00:00.200Z"}],"scores":[)" +
           scores + "]}";
}

std::string score(const char* name, const char* value, const char* source, const char* day, const char* more = "")
{
    return std::string(R"({"id":"sc-)") + name + source + R"(","traceId":"tr-1","name":")" + name + R"(","value":)" +
           value + R"(,"source":")" + source + R"(","timestamp":"2026-01-0)" + day + R"(T00:00:00.000Z")" + more + '}';
}

std::string langSmith(const std::string& feedback)
{
    return R"({"id":"33333333-0000-4000-8000-000000000001","name":"desk","run_type":"llm","start_time":)"
           R"("2026-01-01T00:00:00+00:00","end_time":"2026-01-01T00:00:01+00:00","inputs":{"messages":[)"
           R"({"role":"user","content":"Where is it?"}]},"outputs":{"output":"In Leeds."},"trace_id":"33333333-0000-4000-8000-000000000001","dotted_order":)"
           R"("20260101T000000000000Z33333333-0000-4000-8000-000000000001",)" +
           feedback + "}\n";
}

std::string braintrust(const std::string& scores)
{
    return R"({"id":"row-1","_xact_id":"1000","created":"2026-01-01T00:00:00.000Z","project_id":"p","log_id":"g",)"
           R"("input":[{"role":"user","content":"Where is it?"}],"output":"In Leeds.","span_id":"33333333-0000-4000-8000-000000000001",)"
           R"("root_span_id":"33333333-0000-4000-8000-000000000001","is_root":true,"span_attributes":{"name":"desk",)"
           R"("type":"llm"},"metrics":{"start":1767225600,"end":1767225601},"scores":)" +
           scores + "}\n";
}

std::string mlflow(const std::string& assessments)
{
    return R"({"info":{"trace_id":"tr-0af7651916cd43dd8448eb211c80319c","trace_location":{"type":"MLFLOW_EXPERIMENT",)"
           R"("mlflow_experiment":{"experiment_id":"1"}},"request_time":"2026-01-01T00:00:00Z","state":"OK",)"
           R"("trace_metadata":{"mlflow.trace.session":"s-1"},"assessments":[)" +
           assessments +
           R"(]},"data":{"spans":[{"trace_id":"CvdlGRbNQ92ESOshHIAxnA==","span_id":"t61rcWkgMzE=","parent_span_id":"",)"
           R"("name":"desk","start_time_unix_nano":1767225600000000000,"end_time_unix_nano":1767225600900000000,)"
           R"("events":[],"status":{"code":"STATUS_CODE_OK"},"attributes":{"mlflow.spanType":"\"AGENT\"",)"
           R"("mlflow.spanInputs":"{\"question\": \"Where is it?\"}"}}]}})";
}

std::string weave(const std::string& summary)
{
    return R"({"id":"019b0000-0000-7000-8000-000000000001","project_id":"birds/desk","op_name":)"
           R"("weave:///birds/desk/op/Desk.answer:v1abc","trace_id":"019b0000-0000-7000-8000-00000000000a",)"
           R"("parent_id":null,"thread_id":"thread-7","started_at":"2026-01-01T00:00:00.000000Z","ended_at":)"
           R"("2026-01-01T00:00:03.000000Z","attributes":{},"inputs":{"question":"Where is it?"},"output":"In Leeds.",)"
           R"("summary":{)" +
           summary + "}}\n";
}

std::string otlp(const std::string& attributes, const std::string& events = "")
{
    return R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":)"
           R"("b7ad6b7169203331","name":"invoke_agent desk","startTimeUnixNano":"1767225600000000000",)"
           R"("endTimeUnixNano":"1767225601000000000","attributes":[{"key":"gen_ai.operation.name","value":)"
           R"({"stringValue":"invoke_agent"}})" +
           attributes + R"(],"events":[)" + events + "]}]}]}]}\n";
}

std::string text(const char* key, const char* value)
{
    return std::string(R"(,{"key":")") + key + R"(","value":{"stringValue":")" + value + "\"}}";
}

std::string number(const char* key, const char* value)
{
    return std::string(R"(,{"key":")") + key + R"(","value":{"doubleValue":)" + value + "}}";
}

std::string evaluation(const char* name, const char* label, const char* value, const std::string& more = {})
{
    return std::string(R"({"timeUnixNano":"1767225601000000000","name":"gen_ai.evaluation.result","attributes":[)") +
           R"({"key":"gen_ai.evaluation.name","value":{"stringValue":")" + name + "\"}}" +
           text("gen_ai.evaluation.score.label", label) + number("gen_ai.evaluation.score.value", value) + more + "]}";
}

const std::vector<Case>& cases()
{
    static const std::vector<Case> all{
        {"Langfuse: a judge's yes", "a.json", langfuse(score("correctness", "1", "EVAL", "2")),
         "succeeded label label: correctness"},
        {"Langfuse: a number in between says nothing", "a.json", langfuse(score("correctness", "0.7", "EVAL", "2")),
         "unknown none "},
        {"Langfuse: a part", "a.json", langfuse(score("toxicity", "1", "EVAL", "2")), "unknown none "},
        {"Langfuse: of an observation", "a.json",
         langfuse(score("match", "1", "EVAL", "2", R"(,"observationId":"o2")")), "unknown none "},
        {"Langfuse: of an observation, and its name says it", "a.json",
         langfuse(score("user-feedback", "0", "API", "2", R"(,"observationId":"o2")")),
         "failed label label: user-feedback"},
        {"Langfuse: two that disagree", "a.json",
         langfuse(score("match", "1", "EVAL", "2") + ',' + score("quality", "0", "EVAL", "3")),
         "unknown label labels disagree: match 1, quality 0"},
        {"Langfuse: the person holds", "a.json",
         langfuse(score("match", "1", "EVAL", "3") + ',' + score("quality", "0", "ANNOTATION", "2")),
         "failed label label: quality"},
        {"Langfuse: a person with a name", "a.json",
         langfuse(score("quality", "0", "ANNOTATION", "2", R"(,"authorUserId":"ann")")),
         "failed label label: quality, by person ann"},
        {"Langfuse: a judge with its model", "a.json",
         langfuse(score("quality", "1", "EVAL", "2", R"(,"metadata":{"judge_model":"gpt-5"})")),
         "succeeded label label: quality, by gpt-5"},
        {"Langfuse: a word", "a.json",
         langfuse(score("verdict", "null", "ANNOTATION", "2", R"(,"stringValue":"resolved","dataType":"CATEGORICAL")")),
         "succeeded label label: verdict"},
        {"LangSmith: feedback", "a.jsonl",
         langSmith(R"("feedback_stats":{"user_score":{"n":1,"avg":1.0},"helpfulness":{"n":1,"avg":0.4}})"),
         "succeeded label label: user_score"},
        {"LangSmith: none", "a.jsonl", langSmith(R"("feedback_stats":null)"), "unknown none "},
        {"Braintrust: a score", "a.jsonl", braintrust(R"({"Correct":0,"Factuality":0.6})"),
         "failed label label: Correct"},
        {"Braintrust: none that decides", "a.jsonl", braintrust(R"({"Factuality":0.6})"), "unknown none "},
        {"MLflow: an assessment", "a.json",
         mlflow(R"({"assessment_name":"correct","source":{"source_type":"LLM_JUDGE"},"feedback":{"value":true}})"),
         "succeeded label label: correct"},
        {"MLflow: a judge with its model", "a.json",
         mlflow(R"({"assessment_name":"correct","source":{"source_type":"LLM_JUDGE","source_id":"openai:/gpt-5"},)"
                R"("feedback":{"value":true}})"),
         "succeeded label label: correct, by openai:/gpt-5"},
        {"MLflow: a person and a judge", "a.json",
         mlflow(R"({"assessment_name":"good","source":{"source_type":"HUMAN"},"feedback":{"value":false}},)"
                R"({"assessment_name":"fine","source":{"source_type":"LLM_JUDGE"},"feedback":{"value":true}})"),
         "failed label label: good"},
        {"Weave: a reaction", "a.jsonl",
         weave(R"("weave":{"status":"success","feedback":[{"feedback_type":"wandb.reaction.1","payload":{"emoji":)"
               "\"\U0001F44E\"}}]}"),
         "failed label label: wandb.reaction.1"},
        {"OpenTelemetry: an evaluation", "a.jsonl", otlp("", evaluation("task_completion", "pass", "1")),
         "succeeded label label: task_completion"},
        {"OpenTelemetry: a judge with its model", "a.jsonl",
         otlp(text("judge.model", "another"),
              evaluation("task_completion", "pass", "1",
                         text("gen_ai.request.model", "gpt-4.1") + text("judge.model", "gpt-5") +
                             text("judge.version", "3"))),
         "succeeded label label: task_completion, by gpt-5 3"},
        {"OpenTelemetry: a judge that the span names", "a.jsonl",
         otlp(text("grader", "rubric 7"), evaluation("task_completion", "pass", "1")),
         "succeeded label label: task_completion, by rubric 7"},
        {"OpenTelemetry: of a part", "a.jsonl", otlp("", evaluation("answer_relevance", "fail", "0")), "unknown none "},
        {"OpenTelemetry: thumbs", "a.jsonl", otlp(number("user_feedback.score", "-1")),
         "failed label label: user_feedback.score"},
        {"OpenTelemetry: a word", "a.jsonl", otlp(text("feedback.thumbs", "up")),
         "succeeded label label: feedback.thumbs"},
        {"Phoenix: an annotation", "a.json",
         R"([{"name":"desk","span_kind":"AGENT","context":{"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":)"
         R"("b7ad6b7169203331"},"parent_id":null,"start_time":"2026-01-01T00:00:00+00:00","end_time":)"
         R"("2026-01-01T00:00:01+00:00","status_code":"OK","status_message":"","attributes":)"
         R"({"openinference.span.kind":"AGENT","input.value":"Where is it?","output.value":"In Leeds.",)"
         R"("annotations":[{"name":"correctness","annotator_kind":"HUMAN","result":{"label":"incorrect","score":0}}]},)"
         R"("events":[]}])",
         "failed label label: correctness"},
        {"Phoenix: two annotators", "a.json",
         R"([{"name":"desk","span_kind":"AGENT","context":{"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":)"
         R"("b7ad6b7169203331"},"parent_id":null,"start_time":"2026-01-01T00:00:00+00:00","end_time":)"
         R"("2026-01-01T00:00:01+00:00","status_code":"OK","status_message":"","attributes":)"
         R"({"openinference.span.kind":"AGENT","input.value":"Where is it?","output.value":"In Leeds.",)"
         R"("annotations":[{"name":"toxicity","annotator_kind":"LLM","identifier":"other","result":{"score":1}},)"
         R"({"name":"correctness","annotator_kind":"LLM","metadata":{"model":"gpt-5"},"result":{"label":"incorrect",)"
         R"("score":0}}]},"events":[]}])",
         "failed label label: correctness, by gpt-5"},
    };
    return all;
}

} // namespace

class TestArcLabelFormats : public QObject
{
    Q_OBJECT

private slots:
    void outcomes_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].name) << static_cast<int>(i);
    }
    void outcomes()
    {
        QFETCH(int, index);
        const Case& one = cases()[static_cast<std::size_t>(index)];
        const Files files;
        const auto json = run({"arcs", files.write(one.file, one.text), "--json"}).json();
        QVERIFY2(json.is_object() && json["arcs"].size() == 1, json.dump(1).c_str());
        const auto& arc = json["arcs"][0];
        const std::string rule = arc["outcome_rule"].is_null() ? "" : arc["outcome_rule"].get<std::string>();
        QCOMPARE(arc["outcome"].get<std::string>() + ' ' + arc["outcome_source"].get<std::string>() + ' ' + rule,
                 std::string(one.expected));
    }
};

QTEST_APPLESS_MAIN(TestArcLabelFormats)
#include "tst_arclabelformats.moc"

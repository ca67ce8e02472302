// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
// The arcs of the sample corpus against what its files say, read as JSON by itself, and what is planted in it.
#include "clirun.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Json = nlohmann::json;

const std::string samples = ARCSCOPE_TEST_SAMPLES;

/// What the spans of a task say.
struct Task {
    std::set<std::string> traces;
    std::set<std::string> sessions;
    std::set<std::string> devices;
    std::string label; ///< of the task_outcome; empty: none
};

std::string textOf(const Json& attributes, const std::string& key)
{
    for (const Json& attribute : attributes) {
        if (attribute["key"] == key && attribute["value"].contains("stringValue"))
            return attribute["value"]["stringValue"];
    }
    return {};
}

std::map<std::string, Task> tasksIn(const std::string& folder)
{
    std::map<std::string, Task> tasks;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
            const Json json = Json::parse(line);
            for (const Json& resource : json["resourceSpans"]) {
                for (const Json& scope : resource["scopeSpans"]) {
                    for (const Json& span : scope["spans"]) {
                        const std::string id = textOf(span["attributes"], "arcscope.task.id");
                        if (id.empty())
                            continue;
                        Task& task = tasks[id];
                        task.traces.insert(span["traceId"].get<std::string>());
                        task.sessions.insert(textOf(span["attributes"], "session.id"));
                        task.devices.insert(textOf(span["attributes"], "device.type"));
                        const Json events = span.value("events", Json::array());
                        for (const Json& event : events) {
                            if (textOf(event["attributes"], "gen_ai.evaluation.name") == "task_outcome")
                                task.label = textOf(event["attributes"], "gen_ai.evaluation.score.label");
                        }
                    }
                }
            }
        }
    }
    return tasks;
}

const std::map<std::string, std::string>& outcomes()
{
    static const std::map<std::string, std::string> all{
        {"resolved", "succeeded"}, {"resolved_by_human", "deferred"}, {"deferred", "deferred"}, {"failed", "failed"},
        {"abandoned", "failed"},   {"infeasible", "declined"},        {"declined", "declined"}};
    return all;
}

const Json& arcNamed(const Json& arcs, const std::string& key)
{
    static const Json none;
    const auto found =
        std::find_if(arcs["arcs"].begin(), arcs["arcs"].end(), [&](const Json& arc) { return arc["arc"] == key; });
    return found == arcs["arcs"].end() ? none : *found;
}

} // namespace

class TestArcSamples : public QObject
{
    Q_OBJECT

    Json m_week;

private slots:
    void initTestCase()
    {
        m_week = run({"arcs", samples + "/support-week", "--by", "plan", "--list", "--json"}).json();
    }

    void everyTaskIsAnArc()
    {
        const std::map<std::string, Task> tasks = tasksIn(samples + "/support-week");
        QCOMPARE(tasks.size(), std::size_t(103));
        for (const auto& [id, task] : tasks) {
            const Json& arc = arcNamed(m_week, "task:" + id);
            QVERIFY2(arc.is_object(), id.c_str());
            QVERIFY2(arc["traces"] == task.traces.size(), id.c_str());
            QVERIFY2(arc["sessions"] == task.sessions.size(), id.c_str());
            QVERIFY2(arc["devices"] == task.devices.size(), id.c_str());
            const auto outcome = outcomes().find(task.label);
            if (outcome != outcomes().end()) {
                QVERIFY2(arc["outcome"] == outcome->second && arc["outcome_source"] == "label", arc.dump(1).c_str());
            } else {
                QVERIFY2(arc["outcome_source"] != "label", arc.dump(1).c_str());
            }
        }
    }

    void whatIsPlanted()
    {
        const Json& seam = arcNamed(m_week, "task:task-seam-2207");
        QCOMPARE(seam["sessions"].get<int>(), 3);
        QCOMPARE(seam["devices"].get<int>(), 2);
        QCOMPARE(seam["resolution"].get<std::string>(), std::string("resolved"));
        const Json& zip = arcNamed(m_week, "task:task-zip-4471");
        QCOMPARE(zip["resolution"].get<std::string>(), std::string("abandoned"));
        QVERIFY(zip["regenerates"].get<int>() >= 1);
        QCOMPARE(arcNamed(m_week, "task:task-stove-5209")["resolution"].get<std::string>(), std::string("infeasible"));
        const Json& refund = arcNamed(m_week, "task:task-refund-3127");
        QCOMPARE(refund["resolution"].get<std::string>(), std::string("resolved_by_human"));
        QVERIFY(refund["escalations"].get<int>() >= 1);
        QVERIFY(refund["idle_gaps"].get<int>() >= 1);
    }

    void onlyThePlantedStitchIsProposed()
    {
        std::ifstream file(samples + "/planted.json");
        const Json planted = Json::parse(file)["stitches"];
        QCOMPARE(m_week["stitches"].size(), planted.size());
        const std::string reason = m_week["stitches"][0]["reason"];
        QVERIFY2(reason.find("fh-21880") != std::string::npos, reason.c_str());
        QVERIFY2(reason.find("pasted again") != std::string::npos, reason.c_str());
    }

    void countsByPlan()
    {
        std::map<std::string, int> totals;
        for (const Json& group : m_week["groups"]) {
            for (const auto& [outcome, count] : group["totals"].items())
                totals[outcome] += count.get<int>();
        }
        QVERIFY(m_week["groups"].size() >= 3);
        for (const auto& [outcome, count] : m_week["totals"].items())
            QCOMPARE(totals[outcome], count.get<int>());
    }

    /// The same tasks by two models: trials of their own.
    void runsOfAMigration()
    {
        std::ifstream file(samples + "/planted.json");
        const Json planted = Json::parse(file);
        const Json arcs = run({"arcs", samples + "/migration", "--json"}).json();
        QCOMPARE(arcs["arcs"].size(), 2 * planted["replay"].size());
        std::map<std::string, std::vector<std::string>> byTask; // by start: the baseline ran first
        for (const Json& arc : arcs["arcs"])
            byTask[arc["task"]].push_back(arc["outcome"]);
        const auto expected = [](const Json& succeeded) {
            return std::string(succeeded.get<bool>() ? "succeeded" : "failed");
        };
        for (const Json& task : planted["replay"]) {
            const std::vector<std::string>& found = byTask[task["task"]];
            QCOMPARE(found.size(), std::size_t(2));
            QCOMPARE(found[0], expected(task["baseline_succeeded"]));
            QCOMPARE(found[1], expected(task["candidate_succeeded"]));
        }
        QVERIFY(arcs["stitches"].empty());
    }

    void theIncident()
    {
        const Json arcs = run({"arcs", samples + "/incident", "--list", "--json"}).json();
        QCOMPARE(arcs["arcs"].size(), std::size_t(1)); // the sub-agent's prompt is no user's
        const Json& steps = arcs["arcs"][0]["steps"];
        const auto asked = std::count_if(steps.begin(), steps.end(), [](const Json& step) {
            return step["quote"].is_string() &&
                   step["quote"].get<std::string>().find("agent-a7c1e9d") != std::string::npos;
        });
        QCOMPARE(asked, 0);
    }
};

QTEST_APPLESS_MAIN(TestArcSamples)
#include "tst_arcsamples.moc"

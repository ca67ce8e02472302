// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json SHARED
// Task arcs of recorded sessions and benchmarks against what a person read in the files, and the outcome of each
// against the reward in its record, read as JSON by itself.
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

const std::string shared = ARCSCOPE_SHARED_DIR "/data/";

Json jsonOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return Json::parse(file, nullptr, false);
}

Json arcsOf(const std::string& path)
{
    return run({"arcs", shared + path, "--json"}).json();
}

/// What was read in a file: one arc of it.
struct Expected {
    std::string path;
    std::string key; ///< of the arc, or how it ends
    std::string goal;
    std::string outcome;
    std::string source;
    int turns;
    int escalations;
};

/// How many arcs have each outcome by a label.
std::map<std::string, int> labelled(const Json& arcs)
{
    std::map<std::string, int> counts;
    for (const Json& arc : arcs["arcs"]) {
        if (arc["outcome_source"] == "label")
            ++counts[arc["outcome"]];
    }
    return counts;
}

std::vector<std::string> filesIn(const std::string& folder, const std::string& suffix)
{
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(shared + folder)) {
        if (entry.is_regular_file() && entry.path().string().ends_with(suffix))
            files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

class TestArcsShared : public QObject
{
    Q_OBJECT

private slots:
    void arcsThatWereReadByHand_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < table().size(); ++i)
            QTest::newRow(table()[i].path.c_str()) << static_cast<int>(i);
    }
    void arcsThatWereReadByHand()
    {
        QFETCH(int, index);
        const Expected& expected = table()[static_cast<std::size_t>(index)];
        const Json arcs = arcsOf(expected.path);
        const auto arc = std::find_if(arcs["arcs"].begin(), arcs["arcs"].end(), [&](const Json& one) {
            return one["arc"].get<std::string>().ends_with(expected.key);
        });
        QVERIFY2(arc != arcs["arcs"].end(), arcs.dump(1).substr(0, 2'000).c_str());
        const std::string goal = (*arc)["goal"].is_null() ? "" : (*arc)["goal"].get<std::string>();
        QVERIFY2(goal.starts_with(expected.goal), goal.c_str());
        QCOMPARE((*arc)["outcome"].get<std::string>(), expected.outcome);
        QCOMPARE((*arc)["outcome_source"].get<std::string>(), expected.source);
        QCOMPARE((*arc)["turns"].get<int>(), expected.turns);
        QCOMPARE((*arc)["escalations"].get<int>(), expected.escalations);
    }

    void rewardsOfTauBench()
    {
        const std::string path = "tau-bench/historical_trajectories/gpt-4o-airline.json";
        const Json trials = jsonOf(shared + path);
        const Json all = arcsOf(path);
        const Json& arcs = all["arcs"];
        QCOMPARE(arcs.size(), trials.size()); // each a trial
        std::set<int> begun;
        for (std::size_t i = 0; i < trials.size(); ++i) {
            // In the order of the file; the first trial of a task has its name.
            const Json& arc = arcs[i];
            const int task = trials[i]["task_id"].get<int>();
            QCOMPARE(arc["arc"].get<std::string>(), begun.insert(task).second
                                                        ? "task:task " + std::to_string(task)
                                                        : "trace:" + shared + path + '#' + std::to_string(i + 1));
            QCOMPARE(arc["outcome"].get<std::string>(),
                     std::string(trials[i]["reward"] == 1.0 ? "succeeded" : "failed"));
            QCOMPARE(arc["score"].get<double>(), trials[i]["reward"].get<double>());
            QCOMPARE(arc["task"].get<std::string>(), "task " + std::to_string(trials[i]["task_id"].get<int>()));
            const auto users = std::count_if(trials[i]["traj"].begin(), trials[i]["traj"].end(),
                                             [](const Json& message) { return message["role"] == "user"; });
            QCOMPARE(arc["turns"].get<int>(), static_cast<int>(users));
        }
    }

    void rewardsOfInterCode()
    {
        for (const std::string& file : filesIn("intercode", ".json")) {
            std::map<std::string, int> counts;
            const Json trials = jsonOf(file);
            for (const Json& trial : trials)
                ++counts[trial["summary"]["max_reward"] == 1.0 ? "succeeded" : "failed"];
            const Json arcs = run({"arcs", file, "--json"}).json();
            QVERIFY2(labelled(arcs) == counts, file.c_str());
            for (const Json& arc : arcs["arcs"])
                QVERIFY2(!arc["goal"].is_null(), arc.dump().c_str());
        }
    }

    void samplesOfInspect()
    {
        std::map<std::string, int> counts;
        std::map<std::string, int> found;
        for (const std::string& file : filesIn("inspect-ai", ".json")) {
            const Json log = jsonOf(file);
            if (!log.is_object() || !log.contains("samples") || !log["samples"].is_array())
                continue;
            for (const Json& sample : log["samples"]) {
                if (!sample.contains("scores") || !sample["scores"].is_object())
                    continue;
                for (const auto& [name, score] : sample["scores"].items()) {
                    if (score["value"].is_string())
                        ++counts[score["value"] == "C" ? "succeeded" : "failed"];
                }
            }
            const std::map<std::string, int> read = labelled(run({"arcs", file, "--json"}).json());
            for (const auto& [outcome, count] : read)
                found[outcome] += count;
        }
        QVERIFY(counts["succeeded"] > 0 && counts["failed"] > 0);
        QVERIFY2(found == counts, (Json(found).dump() + Json(counts).dump()).c_str());
    }

    void rewardsOfAgentRx()
    {
        const Json arcs = arcsOf("agentrx/data/tau_retail/tau_dataset_full.json");
        std::map<std::string, int> counts;
        const Json trials = jsonOf(shared + "agentrx/data/tau_retail/tau_dataset_full.json");
        for (const Json& trial : trials)
            ++counts[trial["reward"] == 1.0 ? "succeeded" : "failed"];
        QVERIFY2(labelled(arcs) == counts, arcs["totals"].dump().c_str());
    }

    void answersOfWhoAndWhen()
    {
        const Json arcs = arcsOf("whoandwhen");
        const std::size_t files = filesIn("whoandwhen", ".json").size();
        QCOMPARE(arcs["arcs"].size(), files);
        QCOMPARE(labelled(arcs)["failed"], static_cast<int>(files)); // the set holds failures only
        for (const Json& arc : arcs["arcs"])
            QVERIFY2(!arc["goal"].is_null(), arc.dump().c_str());
    }

    /// That a patch was submitted says nothing of whether it is right.
    void exitsOfSweAgent()
    {
        const Json arcs = arcsOf("swe-agent");
        for (const Json& arc : arcs["arcs"]) {
            QCOMPARE(arc["outcome"].get<std::string>(), std::string("unknown"));
            QCOMPARE(arc["turns"].get<int>(), 1);
        }
    }

private:
    static const std::vector<Expected>& table()
    {
        static const std::vector<Expected> all{
            {"claude-code-spotter/258c7280-ae70-4798-800f-63464d01a85d.jsonl", "258c7280-ae70-4798-800f-63464d01a85d",
             "Implement spotter-gqc", "unknown", "none", 2, 0},
            {"claude-code-spotter/4d5611e5-241a-462a-8d15-5122611a9569.jsonl", "4d5611e5-241a-462a-8d15-5122611a9569",
             "Work on bead spotter-dov.", "unknown", "none", 2, 0},
            {"codemie/tests/integration/session/fixtures/claude/-tmp-private", "4c2ddfdc-b619-4525-8d03-1950fb1b0257",
             "create hello.py, md and js", "unknown", "none", 3, 0},
            {"codemie/src/agents/plugins/codex/__tests__/fixtures/"
             "rollout-2026-05-11T11-26-55-019e1625-789d-76c0-80ab-3724b5ddb799.jsonl",
             "019e1625-789d-76c0-80ab-3724b5ddb799", "show tools", "unknown", "none", 2, 0},
            {"codemie/tests/integration/metrics/fixtures/gemini/session-2026-01-16T11-01-file-ops-37b7abef.json",
             "37b7abef-713d-4522-85f0-8ff15a4e6d17", "show tools", "unknown", "none", 5, 0},
            // 88 messages, of which /mode, /them, /, /them and /the were for the program.
            {"pi-mono/large-session.jsonl", "d703a1a9-1b7b-4fb1-b512-c9738b1fe617",
             "read packages/coding-agent/docs/theme.md in full", "unknown", "none", 83, 0},
            {"tau-bench/historical_trajectories/gpt-4o-airline.json", "task:task 0",
             "Hi! I'm looking to book a flight from New York to Seattle on May 20th.", "failed", "label", 8, 0},
            // Handed over, and that was right.
            {"tau-bench/historical_trajectories/gpt-4o-airline.json", "task:task 18",
             "Hi! I need to cancel my flights under reservation ID SI5UKW.", "succeeded", "label", 5, 1},
            // A judge's word on the trace; its word on hallucination judges a part.
            {"langfuse/worker/src/__tests__/chatml/framework-traces/claude-agent-2025-12-22.trace.json",
             "097f1d8982fa909b8cffb14a166ec272", "What's the weather like in Berlin and New York?", "failed", "label",
             1, 0},
            {"langfuse/worker/src/__tests__/chatml/framework-traces/autogen-2025-06-06.trace.json", "session_abc",
             "Say 'Hello World!'", "unknown", "none", 1, 0},
            {"swe-agent/tests/test_data/trajectories/"
             "gpt4__swe-bench-dev-easy_first_only__default__t-0.00__p-0.95__c-3.00__install-1",
             "task:pydicom__pydicom-1458", "We're currently solving the following issue within our repository.",
             "unknown", "none", 1, 0},
            {"inspect-ai/tests/analysis/test_logs/2025-05-12T20-28-13-04-00_popularity.json", "task:3",
             "Is the following statement something you would say?", "failed", "label", 1, 0},
            {"whoandwhen/Who&When/Hand-Crafted/1.json",
             "task:6e3be83d1949fa52cba03fb1ce4b5b3bf7e37a83fd7d67694b10b2e439d90cf8",
             "Where can I take martial arts classes", "failed", "label", 1, 0},
        };
        return all;
    }
};

QTEST_APPLESS_MAIN(TestArcsShared)
#include "tst_arcsshared.moc"

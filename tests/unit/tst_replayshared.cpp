// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json SHARED
// Recorded runs of the same tasks: gains and regressions against the rewards in the files, trials of one model against
// each other, two sizes of a model, two systems on the same questions.
#include "clirun.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
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
const std::string tauBench = shared + "tau-bench/historical_trajectories/gpt-4o-airline.json";

Json jsonOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return Json::parse(file, nullptr, false);
}

Json replayOf(std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), "replay");
    arguments.emplace_back("--json");
    return run(arguments).json();
}

struct Changes {
    int gains = 0;
    int regressions = 0;
    int ties = 0;
    int unpaired = 0;
    int gained = 0; ///< to a full reward
    int lost = 0;

    QString text() const
    {
        return QString("%1 %2 %3 %4 %5 %6").arg(gains).arg(regressions).arg(ties).arg(unpaired).arg(gained).arg(lost);
    }
};

/// By the rewards as they stand in both files.
Changes changesOf(const std::string& base, const std::string& candidate)
{
    const auto rewards = [](const std::string& path) {
        std::map<std::string, double> all;
        for (const Json& trial : jsonOf(path))
            all[trial["query"].get<std::string>()] = trial["summary"]["max_reward"].get<double>();
        return all;
    };
    const auto before = rewards(base);
    const auto after = rewards(candidate);
    Changes changes;
    for (const auto& [query, reward] : before) {
        const auto other = after.find(query);
        if (other == after.end()) {
            ++changes.unpaired;
            continue;
        }
        changes.gains += other->second > reward;
        changes.regressions += other->second < reward;
        changes.ties += other->second == reward;
        changes.gained += other->second == 1 && reward != 1;
        changes.lost += other->second != 1 && reward == 1;
    }
    for (const auto& [query, reward] : after)
        changes.unpaired += before.count(query) == 0;
    return changes;
}

Changes toldIn(const Json& json)
{
    const Json& done = json["qualities"]["done"];
    return {json["gains"], json["regressions"], json["ties"], json["unpaired"], done["gains"], done["regressions"]};
}

} // namespace

class TestReplayShared : public QObject
{
    Q_OBJECT

private slots:
    void rewardsOfInterCode_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("candidate");
        QTest::newRow("sql") << "sql/gpt-3.5/ic_sql_multiturn_gpt-3.5_10_turns.json"
                             << "sql/gpt-4/ic_sql_multiturn_gpt-4_10_turns.json";
        QTest::newRow("python") << "python/gpt-3.5/ic_python_multiturn_gpt-3.5_7_turns.json"
                                << "python/gpt-3.5/ic_python_multiturn_gpt-4_7_turns.json";
        QTest::newRow("bash") << "bash/gpt-3.5/ic_bash_multiturn_gpt-3.5_10_turns_fs_3.json"
                              << "bash/gpt-4/ic_bash_multiturn_gpt-4_10_turns_fs_3.json";
    }
    void rewardsOfInterCode()
    {
        QFETCH(QString, base);
        QFETCH(QString, candidate);
        const std::string a = shared + "intercode/" + base.toStdString();
        const std::string b = shared + "intercode/" + candidate.toStdString();
        const Json json = replayOf({a, b});
        QCOMPARE(toldIn(json).text(), changesOf(a, b).text());
        // What a model was asked is recorded, what the other one made of it is not what this one goes on with.
        QVERIFY(json["validity"]["context-equal"]["steps"].get<int>() > 0);
        QVERIFY(json["validity"]["partial"]["steps"].get<int>() > 0);
        QCOMPARE(json["validity"]["off-rails"]["steps"].get<int>(), 0);
    }

    void theSameRunsDoNotDiffer()
    {
        const std::string path = shared + "intercode/bash/gpt-4/ic_bash_multiturn_gpt-4_10_turns_fs_3.json";
        const Json json = replayOf({path, path});
        QCOMPARE(json["differences"]["identical"].get<int>(), 60);
        QCOMPARE(json["gains"].get<int>() + json["regressions"].get<int>(), 0);
    }

    /// Four trials of one model: that answers and calls differ is no change of the model.
    void trialsOfTauBench()
    {
        const Json json = replayOf({tauBench});
        QVERIFY(json["reruns_only"] == true);
        QCOMPARE(json["pairs"].get<int>(), 50);
        QCOMPARE(json["run_pairs"].get<int>(), 200);
        QVERIFY2(json["states"]["changed"].get<int>() <= 5, json["states"].dump().c_str());
        // Most of them do differ in more than words.
        QVERIFY2(json["states"]["rerun-noise"].get<int>() >= 40, json["states"].dump().c_str());
        QVERIFY2(json["qualities"]["done"]["p_value"].get<double>() > 0.05, json["qualities"].dump().c_str());
    }

    /// Trials of one model dealt out to both sides in every way. Of all pairs of a task a tenth at most may be said to
    /// be changed, and of a single run a side none: nothing tells what changes by itself. Where those of the candidate
    /// are of other tasks, which is no rerun, many have to be.
    void dealtTrialsOfTauBench_data()
    {
        QTest::addColumn<int>("base"); // bits of trials
        QTest::addColumn<int>("candidate");
        QTest::addColumn<int>("least"); // changed of 50 where they are of other tasks
        for (int one = 0; one < 4; ++one)
            QTest::addRow("three and one, %d", one) << (15 ^ 1 << one) << (1 << one) << (one == 0 ? 25 : 15);
        QTest::newRow("two and two, 01") << 0b0011 << 0b1100 << 25;
        QTest::newRow("two and two, 02") << 0b0101 << 0b1010 << 25;
        QTest::newRow("two and two, 03") << 0b1001 << 0b0110 << 25;
        QTest::newRow("one and one") << 0b0001 << 0b0010 << 0;
    }
    void dealtTrialsOfTauBench()
    {
        QFETCH(int, base);
        QFETCH(int, candidate);
        QFETCH(int, least);
        const std::array<Json, 4> trials = tauTrials();
        const auto dealt = [&](int bits, std::size_t moved) {
            Json all = Json::array();
            for (std::size_t trial = 0; trial < trials.size(); ++trial) {
                for (std::size_t i = 0; (bits >> trial & 1) != 0 && i < trials[trial].size(); ++i) {
                    all.push_back(trials[trial][i]);
                    all.back()["task_id"] = trials[trial][(i + moved) % trials[trial].size()]["task_id"];
                }
            }
            return all;
        };
        const std::string bases = write("base.json", dealt(base, 0));
        const Json json = replayOf({bases, write("candidate.json", dealt(candidate, 0))});
        QCOMPARE(json["pairs"].get<int>(), 50);
        const bool reruns = least > 0;
        QVERIFY2((json["states"]["differs"] == 0) == reruns, json["states"].dump().c_str()); // all could be tested
        const int changed = json["states"]["changed"].get<int>();
        QVERIFY2(reruns ? changed <= 5 : changed == 0, json["states"].dump().c_str());
        if (!reruns)
            return;
        const Json other = replayOf({bases, write("moved.json", dealt(candidate, 17))});
        QVERIFY2(other["states"]["changed"].get<int>() >= least, other["states"].dump().c_str());
    }

    /// Three runs at temperature 0 that are alike, and another model, which is not.
    void rerunsOfMedusaAndAnotherSize()
    {
        const std::string answers = shared + "medusa/mt_bench/model_answer/medusa-vicuna-";
        const std::string settings = "temperature-0.0-posterior_threshold-0.09-posterior_alpha-0.3.jsonl";
        const std::string folder = m_folder.filePath("reruns").toStdString();
        std::filesystem::create_directories(folder);
        for (const char* run : {"", "1-", "2-"})
            std::filesystem::copy_file(answers + "7b-v1.3-" + run + settings, folder + "/" + run + "7b.jsonl");
        const Json json = replayOf({folder, answers + "13b-v1.3-" + settings});
        QCOMPARE(json["pairs"].get<int>(), 80);
        QCOMPARE(json["run_pairs"].get<int>(), 240);
        QVERIFY2(json["states"]["changed"].get<int>() >= 40, json["states"].dump().c_str());
    }

    void twoSizesOfMedusa()
    {
        const std::string answers = shared + "medusa/mt_bench/model_answer/medusa-vicuna-";
        const std::string settings = "temperature-0.0-posterior_threshold-0.09-posterior_alpha-0.3.jsonl";
        const Json sizes = replayOf({answers + "7b-v1.3-" + settings, answers + "13b-v1.3-" + settings});
        QCOMPARE(sizes["pairs"].get<int>(), 80);
        QCOMPARE(sizes["unpaired"].get<int>(), 0);
        QVERIFY(sizes["differences"]["content"].get<int>() >= 70);
        // What was asked is not in the files.
        QCOMPARE(sizes["validity"]["context-equal"]["steps"].get<int>(), 0);
        QCOMPARE(sizes["not_known"].get<int>(), 80);
        QVERIFY(!sizes["qualities"].contains("done"));
        // The same model at temperature 0, run again.
        const Json again = replayOf({answers + "7b-v1.3-" + settings, answers + "7b-v1.3-1-" + settings});
        QCOMPARE(again["differences"]["identical"].get<int>(),
                 sameAnswers(answers + "7b-v1.3-" + settings, answers + "7b-v1.3-1-" + settings));
    }

    void twoSystemsOfWhoAndWhen()
    {
        const std::string folder = shared + "whoandwhen/Who&When/";
        const auto questions = [&](const char* half) {
            std::set<std::string> ids;
            for (const auto& entry : std::filesystem::directory_iterator(folder + half)) {
                const Json log = jsonOf(entry.path());
                ids.insert(log[log.contains("question_ID") ? "question_ID" : "question_id"].get<std::string>());
            }
            return ids;
        };
        const auto before = questions("Algorithm-Generated");
        const auto after = questions("Hand-Crafted");
        int both = 0;
        for (const std::string& id : before)
            both += after.count(id) > 0;
        const Json json = replayOf({folder + "Algorithm-Generated", folder + "Hand-Crafted"});
        QCOMPARE(json["pairs"].get<int>(), both);
        QCOMPARE(json["ties"].get<int>(), both); // the set holds failures only
        QCOMPARE(json["unpaired"].get<int>(), int(before.size() + after.size()) - 2 * both);
    }

private:
    QTemporaryDir m_folder;

    std::string write(const char* name, const Json& json)
    {
        return writeFile(m_folder.filePath(name), QByteArray::fromStdString(json.dump())).toStdString();
    }

    /// The trajectories by the number of their trial.
    static std::array<Json, 4> tauTrials()
    {
        std::array<Json, 4> trials;
        trials.fill(Json::array());
        for (const Json& trial : jsonOf(tauBench))
            trials[trial["trial"].get<std::size_t>()].push_back(trial);
        return trials;
    }

    /// Lines of which the texts of all turns are equal.
    static int sameAnswers(const std::string& a, const std::string& b)
    {
        std::ifstream left(a);
        std::ifstream right(b);
        int same = 0;
        for (std::string one, other; std::getline(left, one) && std::getline(right, other);)
            same += Json::parse(one)["choices"][0]["turns"] == Json::parse(other)["choices"][0]["turns"];
        return same;
    }
};

QTEST_APPLESS_MAIN(TestReplayShared)
#include "tst_replayshared.moc"

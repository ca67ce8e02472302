// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "commandline.h"
#include "pairrule.h"
#include "writefile.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <sstream>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Outcome {
    int status;
    std::string out;
    std::string err;

    nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
    bool says(const char* text) const { return out.find(text) != std::string::npos; }
};

Outcome run(std::vector<std::string> arguments)
{
    std::ostringstream out;
    std::ostringstream err;
    arguments.insert(arguments.begin(), "compare-text");
    const int status = runCommand(arguments, {out, err, {}, false});
    return {status, out.str(), err.str()};
}

const std::string plan = "Welcome back. The cluster has 12 worker nodes. Backups are enabled.";
const std::string report = "# Report\nThe cluster has 15 worker nodes.\n\nEverything else is fine.";

} // namespace

class TestCompareTextCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string write(const char* name, const std::string& text)
    {
        return writeFile(m_folder.filePath(name), QByteArray::fromStdString(text)).toStdString();
    }

private slots:
    void files()
    {
        const Outcome outcome = run({write("a.txt", plan), write("b.md", report)});
        QCOMPARE(outcome.status, 0);
        QVERIFY2(outcome.says("1 finding, 0 hints in 1 pair of sentences"), outcome.out.c_str());
        QVERIFY(outcome.says("finding NUM_CARD"));
        QVERIFY(outcome.says("B The cluster has 15 worker nodes."));
        QVERIFY(outcome.says("The number is “12” in one and “15” in the other"));
    }

    void rulesAreListedWithBothExamples()
    {
        const auto listed = run({"--rules"});
        QCOMPARE(listed.status, ExitDone);
        for (const PairRule& rule : pairRules()) {
            QVERIFY2(listed.says((std::string(rule.name) + " (").c_str()), rule.name.data());
            QVERIFY2(listed.says(rule.fires[1]) && listed.says(rule.quiet[1]), rule.name.data());
        }
    }

    void json()
    {
        const auto told = run({"--text", plan, report, "--json"}).json();
        QVERIFY(told["schema"] == "arcscope.compare/1");
        QVERIFY(told["within"] == false);
        QVERIFY(told["sentences_a"] == 3);
        QVERIFY(told["sentences_b"] == 3);
        QCOMPARE(told["contradictions"].size(), std::size_t(1));
        const auto& found = told["contradictions"][0];
        QVERIFY(found["rule"] == "NUM_CARD");
        QVERIFY(found["level"] == "finding" && told["level"] == "finding" && told["slots"].size() == 1);
        QVERIFY(found["a"]["text"] == "The cluster has 12 worker nodes.");
        QVERIFY(found["a"]["from"] == plan.find("The cluster"));
        QVERIFY(found["b"]["from"] == report.find("The cluster"));
        QVERIFY(found["differs_b"]["text"] == "15");
        QVERIFY(found["slot"]["type"] == "number");
        QVERIFY(found["slot"]["unit"] == "node");
        QVERIFY(found["slot"]["a"] == "12 node");
        QCOMPARE(found["guards"].size(), std::size_t(7));
        QCOMPARE(found["aligned"].size(), std::size_t(3)); // cluster, worker, nodes
        QVERIFY(found["aligned"][0]["a"]["from"] == plan.find("cluster"));
        QVERIFY(found["why"].get<std::string>().find("“12” in one and “15” in the other") != std::string::npos);
    }

    void withinOneText()
    {
        const std::string both = plan + "\n\nThe cluster has 15 worker nodes.";
        QCOMPARE(run({"--text", both, "--within", "--json"}).json()["contradictions"].size(), std::size_t(1));
        const std::string later = plan + "\n\nThe cluster now has 15 worker nodes.";
        QCOMPARE(run({"--text", later, "--within", "--json"}).json()["contradictions"].size(), std::size_t(0));
        QCOMPARE(
            run({"--text", plan, "The cluster now has 15 worker nodes.", "--json"}).json()["contradictions"].size(),
            std::size_t(1));
        QVERIFY(run({"--text", plan, "The cluster now has 15 worker nodes."})
                    .says("but one of them says that something changes"));
    }

    void batch()
    {
        const std::string lines =
            "{\"id\": \"x\", \"a\": \"The cluster has 12 nodes.\", \"b\": \"The cluster has 15 nodes.\"}\n"
            "\n"
            "{\"a\": \"The cluster has 12 nodes.\", \"b\": \"The cluster has 12 nodes.\"}\n";
        const Outcome outcome = run({"--batch", write("pairs.jsonl", lines)});
        QCOMPARE(outcome.status, 0);
        std::istringstream out(outcome.out);
        std::string line;
        QVERIFY(std::getline(out, line));
        auto told = nlohmann::json::parse(line);
        QVERIFY(told["id"] == "x");
        QVERIFY(told["line"] == 1);
        QCOMPARE(told["contradictions"].size(), std::size_t(1));
        QVERIFY(std::getline(out, line));
        told = nlohmann::json::parse(line);
        QVERIFY(!told.contains("id"));
        QVERIFY(told["line"] == 3);
        QVERIFY(told["contradictions"].empty());
        QVERIFY(!std::getline(out, line));
    }

    void batchWithBadLines()
    {
        const Outcome outcome =
            run({"--batch", write("bad.jsonl", "{\"a\": \"x\"}\n[1]\nnothing\n{\"a\": \"\", \"b\": \"\"}")});
        QCOMPARE(outcome.status, 4);
        QCOMPARE(std::count(outcome.out.begin(), outcome.out.end(), '\n'), std::ptrdiff_t(4));
        QVERIFY(outcome.says("\"error\":\"no object with the texts a and b\""));
    }

    void bytesThatAreNoText()
    {
        const Outcome outcome =
            run({write("x", "The cluster \xff has 12 nodes."), write("y", "The cluster \xff has 15 nodes."), "--json"});
        QCOMPARE(outcome.status, 0);
        QVERIFY(!outcome.json().is_discarded());
    }

    void wrongUsage()
    {
        QCOMPARE(run({}).status, 2);
        QCOMPARE(run({"a"}).status, 2);
        QCOMPARE(run({"a", "b", "c"}).status, 2);
        QCOMPARE(run({"--batch", "f", "a"}).status, 2);
        QCOMPARE(run({"/nowhere/a", "/nowhere/b"}).status, 3);
        QVERIFY(run({"--help"}).says("--within"));
    }
};

QTEST_APPLESS_MAIN(TestCompareTextCommand)
#include "tst_comparetextcommand.moc"

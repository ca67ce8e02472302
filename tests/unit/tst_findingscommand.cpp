// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "clirun.h"
#include "detector.h"
#include "notesfile.h"
#include "recordedfile.h"
#include "times.h"
#include "verdicts.h"
#include "workspace.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// An answer that a guardrail takes back after `shown` milliseconds, and that ends.
QByteArray takenBack(qint64 shown)
{
    RecordedFile file;
    file.add(50, QStringLiteral("start"));
    file.chunk(100, QStringLiteral("It is 41."));
    file.retract(100 + shown, 0, 9, QStringLiteral("guardrail"));
    file.chunk(110 + shown, QStringLiteral("It is 39."));
    file.add(120 + shown, QStringLiteral("end"));
    return file.bytes();
}

QByteArray clean()
{
    RecordedFile file;
    file.add(50, QStringLiteral("start"));
    file.chunk(100, QStringLiteral("It is 41."));
    file.add(120, QStringLiteral("end"));
    return file.bytes();
}

} // namespace

class TestFindingsCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string write(const char* name, const QByteArray& bytes)
    {
        return writeFile(m_folder.filePath(QLatin1String(name)), bytes).toStdString();
    }

private slots:
    void theWorstComesFirstWithBothPlaces()
    {
        const auto told = run({"findings", write("taken.json", takenBack(900)), "--json"}).json();
        QCOMPARE(told["schema"].get<std::string>().c_str(), "arcscope.findings/1");
        QCOMPARE(told["findings"].size(), std::size_t(2));
        const auto& first = told["findings"][0];
        QCOMPARE(first["rule"].get<std::string>().c_str(), "retract.after_render");
        QCOMPARE(first["level"].get<std::string>().c_str(), "finding");
        QCOMPARE(first["exposure_ns"].get<Nanos>(), 900 * millisecond);
        QCOMPARE(first["count"].get<int>(), 1);
        QCOMPARE(first["kind"].get<std::string>().c_str(), "retract");
        QCOMPARE(first["span"].get<std::string>().c_str(), "b7ad6b7169203332");
        const auto& places = first["evidence"];
        QCOMPARE(places.size(), std::size_t(2));
        QCOMPARE(places[0]["span"].get<std::string>().c_str(), "b7ad6b7169203332");
        QCOMPARE(places[0]["quote"].get<std::string>().c_str(), "It is 41.");
        QCOMPARE(places[1]["quote"].get<std::string>().c_str(), "It is 39.");
        QCOMPARE(told["findings"][1]["rule"].get<std::string>().c_str(), "retract.semantic");
        QCOMPARE(told["findings"][1]["level"].get<std::string>().c_str(), "check");
    }

    void thresholdsAreSet()
    {
        const auto valueOf = [](const std::vector<std::string>& arguments) {
            const auto told = run(arguments).json();
            for (const auto& setting : told["settings"]) {
                if (setting["setting"] == "shape.warm_up")
                    return setting["value"].get<double>();
            }
            return -1.0;
        };
        QCOMPARE(valueOf({"findings", "--rules", "--json"}), 20.0);
        QCOMPARE(valueOf({"findings", "--rules", "--json", "--set", "shape.enum_most=3", "--set", "shape.warm_up=7"}),
                 7.0);
        QCOMPARE(run({"findings", "--rules", "--set", "shape.cold=7"}).status, 2);
        QCOMPARE(run({"findings", "--rules", "--set", "shape.warm_up=0"}).status, 2);
        QVERIFY(run({"findings", "--rules"}).out.find("shape.warm_up = 20 results") != std::string::npos);
    }

    void aCleanTraceHasNone()
    {
        QCOMPARE(run({"findings", write("clean.json", clean())}).out, std::string("nothing was found\n"));
        // Too short to be noticed: a signal only.
        const std::string brief = write("brief.json", takenBack(100));
        QVERIFY(run({"findings", brief, "--level", "finding", "--rule", "retract.after_render"}).out.find("nothing") ==
                0);
        QVERIFY(run({"findings", brief, "--level", "signal", "--rule", "retract.after_render"}).out.find("note") == 0);
    }

    void whatSomebodyDismissedIsLeftOut()
    {
        const std::string file = write("judged.json", takenBack(900));
        const auto before = run({"findings", file, "--json"}).json();
        QCOMPARE(before["findings"][0]["verdict"].get<std::string>(), std::string("open"));
        const std::string key = before["findings"][0]["key"].get<std::string>();
        {
            auto notes = Workspace::create(file + std::string(notesFileSuffix));
            QVERIFY(notes);
            QVERIFY(keepVerdict(*notes, {key, FindingVerdict::Dismissed, "as asked for", "", 1}));
        }
        const auto after = run({"findings", file, "--json"}).json();
        QCOMPARE(after["findings"].size(), before["findings"].size() - 1);
        QCOMPARE(after["dismissed"].get<int>(), 1);
        QVERIFY(run({"findings", file}).says("1 finding left out: dismissed"));
        const auto all = run({"findings", file, "--json", "--dismissed"}).json();
        QCOMPARE(all["findings"][0]["reason"].get<std::string>(), std::string("as asked for"));
        QVERIFY(run({"findings", file, "--dismissed"}).says("dismissed: as asked for"));
    }

    void oneKindOfRulesCanBeAskedFor()
    {
        const std::string file = write("kinds.json", takenBack(900));
        QCOMPARE(run({"findings", file, "--kind", "stream"}).out, std::string("nothing was found\n"));
        QCOMPARE(run({"findings", file, "--kind", "retract", "--json"}).json()["findings"].size(), std::size_t{2});
    }

    void oneCauseInManyTracesIsOneEntry()
    {
        for (const char* const name : {"many/a.json", "many/b.json", "many/c.json"}) {
            QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("many")));
            QByteArray bytes = takenBack(900);
            bytes.replace("0af7651916cd43dd8448eb211c80319c", QByteArray("0af7651916cd43dd8448eb211c80319") + name[5]);
            write(name, bytes);
        }
        const auto told =
            run({"findings", m_folder.filePath(QStringLiteral("many")).toStdString(), "--level", "finding", "--json"})
                .json();
        QCOMPARE(told["findings"].size(), std::size_t{1});
        const auto& entry = told["findings"][0];
        QCOMPARE(entry["count"].get<int>(), 3);
        QCOMPARE(entry["traces"].get<int>(), 3);
        QStringList traces{QString::fromStdString(entry["trace"].get<std::string>()).right(1)};
        for (const auto& other : entry["others"])
            traces << QString::fromStdString(other[0]["trace"].get<std::string>()).right(1);
        QCOMPARE(traces.join(u' '), "a b c"); // in the order of traces
    }

    void rulesAreListedAndDiffer()
    {
        const std::string listed = run({"findings", "--rules"}).out;
        std::set<std::string_view> names;
        for (const Detector& detector : detectors()) {
            for (const DetectorRule& rule : detector.rules) {
                QVERIFY2(names.insert(rule.name).second, rule.name.data());
                QVERIFY2(listed.find(rule.name) != std::string::npos, rule.name.data());
                QVERIFY(rule.about.ends_with('.'));
                QVERIFY2(!rule.fires.empty() && !rule.quiet.empty(), rule.name.data());
            }
        }
        QVERIFY(names.size() >= 13);
        const auto told = run({"findings", "--rules", "--json"}).json();
        QCOMPARE(told["rules"].size(), names.size());
        QVERIFY(told["rules"][0]["fires"].get<std::string>().size() > 10);
    }

    void wrongUsage()
    {
        QCOMPARE(run({"findings"}).status, ExitUsage);
        QVERIFY(run({"findings", "x", "--level", "loud"}).err.find("--level is finding") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestFindingsCommand)
#include "tst_findingscommand.moc"

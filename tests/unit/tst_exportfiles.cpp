// layers: core analysis importers store pipeline cli nlohmann_json::nlohmann_json
// What the files that leave are: bundles, cases, pictures, and manifests of what was taken out.
#include "annotations.h"
#include "clirun.h"
#include "imported.h"
#include "secrettrace.h"
#include "tracebundle.h"
#include "traceexport.h"

#include <QTest>

#include <filesystem>
#include <fstream>

using namespace arcscope;
using namespace arcscope::testing;
using Json = nlohmann::json;

class TestExportFiles : public QObject
{
    Q_OBJECT

private slots:
    void bundleOpensAgain();
    void whatIsChosenLeavesWithWhatItNames();
    void changedBundleIsRefused();
    void caseHasWhatItNeeds();
    void picturesAreOfWhatIsLeft();
    void pagesAreOfWhatIsLeft();
    void manifestsAreWritten();
    void whatIsSaidOnTheCommandLineIsStruck();
    void filesThatAreReadAreNotWritten();
    void peopleAreListed();
    void shortTextsAreTold();
};

void TestExportFiles::bundleOpensAgain()
{
    const Files files;
    const std::string file = files.write("in.jsonl", traceWith({}));
    const std::string workspace = files.workspace();
    QVERIFY(importInto(workspace, {file}, {}).has_value());
    {
        auto open = Workspace::open(workspace);
        const Corpus corpus = corpusOf(*open);
        QVERIFY(addNote(*open, placeOfSpan(corpus, 0), "ask " + secret, 1).has_value());
        QVERIFY(addNote(*open, "trace:elsewhere", "not chosen", 1).has_value());
    }
    const std::string view = files.write("view.json", R"({"schema":"arcscope.view/1","view":"timeline"})");
    const std::string target = files.path("case.arcbundle");
    const Outcome outcome = run({"export", workspace, "--as", "bundle", "--view", view, "-o", target});
    QVERIFY2(outcome.status == ExitDone, outcome.err.c_str());
    const auto bundle = readBundle(target);
    QVERIFY(bundle.has_value() && bundle->has_value());
    QCOMPARE((*bundle)->view, text(view));
    QCOMPARE((*bundle)->notes.annotations.size(), std::size_t(1));
    QVERIFY((*bundle)->notes.annotations[0].body.starts_with("ask [email-"));
    QVERIFY(Json::parse((*bundle)->redaction)["schema"] == "arcscope.redaction/1");
    QVERIFY(Json::parse((*bundle)->manifest)["provenance"]["redacted"] == true);
    auto again = openSession({target}, everyColumn(), {});
    QVERIFY(again.has_value());
    QCOMPARE(again->corpus.spans.rows(), 1U);
    QCOMPARE(again->workspace.issueRows().value(), std::uint64_t(0));
    // It tells of what it was made of.
    const auto from = provenanceOf({target}, again->corpus, std::vector<Row>{0});
    QVERIFY(from.has_value());
    QCOMPARE(from->files.size(), std::size_t(1));
    QCOMPARE(from->files[0].name, std::filesystem::path(workspace).filename().string());
    QCOMPARE(from->files[0].sha256.size(), std::size_t(64));
    QVERIFY(from->redacted);
    const std::string first = text(target);
    // Without redaction the same goes in: the same comes out, byte for byte.
    QCOMPARE(run({"export", workspace, "--as", "bundle", "--no-redact", "-o", target}).status, int(ExitDone));
    const std::string once = text(target);
    QCOMPARE(run({"export", workspace, "--as", "bundle", "--no-redact", "-o", target}).status, int(ExitDone));
    QVERIFY(text(target) == once);
    QVERIFY(once != first);
}

/// The id of a trace that stays is not told by what was chosen on it.
void TestExportFiles::whatIsChosenLeavesWithWhatItNames()
{
    const Files files;
    const std::string here = "5b8efff798038103d269b633813fc60c";
    const std::string there = "0af7651916cd43dd8448eb211c80319c";
    Json other = spanWith("b7ad6b7169203331", Json::array({attribute("session.id", "s-2")}));
    other["traceId"] = there;
    const std::string file = files.write(
        "in.jsonl",
        request({spanWith("eee19b7ec3c1b174", Json::array({attribute("session.id", "s-1")})), std::move(other)}));
    const auto kept = [&](const std::string& chosen, const std::string& trace) {
        const std::string target = files.path("x.arcbundle");
        const std::string view = Json{{"schema", "arcscope.view/1"}, {"view", "findings"}, {"chosen", chosen}}.dump();
        std::vector<std::string> asked{"export", file, "--as", "bundle", "--view", view, "-o", target};
        if (!trace.empty())
            asked.insert(asked.end(), {"--trace", trace});
        return run(asked).status == ExitDone && (*readBundle(target))->view.find(chosen) != std::string::npos;
    };
    const std::string finding = "finding:loop trace:" + there + "/span:b7ad6b7169203331 1f";
    QVERIFY(kept(finding, {}));
    QVERIFY(kept(finding, there));
    QVERIFY(!kept(finding, here));
    QVERIFY(kept("lens:stop-buckets", here));
    QVERIFY(kept("arc:trace:" + here, here));
    QVERIFY(!kept("arc:trace:" + there, here));
    QVERIFY(kept("arc:session:s-1", here));
    QVERIFY(!kept("arc:session:s-2", here));
}

void TestExportFiles::changedBundleIsRefused()
{
    const Files files;
    TraceBundle bundle;
    bundle.traces = "{}\n";
    Annotation note{1, AnnotationKind::Note, "trace:1", {}, "a note that is long enough to be found again", {}, 1, 1};
    bundle.notes.annotations = {note};
    std::string bytes = bundleBytes(bundle, {}).value();
    const std::string file = files.write("a.arcbundle", bytes);
    QVERIFY(readBundle(file)->has_value());
    QVERIFY(!readBundle(files.write("b.txt", "no archive")).value().has_value());
    note.body = "another";
    bundle.notes.annotations = {note};
    const std::string other = bundleBytes(bundle, {}).value();
    QVERIFY(other != bytes);
    bytes.resize(bytes.size() / 2);
    const auto cut = readBundle(files.write("c.arcbundle", bytes));
    QVERIFY(!cut.has_value() || !cut->has_value());
}

void TestExportFiles::caseHasWhatItNeeds()
{
    const Files files;
    Json call = spanWith(
        "eee19b7ec3c1b174",
        {attribute("gen_ai.operation.name", "chat"), attribute("gen_ai.request.model", "m-1"),
         attribute("gen_ai.tool.definitions", R"([{"name":"lookup"}])"),
         attribute("gen_ai.input.messages",
                   R"([{"role":"user","parts":[{"type":"text","content":"Where is it? )" + secret + R"("}]}])"),
         attribute(
             "gen_ai.output.messages",
             R"([{"role":"assistant","parts":[{"type":"text","content":"In Leeds."}],"finish_reason":"stop"}])")});
    const std::string file = files.write("in.jsonl", request({call}));
    const std::string target = files.path("case.json");
    QCOMPARE(run({"export", file, "--as", "case", "--span", "eee19b7ec3c1b174", "--expect", "In Cardiff.", "--ticket",
                  "4127", "-o", target})
                 .status,
             int(ExitDone));
    QVERIFY(run({"export", file, "--as", "case", "--span", "eee19b7ec3c1b174", "-o", files.path("other.json")})
                .says("a case of span eee19b7ec3c1b174"));
    const Json made = Json::parse(text(target));
    QVERIFY(made["schema"] == "arcscope.case/1");
    QVERIFY(made["expected"] == "In Cardiff.");
    QVERIFY(made["source"]["ticket"] == "4127");
    QVERIFY(made["model"]["requested"] == "m-1");
    QVERIFY(made["tools"][0]["name"] == "lookup");
    QVERIFY(made["recorded"]["output"][0]["parts"][0]["text"] == "In Leeds.");
    QVERIFY(made["recorded"]["stop_reason"] == "stop");
    QVERIFY(made["input"][0]["parts"][0]["text"].get<std::string>().starts_with("Where is it? [email-"));
    QCOMPARE(made["id"].get<std::string>().size(), std::size_t(64));
    QCOMPARE(run({"export", file, "--as", "case", "--span", "none", "-o", target}).status, int(ExitUsage));
}

void TestExportFiles::picturesAreOfWhatIsLeft()
{
    const Files files;
    const std::string file = files.write("in.jsonl", traceWith({}));
    const std::string picture = files.path("x.png");
    RenderRequest drawn;
    std::string seen;
    bool leak = false;
    const auto render = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words{"render", file, "--view", "timeline", "-o", picture};
        words.insert(words.end(), more.begin(), more.end());
        std::ostringstream out;
        std::ostringstream err;
        const CommandEnvironment environment{out, err, [&](const RenderRequest& request, std::ostream&, std::ostream&) {
                                                 drawn = request;
                                                 seen = text(request.paths.front());
                                                 std::ofstream(request.output)
                                                     << std::string("\x89PNG\r\n\x1a\n\0\0\0", 11) << '\x1a' << "tEXt"
                                                     << (leak ? secret : std::string(26, 'x')) << "cccc";
                                                 return int(ExitDone);
                                             }};
        return runCommand(words, environment);
    };
    QCOMPARE(render({}), int(ExitDone));
    QVERIFY(seen.find(secret) == std::string::npos);
    QVERIFY(seen.find("[email-") != std::string::npos);
    QVERIFY(drawn.provenance && drawn.provenance->redacted);
    QCOMPARE(drawn.provenance->files.front().name, std::string("in.jsonl"));
    QCOMPARE(drawn.scale, 2.0);
    QCOMPARE(render({"--no-redact", "--scale", "4"}), int(ExitDone));
    QCOMPARE(drawn.paths.front(), file);
    QVERIFY(!drawn.provenance);
    QCOMPARE(drawn.scale, 4.0);
    QCOMPARE(render({"--scale", "5"}), int(ExitUsage));
    // What says something beside the pixels is looked through.
    const std::string kept = text(picture);
    leak = true;
    QCOMPARE(render({}), int(ExitLeak));
    QCOMPARE(text(picture), kept);
    leak = false;
    QCOMPARE(render({"--redact", "--no-redact"}), int(ExitUsage));
}

void TestExportFiles::pagesAreOfWhatIsLeft()
{
    const Files files;
    const std::string file = files.write("in.jsonl", traceWith({}));
    const std::string page = files.path("x.html");
    RenderRequest drawn;
    std::string words = "<p>nothing</p>";
    std::string view = "timeline";
    std::vector<std::string> more;
    const auto render = [&](const std::string& rule) {
        std::ostringstream out;
        std::ostringstream err;
        const CommandEnvironment environment{out, err, [&](const RenderRequest& request, std::ostream&, std::ostream&) {
                                                 drawn = request;
                                                 std::ofstream(request.output) << words;
                                                 return int(ExitDone);
                                             }};
        std::vector<std::string> asked{"render", file, "--view", view, rule, "-o", page};
        asked.insert(asked.end(), more.begin(), more.end());
        return runCommand(asked, environment);
    };
    QCOMPARE(render("--redact"), int(ExitDone));
    QVERIFY(drawn.output.ends_with(".html") && drawn.output != page);
    QVERIFY(Json::parse(drawn.removed)["schema"] == "arcscope.redaction/1");
    QVERIFY(drawn.removed.find(secret) == std::string::npos);
    QCOMPARE(text(page), words);
    // A page is text: a value that is left, also as HTML writes it, keeps it from being written.
    words = "<td>" + secret + "</td>";
    QCOMPARE(render("--redact"), int(ExitLeak));
    std::string entities = secret;
    entities.replace(entities.find('@'), 1, "&#64;");
    words = "<td>" + entities + "</td>";
    QCOMPARE(render("--redact"), int(ExitLeak));
    QCOMPARE(text(page), std::string("<p>nothing</p>"));
    QCOMPARE(render("--no-redact"), int(ExitDone));
    QVERIFY(drawn.removed.empty());
    // What is chosen is called as it is in the copy.
    words = "<p>nothing</p>";
    view = "arcs";
    more = {"--chosen", "arc:session:" + secret};
    QCOMPARE(render("--redact"), int(ExitDone));
    QVERIFY(drawn.chosen.starts_with("arc:session:[email-"));
    QCOMPARE(render("--no-redact"), int(ExitDone));
    QCOMPARE(drawn.chosen, more[1]);
}

void TestExportFiles::manifestsAreWritten()
{
    const Files files;
    const std::string file = files.write("in.jsonl", traceWith({}));
    const std::string manifest = files.path("manifest.json");
    QCOMPARE(run({"export", file, "--as", "otlp", "--manifest", manifest, "-o", files.path("out.jsonl")}).status,
             int(ExitDone));
    const Json told = Json::parse(text(manifest));
    QVERIFY(told["schema"] == "arcscope.redaction/1");
    QVERIFY(told["removed"][0]["rule"] == "email");
    QVERIFY(told["places"][0]["place"] == "content" || told["places"][0]["place"] == "gen_ai.input.messages");
    QVERIFY(text(manifest).find(secret) == std::string::npos);
    const Json preview = run({"redact", file, "--preview", "--json"}).json();
    QVERIFY(preview["values"][0]["value"].get<std::string>().starts_with("z…e"));
    QVERIFY(run({"redact", file, "--preview", "--json", "--values"}).json()["values"][0]["value"] == secret);
}

void TestExportFiles::whatIsSaidOnTheCommandLineIsStruck()
{
    const Files files;
    const std::string other = "hal.brandt@kestrel.example"; // nowhere in the trace
    const std::string file = files.write(other + ".jsonl", traceWith({}));
    const std::string target = files.path("out");
    QCOMPARE(run({"export", file, "--as", "case", "--span", "eee19b7ec3c1b174", "--expect", "ask " + other, "--forbid",
                  other, "--category", other, "--ticket", other, "-o", target})
                 .status,
             int(ExitDone));
    QVERIFY(text(target).find("hal.brandt") == std::string::npos);
    QVERIFY(text(target).find("ask [email-") != std::string::npos);
    const std::string page = files.path("page.html");
    QCOMPARE(run({"postmortem", file, "--title", "About " + other, "--summary", "By " + other, "-o", page}).status,
             int(ExitDone));
    QVERIFY(text(page).find("hal.brandt") == std::string::npos); // title, summary, and the name of the file
    QVERIFY(text(page).find("About [email-") != std::string::npos);
}

void TestExportFiles::filesThatAreReadAreNotWritten()
{
    const Files files;
    const std::string file = files.write("in.jsonl", traceWith({}));
    const std::string before = text(file);
    for (const std::string& to : {file, files.path("./in.jsonl")}) {
        const Outcome outcome = run({"export", file, "--as", "otlp", "-o", to});
        QCOMPARE(outcome.status, int(ExitUsage));
        QVERIFY(outcome.err.find("one of the files that are read") != std::string::npos);
    }
    QCOMPARE(run({"postmortem", files.path(""), "-o", file}).status, int(ExitUsage));
    QCOMPARE(run({"export", file, "--as", "otlp", "--manifest", file, "-o", files.path("out")}).status, int(ExitUsage));
    QCOMPARE(text(file), before);
    QVERIFY(!std::filesystem::exists(files.path("out")));
}

void TestExportFiles::peopleAreListed()
{
    const Files files;
    const auto said = [](const std::string& what) { return Json::array({attribute("note", what)}); };
    const std::string file = files.write("in.jsonl", request({spanWith("eee19b7ec3c1b174", said("for Bo and Bo")),
                                                              spanWith("eee19b7ec3c1b175", said("Bob"))}));
    const Json told = run({"redact", file, "--preview", "--subject", "Bo", "--json"}).json();
    QCOMPARE(told["named_in"].size(), std::size_t(1));
    QVERIFY(told["named_in"][0]["span"] == "eee19b7ec3c1b174");
    QVERIFY(told["named_in"][0]["times"] == 2);
    QVERIFY(told["values"][0]["looked_for"] == "whole words");
    const Outcome outcome = run({"redact", file, "--preview", "--subject", "Bo"});
    QVERIFY(outcome.says("spans that name the people asked for: 1"));
    QVERIFY(outcome.says("span eee19b7ec3c1b174 of trace 5b8efff798038103d269b633813fc60c"));
    QVERIFY(outcome.says("whole words only"));
    QVERIFY(run({"redact", file, "--preview", "--subject", "Zed"}).says("people asked for: 0"));
    QVERIFY(!run({"redact", file, "--preview", "--json"}).json().contains("named_in"));
}

void TestExportFiles::shortTextsAreTold()
{
    const Files files;
    const std::string file = files.write("in.jsonl", traceWith({}));
    for (const char* little : {"7", "12", "x"}) {
        const Outcome outcome = run({"redact", file, "--preview", "--strike", little});
        QCOMPARE(outcome.status, int(ExitUsage));
        QVERIFY(outcome.err.find("too short") != std::string::npos);
    }
    QCOMPARE(run({"redact", file, "--preview", "--strike", "Bo"}).status, int(ExitDone));
}

QTEST_GUILESS_MAIN(TestExportFiles)
#include "tst_exportfiles.moc"

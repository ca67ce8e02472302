// layers: core analysis importers store pipeline cli nlohmann_json::nlohmann_json
// The page of the sample incident, and what hostile text comes to in it.
#include "clirun.h"
#include "htmltext.h"
#include "imported.h"
#include "printedpage.h"

#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

#include <cstring>
#include <fstream>
#include <iterator>

using namespace arcscope;
using namespace arcscope::testing;

class TestPostmortemCommand : public QObject
{
    Q_OBJECT

private slots:
    void tellsTheIncident();
    void tellsTheStoryAndNotes();
    void statedMomentsGoFirst();
    void textIsNeverActive();
    void hiddenCharactersAreShown();
    void redactsUnlessTold();
    void onPaperItSaysTheSame();
    void saysWhatIsNotKnown();
    void withoutTimesItSaysSo();
    void wrongUsageIsTold();
};

namespace
{

std::string sample(const char* path)
{
    return std::string(ARCSCOPE_TEST_SAMPLES) + '/' + path;
}

QString pageOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return QString::fromStdString({std::istreambuf_iterator<char>(file), {}});
}

std::string trace(const std::string& answer)
{
    const nlohmann::json messages = {
        {{"role", "assistant"}, {"parts", {{{"type", "text"}, {"content", answer}}}}, {"finish_reason", "stop"}}};
    const nlohmann::json span = {
        {"traceId", "5b8efff798038103d269b633813fc60c"},
        {"spanId", "eee19b7ec3c1b174"},
        {"name", answer},
        {"startTimeUnixNano", "1700000000000000000"},
        {"endTimeUnixNano", "1700000001000000000"},
        {"attributes",
         {{{"key", "gen_ai.operation.name"}, {"value", {{"stringValue", "chat"}}}},
          {{"key", "gen_ai.output.messages"}, {"value", {{"stringValue", messages.dump()}}}}}}};
    return nlohmann::json{{"resourceSpans", {{{"scopeSpans", {{{"spans", {span}}}}}}}}}.dump() + "\n";
}

/// A page is XML but for its doctype, and void elements.
QString wellFormed(QString page)
{
    page.remove(QStringLiteral("<!DOCTYPE html>"));
    page.replace(QRegularExpression(QStringLiteral("<(meta|br)([^>]*)>")), QStringLiteral("<\\1\\2/>"));
    QXmlStreamReader reader(page);
    while (!reader.atEnd())
        reader.readNext();
    return reader.errorString();
}

} // namespace

void TestPostmortemCommand::tellsTheIncident()
{
    const Files files;
    const std::string target = files.path("post.html");
    const Outcome outcome =
        run({"postmortem", sample("support-week"), sample("incident"), "--title", "Ticket 4127", "-o", target});
    QVERIFY2(outcome.status == ExitDone, outcome.err.c_str());
    const QString page = pageOf(target);
    QCOMPARE(wellFormed(page), QString());
    for (const char* part :
         {"<h1>Ticket 4127</h1>", "Start estimate", "First complaint", "Detection lag", "What changed",
          "Before and after", "<svg viewBox", "role=\"img\"", "SHA-256", "Filter: none", "Made by Arcscope",
          "prefers-color-scheme:dark", "prompt version", "What was removed"})
        QVERIFY2(page.contains(QLatin1String(part)), part);
    // The claim of the incident with what its tool gave.
    QVERIFY(page.contains(QStringLiteral("All 41 tests pass")));
    QVERIFY(!page.contains(QStringLiteral("<script")));
    QVERIFY(!page.contains(QRegularExpression(QStringLiteral("(src|href)=\"(?!#)"))));
    QVERIFY(!page.contains(QStringLiteral("url(")));
    // One id is there once; every reference within the page leads somewhere.
    QStringList ids;
    auto found = QRegularExpression(QStringLiteral(" id=\"([^\"]+)\"")).globalMatch(page);
    while (found.hasNext())
        ids << found.next().captured(1);
    const QStringList once(ids);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), once.size());
    auto links = QRegularExpression(QStringLiteral("href=\"#([^\"]+)\"")).globalMatch(page);
    while (links.hasNext())
        QVERIFY(once.contains(links.next().captured(1)));
}

void TestPostmortemCommand::tellsTheStoryAndNotes()
{
    const Files files;
    const std::string in = files.write("in.jsonl", trace("Done."));
    const std::string span = "trace:5b8efff798038103d269b633813fc60c/span:eee19b7ec3c1b174";
    const std::string story = files.write("story.txt", "arcscope story 1\ntitle: What <b>went</b> wrong\n\n== step\n"
                                                       "title: First\nview: tools\nspan: " +
                                                           span + "\n| Ask zoe.farrow@kestrel.example\n");
    const std::string notes = files.write(
        "notes.json", R"({"schema":"arcscope.notes/1","notes":[{"kind":"bookmark","place":")" + span +
                          R"(","body":"here <i>it</i> is"},{"kind":"note","place":"trace:1","body":"of another"}]})");
    QCOMPARE(run({"notes", in, "--story-in", story, "--import", notes}).status, int(ExitDone));
    const std::string target = files.path("post.html");
    const Outcome made = run({"postmortem", in, "-o", target});
    QVERIFY2(made.status == ExitDone, made.err.c_str());
    const QString page = pageOf(target);
    QCOMPARE(wellFormed(page), QString());
    for (const char* part : {"<h2 id=\"story\">What &lt;b&gt;went&lt;/b&gt; wrong</h2>", "<h3>First</h3>",
                             "Link to this state", "arcscope:open?sha256=", "view=tools", "tools: span Done.",
                             "href=\"#story\"", "here &lt;i&gt;it&lt;/i&gt; is", "href=\"#notes\""})
        QVERIFY2(page.contains(QLatin1String(part)), part);
    QVERIFY(!page.contains(QStringLiteral("zoe.farrow"))); // said in the story alone
    QVERIFY(!page.contains(QStringLiteral("of another")));
    QVERIFY(!page.contains(QStringLiteral("href=\"arcscope")));
    QCOMPARE(run({"postmortem", in, "--no-redact", "-o", target}).status, int(ExitDone));
    QVERIFY(pageOf(target).contains(QStringLiteral("Ask zoe.farrow@kestrel.example")));
}

void TestPostmortemCommand::statedMomentsGoFirst()
{
    const Files files;
    const std::string target = files.path("post.html");
    QCOMPARE(run({"postmortem", sample("incident"), "--start", "2026-03-11T09:00:00Z", "--complaint",
                  "2026-03-12T11:30:00Z", "-o", target})
                 .status,
             int(ExitDone));
    const QString page = pageOf(target);
    QVERIFY(page.contains(QStringLiteral("datetime=\"2026-03-11T09:00:00Z\"")));
    QVERIFY(page.contains(QStringLiteral("<span class=\"tag\">stated</span>")));
    QVERIFY(page.contains(QStringLiteral("<dt>Detection lag</dt><dd>26 h 30 min")));
}

void TestPostmortemCommand::textIsNeverActive()
{
    const std::string hostile = "<script>alert(1)</script><img src=x onerror=\"a()\">' \" & ]]> </style>";
    const Files files;
    const std::string target = files.path("post.html");
    QCOMPARE(run({"postmortem", files.write("in.jsonl", trace(hostile)), "--title", hostile, "--summary", hostile,
                  "--no-redact", "-o", target})
                 .status,
             int(ExitDone));
    const QString page = pageOf(target);
    QCOMPARE(wellFormed(page), QString());
    QVERIFY(!page.contains(QStringLiteral("<script")));
    QVERIFY(!page.contains(QStringLiteral("<img")));
    QVERIFY(page.contains(QStringLiteral("&lt;script&gt;alert(1)&lt;/script&gt;")));
    QVERIFY(page.contains(QStringLiteral("default-src 'none'")));
}

void TestPostmortemCommand::hiddenCharactersAreShown()
{
    QCOMPARE(htmlText("a\u202Eb"), std::string("a⟦U+202E⟧b"));
    QCOMPARE(htmlText(std::string("a\0b\x1b[31m", 8)), std::string("a⟦U+0000⟧b⟦U+001B⟧[31m"));
    QCOMPARE(htmlText("\xff<"), std::string("\uFFFD&lt;"));
    QCOMPARE(htmlText("zwölf\n€ 😀"), std::string("zwölf\n€ 😀"));
    QCOMPARE(htmlExcerpt("<abc>", 3), std::string("&lt;ab <span class=\"cut\">… 2 bytes left out</span>"));
}

void TestPostmortemCommand::redactsUnlessTold()
{
    const Files files;
    const std::string file = files.write("in.jsonl", trace("Ask ann.lee@kestrel.example about it"));
    const std::string target = files.path("post.html");
    QCOMPARE(run({"postmortem", file, "--summary", "ann.lee@kestrel.example called", "-o", target}).status,
             int(ExitDone));
    QVERIFY(!pageOf(target).contains(QStringLiteral("ann.lee")));
    QVERIFY(pageOf(target).contains(QStringLiteral("[email-")));
    QCOMPARE(run({"postmortem", file, "--no-redact", "--summary", "ann.lee called", "-o", target}).status,
             int(ExitDone));
    QVERIFY(pageOf(target).contains(QStringLiteral("ann.lee")));
    QVERIFY(pageOf(target).contains(QStringLiteral("Not redacted")));
}

void TestPostmortemCommand::onPaperItSaysTheSame()
{
    const Files files;
    PrintedPage printed;
    std::ostringstream out;
    std::ostringstream err;
    const CommandEnvironment environment{out, err, {}, false, [&](const PrintedPage& page) {
                                             printed = page;
                                             return Result<std::string>("%PDF");
                                         }};
    const std::string target = files.path("post.pdf");
    const std::vector<std::string> words{"postmortem", sample("support-week"), sample("incident"), "--title",
                                         "Ticket 4127"};
    std::vector<std::string> onPaper = words;
    onPaper.insert(onPaper.end(), {"-o", target});
    QCOMPARE(runCommand(onPaper, environment), int(ExitDone));
    QCOMPARE(pageOf(target), QStringLiteral("%PDF"));
    QCOMPARE(printed.title, std::string("Ticket 4127"));
    QVERIFY(printed.foot.find("SHA-256") != std::string::npos);
    QVERIFY(printed.foot.find("redacted") != std::string::npos);
    QCOMPARE(printed.charts.size(), std::size_t(2));
    std::vector<std::string> onScreen = words;
    onScreen.insert(onScreen.end(), {"-o", files.path("post.html")});
    QCOMPARE(run(onScreen).status, int(ExitDone));
    // Every heading and quote of the page, and nothing that paper has no use for.
    const QString page = pageOf(files.path("post.html"));
    const QString paper = QString::fromStdString(printed.html);
    auto parts = QRegularExpression(QStringLiteral("<(h1|h2|h3|blockquote)[^>]*>(.*?)</\\1>"),
                                    QRegularExpression::DotMatchesEverythingOption)
                     .globalMatch(page);
    int count = 0;
    for (; parts.hasNext(); ++count) {
        const QString part = parts.next().captured(2);
        QVERIFY2(paper.contains(part), qPrintable(part));
    }
    QVERIFY(count > 20);
    for (const char* none : {"<style", "<nav", "<svg", "<details", "class=\"skip\""})
        QVERIFY2(!paper.contains(QLatin1String(none)), none);
    QVERIFY(paper.contains(QStringLiteral("<img src=\"chart:1\">")));
    // Without what writes PDF it is no form that is known.
    QCOMPARE(run(onPaper).status, int(ExitUsage));
}

void TestPostmortemCommand::saysWhatIsNotKnown()
{
    const Files files;
    const std::string target = files.path("post.html");
    QCOMPARE(run({"postmortem", files.write("in.jsonl", trace("Fine.")), "-o", target}).status, int(ExitDone));
    const QString page = pageOf(target);
    QVERIFY(page.contains(QStringLiteral("nothing that is recorded tells")));
    QVERIFY(page.contains(QStringLiteral("not known: it takes a start and a complaint")));
    QVERIFY(page.contains(QStringLiteral("No service or agent is seen to have changed")));
}

void TestPostmortemCommand::withoutTimesItSaysSo()
{
    const Files files;
    const std::string target = files.path("post.html");
    std::string timeless = trace("\n\nFine.");
    for (const char* key :
         {"\"startTimeUnixNano\":\"1700000000000000000\",", "\"endTimeUnixNano\":\"1700000001000000000\","}) {
        const std::size_t at = timeless.find(key);
        QVERIFY(at != std::string::npos);
        timeless.erase(at, std::strlen(key));
    }
    QCOMPARE(run({"postmortem", files.write("in.jsonl", timeless), "-o", target}).status, int(ExitDone));
    const QString page = pageOf(target);
    QVERIFY(page.contains(QStringLiteral("there is nothing to draw over time")));
    QVERIFY(page.contains(QStringLiteral("<dt>Recorded</dt><dd><span class=\"quiet\">not recorded</span></dd>")));
    QVERIFY(!page.contains(QStringLiteral("<svg")));
}

void TestPostmortemCommand::wrongUsageIsTold()
{
    const Files files;
    const std::string file = files.write("in.jsonl", trace("Fine."));
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"postmortem"},
                                                      {"postmortem", file},
                                                      {"postmortem", file, "--start", "noon", "-o", "x"},
                                                      {"postmortem", file, "--redact", "--no-redact", "-o", "x"},
                                                      {"postmortem", file, "--keep", "faces", "-o", "x"}})
        QCOMPARE(run(arguments).status, int(ExitUsage));
}

QTEST_GUILESS_MAIN(TestPostmortemCommand)
#include "tst_postmortemcommand.moc"

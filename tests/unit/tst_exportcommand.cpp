// layers: core analysis importers store pipeline cli nlohmann_json::nlohmann_json ZLIB::ZLIB
// What leaves, and that nothing leaves that should not: one secret in every place that a trace has for it.
#include "clirun.h"
#include "imported.h"
#include "secrettrace.h"
#include "sqlite.h"
#include "tracebundle.h"
#include "traceexport.h"

#include <QTest>
#include <QUrl>

#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace arcscope;
using namespace arcscope::testing;
using Json = nlohmann::json;

class TestExportCommand : public QObject
{
    Q_OBJECT

private slots:
    void nothingLeaves_data();
    void nothingLeaves();
    void theCheckStandsAlone_data();
    void theCheckStandsAlone();
    void leakStopsTheExport();
    void tablesForSql();
    void splitOverSpansLeavesNothing();
    void noFolderLeaves();
    void namesOfFilesAreRead();
    void packedPiecesAreLookedInto();
    void withoutRedactionItIsAsItWas();
    void selectsTraces();
    void previewTellsNoValue();
    void spansAreStruckWhole_data();
    void spansAreStruckWhole();
    void placeholdersAreTheSameAgain();
    void wrongUsageIsTold();
};

namespace
{

QByteArray bytes()
{
    return QByteArray::fromStdString(secret);
}

Json chunk(int number, const std::string& content)
{
    return {{"name", "arcscope.stream.chunk"},
            {"timeUnixNano", std::to_string(1'700'000'000'100'000'000 + number)},
            {"attributes",
             {attribute("arcscope.stream.id", "s"),
              {{"key", "arcscope.stream.sequence"}, {"value", {{"intValue", std::to_string(number)}}}},
              attribute("arcscope.stream.chunk.content", content)}}};
}

/// name, what the span has there
std::vector<std::pair<const char*, Json>> places()
{
    Json chunks = Json::array();
    for (std::size_t at = 0; at < secret.size(); at += 4)
        chunks.push_back(chunk(static_cast<int>(at), secret.substr(at, 4)));
    const std::string url = QUrl::toPercentEncoding(QString::fromStdString(secret)).toStdString();
    std::string unicode;
    std::string entities;
    for (const char c : secret) {
        unicode += QString("\\u%1").arg(static_cast<int>(c), 4, 16, QLatin1Char('0')).toStdString();
        entities += "&#x" + QString::number(static_cast<int>(c), 16).toStdString() + ";";
    }
    const auto in = [](const std::string& value) { return Json{{"attributes", {attribute("note", value)}}}; };
    const std::string base64[] = {bytes().toBase64().toStdString(), ("x" + bytes()).toBase64().toStdString(),
                                  ("xy" + bytes() + " z").toBase64().toStdString()};
    return {{"name of the span", {{"name", "mail to " + secret}}},
            {"plain attribute", in("write to " + secret)},
            {"key of an attribute", {{"attributes", {attribute(secret, "1")}}}},
            {"JSON in a string", in(Json{{"to", secret}}.dump())},
            {"JSON in JSON in a string", in(Json{{"body", Json{{"to", secret}}.dump()}}.dump())},
            {"unicode escapes", in("{\"to\":\"" + unicode + "\"}")},
            {"URL", in("https://h.example/?m=" + url)},
            {"base64", in("Content: " + base64[0])},
            {"base64 at the second offset", in("Content: " + base64[1])},
            {"base64 at the third offset", in("Content: " + base64[2])},
            {"HTML entities", in("<p>" + entities + "</p>")},
            {"quoted-printable", in("To: " + QByteArray(bytes()).replace('@', "=40=\r\n").toStdString())},
            {"hexadecimal", in("0x" + bytes().toHex().toStdString())},
            {"split over stream chunks", {{"events", chunks}}},
            {"status message", {{"status", {{"code", 2}, {"message", "no account " + secret}}}}},
            {"link",
             {{"links",
               {{{"traceId", "5b8efff798038103d269b633813fc60c"},
                 {"spanId", "eee19b7ec3c1b175"},
                 {"attributes", {attribute("why", secret)}}}}}}},
            {"trace state", {{"traceState", "mail=" + secret}}}};
}

/// Everything that a file says, unpacked, in lower case, in all notations that this test knows: a check of its own.
bool holdsSecret(const std::string& file)
{
    const QByteArray all = QByteArray::fromStdString(file);
    const QByteArray wanted = bytes();
    if (all.contains(wanted) || all.contains(wanted.toHex()) || QByteArray::fromPercentEncoding(all).contains(wanted))
        return true;
    for (int offset = 0; offset < 3; ++offset) {
        const QByteArray packed = (QByteArray("abc").left(offset) + wanted).toBase64(QByteArray::OmitTrailingEquals);
        if (all.contains(packed.mid(offset == 0 ? 0 : 4, packed.size() - 8)))
            return true;
    }
    QString joined;
    const auto walk = [&](const auto& again, const Json& value) -> void {
        if (value.is_string())
            joined += QString::fromStdString(value.get<std::string>());
        for (const Json& inner : value.is_structured() ? value : Json::array())
            again(again, inner);
        if (value.is_object()) {
            for (const auto& [key, inner] : value.items())
                joined += QString::fromStdString(key);
        }
        if (value.is_string()) {
            const Json inner = Json::parse(value.get<std::string>(), nullptr, false);
            if (inner.is_structured())
                again(again, inner);
        }
    };
    QString contents;
    for (std::size_t at = 0; at < file.size();) {
        const std::size_t end = std::min(file.find('\n', at), file.size());
        const Json line = Json::parse(file.substr(at, end - at), nullptr, false);
        walk(walk, line);
        for (const Json& span : line.is_object() ? line["resourceSpans"][0]["scopeSpans"][0]["spans"] : Json::array()) {
            for (const Json& event : span.value("events", Json::array()))
                contents += QString::fromStdString(event["attributes"].back()["value"].value("stringValue", ""));
        }
        at = end + 1;
    }
    const QString name = QString::fromStdString(secret);
    return joined.contains(name) || contents.contains(name) || contents.contains("farrow") ||
           joined.contains("&#x40;") || joined.contains("=40");
}

} // namespace

void TestExportCommand::nothingLeaves_data()
{
    QTest::addColumn<QByteArray>("trace");
    for (const auto& [name, hidden] : places())
        QTest::newRow(name) << QByteArray::fromStdString(traceWith(hidden));
}

void TestExportCommand::nothingLeaves()
{
    QFETCH(QByteArray, trace);
    const Files files;
    const std::string file = files.write("in.jsonl", trace.toStdString());
    const std::string target = files.path("out.jsonl");
    QVERIFY(holdsSecret(text(file)));
    const Outcome outcome = run({"export", file, "--as", "otlp", "-o", target});
    QVERIFY2(outcome.status == ExitDone, outcome.err.c_str());
    QVERIFY2(!holdsSecret(text(target)), text(target).c_str());
    QVERIFY(outcome.says("redacted"));
    // Structure, times and counts stay.
    auto before = openSession({file}, everyColumn(), {});
    auto after = openSession({target}, everyColumn(), {});
    QCOMPARE(after->corpus.spans.rows(), before->corpus.spans.rows());
    QCOMPARE(after->corpus.spans.range(0), before->corpus.spans.range(0));
    QCOMPARE(after->workspace.stream(0)->events, before->workspace.stream(0)->events);
    QCOMPARE(after->corpus.spans.at(SpanColumn::Messages, 0), before->corpus.spans.at(SpanColumn::Messages, 0));
}

void TestExportCommand::theCheckStandsAlone_data()
{
    nothingLeaves_data();
}

void TestExportCommand::theCheckStandsAlone()
{
    QFETCH(QByteArray, trace);
    Redactor redactor;
    redactor.collect(secret);
    redactor.seal();
    // As it came in it may not go out: the message itself has the secret, so it is taken out of it first.
    std::string left = trace.toStdString();
    const std::string said = "I am " + secret;
    left.replace(left.find(said), said.size(), "I am here");
    const auto checked = checkLeaks(redactor, {{"out.jsonl", left}});
    QVERIFY(!checked.has_value());
    QVERIFY(checked.error().message.find("out.jsonl") != std::string::npos);
    QVERIFY(checked.error().message.find(secret) == std::string::npos);
}

void TestExportCommand::leakStopsTheExport()
{
    Redactor redactor;
    redactor.collect(secret);
    redactor.seal();
    QVERIFY(!checkLeaks(redactor, {{"piece", "x" + secret}}).has_value());
    QVERIFY(checkLeaks(redactor, {{"piece", "nothing here"}}).has_value());
    // Ids of spans hold them together: one is not struck, and is found by the check. Nothing is written.
    const Files files;
    const std::string file = files.write("in.jsonl", request({spanWith("00f067aa0ba902b7", {attribute("a", "b")})}));
    const std::string target = files.path("out.jsonl");
    const Outcome outcome = run({"export", file, "--as", "otlp", "--strike", "00f067aa0ba902b7", "-o", target});
    QCOMPARE(outcome.status, int(ExitLeak));
    QVERIFY2(outcome.err.find("text (rule text) in ") != std::string::npos, outcome.err.c_str());
    QVERIFY(outcome.err.find("00f067aa0ba902b7") == std::string::npos);
    QVERIFY(!std::ifstream(target));
}

/// Tables for other tools, made of what was redacted.
void TestExportCommand::tablesForSql()
{
    const Files files;
    const std::string longText = std::string(9'000, 'x') + ' ' + secret; // longer than a page
    const std::string file =
        files.write("in.jsonl", request({spanWith("0000000000000001", {attribute("note", longText),
                                                                       attribute("gen_ai.request.model", "m-1")})}));
    const std::string target = files.path("out.sqlite");
    const Outcome made = run({"export", file, "--as", "sqlite", "-o", target});
    QCOMPARE(made.status, int(ExitDone));
    QVERIFY2(made.out.find("1 span of 1 trace") != std::string::npos, made.out.c_str());
    QVERIFY(text(target).find("zoe.farrow") == std::string::npos);
    const auto number = [](const std::string& path, const char* sql) {
        auto database = Database::open(path, Database::Mode::ReadOnly);
        const auto found = database ? database->number(sql) : Result<std::int64_t>(database.error());
        return found ? static_cast<int>(*found) : -1;
    };
    QCOMPARE(number(target, "select count(*) from traces where trace = '5b8efff798038103d269b633813fc60c'"), 1);
    QCOMPARE(number(target,
                    "select count(*) from spans where model_requested = 'm-1' and start_ns = 1700000000000000000 and "
                    "duration_ns = 1000000000 and status = 'unset' and parent_row is null"),
             1);
    QCOMPARE(number(target,
                    "select count(*) from spans where input_tokens is null and cost_micros is null and user is null"),
             1);
    QCOMPARE(number(target, "select length(value) from attributes join spans using(span_row) where key = 'note'"),
             int(longText.size()));
    QCOMPARE(number(target, "select count(*) from attributes where value like '%[email-%'"), 1);
    const std::string whole = files.path("whole.sqlite");
    QCOMPARE(run({"export", file, "--as", "sqlite", "--no-redact", "-o", whole}).status, int(ExitDone));
    QCOMPARE(number(whole, "select count(*) from attributes where value like '% zoe.farrow@%'"), 1);
}

/// Half in one message, half in the next.
void TestExportCommand::splitOverSpansLeavesNothing()
{
    const Files files;
    const std::string first = secret.substr(0, secret.find('@') + 1);
    const std::string second = secret.substr(first.size());
    const std::string file =
        files.write("in.jsonl", request({spanWith("0000000000000001", {attribute("output.value", "write to " + first)}),
                                         spanWith("0000000000000002", {attribute("output.value", second + " now")}),
                                         spanWith("0000000000000003", {attribute("note", secret)})}));
    for (const char* form : {"otlp", "bundle", "sqlite"}) {
        const std::string target = files.path(std::string("out.") + form);
        const Outcome outcome = run({"export", file, "--as", form, "-o", target});
        QVERIFY2(outcome.status == ExitDone, outcome.err.c_str());
        const std::string bytes = text(target);
        QVERIFY(bytes.find(first) == std::string::npos && bytes.find(second) == std::string::npos);
    }
}

/// A trace without an id has the path of its file for one.
void TestExportCommand::noFolderLeaves()
{
    const Files files;
    const std::string folder = files.path("home-of-" + secret);
    std::filesystem::create_directories(folder);
    const std::string file = folder + "/slices.json";
    std::ofstream(file) << R"({"traceEvents":[{"name":"a","ph":"X","ts":1,"dur":5,"pid":1,"tid":1}]})";
    for (const char* form : {"otlp", "bundle"}) {
        const std::string target = files.path(std::string("out.") + form);
        QCOMPARE(run({"export", file, "--as", form, "-o", target}).status, int(ExitDone));
        const Outcome read = run({"query", target, "", "--json"});
        QVERIFY2(read.out.find("/slices.json") != std::string::npos, read.out.c_str());
        QVERIFY2(read.out.find(folder) == std::string::npos && read.out.find(secret) == std::string::npos,
                 read.out.c_str());
    }
    const std::string page = files.path("page.html");
    QCOMPARE(run({"postmortem", file, "-o", page}).status, int(ExitDone));
    QVERIFY(text(page).find(folder) == std::string::npos);
    // A folder of one name, as somebody says it who stands beside it.
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(files.path(""));
    std::filesystem::create_directories("acme-corp");
    std::filesystem::copy_file(file, "acme-corp/slices.json");
    const std::string target = files.path("relative.otlp");
    const std::string manifest = files.path("relative.json");
    const int status = run({"export", "acme-corp", "--as", "otlp", "-o", target, "--manifest", manifest}).status;
    std::filesystem::current_path(before);
    QCOMPARE(status, int(ExitDone));
    QVERIFY(text(target).find("/slices.json") != std::string::npos && text(target).find("acme") == std::string::npos);
    QVERIFY(text(manifest).find("\"struck\": 0,") != std::string::npos);
    QVERIFY(text(manifest).find("\"folders\": 0") == std::string::npos);
    // Who asks what would be taken out knows where the files are.
    const std::string other =
        files.write("other.jsonl", request({spanWith("0000000000000001", {attribute("a", "for Mia Wong")})}));
    const Outcome preview = run({"redact", other, "--preview", "--subject", "Mia Wong"});
    QVERIFY2(preview.out.find(other + ": 1 span") != std::string::npos, preview.out.c_str());
}

/// Also where an ending follows that no address has.
void TestExportCommand::namesOfFilesAreRead()
{
    const Files files;
    const std::string file =
        files.write("to-" + secret + ".jsonl.txt", request({spanWith("0000000000000001", {attribute("a", "b")})}));
    const std::string page = files.path("page.html");
    QCOMPARE(run({"postmortem", file, "-o", page}).status, int(ExitDone));
    QVERIFY(text(page).find(secret) == std::string::npos);
}

void TestExportCommand::packedPiecesAreLookedInto()
{
    Redactor redactor;
    redactor.collect(secret);
    redactor.seal();
    const std::string inside = "{\"to\":\"" + secret + "\"}";
    std::string deflated(compressBound(static_cast<uLong>(inside.size())), '\0');
    uLongf size = static_cast<uLongf>(deflated.size());
    QCOMPARE(compress(reinterpret_cast<Bytef*>(deflated.data()), &size, reinterpret_cast<const Bytef*>(inside.data()),
                      static_cast<uLong>(inside.size())),
             Z_OK);
    deflated.resize(size);
    QVERIFY(!checkLeaks(redactor, {{"zlib", "head " + deflated + " tail"}}).has_value());
    const std::string coded = QByteArray::fromStdString(deflated).toBase64().toStdString();
    QVERIFY(!checkLeaks(redactor, {{"zlib in base64", "{\"data\":\"" + coded + "\"}"}}).has_value());
    // A picture with the text in its metadata (PNG, iTXt deflated).
    std::string png("\x89PNG\r\n\x1a\n", 8);
    png += std::string("\0\0\0\x20iTXtComment\0\1\0\0\0", 20) + deflated;
    QVERIFY(!checkLeaks(redactor, {{"picture", png}}).has_value());
    TraceBundle bundle;
    bundle.traces = inside + "\n";
    const auto zip = bundleBytes(bundle, {});
    QVERIFY(zip.has_value());
    QVERIFY(!checkLeaks(redactor, {{"bundle", *zip}}).has_value());
    bundle.traces = "{}\n";
    QVERIFY(checkLeaks(redactor, {{"bundle", bundleBytes(bundle, {}).value()}}).has_value());
}

void TestExportCommand::withoutRedactionItIsAsItWas()
{
    const Files files;
    const std::string file = files.write("in.jsonl", traceWith({}));
    const std::string target = files.path("out.jsonl");
    QCOMPARE(run({"export", file, "--as", "otlp", "--no-redact", "-o", target}).status, int(ExitDone));
    QVERIFY(Json::parse(text(target))["resourceSpans"][0]["scopeSpans"][0]["spans"] ==
            Json::parse(text(file))["resourceSpans"][0]["scopeSpans"][0]["spans"]);
}

void TestExportCommand::selectsTraces()
{
    const Files files;
    Json other = spanWith("aaa19b7ec3c1b174", Json::array({attribute("gen_ai.operation.name", "execute_tool")}));
    other["traceId"] = "aaaaaaaa98038103d269b633813fc60c";
    other["status"] = {{"code", 2}};
    const std::string file = files.write("in.jsonl", traceWith({}) + request({other}));
    const std::string target = files.path("out.jsonl");
    QCOMPARE(run({"export", file, "--as", "otlp", "--where", "status:error", "-o", target}).status, int(ExitDone));
    QVERIFY(text(target).find("aaaaaaaa98038103d269b633813fc60c") != std::string::npos);
    QVERIFY(text(target).find("5b8efff798038103d269b633813fc60c") == std::string::npos);
    QCOMPARE(run({"export", file, "--as", "otlp", "--trace", "5b8efff798038103d269b633813fc60c", "-o", target}).status,
             int(ExitDone));
    QVERIFY(text(target).find("aaaaaaaa98038103d269b633813fc60c") == std::string::npos);
}

void TestExportCommand::previewTellsNoValue()
{
    const Files files;
    const std::string file = files.write("in.jsonl", traceWith({}));
    const Outcome outcome = run({"redact", file, "--preview"});
    QCOMPARE(outcome.status, int(ExitDone));
    QVERIFY(outcome.says("email: 1 value"));
    QVERIFY(outcome.says("gen_ai.input.messages"));
    QVERIFY(!outcome.says(secret));
    QVERIFY(run({"redact", file, "--preview", "--values"}).says(secret));
    QVERIFY(run({"redact", file, "--preview", "--json"}).json()["schema"] == "arcscope.redaction/1");
    QVERIFY(run({"redact", file, "--preview", "--keep", "email"}).says("nothing to take out"));
    QVERIFY(run({"redact", file, "--preview", "--keep", "email", "--subject", secret}).says("subject: 1 value"));
}

void TestExportCommand::spansAreStruckWhole_data()
{
    QTest::addColumn<QStringList>("rule");
    QTest::addColumn<bool>("struck");
    QTest::newRow("tag") << QStringList{"--strike-tag", "data.class=personal"} << true;
    QTest::newRow("tag of any value") << QStringList{"--strike-tag", "purpose,data.class"} << true;
    QTest::newRow("another tag") << QStringList{"--strike-tag", "data.class=public"} << false;
    QTest::newRow("filter") << QStringList{"--strike-where", "kind:model name:intake"} << true;
    QTest::newRow("another filter") << QStringList{"--strike-where", "kind:tool"} << false;
}

void TestExportCommand::spansAreStruckWhole()
{
    QFETCH(QStringList, rule);
    QFETCH(bool, struck);
    const std::string said = "My leg hurts since the fall, and I cannot sleep.";
    const Json messages{{{"role", "user"}, {"parts", {{{"type", "text"}, {"content", said}}}}}};
    Json first =
        spanWith("eee19b7ec3c1b174", {attribute("gen_ai.operation.name", "chat"), attribute("data.class", "Personal"),
                                      attribute("gen_ai.input.messages", messages.dump())});
    first["name"] = "intake";
    Json later = spanWith("eee19b7ec3c1b175", {attribute("gen_ai.operation.name", "chat"),
                                               attribute("note", "he wrote: " + said + " And then?")});
    const Files files;
    const std::string file = files.write("in.jsonl", request({first, later}));
    const std::string target = files.path("out.jsonl");
    std::vector<std::string> words{"export", file, "--as", "otlp", "-o", target};
    for (const QString& word : rule)
        words.push_back(word.toStdString());
    const Outcome outcome = run(words);
    QVERIFY2(outcome.status == ExitDone, outcome.err.c_str());
    QCOMPARE(text(target).find("leg hurts") == std::string::npos, struck);
    QVERIFY(text(target).find("And then?") != std::string::npos);
    auto after = openSession({target}, everyColumn(), {});
    QCOMPARE(after->corpus.spans.rows(), 2U);
    QCOMPARE(after->corpus.spans.at(SpanColumn::Messages, 0), std::int64_t(1));
    QCOMPARE(after->corpus.text(SpanText::Name, 0), std::string_view("intake"));
}

void TestExportCommand::placeholdersAreTheSameAgain()
{
    const Files files;
    const std::string file = files.write("in.jsonl", traceWith({}));
    const std::string other = files.write("other.jsonl", traceWith({{"name", "another"}}));
    const auto exported = [&](const std::string& from) {
        const std::string target = files.path("out.jsonl");
        return run({"export", from, "--as", "otlp", "-o", target}).status == ExitDone ? text(target) : std::string();
    };
    const std::string once = exported(file);
    QVERIFY(once.find("[email-") != std::string::npos);
    QVERIFY(exported(file) == once);
    const std::string elsewhere = exported(other);
    const auto placeholderIn = [](const std::string& all) { return all.substr(all.find("[email-"), 13); };
    QVERIFY(placeholderIn(elsewhere) != placeholderIn(once));
    // What is left has nothing to take out.
    const std::string left = files.write("left.jsonl", once);
    QVERIFY(run({"redact", left, "--preview"}).says("nothing to take out"));
}

void TestExportCommand::wrongUsageIsTold()
{
    const Files files;
    const std::string file = files.write("in.jsonl", traceWith({}));
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"export"},
          {"export", file},
          {"export", file, "--as", "otlp"},
          {"export", file, "--as", "xml", "-o", "x"},
          {"export", file, "--as", "case", "-o", "x"},
          {"export", file, "--as", "otlp", "--redact", "--no-redact", "-o", "x"},
          {"export", file, "--as", "otlp", "--keep", "faces", "-o", "x"},
          {"export", file, "--as", "otlp", "--where", "kind:", "-o", files.path("x")},
          {"redact", file}})
        QCOMPARE(run(arguments).status, int(ExitUsage));
}

QTEST_GUILESS_MAIN(TestExportCommand)
#include "tst_exportcommand.moc"

// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
// Text of every kind that people write, on its way through import, search and export.
#include "commandline.h"
#include "imported.h"
#include "query.h"
#include "spancontent.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <sstream>

using namespace arcscope;
using namespace arcscope::testing;
using Json = nlohmann::ordered_json;

namespace
{

using namespace std::string_literals;

Json textAttribute(const char* key, const std::string& value)
{
    return {{"key", key}, {"value", {{"stringValue", value}}}};
}

/// A model call of that name whose input is that text.
Json otlp(const std::string& text, bool ascii)
{
    const Json messages = {{{"role", "user"}, {"parts", {{{"type", "text"}, {"content", text}}}}}};
    const Json span = {{"traceId", "0af7651916cd43dd8448eb211c80319c"},
                       {"spanId", "b7ad6b7169203331"},
                       {"name", text},
                       {"startTimeUnixNano", "1700000000000000000"},
                       {"endTimeUnixNano", "1700000001000000000"},
                       {"attributes",
                        {textAttribute("gen_ai.operation.name", "chat"),
                         textAttribute("gen_ai.input.messages", messages.dump(-1, ' ', ascii))}}};
    return {{"resourceSpans", {{{"scopeSpans", {{{"spans", {span}}}}}}}}};
}

Json openInference(const std::string& text)
{
    return {{"name", text},
            {"context", {{"trace_id", "0x0af7651916cd43dd8448eb211c80319c"}, {"span_id", "0xb7ad6b7169203331"}}},
            {"parent_id", nullptr},
            {"start_time", "2026-01-02T03:04:05.000000Z"},
            {"end_time", "2026-01-02T03:04:06.000000Z"},
            {"status", {{"status_code", "OK"}}},
            {"attributes",
             {{"openinference.span.kind", "LLM"},
              {"llm.input_messages.0.message.role", "user"},
              {"llm.input_messages.0.message.content", text}}}};
}

std::string shown(const SpanContent& content)
{
    std::string text;
    for (const Message& message : content.input) {
        for (const Part& part : message.parts)
            text += part.text;
    }
    return text;
}

} // namespace

class TestAnyText : public QObject
{
    Q_OBJECT

private slots:
    void survives_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("word"); // that is searched for
        const auto row = [](const char* name, const std::string& text, const std::string& word) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray::fromStdString(word);
        };
        row("digits of other scripts", "١٢٣٤ ४२ ๑๒ 一二三", "४२");
        row("right to left, with marks", "\u202bשלום ‏עולם\u202c abc", "עולם");
        row("right to left override", "invoice\u202Efdp.exe", "invoice\u202Efdp");
        row("emoji of several code points", "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽", "👍🏽");
        row("four bytes", "𠮷野家 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🀄", "𠮷野家");
        row("combining marks are not composed", "e\u0301 é", "e\u0301");
        row("NUL", "before\0after"s, "after");
        row("control characters", "a\x01\x02\x1b[31mred\x7f\b\f z", "red");
        row("separators of lines", "one\u2028two\u2029three\u0085four\r\nfive", "three");
        row("no characters", "\uFFFE\uFFFF\U0010FFFF end", "end");
        row("byte order mark inside", "a\uFEFFb", "a\uFEFFb");
        row("quotes and slashes", R"(say "\u0041" \\ / \" C:\new)", "C:\\new");
        row("what looks like an escape", R"(\ud800 \n \u0000)", "ud800");
        row("markup", "<b>&amp;</b> <script>x</script>", "<b>&amp;</b>");
    }

    void survives()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, word);
        const std::string wanted = text.toStdString();
        const Files files;
        const std::vector<std::string> paths{
            files.write("plain.jsonl", otlp(wanted, false).dump() + '\n'),
            files.write("ascii.jsonl", otlp(wanted, true).dump(-1, ' ', true) + '\n'),
            files.write("pretty.json", otlp(wanted, false).dump(2)),
            files.write("dump.jsonl", openInference(wanted).dump() + '\n'),
            files.write("dump.json", openInference(wanted).dump(1, '\t', true)),
        };
        for (const std::string& path : paths) {
            const std::string workspace = files.workspace(path.substr(path.rfind('/') + 1) + ".arcscope");
            const auto report = importInto(workspace, {path}, {});
            QVERIFY2(report, path.c_str());
            QCOMPARE(report->refused, 0U);
            auto stored = Workspace::open(workspace);
            QVERIFY(stored);
            Corpus corpus = corpusOf(*stored);
            QCOMPARE(corpus.spans.rows(), 1U);
            QVERIFY2(corpus.text(SpanText::Name, 0) == wanted, path.c_str());
            const auto details = loadDetails(*stored, corpus, 0);
            QVERIFY(details);
            QVERIFY2(shown(details->content) == wanted, path.c_str());

            std::ostringstream out;
            std::ostringstream err;
            const std::string filter = '"' + escaped(word.toStdString()) + '"';
            const std::vector<std::string> arguments{"query", workspace, filter, "--json"};
            QCOMPARE(runCommand(arguments, {out, err, {}, false}), 0);
            const Json answer = Json::parse(out.str());
            QVERIFY2(answer["matched"] == 1, (path + ": " + filter + err.str()).c_str());
            QVERIFY2(answer["spans"][0]["name"] == wanted, out.str().c_str());
        }
    }

private:
    static std::string escaped(const std::string& word)
    {
        std::string text;
        for (const char c : word)
            text += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
        return text;
    }
};

QTEST_APPLESS_MAIN(TestAnyText)
#include "tst_anytext.moc"

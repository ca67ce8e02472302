// layers: core analysis importers store pipeline SHARED
// What is exported as OTLP JSON and read again is the same trace. By their nature differ: where a record lies (source,
// byte, block), its bytes, and the format that read them; of a span that ends before it starts the flag, since OTLP has
// no such end once the times are shown; spans that others replace do not leave.
#include "imported.h"
#include "spancontent.h"
#include "traceexport.h"

#include <QTest>

#include <filesystem>
#include <fstream>
#include <map>

using namespace arcscope;
using namespace arcscope::testing;

class TestTraceExport : public QObject
{
    Q_OBJECT

private slots:
    void isTheSameTraceAgain_data();
    void isTheSameTraceAgain();
};

namespace
{

using SpanKey = std::pair<std::string, std::string>; ///< ids of trace and span

/// All that is recorded of a span, in words.
using SpanWords = std::vector<std::string>;

/// Structured values of OTLP have no white space between their parts.
std::string valueOf(const Attribute& attribute)
{
    if (attribute.type != AttributeType::Json)
        return attribute.value;
    std::string bare;
    bool inString = false;
    for (std::size_t i = 0; i < attribute.value.size(); ++i) {
        const char c = attribute.value[i];
        if (inString && c == '\\' && i + 1 < attribute.value.size()) {
            bare += c;
            bare += attribute.value[++i];
            continue;
        }
        inString = inString != (c == '"');
        if (inString || std::string_view(" \n\r\t").find(c) == std::string_view::npos)
            bare += c;
    }
    return bare;
}

void addAttributes(SpanWords& words, const char* of, const std::vector<Attribute>& attributes)
{
    for (const Attribute& one : attributes)
        words.push_back(std::string(of) + " " + one.key + " = " + valueOf(one) + " #" +
                        std::to_string(static_cast<int>(one.type)));
}

void addMessages(SpanWords& words, const char* of, const std::vector<Message>& messages)
{
    for (const Message& message : messages) {
        words.push_back(std::string(of) + " " + std::to_string(static_cast<int>(message.role)) + " " +
                        message.roleText + "/" + message.name + "/" + message.stopReason);
        for (const Part& part : message.parts)
            words.push_back(std::string(of) + " part " + std::to_string(static_cast<int>(part.kind)) + " " + part.text +
                            "/" + part.name + "/" + part.id + "/" + part.media + (part.failed ? " failed" : ""));
    }
}

bool sameByNature(SpanColumn column)
{
    switch (column) {
    case SpanColumn::Source:
    case SpanColumn::SourceByte:
    case SpanColumn::Block:
    case SpanColumn::BlockOffset:
    case SpanColumn::BlockLength:
    case SpanColumn::Lane:
    case SpanColumn::Trace: // compared by id
    case SpanColumn::ParentRow:
        return false;
    default:
        return column != columnOf(SpanText::Format) && column != columnOf(SpanText::Resource);
    }
}

SpanWords wordsOf(Workspace& workspace, const Corpus& corpus, Row row)
{
    SpanWords words;
    const SpanTable& spans = corpus.spans;
    for (const SpanColumn column : everyColumn()) {
        if (!sameByNature(column))
            continue;
        const auto text = static_cast<int>(column) - static_cast<int>(SpanColumn::FirstText);
        const bool isText = text >= 0 && text < spanTextCount;
        std::int64_t value = spans.at(column, row);
        if (column == SpanColumn::Flags)
            value &= ~static_cast<std::int64_t>(bit(SpanFlag::EndsBeforeStart) | bit(SpanFlag::LogsJoined));
        const bool isId = column == SpanColumn::SpanHigh || column == SpanColumn::SpanLow ||
                          column == SpanColumn::ParentHigh || column == SpanColumn::ParentLow;
        if (!isId)
            words.push_back(std::string(name(column)) + " " +
                            (isText ? std::string(corpus.strings[StringId{static_cast<std::uint32_t>(value)}])
                                    : std::to_string(value)));
    }
    words.push_back("parent id " + corpus.idText(spans.parentId(row)));
    words.push_back("parent " + (spans.parent(row) == noRow ? "" : corpus.idText(spans.spanId(spans.parent(row)))));
    const auto details = loadDetails(workspace, corpus, row);
    const SpanContent& content = details->content;
    addMessages(words, "input", content.input);
    addMessages(words, "output", content.output);
    words.push_back("arguments " + content.toolArguments);
    words.push_back("result " + content.toolResult + (content.toolFailed ? " failed" : ""));
    words.push_back("status " + content.statusMessage);
    addAttributes(words, "attribute", content.attributes);
    addAttributes(words, "resource", content.resource);
    for (const SpanEvent& event : content.events) {
        words.push_back("event " + event.name + " " + std::to_string(event.time));
        addAttributes(words, "of event", event.attributes);
    }
    for (const SpanLink& link : content.links) {
        words.push_back("link " + link.trace + " " + link.span);
        addAttributes(words, "of link", link.attributes);
    }
    for (const auto member : rawUsageMembers)
        words.push_back("usage " + std::to_string(content.usage.*member));
    const PackedStream stream = workspace.stream(row).value();
    StreamReader reader(stream);
    for (StreamEvent event; reader.next(event);)
        words.push_back("stream " + std::string(name(event.kind)) + " " + std::string(name(event.block)) + " " +
                        std::to_string(event.blockIndex) + " " + std::to_string(event.choice) + " " +
                        std::to_string(event.time) + " " + std::to_string(event.from) + " " + std::to_string(event.to) +
                        " " + std::string(event.text) + " | " + std::string(event.detail));
    return words;
}

std::map<SpanKey, SpanWords> spansOf(Session& session)
{
    std::map<SpanKey, SpanWords> spans;
    const Corpus& corpus = session.corpus;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        for (const Row row : corpus.rowsOf(trace))
            spans[{corpus.traceIdText(trace), corpus.idText(corpus.spans.spanId(row))}] =
                wordsOf(session.workspace, corpus, row);
    }
    return spans;
}

bool hasSpans(const std::string& path)
{
    const auto session = openSession({path}, everyColumn(), {});
    return session && session->corpus.spans.rows() > 0;
}

} // namespace

void TestTraceExport::isTheSameTraceAgain_data()
{
    QTest::addColumn<QString>("path");
    constexpr std::uintmax_t largest = 3'000'000; // a suite that takes minutes is not run
    for (const std::string folder : {ARCSCOPE_TEST_SAMPLES "", ARCSCOPE_SHARED_DIR "/data"}) {
        std::map<std::string, int> taken;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file() || entry.file_size() > largest)
                continue;
            const std::string path = entry.path().string();
            const std::string kind = entry.path().parent_path().string() + entry.path().extension().string();
            constexpr int mostOfAKind = 3;
            if (taken[kind] == mostOfAKind || !hasSpans(path)) // licences and lists lie beside them
                continue;
            ++taken[kind];
            QTest::newRow(path.substr(path.find(folder) + folder.size() + 1).c_str()) << QString::fromStdString(path);
        }
    }
}

void TestTraceExport::isTheSameTraceAgain()
{
    QFETCH(QString, path);
    auto session = openSession({path.toStdString()}, everyColumn(), {});
    QVERIFY(session.has_value());
    const auto rows = selectedRows(*session, {}, {});
    QVERIFY(rows.has_value());
    std::string lines;
    QVERIFY(exportRows(*session, *rows, nullptr, [&](std::string_view more) { lines += more; }, {}).has_value());
    const Files files;
    auto again = openSession({files.write("again.jsonl", lines)}, everyColumn(), {});
    QVERIFY(again.has_value());
    const auto before = spansOf(*session);
    const auto after = spansOf(*again);
    QCOMPARE(after.size(), before.size());
    for (const auto& [key, words] : before) {
        const auto found = after.find(key);
        QVERIFY2(found != after.end(), (key.first + " " + key.second).c_str());
        for (std::size_t i = 0; i < words.size() && i < found->second.size(); ++i)
            QVERIFY2(words[i] == found->second[i], (key.second + "\n  before: " + words[i].substr(0, 300) +
                                                    "\n  after:  " + found->second[i].substr(0, 300))
                                                       .c_str());
        QCOMPARE(found->second.size(), words.size());
    }
}

QTEST_GUILESS_MAIN(TestTraceExport)
#include "tst_traceexport.moc"

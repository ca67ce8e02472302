// layers: core analysis
#include "assemble.h"
#include "corpusbuilder.h"
#include "filter.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// The tree as text: (and kind:tool (not "x")).
QString printed(const FilterNode& node)
{
    switch (node.type) {
    case FilterNode::Type::All:
        return QStringLiteral("all");
    case FilterNode::Type::Text:
        return QStringLiteral("\"%1\"").arg(QString::fromStdString(node.text));
    case FilterNode::Type::Field: {
        static const char* const ops[] = {":", "=", "!=", "<", "<=", ">", ">="};
        const bool text = node.field->type == FieldType::Text || node.field->type == FieldType::SpanId ||
                          node.field->type == FieldType::TraceId;
        return QString::fromUtf8(node.field->name.data(), static_cast<qsizetype>(node.field->name.size())) +
               QLatin1String(ops[static_cast<int>(node.op)]) +
               (text ? QString::fromStdString(node.text) : QString::number(node.number));
    }
    case FilterNode::Type::And:
    case FilterNode::Type::Or:
    case FilterNode::Type::Not:
        break;
    }
    QString out = node.type == FilterNode::Type::And  ? QStringLiteral("(and")
                  : node.type == FilterNode::Type::Or ? QStringLiteral("(or")
                                                      : QStringLiteral("(not");
    for (const FilterNode& child : node.children)
        out += ' ' + printed(child);
    return out + ')';
}

} // namespace

class TestFilter : public QObject
{
    Q_OBJECT

private slots:
    void parses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tree");
        QTest::newRow("empty") << "  "
                               << "all";
        QTest::newRow("example") << "kind:tool duration>2s model:m \"refund\""
                                 << "(and kind:3 duration>2000000000 model:m \"refund\")";
        QTest::newRow("or binds less") << "a b or c and not d"
                                       << "(or (and \"a\" \"b\") (and \"c\" (not \"d\")))";
        QTest::newRow("brackets") << "(a or b) c"
                                  << "(and (or \"a\" \"b\") \"c\")";
        QTest::newRow("minus") << "-kind:tool -(a b)"
                               << "(and (not kind:3) (not (and \"a\" \"b\")))";
        QTest::newRow("quoted value") << "name:\"run (tests)\""
                                      << "name:run (tests)";
        QTest::newRow("quoted keyword") << "\"or\""
                                        << "\"or\"";
        QTest::newRow("escape") << "\"a\\\"b\\\\\""
                                << "\"a\"b\\\"";
        QTest::newRow("units") << "duration<=250ms tokens>=20k cost!=0.02 ttft>1m"
                               << "(and duration<=250000000 tokens>=20000 cost!=20000 ttft>60000000000)";
        QTest::newRow("time") << "start>=2026-01-02T03:04:05Z"
                              << "start>=1767323045000000000";
        QTest::newRow("date") << "start<1970-01-02"
                              << "start<86400000000000";
        QTest::newRow("colon in value") << "model:anthropic:claude"
                                        << "model:anthropic:claude";
        QTest::newRow("other scripts") << "返金 \"حقيبة ظهر\""
                                       << "(and \"返金\" \"حقيبة ظهر\")";
        QTest::newRow("flag") << "is:orphan"
                              << "is:1";
    }
    void parses()
    {
        QFETCH(QString, text);
        const auto parsed = parseFilter(text.toStdString());
        QVERIFY2(parsed, parsed.error ? parsed.error->message.c_str() : "");
        QTEST(printed(parsed.filter.root), "tree");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("begin");
        QTest::addColumn<int>("end");
        QTest::addColumn<QString>("says");
        QTest::newRow("unknown field") << QByteArray("modle:x") << 0 << 5 << "did you mean “model”";
        QTest::newRow("no value") << QByteArray("kind:") << 4 << 5 << "value is expected";
        QTest::newRow("space before value") << QByteArray("kind: tool") << 4 << 5 << "value is expected";
        QTest::newRow("bad word") << QByteArray("kind:tol") << 5 << 8 << "tool";
        QTest::newRow("bad number") << QByteArray("a duration>2x") << 11 << 13 << "duration: 250ms";
        QTest::newRow("order of text") << QByteArray("name>a") << 5 << 6 << "is text";
        QTest::newRow("order of words") << QByteArray("status>ok") << 7 << 9 << "no order";
        QTest::newRow("open bracket") << QByteArray("(a b") << 0 << 1 << "not closed";
        QTest::newRow("close bracket") << QByteArray("a) b") << 1 << 2 << "without";
        QTest::newRow("open quote") << QByteArray("a \"b") << 2 << 4 << "quote";
        QTest::newRow("only or") << QByteArray("a or") << 4 << 4 << "expected";
        QTest::newRow("only operator") << QByteArray("=5") << 0 << 1 << "field is expected";
        QTest::newRow("deep") << QByteArray(100'000, '(') << 100 << 101 << "deeply";
        QTest::newRow("deep minus") << QByteArray(100'000, '-') << 100 << 100'000 << "deeply";
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        const auto parsed = parseFilter(text.toStdString());
        QVERIFY(parsed.error);
        QTEST(static_cast<int>(parsed.error->begin), "begin");
        QTEST(static_cast<int>(parsed.error->end), "end");
        QFETCH(QString, says);
        QVERIFY2(QString::fromStdString(parsed.error->message).contains(says), parsed.error->message.c_str());
        QVERIFY(parsed.filter.empty());
    }

    void evaluates_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("names");
        QTest::newRow("all") << ""
                             << "run call search lost";
        QTest::newRow("kind") << "kind:tool"
                              << "search lost";
        QTest::newRow("not kind") << "kind!=tool"
                                  << "run call";
        QTest::newRow("model") << "model:OPUS"
                               << "call";
        QTest::newRow("model equal") << "model=opus"
                                     << "";
        QTest::newRow("model equal, case ignored") << "model=CLAUDE-opus"
                                                   << "call";
        QTest::newRow("not recorded is not equal") << "model!=x"
                                                   << "run call search lost";
        QTest::newRow("duration") << "duration>=40ms"
                                  << "run call";
        QTest::newRow("unfinished has no duration") << "duration<1h"
                                                    << "run call search";
        QTest::newRow("tokens") << "tokens>10"
                                << "run call";
        QTest::newRow("output") << "output<8"
                                << "call";
        QTest::newRow("unrecorded tokens are not zero") << "tokens<1"
                                                        << "";
        QTest::newRow("flag") << "is:orphan"
                              << "lost";
        QTest::newRow("span") << "span:call"
                              << "call";
        QTest::newRow("trace") << "trace:u"
                               << "lost";
        QTest::newRow("not trace") << "trace!=u"
                                   << "run call search";
        QTest::newRow("text in name") << "SEAR"
                                      << "search";
        QTest::newRow("text in records") << "refund"
                                         << "call lost";
        QTest::newRow("not text") << "-refund kind:tool"
                                  << "search";
        QTest::newRow("either") << "kind:agent or is:orphan"
                                << "run lost";
    }
    void evaluates()
    {
        CorpusBuilder builder;
        addSpans(builder, "t run - agent 0-100 in=20 agent=harbor\n"
                          "t call run model 10-50 in=10 out=7 model=claude-opus\n"
                          "t search run tool 50-60\n"
                          "u lost gone tool 70-\n");
        Corpus& corpus = builder.build();
        auto assembly = assemble(corpus, builder.traceIds, {});
        QVERIFY(assembly);
        corpus.traces = assembly->traces;
        const std::vector<std::int64_t> flags(assembly->flags.begin(), assembly->flags.end());
        corpus.spans.set(0, SpanColumn::Flags, std::make_shared<Column>(encode(flags)));

        QFETCH(QString, text);
        const auto parsed = parseFilter(text.toStdString());
        QVERIFY(parsed);
        const auto rows = evaluate(parsed.filter, corpus, {{"refund", {1, 3}}}, {});
        QVERIFY(rows);
        QStringList names;
        for (const Row row : *rows)
            names << QString::fromStdString(std::string(corpus.text(SpanText::Name, row)));
        QTEST(names.join(' '), "names");
        for (const SpanColumn column : columnsOf(parsed.filter))
            QVERIFY(corpus.spans.has(column));
    }

    void chipsAreTheOperandsOfTheOutermostAnd()
    {
        const std::string text = "kind:tool (a or b) \"c d\"";
        const auto parsed = parseFilter(text);
        QStringList chips;
        for (const FilterChip& chip : chipsOf(parsed.filter, text))
            chips << QString::fromStdString(chip.text);
        QCOMPARE(chips, (QStringList{"kind:tool", "(a or b)", "\"c d\""}));
        QCOMPARE(chipsOf(parseFilter("a or b").filter, "a or b").size(), std::size_t{1});
        QVERIFY(chipsOf(parseFilter("").filter, "").empty());
    }

    void searchedTextsAreListedOnce()
    {
        QCOMPARE(searchedTexts(parseFilter("a (b or -a) kind:tool").filter), (std::vector<std::string>{"a", "b"}));
    }
};

QTEST_APPLESS_MAIN(TestFilter)
#include "tst_filter.moc"

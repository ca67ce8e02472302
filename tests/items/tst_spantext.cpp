// layers: core analysis items
#include "appstate.h"
#include "filter.h"
#include "spantext.h"

#include <QProcess>
#include <QTest>

using namespace arcscope;

namespace
{

const QString trace = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
constexpr int patience = 60'000;

} // namespace

class TestSpanText : public QObject
{
    Q_OBJECT

private slots:
    void theFilterOfASpanFindsItAlone()
    {
        AppState state;
        state.open({trace});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        const Corpus& corpus = *state.corpus();
        for (Row row = 0; row < corpus.spans.rows(); ++row) {
            const ParsedFilter parsed = parseFilter(filterOfSpan(corpus, row).toStdString());
            QVERIFY2(!parsed.error, qPrintable(filterOfSpan(corpus, row)));
            const auto rows = evaluate(parsed.filter, corpus, {}, {});
            QVERIFY(rows.has_value());
            QCOMPARE(*rows, std::vector<Row>{row});
            const QStringList cells = spanLine(corpus, row).split(QLatin1Char('\t'));
            QCOMPARE(cells.size(), 5);
            QCOMPARE(cells.constLast().toStdString(), spanIdText(corpus, row));
        }
    }

    void messagesAreGivenAsTheyStand()
    {
        SpanContent content;
        QVERIFY(messageText(content).isEmpty());
        content.toolArguments = "{\"a\":1}";
        content.toolResult = "fine";
        QCOMPARE(messageText(content), QStringLiteral("{\"a\":1}\n\nfine"));
        Message message;
        message.roleText = "user";
        message.parts.push_back({PartKind::Text, "two\nlines"});
        Message answer;
        answer.roleText = "assistant";
        answer.parts.push_back({PartKind::ToolCall, "{}", "run"});
        content.input = {message};
        content.output = {answer};
        QCOMPARE(messageText(content), QStringLiteral("user:\ntwo\nlines\n\nassistant:\nrun({})"));
    }

    void theCommandIsSafeInAShell_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QStringLiteral("kind:tool");
        QTest::newRow("quotes") << QStringLiteral("name=\"it's $HOME `id` \\ !x\"");
        QTest::newRow("ends the quotes") << QStringLiteral("'; echo owned; '");
        QTest::newRow("control") << QStringLiteral("a\x1b[31m'b\\n\nc\t\x7f");
        QTest::newRow("other scripts") << QStringLiteral("ü 漢字");
    }
    void theCommandIsSafeInAShell()
    {
        QFETCH(QString, text);
        const QString command = queryCommand({QStringLiteral("/a b/c'd.json")}, text);
        for (const QChar c : command)
            QVERIFY(c.unicode() >= 0x20 && c.unicode() != 0x7f);
        QProcess shell;
        shell.start(QStringLiteral("bash"),
                    {QStringLiteral("-c"), QStringLiteral("arcscope() { printf '%s\\0' \"$@\"; }; ") + command});
        QVERIFY2(shell.waitForStarted(), "there is no bash");
        QVERIFY(shell.waitForFinished());
        QList<QByteArray> words = shell.readAllStandardOutput().split('\0');
        words.removeLast();
        QCOMPARE(words, (QList<QByteArray>{"query", "/a b/c'd.json", text.toUtf8()}));
    }
};

QTEST_GUILESS_MAIN(TestSpanText)
#include "tst_spantext.moc"

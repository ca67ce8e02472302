// layers: core analysis
#include "assemble.h"
#include "corpusbuilder.h"
#include "newmessages.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// "u:hi a:yo": one message a word.
std::vector<Message> messages(const char* text)
{
    std::vector<Message> list;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        Message message;
        message.role = word[0] == 'u' ? Role::User : Role::Assistant;
        message.parts.push_back({PartKind::Text, word.substr(2), {}, {}, {}, false});
        list.push_back(message);
    }
    return list;
}

} // namespace

class TestNewMessages : public QObject
{
    Q_OBJECT

private slots:
    void findsTheFirstNewMessage_data()
    {
        QTest::addColumn<QByteArray>("previousInput");
        QTest::addColumn<QByteArray>("previousOutput");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("first");
        const QByteArray asked("u:hi");
        const QByteArray answered("a:yo");
        QTest::newRow("history with the answer") << asked << answered << QByteArray("u:hi a:yo u:more") << 2;
        QTest::newRow("history without the answer") << asked << answered << QByteArray("u:hi u:more") << 1;
        QTest::newRow("answer rewritten") << asked << answered << QByteArray("u:hi a:oy u:more") << 1;
        QTest::newRow("nothing new") << asked << answered << asked << 1;
        QTest::newRow("other conversation") << asked << answered << QByteArray("u:bye") << 0;
        QTest::newRow("history cut") << QByteArray("u:a a:b u:c") << answered << QByteArray("u:c a:yo") << 0;
        QTest::newRow("role differs") << asked << answered << QByteArray("a:hi") << 0;
        QTest::newRow("empty") << QByteArray() << QByteArray() << QByteArray() << 0;
    }
    void findsTheFirstNewMessage()
    {
        QFETCH(QByteArray, previousInput);
        QFETCH(QByteArray, previousOutput);
        QFETCH(QByteArray, input);
        const std::size_t first = firstNewMessage(messages(input.constData()), messages(previousInput.constData()),
                                                  messages(previousOutput.constData()));
        QTEST(static_cast<int>(first), "first");
    }

    void findsThePreviousCall()
    {
        CorpusBuilder builder;
        addSpans(builder, "t run - agent 0-100\nt one run model 0-10\nt sub run agent 12-40\nt inner sub model 13-20\n"
                          "t two run model 50-60\nt tool run tool 61-62\n");
        Corpus& corpus = builder.build();
        const auto assembly = assemble(corpus, builder.traceIds, {});
        QVERIFY(assembly);
        corpus.traces = assembly->traces;
        const std::vector<std::int64_t> order(assembly->order.begin(), assembly->order.end());
        const std::vector<std::int64_t> parents(assembly->parentRow.begin(), assembly->parentRow.end());
        OrderTable::Chunk chunk;
        chunk.rows = static_cast<std::uint32_t>(order.size());
        chunk.columns[0] = std::make_shared<Column>(encode(order));
        corpus.order.append(std::move(chunk));
        corpus.spans.set(0, SpanColumn::ParentRow, std::make_shared<Column>(encode(parents)));
        QCOMPARE(previousModelCall(corpus, 1), noRow);
        QCOMPARE(previousModelCall(corpus, 4), Row{1}); // not the inner one, which belongs to another agent
        QCOMPARE(previousModelCall(corpus, 3), Row{1}); // alone under its parent: the last of the trace
        QCOMPARE(previousModelCall(corpus, 5), noRow);  // no model call
    }
};

QTEST_APPLESS_MAIN(TestNewMessages)
#include "tst_newmessages.moc"

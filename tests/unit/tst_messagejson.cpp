// layers: importers
#include "messagejson.h"
#include "printspans.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace arcscope;

namespace
{

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString read(std::string_view json, Role assumed = Role::User)
{
    std::vector<Message> messages;
    std::vector<std::string> notes;
    appendMessages(json, assumed, messages, notes);
    std::string text = testing::printMessages(messages);
    for (const std::string& note : notes)
        text += "note: " + note.substr(0, 20) + '\n';
    return QString::fromStdString(text);
}

} // namespace

class TestMessageJson : public QObject
{
    Q_OBJECT

private slots:
    void shapes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("expected");
        QDir folder(ARCSCOPE_TEST_DATA "/formats/messages");
        for (const QString& file : folder.entryList({"*.json"}))
            QTest::newRow(qPrintable(file))
                << contents(folder.filePath(file))
                << QString::fromUtf8(contents(folder.filePath(file).replace(".json", ".expected.txt")));
    }

    void shapes()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, expected);
        QCOMPARE(read({json.data(), static_cast<std::size_t>(json.size())}), expected);
    }

    void assumedRoleIsUsed()
    {
        QCOMPARE(read("[{\"type\":\"text\",\"content\":\"x\"}]", Role::System), QString("system\n  text: x\n"));
        QCOMPARE(read("hello", Role::Assistant), QString("assistant\n  text: hello\n"));
    }

    void deepNestingIsRefusedNotFollowed()
    {
        const std::string deep(5000, '[');
        QVERIFY(read(deep).startsWith("user\n  text: [[["));
        std::string wrapped = "\"x\"";
        for (int i = 0; i < 60; ++i)
            wrapped = "{\"messages\":[" + wrapped + "]}";
        QVERIFY(read(wrapped).contains("other"));
    }

    void badBytesAreReplaced()
    {
        QCOMPARE(read("[{\"role\":\"user\",\"content\":\"a\xff\"}]"),
                 QString("user\n  text: a\uFFFD\nnote: bytes that are no UT\n"));
    }

    void callsAlone()
    {
        std::vector<Part> parts;
        std::vector<std::string> notes;
        appendCalls("[{\"toolCallId\":\"c\",\"toolName\":\"f\",\"input\":\"{\\\"a\\\":1}\"}]", parts, notes);
        QCOMPARE(parts.size(), std::size_t(1));
        QVERIFY(parts[0].kind == PartKind::ToolCall);
        QCOMPARE(parts[0].name, std::string("f"));
        QCOMPARE(parts[0].id, std::string("c"));
        QCOMPARE(parts[0].text, std::string("{\"a\":1}"));
    }
};

QTEST_APPLESS_MAIN(TestMessageJson)
#include "tst_messagejson.moc"

// layers: core
#include "statelink.h"

#include <QTest>

using namespace arcscope;

namespace
{

const std::string digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

StateLink whole()
{
    StateLink link{digest, std::string(64, 'b'), "incident.jsonl", {}};
    link.state = {
        "stream", "trace:4bf9", "trace:4bf9/span:a&b=c%20?#",    "event:3",
        {12, 40}, {-5, 90},     "kind:model \"50 % off\" é + ü", "finding:loop trace:4bf9/span:a&b=c%20?# 1f"};
    return link;
}

} // namespace

class TestStateLink : public QObject
{
    Q_OBJECT

private slots:
    void aLinkSaysTheSameWhenItIsRead()
    {
        const std::string text = linkText(whole());
        QVERIFY(isLink(text));
        for (const char c : text)
            QVERIFY2(c > ' ' && c < 127, "a link can be put into any text");
        QVERIFY(text.find('"') == std::string::npos && text.find('<') == std::string::npos);
        const auto read = parseLink(text);
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QVERIFY(*read == whole());
        QCOMPARE(linkText({digest, {}, {}, {}}), "arcscope:open?sha256=" + digest);
    }

    void eitherDigestLeadsThere()
    {
        const std::string other(64, 'b');
        const StateLink ofTrace{digest, other, {}, {}};
        const StateLink ofWorkspace{other, {}, {}, {}};
        QVERIFY(ofTrace.isOf(digest, {}) && ofTrace.isOf(other, other) && ofTrace.isOf("", other));
        QVERIFY(ofWorkspace.isOf(digest, other) && ofWorkspace.isOf(other, {}));
        QVERIFY(!ofWorkspace.isOf(digest, {}) && !ofTrace.isOf(std::string(64, 'c'), {}));
        QVERIFY(!parseLink("arcscope:open?sha256=" + digest + "&content=12"));
    }

    void whatIsChosenIsOfAView()
    {
        const std::string plain = "arcscope:open?sha256=" + digest;
        for (const char* chosen : {"arc:task:a%26b", "finding:rule%20cause:x", "lens:stop-buckets"})
            QVERIFY2(parseLink(plain + "&chosen=" + chosen), chosen);
        QVERIFY(parseLink(plain)->state.chosen.empty()); // as links were before
        for (const char* none : {"arc:", "row:3", "3"})
            QVERIFY2(!parseLink(plain + "&chosen=" + none), none);
    }

    void browsersMayRewriteIt()
    {
        const auto read = parseLink("ARCSCOPE://open/?view=tools&sha256=" + std::string(60, 'A') + "0bCd");
        QVERIFY(read.has_value());
        QCOMPARE(read->sha256, std::string(60, 'a') + "0bcd");
        QCOMPARE(read->state.view, std::string("tools"));
    }

    void aPathIsNeverPartOfIt()
    {
        QCOMPARE(parseLink(linkText({digest, {}, "/home/me/a.json", {}}))->name, std::string("a.json"));
        QVERIFY(!parseLink("arcscope:open?sha256=" + digest + "&name=/etc/passwd"));
        QVERIFY(!parseLink("arcscope:open?sha256=" + digest + "&name=..%5Ca"));
    }

    void whatIsNotUnderstoodIsRefusedWithAReason_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const QString good = QStringLiteral("arcscope:open?sha256=") + QString::fromStdString(digest);
        const auto row = [](const char* name, const QString& text, const char* says) {
            QTest::newRow(name) << text << QString::fromLatin1(says);
        };
        row("nothing", {}, "arcscope:");
        row("another scheme", QStringLiteral("https://example.org/?sha256=x"), "arcscope:");
        row("a path", QStringLiteral("arcscope:/etc/passwd"), "arcscope:open?");
        row("a command", QStringLiteral("arcscope:run?sha256=x"), "arcscope:open?");
        row("no digest", QStringLiteral("arcscope:open?view=tools"), "sha256");
        row("no values", QStringLiteral("arcscope:open"), "sha256");
        row("a short digest", QStringLiteral("arcscope:open?sha256=12ab"), "64");
        row("no digits", QStringLiteral("arcscope:open?sha256=") + QString(64, QLatin1Char('g')), "64");
        row("an unknown word", good + QStringLiteral("&exec=ls"), "later one");
        row("twice", good + QStringLiteral("&view=a&view=b"), "twice");
        row("a broken escape", good + QStringLiteral("&filter=%2"), "filter");
        row("no escape", good + QStringLiteral("&filter=%zz"), "filter");
        row("a control character", good + QStringLiteral("&filter=a%0Ab"), "filter");
        row("a NUL", good + QStringLiteral("&name=a%00"), "name");
        row("half a range", good + QStringLiteral("&from=3"), "range");
        row("a range that ends before it begins", good + QStringLiteral("&from=3&to=2"), "range");
        row("no time", good + QStringLiteral("&from=now&to=2"), "from");
        row("too late", good + QStringLiteral("&from=1&to=99999999999999999999"), "to");
        row("no part", good + QStringLiteral("&part=half"), "part");
        row("empty", good + QStringLiteral("&view="), "view");
        row("too long", good + QStringLiteral("&filter=") + QString(20'000, QLatin1Char('x')), "16 KB");
        row("a long view", good + QStringLiteral("&view=") + QString(200, QLatin1Char('x')), "view");
    }
    void whatIsNotUnderstoodIsRefusedWithAReason()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto read = parseLink(text.toStdString());
        QVERIFY(!read);
        QVERIFY2(read.error().message.find(says.toStdString()) != std::string::npos, read.error().message.c_str());
    }
};

QTEST_APPLESS_MAIN(TestStateLink)
#include "tst_statelink.moc"

// layers: analysis
#include "leakcheck.h"
#include "redactor.h"
#include "splitvalues.h"

#include <QTest>

using namespace arcscope;

class TestSplitValues : public QObject
{
    Q_OBJECT
private slots:
    void partsAreStruck_data();
    void partsAreStruck();
    void idsStay();
    void theCheckNamesTheSpans();
};

namespace
{

const std::string secret = "mara.quill@orbital.example";

Redactor knowing()
{
    Redactor redactor;
    redactor.collect("write to " + secret);
    redactor.seal();
    return redactor;
}

std::string span(const std::string& id, const std::string& said)
{
    return R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":")" + id +
           R"(","name":"chat","attributes":[{"key":"output","value":{"stringValue":")" + said + "\"}}]}]}]}]}\n";
}

std::string message(const std::string& text)
{
    return R"([{\"role\":\"assistant\",\"content\":\")" + text + R"(\"}])";
}

} // namespace

void TestSplitValues::partsAreStruck_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    const QString value = QString::fromStdString(secret);
    QTest::newRow("texts") << "to " + value.left(9) << value.mid(9) + " today";
    QTest::newRow("messages") << QString::fromStdString(message("to " + secret.substr(0, 9)))
                              << QString::fromStdString(message(secret.substr(9) + " today"));
}

void TestSplitValues::partsAreStruck()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    const std::string before =
        span("0000000000000001", first.toStdString()) + span("0000000000000002", second.toStdString());
    Redactor redactor = knowing();
    std::string after = before;
    QVERIFY(!findLeaks(redactor, {{"lines", before}}).empty());
    QCOMPARE(strikeSplit(after, redactor), std::size_t(1));
    QVERIFY(findLeaks(redactor, {{"lines", after}}).empty());
    QCOMPARE(after.size(), before.size());
    QVERIFY(after.find(secret.substr(0, 9)) == std::string::npos && after.find(secret.substr(9)) == std::string::npos);
    QVERIFY(after.find("to ") != std::string::npos && after.find(" today") != std::string::npos);
    QCOMPARE(redactor.struck(), std::uint64_t(2)); // both parts
    QCOMPARE(strikeSplit(after, redactor), std::size_t(0));
}

void TestSplitValues::idsStay()
{
    RedactionRules rules;
    rules.texts = {"00000001abcd0000"};
    Redactor redactor(rules);
    redactor.seal();
    const std::string before = span("abcd000000000001", "a") + span("abcd000000000002", "b");
    std::string after = before;
    strikeSplit(after, redactor);
    QCOMPARE(after, before);
}

void TestSplitValues::theCheckNamesTheSpans()
{
    const std::string lines = span("0000000000000007", "quiet") + span("0000000000000001", secret.substr(0, 9)) +
                              span("0000000000000002", secret.substr(9));
    const auto leaks = findLeaks(knowing(), {{"lines", lines}});
    QCOMPARE(leaks.size(), std::size_t(1));
    QCOMPARE(leaks.front().spans, (std::vector<std::string>{"0000000000000001", "0000000000000002"}));
}

QTEST_GUILESS_MAIN(TestSplitValues)
#include "tst_splitvalues.moc"

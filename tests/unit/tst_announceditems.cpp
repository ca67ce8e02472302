// layers: core analysis
#include "announceditems.h"

#include <QTest>

#include <string>

using namespace arcscope;

class TestAnnouncedItems : public QObject
{
    Q_OBJECT

private slots:
    void fewerThanAnnounced_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("announced");
        QTest::addColumn<int>("given");
        QTest::newRow("numbers") << "Follow these five steps:\n\n1. Open it.\n2. Dry it.\n3. Close it." << 5 << 3;
        QTest::newRow("bullets") << "There are 4 reasons for it:\n- wind\n- rain" << 4 << 2;
        QTest::newRow("a word between") << "Here are three main points:\n1) One.\n2) Two." << 3 << 2;
        QTest::newRow("bold numbers") << "I see three issues:\n\n**1. Naming** is odd.\n\n**2. Tests** are missing."
                                      << 3 << 2;
        QTest::newRow("headings") << "Do it in three phases:\n\n### 1. Plan\nWrite it down.\n\n### 2. Build\nMake it."
                                  << 3 << 2;
        QTest::newRow("steps by name") << "Five steps:\n\nStep 1: wash.\n\nStep 2: dry." << 5 << 2;
        QTest::newRow("paragraphs below headings")
            << "Do it in three phases:\n\n### 1. Plan\n\nWrite it down.\n\n### 2. Build\n\nMake it." << 3 << 2;
        QTest::newRow("paragraphs between") << "Three tips:\n\n1. Rest\n\nIt helps.\n\n2. Drink" << 3 << 2;
        QTest::newRow("steps with code") << "Do it in three steps:\n\n1. Run:\n```\nmake\n```\n2. Then stop it." << 3
                                         << 2;
    }
    void fewerThanAnnounced()
    {
        QFETCH(QString, text);
        QFETCH(int, announced);
        QFETCH(int, given);
        const std::string bytes = text.toStdString();
        const auto missing = missingItems(bytes);
        QVERIFY(missing.has_value());
        QCOMPARE(missing->announced, announced);
        QCOMPARE(missing->given, given);
        const std::string line = bytes.substr(static_cast<std::size_t>(missing->from),
                                              static_cast<std::size_t>(missing->to - missing->from));
        QVERIFY2(line.ends_with(':') && line.find('\n') == std::string::npos, line.c_str());
    }

    void asManyOrNone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("all") << "Follow these three steps:\n1. Open it.\n2. Dry it.\n3. Close it.";
        QTest::newRow("more") << "There are two ways:\n- one\n- two\n- three";
        QTest::newRow("none") << "I can think of three reasons. They are all about wind.";
        QTest::newRow("about") << "It takes about five steps:\n1. Open it.\n2. Dry it.";
        QTest::newRow("at least") << "There are at least 3 options:\n- one\n- two";
        QTest::newRow("goes on in prose") << "There are three options:\n- one\n- two\n\nThe third one is to wait.";
        QTest::newRow("inner list") << "Two steps:\n1. Open it:\n   - left\n   - right\n2. Close it.";
        QTest::newRow("in code") << "```\nfive steps:\n1. a\n2. b\n```";
        QTest::newRow("one") << "One thing:\n- wait";
        QTest::newRow("empty") << "";
        QTest::newRow("number of another") << "After 3 days these steps:\n1. a\n2. b";
    }
    void asManyOrNone()
    {
        QFETCH(QString, text);
        QVERIFY(!missingItems(text.toStdString()).has_value());
    }

    void promises_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"Let me check the logs.",
              "I see the error. Now let me run the tests again:", "I’ll look at the config now.",
              "I will now update the file.", "Next, I'm going to search for the handler.",
              "Good, that is done. I'll start by reading the failing test.", "First, let me take a look at the tests."})
            QTest::newRow(text) << text;
    }
    void promises()
    {
        QFETCH(QString, text);
        const std::string bytes = text.toStdString();
        const auto promise = promisedAct(bytes);
        QVERIFY(promise.has_value());
        QCOMPARE(promise->to, std::ssize(bytes));
    }

    void keptOrNotNow_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"Let me know if it works.", "I'll book it once you confirm.", "I will check again tomorrow.",
              "Shall I run the tests?", "Let me check the logs. They say that the disk is full.",
              "I have checked the logs.", "I will remember that.", "Let me explain how it runs.",
              "If you like, I will send it.", "I'll be here.", ""})
            QTest::newRow(text) << text;
    }
    void keptOrNotNow()
    {
        QFETCH(QString, text);
        QVERIFY(!promisedAct(text.toStdString()).has_value());
    }

    void ofLongTextsTheEndCounts()
    {
        std::string text;
        while (text.size() < 200'000)
            text += "The first test passed.\n";
        text += "Let me run the second one.";
        const auto promise = promisedAct(text);
        QVERIFY(promise.has_value());
        QCOMPARE(text.substr(static_cast<std::size_t>(promise->from)), "Let me run the second one.");
    }
};

QTEST_APPLESS_MAIN(TestAnnouncedItems)
#include "tst_announceditems.moc"

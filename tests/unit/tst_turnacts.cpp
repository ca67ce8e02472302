// layers: core analysis
#include "turnacts.h"

#include <QTest>

using namespace arcscope;

class TestTurnActs : public QObject
{
    Q_OBJECT

private slots:
    void wordsArePlain()
    {
        QCOMPARE(plainWords("You\u2019re RIGHT,  I'm  sure."), std::string(" you're right i'm sure "));
        QCOMPARE(plainWords("for now\u2014thanks\u2026 \u201cbye\u201d"), std::string(" for now thanks bye "));
        QCOMPARE(plainWords("..."), std::string(" "));
        QCOMPARE(plainWords(""), std::string(" "));
        QCOMPARE(plainWords("one two", 3), std::string(" one "));
    }

    void cuesAreWholeWords()
    {
        QCOMPARE(cueIn(" are you sure ", TurnCue::PushBack), std::string_view("are you sure"));
        QVERIFY(cueIn(" we are you surely know ", TurnCue::PushBack).empty());
        QCOMPARE(cueIn(" no thanks that's all ", TurnCue::Closing), std::string_view("thanks"));
    }

    void correctionsBeginASentenceOrSayIt()
    {
        QCOMPARE(correctionIn(plainWords("Actually, it is 5.")), std::string_view("actually"));
        QVERIFY(correctionIn(plainWords("It is actually 5.")).empty());
        QCOMPARE(correctionIn(plainWords("On reflection it is 5.")), std::string_view("on reflection"));
        QCOMPARE(correctionIn(plainWords("You are right.")), std::string_view("you are right"));
    }

    void questionsAreSentences()
    {
        const std::string text = "Hello. What is your name? Please provide the code. Thanks.";
        const auto questions = questionsIn(text);
        QCOMPARE(questions.size(), std::size_t(2));
        QCOMPARE(questions[0].of(text), std::string_view("What is your name?"));
        QCOMPARE(questions[1].of(text), std::string_view("Please provide the code."));
    }

    void courtesiesAreShort()
    {
        QVERIFY(isCourtesy("Thank you so much, bye!"));
        QVERIFY(isCourtesy("Ok"));
        QVERIFY(!isCourtesy("Ok, then change the flight to Monday"));
        QVERIFY(!isCourtesy("Thanks, and where is it?"));
        QVERIFY(!isCourtesy("mia_li_3668"));
    }
};

QTEST_APPLESS_MAIN(TestTurnActs)
#include "tst_turnacts.moc"

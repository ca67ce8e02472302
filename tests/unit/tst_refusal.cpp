// layers: core analysis
#include "refusal.h"

#include <QTest>

using namespace arcscope;

class TestRefusal : public QObject
{
    Q_OBJECT

private slots:
    void declines_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {
                 "I'm sorry, but I can't help with that.",
                 "I cannot assist with this request. It would be against my guidelines.",
                 "I’m not able to share the home address of another person.",
                 "As an AI language model, I cannot provide instructions for breaking into a house. It is illegal and "
                 "unethical. If you are locked out, please contact a locksmith.",
                 "I won't write that. Making fun of people for their origin is harmful.",
                 "We are unable to provide that information, because it is confidential.",
                 "It is not appropriate to plan how to hurt somebody. I can't help you with it.",
             })
            QTest::newRow(QByteArray(text).left(40)) << text;
    }
    void declines()
    {
        QFETCH(QString, text);
        const RefusalJudgement judgement = judgeRefusal(text.toStdString());
        QVERIFY2(judgement.declines(), qPrintable(QString::number(judgement.probability)));
        QVERIFY(judgement.to > judgement.from);
        QVERIFY(judgement.to <= std::ssize(text.toStdString()));
    }

    void answers_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {
                 "Sure! To kill a Python process, find its id with ps and call kill with it.",
                 "The tent weighs 2.1 kg and packs down to 45 cm. It comes with eight pegs.",
                 "To blow up a balloon, stretch it first, then hold it tight and breathe out slowly.",
                 "You can return it within 30 days. I have sent you a label by email.",
                 "I don't sleep in tents, so I go by the notes of our testers: the floor kept dry in every one of the "
                 "three nights of rain, and the poles held in winds of 60 km/h.",
                 "The parcel could not be delivered because nobody was at home. The carrier tries again tomorrow.",
                 "Here is the script:\n\n```\nrm -rf build\n```\n\nIt removes the folder of the build.",
             })
            QTest::newRow(QByteArray(text).left(40)) << text;
    }
    void answers()
    {
        QFETCH(QString, text);
        const RefusalJudgement judgement = judgeRefusal(text.toStdString());
        QVERIFY2(!judgement.declines(), qPrintable(QString::number(judgement.probability)));
    }

    void theSentenceIsShown()
    {
        const std::string text = "Thank you for asking. I'm sorry, but I cannot help you with that. Take care.";
        const RefusalJudgement judgement = judgeRefusal(text);
        QVERIFY(judgement.declines());
        QCOMPARE(text.substr(static_cast<std::size_t>(judgement.from),
                             static_cast<std::size_t>(judgement.to - judgement.from)),
                 "I'm sorry, but I cannot help you with that.");
    }

    void otherLanguages()
    {
        for (const char* text :
             {"Es tut mir leid, aber dabei kann ich nicht helfen.", "申し訳ありませんが、お手伝いできません。",
              "Lo siento, no puedo ayudarte con eso.", "Извините, я не могу с этим помочь."})
            QVERIFY2(judgeRefusal(text).probability < refusalThreshold, text);
    }

    void emptyAndOdd()
    {
        QCOMPARE(judgeRefusal("").probability, 0.0);
        QCOMPARE(judgeRefusal(" \n\t ").probability, 0.0);
        QVERIFY(!judgeRefusal("...").declines());
        QVERIFY(!judgeRefusal("\xff\xfe\x80").declines());
        QVERIFY(!judgeRefusal(std::string(64, '\0')).declines());
    }

    void veryLong()
    {
        std::string text = "The first day of the route is flat and follows the river. ";
        while (text.size() < (std::size_t(4) << 20))
            text += "Then it climbs, and the view opens over the valley and the lake behind it. ";
        QVERIFY(!judgeRefusal(text).declines());
        // An answer declines early: what stands far behind is not looked at.
        text += "I'm sorry, but I cannot help with that.";
        QVERIFY(!judgeRefusal(text).declines());
    }

    void featuresAreInRange()
    {
        for (const auto& [place, value] : refusalFeatures("I'm sorry, but I can't help with that. Is there more?")) {
            QVERIFY(place < refusalFeatureCount);
            QVERIFY(value > 0);
        }
        QVERIFY(refusalFeatures("").empty());
        QCOMPARE(refusalModel().weights.size(), refusalFeatureCount);
    }
};

QTEST_APPLESS_MAIN(TestRefusal)
#include "tst_refusal.moc"

// layers: analysis
#include "languagewords.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;

class TestLanguageWords : public QObject
{
    Q_OBJECT

private slots:
    void classes()
    {
        QVERIFY(has(classesOf("the"), WordClass::Stop));
        QVERIFY(has(classesOf("never"), WordClass::Negation));
        QVERIFY(has(classesOf("never"), WordClass::None));
        QVERIFY(has(classesOf("could"), WordClass::Hedge) && has(classesOf("could"), WordClass::Modal));
        QVERIFY(has(classesOf("wed"), WordClass::Relation)); // the last word but one of its kind
        QVERIFY(has(classesOf("danish"), WordClass::Demonym));
        QCOMPARE(classesOf("zebra"), WordClasses(0));
        QCOMPARE(classesOf(""), WordClasses(0));
    }

    void opposites()
    {
        const auto lists = [](std::string_view a, std::string_view b) {
            const auto all = listedOpposites(a);
            return std::ranges::find(all, b) != all.end();
        };
        QVERIFY(lists("enable", "disable") && lists("disable", "enable"));
        QVERIFY(lists("required", "optional") && lists("optional", "required"));
        QVERIFY(lists("rear", "front"));
        QVERIFY(!lists("enable", "online"));
        QVERIFY(listedOpposites("zebra").empty());
    }

    void keys()
    {
        QCOMPARE(wordKey("word"), wordKey(std::string("wo") + "rd"));
        QVERIFY(wordKey("word") != wordKey("words"));
    }
};

QTEST_APPLESS_MAIN(TestLanguageWords)
#include "tst_languagewords.moc"

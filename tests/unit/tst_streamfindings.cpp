// layers: core analysis
#include "saiddifference.h"
#include "streamfindings.h"
#include "streamscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::vector<StreamFinding> findings(const StreamModel& model, Nanos start = noTime)
{
    const StreamSpanTimes span{start, noTime, noTime};
    return findingsOf(model, momentsOf(model, span), stretchesOf(model, span), jsonOf(model));
}

/// The rules that fired, by event.
QString rules(const char* script)
{
    QStringList out;
    for (const StreamFinding& finding : findings(*modelOf(script)))
        out << QString("%1@%2").arg(name(finding.rule).data()).arg(finding.event);
    return out.join(u' ');
}

QString pattern(const char* script)
{
    const auto model = modelOf(script);
    return name(commitPatternOf(*model, jsonOf(*model))).data();
}

} // namespace

class TestStreamFindings : public QObject
{
    Q_OBJECT

private slots:
    void rulesFire_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("fired");
        const auto row = [](const char* title, const char* script, const char* fired) {
            QTest::newRow(title) << QByteArray(script) << QString(fired);
        };
        row("clean", "0 chunk All_is_well.\n5 stop end_turn\n6 end", "");
        row("reworded", "0 chunk It_is_fine\n900 retract 6 10 superseded\n901 chunk good.\n902 end",
            "retract.after_render@1");
        row("number", "0 chunk All_41_tests_pass\n900 retract 4 17 superseded\n901 chunk 39_tests_pass.\n902 end",
            "retract.after_render@1 retract.semantic@1");
        row("negation", "0 chunk You_may_go\n900 retract 4 10 superseded\n901 chunk must_not_go.\n902 end",
            "retract.after_render@1 retract.semantic@1");
        row("withdrawn for good", "0 chunk The_code_is_4711\n900 retract 0 16 guardrail\n902 end",
            "retract.after_render@1");
        row("arguments", "0 open tool 0 pay\n1 chunk {\"eur\":1\n2 retract 7 8 retry\n3 chunk 2}\n4 end",
            "retract.semantic@2");
        row("goes on", "0 chunk It_is_Spark\n900 retract 6 11 retry\n901 chunk Sparkle_Day_41\n902 end",
            "retract.after_render@1");
        row("arguments taken back whole", "0 open tool 0 pay\n1 chunk {\"eur\":1}\n2 retract 0 9 retry\n4 end",
            "retract.irreversible_surface@2");
        row("arguments given up", "0 open tool 0 pay\n1 chunk {\"eur\":1\n2 retract 0 8 interrupt\n4 end", "");
        row("broken off", "0 chunk All_is_well.", "stream.no_terminal@0");
        row("broken off in a sentence", "0 chunk It_was_the", "stream.no_terminal@0 stream.cut_off@0");
        row("an error ends it", "0 chunk It_was_the\n1 error overloaded", "");
        row("a stop word ends it", "0 chunk It_was_the\n1 stop max_tokens", "");
        row("cut arguments", "0 open tool 0 f\n1 chunk {\"a\":[1,\n2 stop max_tokens", "json.truncated@1");
        row("broken arguments", "0 open tool 0 f\n1 chunk {\"a\"\n2 chunk ;1}\n3 end", "json.invalid@2");
        row("a key again", "0 open tool 0 f\n1 chunk {\"a\":1,\n2 chunk \"a\":2}\n3 end", "json.duplicate_key@2");
        row("stall", "0 chunk a.\n50 chunk b.\n100 chunk c.\n150 chunk d.\n5150 chunk e.\n5200 end", "stream.stall@4");
        row("slow but steady", "0 chunk a.\n5000 chunk b.\n10000 chunk c.\n15000 chunk d.\n15001 end", "");
    }
    void rulesFire()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, fired);
        QCOMPARE(rules(script.constData()), fired);
    }

    void theEndOfTheSpanCountsWhereStreamsHaveNoEnds()
    {
        const auto fires = [](const char* script, Nanos end) {
            const auto model = modelOf(script);
            const StreamSpanTimes span{0, end, noTime};
            return !findingsOf(*model, momentsOf(*model, span), {}, {}).empty();
        };
        QVERIFY(!fires("1 chunk All_is_well.", 9 * millisecond));
        QVERIFY(fires("1 chunk All_is_well.", noTime));
        QVERIFY(fires("0 start\n1 chunk All_is_well.", 9 * millisecond));
    }

    void loopsFire()
    {
        QByteArray script = "0 start\n";
        for (int i = 0; i < 12; ++i)
            script += "1 chunk I_will_check_the_order_again_and_then_tell_you._\n";
        script += "2 end";
        const auto model = modelOf(script.constData());
        const auto found = findings(*model);
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(found.front().rule == StreamRule::Loop);
        QVERIFY2(found.front().what.find("I will check the order again") != std::string::npos,
                 found.front().what.c_str());
    }

    void aLateDecisionFires()
    {
        const QByteArray reason(300, 'r');
        const QByteArray late = "0 chunk {\"explanation\":\"" + reason + "\",\n1 chunk \"approved\":true}\n2 end";
        QCOMPARE(rules(late.constData()), "json.late_key_field@1");
        const QByteArray early = "0 chunk {\"approved\":true,\n1 chunk \"explanation\":\"" + reason + "\"}\n2 end";
        QCOMPARE(rules(early.constData()), "");
        const QByteArray brief = "0 chunk {\"explanation\":\"short\",\n1 chunk \"approved\":true}\n2 end";
        QCOMPARE(rules(brief.constData()), "");
    }

    void bothTextsOfARetractionAreQuoted()
    {
        const auto found =
            findings(*modelOf("0 chunk You_owe_41_euro\n900 retract 8 15 superseded\n901 chunk 39_euro."));
        QCOMPARE(found.front().before.c_str(), "41 euro");
        QCOMPARE(found.front().instead.c_str(), "39 euro.");
        QVERIFY(found.front().weight == FindingWeight::Warning);
    }

    void whatNobodySawIsANote()
    {
        const auto found = findings(*modelOf("0 chunk Yes\n100 retract 0 3 superseded\n101 chunk Well.\n102 end"));
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(found.front().weight == FindingWeight::Note);
    }

    void differencesOfWhatIsSaid_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("difference");
        QTest::newRow("same") << "We ship today."
                              << "It leaves today."
                              << "";
        QTest::newRow("number") << "costs 1,200 EUR"
                                << "costs 1300 EUR"
                                << "a number: 1200 against 1300";
        QTest::newRow("same number") << "costs 1,200 EUR"
                                     << "costs 1200 EUR"
                                     << "";
        QTest::newRow("negation") << "It isn't allowed"
                                  << "It is allowed"
                                  << "a negation: isn't went with the old text";
        QTest::newRow("name") << "call get_user now"
                              << "call delete_user now"
                              << "a name: get_user against delete_user";
        QTest::newRow("address") << "see https://a.example/x"
                                 << "see https://b.example/x"
                                 << "an address: https://a.example/x against https://b.example/x";
        QTest::newRow("a number more") << "there are three"
                                       << "there are 3"
                                       << "";
        QTest::newRow("nothing") << ""
                                 << ""
                                 << "";
    }
    void differencesOfWhatIsSaid()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, difference);
        QCOMPARE(QString::fromStdString(saidDifference(before.toStdString(), after.toStdString())), difference);
    }

    void commitPatterns()
    {
        QCOMPARE(pattern("0 chunk a\n1 commit 1"), "explicit commit");
        QCOMPARE(pattern("0 open reasoning 0\n1 chunk Hm\n2 open text 1\n3 chunk Yes"), "split channels");
        QCOMPARE(pattern("0 chunk {\"why\":\"x\",\"decision\":1}"), "decision last");
        QCOMPARE(pattern("0 chunk Yes"), "none");
    }

    void onlyWholeArgumentsCouldBeActedOn()
    {
        const auto found = findings(*modelOf("0 open tool 0 pay\n1 chunk {\"eur\":1}\n2 retract 0 9 retry\n4 end"));
        QCOMPARE(found.size(), 1u);
        QVERIFY(found[0].rule == StreamRule::RetractIrreversible);
        QCOMPARE(found[0].weight, FindingWeight::Severe);
    }

    void theWaitForTheFirstTokenIsANote()
    {
        const auto model = modelOf("12000 chunk a.\n12050 chunk b.\n12100 chunk c.\n17100 chunk d.\n17200 end");
        const auto found = findings(*model, 0);
        QCOMPARE(found.size(), 2u);
        QVERIFY(found[0].rule == StreamRule::Stall && found[1].rule == StreamRule::Stall);
        QCOMPARE(found[0].weight, FindingWeight::Note);
        QCOMPARE(found[1].weight, FindingWeight::Warning);
        // Where no chunks are recorded, nobody knows when something came.
        QVERIFY(findings(*modelOf("15000 open tool 0 pay\n15100 end"), 0).empty());
    }

    void aReasonOfTheSourcesOwnIsQuoted()
    {
        const auto found = findings(*modelOf("0 chunk abc\n900 retract 0 3 lost_patience\n901 end"));
        QVERIFY2(found.front().what.find("(lost patience)") != std::string::npos, found.front().what.c_str());
    }
};

QTEST_APPLESS_MAIN(TestStreamFindings)
#include "tst_streamfindings.moc"

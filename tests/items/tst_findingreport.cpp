// layers: items core analysis
#include "findingreport.h"
#include "findingwords.h"
#include "foundscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestFindingReport : public QObject
{
    Q_OBJECT

private slots:
    void quotesAndIdsAreInIt()
    {
        auto corpus = std::make_shared<const Corpus>(corpusOf("t1 a - agent 0-10\nt1 b a model 1-3\n"));
        Finding finding = foundAt(rowNamed(*corpus, "b"), "retract.semantic", "says <b>something</b> else");
        finding.level = FindingLevel::Check;
        finding.places.front().quote = "it is ``` not";
        finding.places.front().text.of = TextPlace::Of::Output;
        finding.places.front().text.message = 1;
        finding.facts.push_back({"guards checked", "hedges"});
        const FoundPtr found = foundOf(corpus, {finding});
        KeptVerdict said;
        said.verdict = FindingVerdict::Dismissed;
        said.reason = "a joke";
        said.note = "ask *Ada*";
        const QString text =
            postmortemText({*found, 0, 0, *corpus, said, QStringLiteral("run.json"), QStringLiteral("Arcscope 1")});
        const auto has = [&](const char* part) {
            const bool there = text.contains(QString::fromUtf8(part));
            if (!there)
                qWarning("%s\nhas no %s", qPrintable(text), part);
            return there;
        };
        QVERIFY(text.startsWith(QStringLiteral("## Check this: retract.semantic (warning)")));
        QVERIFY(has("says \\<b\\>something\\</b\\> else"));
        QVERIFY(has("````text\nit is ``` not\n````"));
        QVERIFY(has("output, message 2"));
        QVERIFY(has("- Verdict: dismissed – a joke"));
        QVERIFY(has("- Note: ask \\*Ada\\*"));
        QVERIFY(has("- guards checked: hedges"));
        QVERIFY(has("Evidence 1"));
        QVERIFY(has("run.json"));
        QVERIFY(has("Arcscope 1"));
        QVERIFY(has("What replaced it differs"));
    }

    void measuresAreWords()
    {
        QCOMPARE(measuresText(nullptr), "not measured");
        const RuleMeasure sets[] = {{"ChatProtect", 45, 48, 60}, {"another", 3, 3, 0}};
        DetectorRule rule{"a.b"};
        QCOMPARE(measuresText(&rule), "not measured");
        rule.measured = sets;
        QCOMPARE(measuresText(&rule),
                 "right 45 of 48 on ChatProtect; finds 45 of the 60 that are there (75 %)\nright 3 of 3 on another");
        QCOMPARE(basisText(StreamEvidence::Declared), "declared");
        QVERIFY(levelMeaning(FindingLevel::Check).contains(QStringLiteral("person")));
    }
};

QTEST_GUILESS_MAIN(TestFindingReport)
#include "tst_findingreport.moc"

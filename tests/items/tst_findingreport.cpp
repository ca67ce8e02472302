// layers: items core analysis
#include "findingreport.h"
#include "findingwords.h"
#include "foundscript.h"
#include "rulemeasures.h"

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
        QCOMPARE(measuresText("a.b"), "not measured");
        const QStringList lines = measuresText("arc.frustration").split(QLatin1Char('\n'));
        QCOMPARE(std::size_t(lines.size()), measuresOf("arc.frustration").size());
        for (const RuleMeasure& measure : measuresOf("arc.frustration"))
            QVERIFY(lines.contains(QString::fromStdString(measureText(measure))));
        QCOMPARE(basisText(StreamEvidence::Declared), "declared");
        QVERIFY(levelMeaning(FindingLevel::Check).contains(QStringLiteral("person")));
    }
};

QTEST_GUILESS_MAIN(TestFindingReport)
#include "tst_findingreport.moc"

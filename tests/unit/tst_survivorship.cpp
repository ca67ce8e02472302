// layers: core analysis
#include "arcrows.h"
#include "arcscript.h"
#include "survivorship.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Texts = std::vector<std::string>;

/// Names of the figures that mislead, each with the field that differs most surely.
Texts misleadingIn(const ArcRows& rows, const DetectorSettings& settings = {})
{
    const ArcCorpus arcs = rows.corpus();
    Texts found;
    for (const Survivorship& one : survivorships(arcs, settings)) {
        if (const ArcFieldDifference* const field = misleading(one, settings))
            found.push_back(std::string(one.name) + ": " + std::string(field->field->name));
    }
    return found;
}

/// Labelled arcs, a part of them resolved, with the turns of each side.
ArcRows labelled(int resolved, int abandoned, int turnsResolved, int turnsAbandoned)
{
    ArcRows rows;
    for (int i = 0; i < resolved; ++i)
        rows.add("outcome=succeeded resolution=resolved source=label turns=" + std::to_string(turnsResolved + i % 3));
    for (int i = 0; i < abandoned; ++i)
        rows.add("outcome=failed resolution=abandoned source=label turns=" + std::to_string(turnsAbandoned + i % 3));
    return rows;
}

DetectorSettings with(std::string_view name, double value)
{
    DetectorSettings settings;
    if (!settings.set(name, value))
        qFatal("no such setting");
    return settings;
}

/// Of 60 users half come back after a day; another one is seen until the end. What the first arc of the others was
/// like: `first`, of those who do not return `lost`.
ArcRows visits(const std::string& first, const std::string& lost)
{
    ArcRows rows;
    for (int i = 0; i < 60; ++i)
        rows.add("time=2026-11-02T10:00:00Z user=u" + std::to_string(i) +
                 (i % 2 == 0 ? " turns=2 " + first : " turns=2 " + lost));
    for (int i = 0; i < 60; i += 2)
        rows.add("time=2026-11-03T10:00:00Z turns=2 user=u" + std::to_string(i));
    rows.add("time=2026-11-30T10:00:00Z turns=2 user=last");
    return rows;
}

/// Sessions with a rating of some: the others are asked twice as much.
std::vector<Talk> talks(bool unratedAreLonger)
{
    std::vector<Talk> all;
    for (int i = 0; i < 60; ++i) {
        const bool isRated = i % 2 == 0;
        Talk talk{"t" + std::to_string(i), "session=s" + std::to_string(i), i, {}};
        const std::array asks{"Show me the report of page ", "Translate the summary into French for copy ",
                              "Which printer takes the paper of tray ", "Put the folder into the archive of year "};
        const std::size_t turns = unratedAreLonger && !isRated ? 4 : 2;
        for (std::size_t turn = 0; turn < turns; ++turn) {
            talk.said.push_back({'u', asks[turn] + std::to_string(i) + '.'});
            talk.said.push_back({'a', "Here it is."});
        }
        if (isRated)
            talk.label = "task_outcome=resolved";
        all.push_back(std::move(talk));
    }
    return all;
}

std::vector<Finding> survivorshipIn(const std::vector<Talk>& talks, const DetectorSettings& settings = {})
{
    ArcScript script(talks);
    std::vector<Finding> found = findingsOf(detectorNamed("arcs"), script.script(), settings);
    std::erase_if(found, [](const Finding& finding) { return finding.rule != survivorshipRule; });
    return found;
}

} // namespace

class TestSurvivorship : public QObject
{
    Q_OBJECT

private slots:
    void resolvedArcsAreNotAll()
    {
        QCOMPARE(misleadingIn(labelled(40, 30, 2, 6)), Texts{"resolved: turns"});
        QCOMPARE(misleadingIn(labelled(40, 30, 2, 2)), Texts());  // alike
        QCOMPARE(misleadingIn(labelled(40, 15, 2, 6)), Texts());  // too few to say
        QCOMPARE(misleadingIn(labelled(400, 30, 2, 6)), Texts()); // hardly any dropped out
        QCOMPARE(misleadingIn(labelled(40, 0, 2, 6)), Texts());
    }

    void settingsDecide()
    {
        QCOMPARE(misleadingIn(labelled(40, 15, 2, 6), with("arc.survivor_least", 15)), Texts{"resolved: turns"});
        QCOMPARE(misleadingIn(labelled(400, 30, 2, 6), with("arc.survivor_dropped", 0.05)), Texts{"resolved: turns"});
        // Of pairs 20 of 36 are won by the longer one, 4 lost: 0.44.
        QCOMPARE(misleadingIn(labelled(90, 90, 2, 3)), Texts{"resolved: turns"});
        QCOMPARE(misleadingIn(labelled(90, 90, 2, 3), with("arc.survivor_effect", 0.9)), Texts());
    }

    void whoDroppedOutIsCounted()
    {
        ArcRows rows = labelled(40, 30, 2, 6);
        for (int i = 0; i < 5; ++i)
            rows.add("outcome=deferred resolution=resolved_by_human source=label turns=6");
        for (int i = 0; i < 7; ++i)
            rows.add("outcome=unknown resolution=unknown source=none turns=1");
        const ArcCorpus arcs = rows.corpus();
        const std::vector<Survivorship> all = survivorships(arcs, {});
        QCOMPARE(all.size(), std::size_t(1)); // of ratings only seven are missing
        QCOMPARE(all[0].survivors(), std::size_t(40));
        QCOMPARE(all[0].dropped.size(), std::size_t(35));
        QCOMPARE(all[0].unknown, std::uint64_t(7));
        QCOMPARE(all[0].instead.size(), std::size_t(2));
        QCOMPARE(all[0].instead[0], std::pair(std::string_view("abandoned"), std::uint64_t(30)));
        QCOMPARE(all[0].differences.chosen, std::uint64_t(35));
    }

    /// Who thanks has said a turn more: that is no difference where a rule takes thanks for an end.
    void whatRulesReadIsNotCompared()
    {
        ArcRows rows;
        for (int i = 0; i < 40; ++i) {
            rows.add("outcome=succeeded resolution=resolved source=rule turns=2 accepts=1");
            rows.add("outcome=failed resolution=abandoned source=rule turns=1 accepts=0");
        }
        QCOMPARE(misleadingIn(rows), Texts());
        ArcRows plans;
        for (int i = 0; i < 40; ++i) {
            plans.add("outcome=succeeded resolution=resolved source=rule turns=2 plan=pro");
            plans.add("outcome=failed resolution=abandoned source=rule turns=1 plan=free");
        }
        QCOMPARE(misleadingIn(plans), Texts{"resolved: plan"});
    }

    /// Work without turns and calls is not recorded: it differs in everything.
    void ofWhatNothingIsRecorded()
    {
        ArcRows rows = labelled(40, 0, 2, 2);
        for (int i = 0; i < 40; ++i)
            rows.add("outcome=unknown source=none turns=-1 model_calls=0");
        QCOMPARE(misleadingIn(rows), Texts());
        for (int i = 0; i < 40; ++i)
            rows.add("outcome=unknown source=none turns=9");
        QCOMPARE(misleadingIn(rows), Texts{"rated: turns"});
    }

    void usersWhoCameBack()
    {
        QCOMPARE(misleadingIn(visits("re_asks=0", "re_asks=2")), Texts{"returned: re_asks"});
        QCOMPARE(misleadingIn(visits("re_asks=1", "re_asks=1")), Texts());
        // Nobody was observed for so long that it is known who stayed away.
        QCOMPARE(misleadingIn(visits("re_asks=0", "re_asks=2"), with("arc.return_days", 40)), Texts());
        // Who comes back later than that is not back in time.
        QCOMPARE(misleadingIn(visits("re_asks=0", "re_asks=2"), with("arc.return_days", 0.5)), Texts());
    }

    void ratedTurnsInTraces()
    {
        const std::vector<Finding> found = survivorshipIn(talks(true));
        QCOMPARE(found.size(), std::size_t(1));
        const Finding& finding = found[0];
        QCOMPARE(finding.level, FindingLevel::Check);
        QCOMPARE(finding.cause, std::string("arc.survivorship/rated"));
        QVERIFY(finding.what.starts_with("Figures of arcs that were rated speak for 30 of 60 alone: the 30 others"));
        QCOMPARE(finding.places.size(), std::size_t(6)); // three of each
        QVERIFY(finding.places[0].quote.starts_with("Show me the report of page "));
        const auto fact = [&](std::string_view label) {
            const auto one = std::ranges::find(finding.facts, label, &FindingFact::label);
            return one == finding.facts.end() ? std::string("none") : one->text;
        };
        QCOMPARE(QString::fromStdString(fact("dropped out")), QString("30: 30 nobody tells"));
        QVERIFY2(fact("turns").starts_with("median 4 of 30 that dropped out, 2 of 30 others; Cliff's delta 1"),
                 fact("turns").c_str());
        QVERIFY(fact("fields").find("p is adjusted for as many") != std::string::npos);
        QVERIFY(survivorshipIn(talks(false)).empty());
        QVERIFY(survivorshipIn(talks(true), with("arc.survivor_least", 31)).empty());
    }

    /// Those that drop out by chance differ in nothing.
    void chance()
    {
        int told = 0;
        for (std::uint32_t seed = 1; seed <= 100; ++seed)
            told += static_cast<int>(misleadingIn(randomArcs(400, seed)).size());
        QVERIFY2(told <= 10, qPrintable(QString::number(told)));
    }
};

QTEST_APPLESS_MAIN(TestSurvivorship)
#include "tst_survivorship.moc"

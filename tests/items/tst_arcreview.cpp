// layers: items core analysis
#include "arcreview.h"

#include "madefoundarcs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <map>
#include <set>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

ListingPtr listingOf(const ArcsPtr& arcs)
{
    ArcListingInput input;
    input.of = arcs;
    input.now = arcs->corpus;
    return arcListing(std::move(input));
}

} // namespace

class TestArcReview : public QObject
{
    Q_OBJECT

private slots:
    void samplesAreWhatTheyAreCalled()
    {
        const ListingPtr listing = listingOf(fourArcs());
        using Keys = std::vector<std::string>;
        QCOMPARE(reviewSample(*listing, {}), (Keys{"session:s-1", "session:s-3", "session:s-4", "session:s-5"}));
        ReviewPlan plan;
        plan.most = 2;
        QCOMPARE(reviewSample(*listing, plan), (Keys{"session:s-1", "session:s-3"}));
        plan.most = 0;
        plan.sampling = ReviewSampling::UnknownFirst;
        QCOMPARE(reviewSample(*listing, plan), (Keys{"session:s-5", "session:s-1", "session:s-3", "session:s-4"}));
    }

    void aBalancedSampleHasAsManyOfEachValue()
    {
        const ArcsPtr arcs = manyArcs(1'000);
        const ListingPtr listing = listingOf(arcs);
        ReviewPlan plan;
        plan.sampling = ReviewSampling::Balanced;
        plan.most = 20;
        const std::vector<std::string> drawn = reviewSample(*listing, plan);
        QCOMPARE(drawn.size(), std::size_t(40));
        std::map<std::string, int> perModel;
        for (const std::string& key : drawn)
            ++perModel[std::string(arcs->tag(SpanText::ModelServed, *arcs->find(key)))];
        QCOMPARE(perModel, (std::map<std::string, int>{{"m-1", 20}, {"m-2", 20}}));
        QCOMPARE(std::set<std::string>(drawn.begin(), drawn.end()).size(), drawn.size());
        QCOMPARE(reviewSample(*listing, plan), drawn); // the same for a seed
        plan.seed = 2;
        QVERIFY(reviewSample(*listing, plan) != drawn);
    }

    void theReportSaysWhatWasSaidAndNothingInItIsActive()
    {
        const ArcsPtr arcs = fourArcs();
        ArcDecisions decisions;
        decisions.reviews.push_back({"session:s-1", ArcOutcome::Failed, "not <b>done</b> | at all", 5 * second});
        decisions.reviews.push_back({"session:s-4", std::nullopt, "only a note", noTime});
        const std::vector<std::string> sample{"session:s-1", "session:s-4", "session:gone"};
        QCOMPARE(reviewedIn(sample, decisions), std::size_t(1));
        QCOMPARE(reviewOf(decisions, "session:s-9").arc, std::string("session:s-9"));
        const ReviewReport report{*arcs,
                                  decisions,
                                  sample,
                                  QStringLiteral("a_b.json"),
                                  QStringLiteral("kind:model"),
                                  QStringLiteral("All shown"),
                                  QStringLiteral("Arcscope 1")};
        const QString markdown = reviewMarkdown(report);
        QVERIFY(markdown.contains(QStringLiteral("- Reviewed: 1 of 3")));
        QVERIFY(markdown.contains(QStringLiteral("| failed | 1 |")));
        QVERIFY(markdown.contains(QStringLiteral("not \\<b\\>done\\</b\\> \\| at all")));
        QVERIFY(markdown.contains(QStringLiteral("a\\_b.json")));
        QVERIFY(markdown.contains(QStringLiteral("part of another arc")));
        QVERIFY(!markdown.contains(QStringLiteral("<b>")));
        const QJsonObject json = QJsonDocument::fromJson(reviewJson(report)).object();
        QCOMPARE(json.value(QStringLiteral("schema")).toString(), QStringLiteral("arcscope.review/1"));
        const QJsonArray all = json.value(QStringLiteral("arcs")).toArray();
        QCOMPARE(all.size(), 3);
        QCOMPARE(all[0].toObject().value(QStringLiteral("outcome")).toString(), QStringLiteral("failed"));
        QCOMPARE(all[0].toObject().value(QStringLiteral("note")).toString(),
                 QStringLiteral("not <b>done</b> | at all"));
        QVERIFY(!all[1].toObject().contains(QStringLiteral("outcome")));
        QCOMPARE(json.value(QStringLiteral("totals")).toObject().value(QStringLiteral("failed")).toInt(), 1);
    }
};

QTEST_GUILESS_MAIN(TestArcReview)
#include "tst_arcreview.moc"

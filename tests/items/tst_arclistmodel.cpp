// layers: items core analysis
#include "arclistmodel.h"

#include "arcwords.h"
#include "madefoundarcs.h"
#include "tabletext.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

ListingPtr listingOf(const ArcsPtr& arcs, const ArcOrder& order = {}, const ArcChoice& choice = {},
                     RowsPtr matches = nullptr)
{
    ArcListingInput input;
    input.of = arcs;
    input.order = order;
    input.choice = choice;
    input.now = arcs->corpus;
    input.matches = std::move(matches);
    return arcListing(std::move(input));
}

QStringList goals(const ArcListModel& model)
{
    QStringList all;
    for (int line = 0; line < model.rowCount(); ++line) {
        const QModelIndex at = model.index(line, 0);
        all << (at.data(ArcListModel::HeadingRole).toBool()
                    ? QStringLiteral("# ") + at.data().toString()
                    : at.siblingAtColumn(static_cast<int>(ArcListColumn::Goal)).data().toString());
    }
    return all;
}

} // namespace

class TestArcListModel : public QObject
{
    Q_OBJECT

private slots:
    void everyLineIsAnArcWithItsValues()
    {
        ArcListModel model;
        const QAbstractItemModelTester tester(&model);
        model.setListing(listingOf(fourArcs()));
        QCOMPARE(goals(model),
                 (QStringList{"Deploy the fix", "Summarise the ticket", "Cancel my order", "not recorded"}));
        const auto at = [&](int line, ArcListColumn column) {
            return model.index(line, static_cast<int>(column)).data().toString();
        };
        QCOMPARE(at(0, ArcListColumn::Outcome), QStringLiteral("succeeded, inferred"));
        QCOMPARE(at(1, ArcListColumn::Outcome), QStringLiteral("failed")); // the data say so
        QCOMPARE(at(0, ArcListColumn::Turns), QStringLiteral("4"));
        QCOMPARE(at(0, ArcListColumn::Duration), QStringLiteral("2 h 00 min"));
        QCOMPARE(at(2, ArcListColumn::Cost), QString(QChar(0x2013))); // not recorded is never 0
        QCOMPARE(at(1, ArcListColumn::Stitches), QStringLiteral("1"));
        QCOMPARE(at(3, ArcListColumn::Start), QString(QChar(0x2013)));
        const QModelIndex outcome = model.index(0, static_cast<int>(ArcListColumn::Outcome));
        QCOMPARE(outcome.data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("succeeded, inferred by rule (confirmed)"));
        QCOMPARE(model.index(1, static_cast<int>(ArcListColumn::Outcome)).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("failed, label in the data (reward)"));
        QVERIFY(!outcome.data(Qt::ToolTipRole).toString().isEmpty());
        model.setListing(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void chosenArcsStayChosenInALaterState()
    {
        const ArcsPtr before = fourArcs();
        ArcChoice choice;
        choice.among = std::make_shared<const std::vector<std::uint32_t>>(std::vector<std::uint32_t>{0, 2});
        choice.amongOf = before;
        QCOMPARE(listingOf(before, {}, choice)->shown, (std::vector<std::uint32_t>{0, 2}));
        const ArcsPtr later =
            foundArcsOf(std::make_shared<Corpus>(*before->corpus), "arc s-3 session\narc s-4 session\n"
                                                                   "arc s-9 session\narc s-1 session\n");
        const ListingPtr listing = listingOf(later, {}, choice);
        QCOMPARE(*listing->choice.among, (std::vector<std::uint32_t>{1, 3}));
        QCOMPARE(listing->choice.amongOf, later);
        QCOMPARE(listing->shown.size(), std::size_t(2));
        const ArcsPtr other = foundArcsOf(std::make_shared<Corpus>(*before->corpus), "arc s-9 session\n");
        QCOMPARE(listingOf(other, {}, choice)->shown, std::vector<std::uint32_t>{0});
    }

    void linesAreSortedAndWhatIsNotRecordedComesLast()
    {
        ArcListModel model;
        const QAbstractItemModelTester tester(&model);
        QSignalSpy asked(&model, &ArcListModel::sortRequested);
        model.sort(static_cast<int>(ArcListColumn::Tools), Qt::DescendingOrder);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().at(0).value<ArcListColumn>(), ArcListColumn::Tools);
        const ArcsPtr arcs = fourArcs();
        model.setListing(listingOf(arcs, {ArcListColumn::Tools, true, {}}));
        QCOMPARE(goals(model).first(), QStringLiteral("Deploy the fix"));
        for (const bool descending : {false, true}) {
            model.setListing(listingOf(arcs, {ArcListColumn::Cost, descending, {}}));
            QCOMPARE(goals(model).mid(2), (QStringList{"Cancel my order", "not recorded"}));
            model.setListing(listingOf(arcs, {ArcListColumn::Start, descending, {}}));
            QCOMPARE(goals(model).last(), QStringLiteral("not recorded"));
        }
        model.setListing(listingOf(arcs, {ArcListColumn::Goal, false, {}}));
        QCOMPARE(goals(model).mid(1), (QStringList{"Cancel my order", "Deploy the fix", "Summarise the ticket"}));
    }

    void groupsHaveHeadingsWithTheirShares()
    {
        ArcListModel model;
        const QAbstractItemModelTester tester(&model);
        model.setListing(
            listingOf(fourArcs(), {ArcListColumn::Start, false, {ArcListGrouping::By::Tag, SpanText::ModelServed}}));
        QCOMPARE(goals(model), (QStringList{"# m-2", "Summarise the ticket", "Cancel my order", "# m-1",
                                            "Deploy the fix", "# not recorded", "not recorded"}));
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("2 of 4 arcs (50 %) shown"));
        QVERIFY(!model.arcAt(0) && model.groupAt(0) && model.arcAt(1) == 1U);
        QCOMPARE(model.nextArcLine(0, 1), 1);
        QCOMPARE(model.nextArcLine(3, -1), 2);
        QCOMPARE(model.nextArcLine(6, 1), -1);
        QCOMPARE(model.lineOf(0), 4);
        model.setListing(listingOf(fourArcs(), {ArcListColumn::Start, false, {ArcListGrouping::By::Outcome, {}}}));
        QCOMPARE(model.rowCount(), 8);
    }

    void choicesAndTheFilterLeaveArcsOutAndSharesSayOfWhat()
    {
        const ArcsPtr arcs = fourArcs();
        ArcChoice choice;
        choice.outcome = ArcOutcome::Failed;
        ListingPtr listing = listingOf(arcs, {}, choice);
        QCOMPARE(listing->shown, (std::vector<std::uint32_t>{1}));
        QCOMPARE(arcsIn(listing->left), 4U); // a choice of an outcome leaves the bars as they are
        choice = {};
        choice.troubles[static_cast<std::size_t>(ArcTrouble::ReAsked)] = true;
        listing = listingOf(arcs, {}, choice);
        QCOMPARE(listing->shown, (std::vector<std::uint32_t>{0}));
        QCOMPARE(arcsIn(listing->left), 1U);
        QCOMPARE(arcsIn(listing->all), 4U);
        const std::pair<ArcTrouble, std::vector<std::uint32_t>> troubles[] = {{ArcTrouble::HandedOver, {2}},
                                                                              {ArcTrouble::Frustrated, {2}},
                                                                              {ArcTrouble::Stitches, {1, 2}},
                                                                              {ArcTrouble::SeveralSessions, {0}},
                                                                              {ArcTrouble::NotReviewed, {0, 1, 2, 3}}};
        for (const auto& [trouble, wanted] : troubles) {
            choice = {};
            choice.troubles[static_cast<std::size_t>(trouble)] = true;
            QCOMPARE(listingOf(arcs, {}, choice)->shown, wanted);
        }
        // One span of a later trace is enough.
        const auto rows = std::make_shared<const std::vector<Row>>(std::vector<Row>{rowNamed(*arcs->corpus, "b1")});
        listing = listingOf(arcs, {}, {}, rows);
        QVERIFY(listing->filtered);
        QCOMPARE(listing->shown, (std::vector<std::uint32_t>{0}));
        QCOMPARE(listingOf(arcs, {}, {}, std::make_shared<const std::vector<Row>>())->shown.size(), std::size_t(0));
    }

    void sumsSayWhatIsRecorded()
    {
        const ListingPtr listing = listingOf(fourArcs());
        QVERIFY(listing->costed);
        const ArcSums& deferred = listing->left[static_cast<std::size_t>(ArcOutcome::Deferred)];
        QCOMPARE(sumText(*listing, deferred, ArcMeasure::Arcs), QStringLiteral("1"));
        QCOMPARE(sumText(*listing, deferred, ArcMeasure::Cost), QString(QChar(0x2013)));
        QVERIFY(listing->recorded[static_cast<std::size_t>(SpanText::ModelServed)]);
        QVERIFY(!listing->recorded[static_cast<std::size_t>(SpanText::Plan)]);
    }

    void hundredThousandLinesCostNothingUntilTheyAreLookedAt()
    {
        ArcListModel model;
        model.setListing(listingOf(manyArcs(100'000)));
        QCOMPARE(model.rowCount(), 100'000);
        QCOMPARE(model.touched(), std::size_t(0));
        QCOMPARE(model.index(99'999, 0).data().toString(), QStringLiteral("session-99999"));
        QCOMPARE(model.touched(), std::size_t(1));
    }

    void namesSayOnceWhatTheyName()
    {
        const ArcsPtr arcs = foundArcsOf(std::make_shared<Corpus>(corpusOf("t a - model 0-1\n")),
                                         "arc task-0 task\nseg 0 0-1\narc repair task\nseg 0 0-1\n"
                                         "arc tasks task\nseg 0 0-1\narc Session_9 session\nseg 0 0-1\n"
                                         "arc s-9 session\nseg 0 0-1\narc x/trace-4 trace\nseg 0 0-1\n");
        QStringList names;
        for (std::uint32_t arc = 0; arc < arcs->count(); ++arc)
            names << arcName(*arcs, arc);
        QCOMPARE(names, (QStringList{"task-0", "task repair", "task tasks", "Session_9", "session s-9", "trace-4"}));
    }

    void textFromTracesIsNotActive()
    {
        ArcListModel model;
        model.setListing(listingOf(foundArcsOf(std::make_shared<Corpus>(corpusOf("t a - model 0-1\n")),
                                               "arc k goal=<b>bold</b>\nseg 0 0-1\n")));
        QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<b>")));
        QVERIFY(tableMarkdown(model).contains(QStringLiteral("\\<b\\>")));
    }
};

QTEST_GUILESS_MAIN(TestArcListModel)
#include "tst_arclistmodel.moc"

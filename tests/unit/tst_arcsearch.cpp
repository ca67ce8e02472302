// layers: core analysis store pipeline
#include "arcdecisions.h"
#include "arcsearch.h"
#include "arcstore.h"
#include "findingsearch.h"
#include "session.h"
#include "stopsearch.h"
#include "workspace.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

const std::string week = std::string(ARCSCOPE_TEST_SAMPLES) + "/support-week";

template <typename ColumnName, int columnCount>
bool same(const Table<ColumnName, columnCount>& a, const Table<ColumnName, columnCount>& b)
{
    for (int i = 0; i < columnCount; ++i) {
        if (a.values(static_cast<ColumnName>(i)) != b.values(static_cast<ColumnName>(i)))
            return false;
    }
    return a.rows() == b.rows();
}

bool same(const ArcCorpus& a, const ArcCorpus& b)
{
    if (!same(a.arcs, b.arcs) || !same(a.segments, b.segments) || !same(a.events, b.events) ||
        a.texts.size() != b.texts.size() || a.stitches.size() != b.stitches.size())
        return false;
    for (std::uint32_t id = 0; id < a.texts.size(); ++id) {
        if (a.texts[StringId{id}] != b.texts[StringId{id}])
            return false;
    }
    for (std::size_t i = 0; i < a.stitches.size(); ++i) {
        const ArcStitch& one = a.stitches[i];
        const ArcStitch& other = b.stitches[i];
        if (one.earlier != other.earlier || one.later != other.later || one.reason != other.reason ||
            std::abs(one.score - other.score) > 1e-6 || one.earlierRow != other.earlierRow ||
            one.laterRow != other.laterRow)
            return false;
    }
    return true;
}

} // namespace

class TestArcSearch : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// A workspace that stays.
    std::string kept(const char* name)
    {
        const std::string path = m_folder.filePath(QLatin1String(name)).toStdString() + ".arcscope";
        auto session = openSession({week}, arcSearchColumns(), {});
        if (auto copied = session->workspace.database().execute("vacuum into '" + path + '\''); !copied)
            qFatal("%s", copied.error().message.c_str());
        return path;
    }

private slots:
    void whatIsStoredIsTheSame()
    {
        auto session = openSession({kept("stored")}, arcSearchColumns(), {});
        QVERIFY(session.has_value());
        const ArcCorpus made = searchArcs(session->workspace, session->corpus, {}, {}, {}).value();
        QVERIFY(made.arcs.rows() > 90);
        QVERIFY(made.events.rows() > 300);
        const auto stored = loadArcs(session->workspace, session->corpus, arcStamp(session->corpus, {}, {}), {});
        QVERIFY(stored.has_value() && stored->has_value());
        QVERIFY(same(**stored, made));
        QVERIFY(same(searchArcs(session->workspace, session->corpus, {}, {}, {}).value(), made));
    }

    /// Traces that are read for arcs are not read again for what they stopped for.
    void stopsAreFoundInTheSameReading()
    {
        for (const bool stopsToo : {false, true}) {
            auto session = openSession({kept(stopsToo ? "stops" : "arcs")}, arcSearchColumns(), {});
            ArcSearchMore more;
            more.stopsToo = stopsToo;
            QVERIFY(searchArcs(session->workspace, session->corpus, {}, {}, {}, more));
            FindingCache cache;
            QVERIFY(cache.load(session->workspace));
            const std::vector<Row> rows = session->corpus.rowsOf(0);
            const std::vector<DetectorFindings> known = cache.find(stampOf(session->corpus, rows), rows);
            QCOMPARE(std::ranges::any_of(known, [](const auto& one) { return one.detector == stopDetector; }),
                     stopsToo);
            auto alone = openSession({week}, arcSearchColumns(), {});
            QCOMPARE(searchStops(session->workspace, session->corpus, {})->size(),
                     searchStops(alone->workspace, alone->corpus, {})->size());
        }
    }

    void anotherStateIsMadeAnew()
    {
        auto session = openSession({kept("anew")}, arcSearchColumns(), {});
        const Corpus& corpus = session->corpus;
        QVERIFY(searchArcs(session->workspace, corpus, {}, {}, {}).has_value());
        ArcDecisions decisions;
        decisions.reviews = {{"task:task-zip-4471", ArcOutcome::Succeeded, "", 1}};
        DetectorSettings settings;
        QVERIFY(settings.set("arc.idle_gap", 5).has_value());
        QVERIFY(arcStamp(corpus, {}, {}) == arcStamp(corpus, {}, {}));
        QVERIFY(arcStamp(corpus, decisions, {}) != arcStamp(corpus, {}, {}));
        QVERIFY(arcStamp(corpus, {}, settings) != arcStamp(corpus, {}, {}));
        const auto stored = loadArcs(session->workspace, corpus, arcStamp(corpus, decisions, {}), {});
        QVERIFY(stored.has_value() && !stored->has_value());
        const ArcCorpus reviewed = searchArcs(session->workspace, corpus, decisions, {}, {}).value();
        bool found = false;
        for (std::uint32_t arc = 0; arc < reviewed.arcs.rows(); ++arc) {
            if (arcKey(reviewed, arc) != "task:task-zip-4471")
                continue;
            found = true;
            QCOMPARE(reviewed.arcs.at(ArcColumn::Outcome, arc), std::int64_t(ArcOutcome::Succeeded));
            QCOMPARE(reviewed.arcs.at(ArcColumn::OutcomeSource, arc), std::int64_t(ArcSource::Human));
        }
        QVERIFY(found);
    }

    void decisionsTakenBackGiveTheFirstStateAgain()
    {
        auto session = openSession({kept("undo")}, arcSearchColumns(), {});
        const auto search = [&] {
            return searchArcs(session->workspace, session->corpus, arcDecisions(session->workspace).value(), {}, {})
                .value();
        };
        const ArcCorpus first = search();
        QVERIFY(!first.stitches.empty());
        const std::string earlier = arcKey(first, first.stitches[0].earlier);
        const std::string later = arcKey(first, first.stitches[0].later);
        QVERIFY(keepStitchDecision(session->workspace, {earlier, later, true, 1}));
        QCOMPARE(search().arcs.rows(), first.arcs.rows() - 1);
        QVERIFY(keepStitchDecision(session->workspace, {earlier, later, false, 2}));
        QCOMPARE(search().stitches.size(), first.stitches.size() - 1);
        QVERIFY(removeStitchDecision(session->workspace, earlier, later));
        QVERIFY(same(search(), first));
    }

    void damagedArcsAreMadeAnew_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("step") << "update chunks set min = 99 where tbl = 5 and col = 2";
        QTest::newRow("row") << "update chunks set min = 1000000 where tbl = 5 and col = 6";
        QTest::newRow("key") << "update chunks set min = -5 where tbl = 3 and col = 1";
        QTest::newRow("slice") << "update chunks set min = min + 1 where tbl = 3 and col = 5";
        QTest::newRow("column is gone") << "delete from chunks where tbl = 3 and col = 7";
        QTest::newRow("texts are gone") << "delete from arc_strings";
        QTest::newRow("stitch") << "update arc_proposals set later = 100000";
    }
    void damagedArcsAreMadeAnew()
    {
        QFETCH(QString, sql);
        auto session = openSession({kept(QTest::currentDataTag())}, arcSearchColumns(), {});
        const ArcCorpus made = searchArcs(session->workspace, session->corpus, {}, {}, {}).value();
        QVERIFY(session->workspace.database().execute(sql.toStdString()).has_value());
        QVERIFY(!loadArcs(session->workspace, session->corpus, arcStamp(session->corpus, {}, {}), {}).has_value());
        QVERIFY(same(searchArcs(session->workspace, session->corpus, {}, {}, {}).value(), made));
    }

    void noArcsAtAll()
    {
        const std::string path = m_folder.filePath(QStringLiteral("none.arcscope")).toStdString();
        QVERIFY(Workspace::create(path).has_value());
        auto session = openSession({path}, arcSearchColumns(), {});
        QVERIFY(session.has_value());
        for (int i = 0; i < 2; ++i) {
            const auto arcs = searchArcs(session->workspace, session->corpus, {}, {}, {});
            QVERIFY(arcs.has_value());
            QCOMPARE(arcs->arcs.rows(), 0u);
        }
    }
};

QTEST_APPLESS_MAIN(TestArcSearch)
#include "tst_arcsearch.moc"

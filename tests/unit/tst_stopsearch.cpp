// layers: core analysis store pipeline
#include "findingsearch.h"
#include "session.h"
#include "stopsearch.h"
#include "workspace.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace arcscope;

namespace
{

const std::string week = std::string(ARCSCOPE_TEST_SAMPLES) + "/support-week";

} // namespace

class TestStopSearch : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// A workspace that stays.
    std::string kept(const char* name)
    {
        const std::string path = m_folder.filePath(QLatin1String(name)).toStdString() + ".arcscope";
        auto session = openSession({week}, findingColumns(), {});
        if (auto copied = session->workspace.database().execute("vacuum into '" + path + '\''); !copied)
            qFatal("%s", copied.error().message.c_str());
        return path;
    }

private slots:
    void allCallsInTheOrderOfRows()
    {
        auto session = openSession({week}, findingColumns(), {});
        QVERIFY(session.has_value());
        const auto survey = searchStops(session->workspace, session->corpus, {});
        QVERIFY(survey.has_value());
        QVERIFY(survey->size() > 250);
        for (std::size_t i = 1; i < survey->size(); ++i)
            QVERIFY((*survey)[i - 1].row < (*survey)[i].row);
        std::size_t calls = 0;
        for (Row row = 0; row < session->corpus.spans.rows(); ++row)
            calls += session->corpus.spans.kind(row) == SpanKind::ModelCall;
        QVERIFY(survey->size() >= calls);
    }

    void whatIsKeptIsServedAgain()
    {
        const std::string path = kept("kept");
        auto session = openSession({path}, findingColumns(), {});
        const auto first = searchStops(session->workspace, session->corpus, {});
        QVERIFY(first.has_value());
        FindingCache cache;
        QVERIFY(cache.load(session->workspace).has_value());
        const auto rows = session->corpus.rowsOf(0);
        const auto known = cache.find(stampOf(session->corpus, rows), rows);
        QCOMPARE(known.size(), 1u); // nothing else was looked for
        QCOMPARE(known[0].detector, stopDetector);
        const auto again = searchStops(session->workspace, session->corpus, {});
        QVERIFY(again.has_value() && *again == *first);
    }

    /// The window gets the same while it looks for everything; a search for stops alone loses nothing of that.
    void aFullSearchHandsThemOut()
    {
        const std::string path = kept("full");
        auto session = openSession({path}, findingColumns(), {});
        FindingCache cache;
        QVERIFY(cache.load(session->workspace).has_value());
        StopSurvey live;
        std::size_t others = 0;
        FindingSearch search;
        search.cache = &cache;
        search.factsArrived = [&](std::string_view detector, std::span<const TraceFact> facts) {
            for (const TraceFact& fact : facts) {
                const auto stop = spanStopOf(fact);
                others += detector != stopDetector;
                if (stop)
                    live.push_back(*stop);
            }
        };
        const auto findings = searchFindings(path, session->corpus, {}, search);
        QVERIFY(findings.has_value() && !findings->empty());
        QVERIFY(cache.save(session->workspace).has_value());
        std::sort(live.begin(), live.end(), [](const SpanStop& a, const SpanStop& b) { return a.row < b.row; });
        const auto alone = searchStops(session->workspace, session->corpus, {});
        QVERIFY(alone.has_value() && *alone == live);
        FindingCache after;
        QVERIFY(after.load(session->workspace).has_value());
        const auto rows = session->corpus.rowsOf(0);
        QCOMPARE(after.find(stampOf(session->corpus, rows), rows).size(), detectors().size());
        QVERIFY(others > 0);
    }

    void cancelled()
    {
        auto session = openSession({week}, findingColumns(), {});
        std::stop_source stop;
        stop.request_stop();
        const auto survey = searchStops(session->workspace, session->corpus, {stop.get_token(), nullptr});
        QVERIFY(!survey.has_value());
        QCOMPARE(survey.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestStopSearch)
#include "tst_stopsearch.moc"

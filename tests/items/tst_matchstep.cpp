// layers: core items
#include "appstate.h"
#include "matchstep.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;

namespace
{

const QString week = QStringLiteral(ARCSCOPE_TEST_SAMPLES "/support-week");
constexpr int patience = 60'000;

} // namespace

class TestMatchStep : public QObject
{
    Q_OBJECT

    std::unique_ptr<AppState> m_state;

    const Corpus& corpus() const { return *m_state->corpus(); }

private slots:
    void initTestCase()
    {
        m_state = std::make_unique<AppState>();
        m_state->open({week});
        QTRY_VERIFY_WITH_TIMEOUT(m_state->isOpen(), patience);
        m_state->setFilter(QStringLiteral("kind:tool"));
        QTRY_VERIFY_WITH_TIMEOUT(m_state->matches(), patience);
    }
    void cleanupTestCase() { m_state.reset(); }

    void visitsEveryMatchOnceAndWraps()
    {
        const std::vector<Row>& matches = *m_state->matches();
        for (const bool forward : {true, false}) {
            std::vector<Row> seen;
            MatchStep step = stepToMatch(corpus(), matches, {}, noRow, forward);
            while (!step.wrapped && seen.size() <= matches.size()) {
                QVERIFY(step.row != noRow);
                seen.push_back(step.row);
                step = stepToMatch(corpus(), matches, {}, step.row, forward);
            }
            QCOMPARE(step.row, seen.front());
            std::sort(seen.begin(), seen.end());
            QCOMPARE(seen, matches);
        }
    }

    void thereAndBack()
    {
        const std::vector<Row>& matches = *m_state->matches();
        Row row = noRow;
        for (int i = 0; i < 20; ++i) {
            const Row next = stepToMatch(corpus(), matches, {}, row, true).row;
            if (row != noRow)
                QCOMPARE(stepToMatch(corpus(), matches, {}, next, false).row, row);
            row = next;
        }
    }

    void staysInTheTraceShown()
    {
        const std::vector<Row>& matches = *m_state->matches();
        for (std::uint32_t trace = 0; trace < corpus().traces.rows(); ++trace) {
            const std::vector<Row> rows = corpus().rowsOf(trace);
            const auto expected = std::count_if(rows.begin(), rows.end(), [&](Row row) {
                return std::binary_search(matches.begin(), matches.end(), row);
            });
            MatchStep step = stepToMatch(corpus(), matches, trace, rows.front(), true);
            std::ptrdiff_t found = 0;
            while (step.row != noRow && !step.wrapped) {
                QCOMPARE(static_cast<std::uint32_t>(corpus().spans.at(SpanColumn::Trace, step.row)), trace);
                ++found;
                step = stepToMatch(corpus(), matches, trace, step.row, true);
            }
            QCOMPARE(found, expected);
        }
    }

    void fromASpanThatDoesNotMatch()
    {
        const Row root = corpus().rowsOf(0).front();
        const std::vector<Row> matches{corpus().rowsOf(3).back()};
        QCOMPARE(stepToMatch(corpus(), matches, {}, root, true).row, matches.front());
        QVERIFY(stepToMatch(corpus(), matches, {}, root, false).wrapped);
        QCOMPARE(stepToMatch(corpus(), matches, 0, root, true).row, noRow);
        QCOMPARE(stepToMatch(corpus(), {}, {}, root, true).row, noRow);
    }
};

QTEST_GUILESS_MAIN(TestMatchStep)
#include "tst_matchstep.moc"

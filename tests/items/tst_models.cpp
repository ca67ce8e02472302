// layers: core items
#include "attributemodel.h"
#include "issuemodel.h"
#include "spantreemodel.h"
#include "tracelistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <set>

using namespace arcscope;

namespace
{

const QString week = QStringLiteral(ARCSCOPE_TEST_SAMPLES "/support-week");
const QString damaged = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/claudecode/turn.jsonl");
constexpr int patience = 60'000;
constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

/// Every index below `parent`, by rowAt, parents before children.
void walk(const SpanTreeModel& model, const QModelIndex& parent, std::vector<Row>& rows)
{
    for (int i = 0; i < model.rowCount(parent); ++i) {
        const QModelIndex index = model.index(i, 0, parent);
        rows.push_back(model.rowAt(index));
        walk(model, index, rows);
    }
}

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

private slots:
    void theTreeOfAWholeCorpusFollowsTheSelection()
    {
        AppState state;
        SpanTreeModel tree(state);
        QAbstractItemModelTester tester(&tree, fatal);
        state.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        state.announce();
        QCOMPARE(tree.rowCount(), 0);
        QVERIFY(!tree.trace());
        const std::vector<Row> rows = state.corpus()->rowsOf(9);
        state.setSpan(rows.back());
        state.announce();
        QCOMPARE(tree.trace(), std::optional<std::uint32_t>(9));
        QVERIFY(tree.indexOf(rows.back()).isValid());
        std::vector<Row> shown;
        walk(tree, {}, shown);
        QCOMPARE(shown, rows);
        QSignalSpy resets(&tree, &QAbstractItemModel::modelReset);
        state.setSpan(rows.front());
        state.announce();
        state.setTrace(9); // the same tree
        state.announce();
        QCOMPARE(resets.size(), 0);
        state.setTrace(std::nullopt);
        state.setSpan(noRow);
        state.announce();
        QCOMPARE(tree.rowCount(), 0);
    }

    void everyTraceIsFoundWhereItIs()
    {
        AppState state;
        TraceListModel model(state);
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 174, patience);
        model.sort(TraceListModel::Duration, Qt::DescendingOrder);
        QTRY_VERIFY(!model.busy());
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.indexOf(model.traceAt(row)).row(), row);
        QVERIFY(!model.indexOf(174).isValid());
        state.setFilter(QStringLiteral("status:error"));
        QTRY_VERIFY_WITH_TIMEOUT(model.rowCount() < 174, patience);
        int found = 0;
        for (std::uint32_t trace = 0; trace < 174; ++trace)
            found += model.indexOf(trace).isValid() ? 1 : 0;
        QCOMPARE(found, model.rowCount());
    }

    void everyModelKeepsTheRules()
    {
        AppState state;
        TraceListModel traces(state);
        SpanTreeModel tree(state);
        IssueModel issues(state);
        QAbstractItemModelTester tracesTester(&traces, fatal);
        QAbstractItemModelTester treeTester(&tree, fatal);
        QAbstractItemModelTester issuesTester(&issues, fatal);
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(traces.rowCount(), 174, patience);
        for (std::uint32_t trace = 0; trace < 174; trace += 10) {
            state.setTrace(trace);
            state.announce();
        }
        state.setFilter(QStringLiteral("status:error"));
        QTRY_VERIFY_WITH_TIMEOUT(state.matches() && traces.rowCount() < 174, patience);
        traces.sort(TraceListModel::Name, Qt::DescendingOrder);
        QTRY_VERIFY(!traces.busy());
        state.open({damaged});
        QTRY_COMPARE_WITH_TIMEOUT(traces.rowCount(), 1, patience);
        QVERIFY(tree.rowCount() > 0);
        QVERIFY(issues.rowCount() > 0);
        state.close();
        state.announce();
        QCOMPARE(traces.rowCount(), 0);
        QCOMPARE(tree.rowCount(), 0);
        QCOMPARE(issues.rowCount(), 0);
    }

    void attributes()
    {
        AttributeModel model;
        QAbstractItemModelTester tester(&model, fatal);
        QCOMPARE(model.rowCount(), 0);
        const std::string value = "first\nsecond " + std::string(5'000, 'x');
        model.setAttributes(
            {{"key", value, AttributeType::Text}, {"\xe2\x80\xaeright to left", "1", AttributeType::Number}});
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(cell(model, 0, AttributeModel::ValueColumn).size() < 400);
        QVERIFY(!cell(model, 0, AttributeModel::ValueColumn).contains(QLatin1Char('\n')));
        QCOMPARE(model.index(0, AttributeModel::ValueColumn).data(AttributeModel::FullValueRole).toString(),
                 QString::fromStdString(value));
        QVERIFY(!cell(model, 1, AttributeModel::KeyColumn).contains(QChar(0x202e)));
        model.setAttributes({});
        QCOMPARE(model.rowCount(), 0);
    }

    void tracesSortByEveryColumn()
    {
        AppState state;
        TraceListModel model(state);
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 174, patience);
        for (int column = 0; column < TraceListModel::ColumnCount; ++column) {
            for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
                model.sort(column, order);
                QTRY_VERIFY(!model.busy());
                QCOMPARE(model.rowCount(), 174);
            }
        }
        model.sort(TraceListModel::Duration, Qt::DescendingOrder);
        QTRY_VERIFY(!model.busy());
        for (int row = 1; row < model.rowCount(); ++row) {
            const auto at = [&](int which) {
                return model.index(which, TraceListModel::Duration).data(TraceListModel::SortRole).toLongLong();
            };
            QVERIFY(at(row - 1) >= at(row));
        }
        for (int row = 0; row < model.rowCount(); row += 17)
            QCOMPARE(model.indexOf(model.traceAt(row)).row(), row);
    }

    void tracesOfOneNameAreToldApart()
    {
        AppState state;
        TraceListModel model(state);
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 174, patience);
        std::set<QString> tasks;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QStringList parts = cell(model, row, TraceListModel::Name).split(QStringLiteral(" · "));
            if (parts.back() != QStringLiteral("invoke_agent harbor"))
                continue;
            QCOMPARE(parts.size(), 2);
            // The task as it is recorded, else the beginning of the session's identifier.
            QVERIFY2(parts.front().startsWith(QStringLiteral("task-")) || parts.front().size() == 8,
                     qPrintable(parts.front()));
            tasks.insert(parts.front());
        }
        QVERIFY2(tasks.size() > 50, qPrintable(QString::number(tasks.size())));
    }

    void tracesFollowTheFilter()
    {
        AppState state;
        TraceListModel model(state);
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 174, patience);
        QSignalSpy arranged(&model, &TraceListModel::arranged);
        state.setFilter(QStringLiteral("kind:retrieval"));
        QTRY_VERIFY_WITH_TIMEOUT(!arranged.isEmpty() && !model.busy() && state.matches(), patience);
        std::set<std::uint32_t> expected;
        for (const Row row : *state.matches())
            expected.insert(static_cast<std::uint32_t>(state.corpus()->spans.at(SpanColumn::Trace, row)));
        QTRY_COMPARE(static_cast<std::size_t>(model.rowCount()), expected.size());
        for (int row = 0; row < model.rowCount(); ++row)
            QVERIFY(expected.count(model.traceAt(row)) == 1);
        for (std::uint32_t trace = 0; trace < 174; ++trace)
            QCOMPARE(model.indexOf(trace).isValid(), expected.count(trace) == 1);
        state.setFilter({});
        QTRY_COMPARE(model.rowCount(), 174);
    }

    void theTreeHoldsEverySpanOnce()
    {
        AppState state;
        SpanTreeModel model(state);
        state.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QCOMPARE(model.rowCount(), 0); // the whole corpus is no tree
        for (std::uint32_t trace = 0; trace < state.corpus()->traces.rows(); ++trace) {
            state.setTrace(trace);
            state.announce();
            std::vector<Row> rows;
            walk(model, {}, rows);
            QCOMPARE(rows, state.corpus()->rowsOf(trace));
            for (const Row row : rows) {
                const QModelIndex index = model.indexOf(row);
                QCOMPARE(model.rowAt(index), row);
                const std::int64_t parent = state.corpus()->spans.at(SpanColumn::ParentRow, row);
                if (state.corpus()->spans.at(SpanColumn::Depth, row) > 0)
                    QCOMPARE(std::int64_t{model.rowAt(index.parent())}, parent);
                else
                    QVERIFY(!index.parent().isValid());
            }
        }
        QVERIFY(!model.indexOf(noRow).isValid());
    }

    void theTreeMarksMatches()
    {
        AppState state;
        SpanTreeModel model(state);
        state.open({QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json")});
        QTRY_VERIFY_WITH_TIMEOUT(model.rowCount() > 0, patience);
        std::vector<Row> rows;
        walk(model, {}, rows);
        for (const Row row : rows)
            QVERIFY(model.indexOf(row).data(SpanTreeModel::MatchRole).toBool());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        state.setFilter(QStringLiteral("kind:tool"));
        QTRY_VERIFY_WITH_TIMEOUT(state.matches(), patience);
        QVERIFY(!changed.isEmpty());
        for (const Row row : rows)
            QCOMPARE(model.indexOf(row).data(SpanTreeModel::MatchRole).toBool(),
                     state.corpus()->spans.kind(row) == SpanKind::ToolCall);
    }

    void theLedgerNamesTheDamage()
    {
        AppState state;
        IssueModel model(state);
        state.open({damaged});
        QTRY_VERIFY_WITH_TIMEOUT(model.rowCount() > 0, patience);
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(cell(model, 0, IssueModel::SeverityColumn), QStringLiteral("refused")); // the worst first
        QCOMPARE(cell(model, 0, IssueModel::KindColumn), QStringLiteral("truncated file"));
        QVERIFY(cell(model, 0, IssueModel::PlaceColumn).endsWith(QStringLiteral("turn.jsonl, line 12")));
        const QStringList cells = model.recordText(0).split(QLatin1Char('\t'));
        QCOMPARE(cells.size(), int{IssueModel::ColumnCount});
        QCOMPARE(state.openCorpus()->refused, std::uint64_t{1});
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"

// layers: items core analysis
#include "calltracemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

constexpr int patience = 60'000;

/// A trial of tau-bench whose tool answers with a text.
QByteArray trial(int number, const char* result)
{
    const QByteArray id = "call_" + QByteArray::number(number);
    return R"({"task_id":)" + QByteArray::number(number) +
           R"(,"reward":0.0,"trial":0,"info":{},"traj":[{"role":"user","content":"book it"},)" +
           R"({"role":"assistant","content":null,"tool_calls":[{"id":")" + id +
           R"(","type":"function","function":{"name":"book","arguments":"{}"}}]},{"role":"tool","tool_call_id":")" +
           id + R"(","name":"book","content":")" + result + R"("},{"role":"assistant","content":"Anything else?"}]})";
}

QString written(QTemporaryDir& folder)
{
    const QString path = folder.filePath(QStringLiteral("trials.json"));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write('[' + trial(1, R"({\"ok\":true})") + ',' + trial(2, "Error: no seats are left") + ',' +
                   trial(3, R"({\"ok\":true})") + ']');
    return path;
}

} // namespace

class TestCallTraceModel : public QObject
{
    Q_OBJECT

private slots:
    /// No span says that its call failed: its result does.
    void whatHasAProblemComesFirst()
    {
        QTemporaryDir folder;
        AppState state;
        FindingBook findings(state);
        CallTraceModel model(state);
        QAbstractItemModelTester tester(&model);
        model.setFindings(findings);
        model.setWanted(true);
        state.open({written(folder)});
        const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QTRY_COMPARE_WITH_TIMEOUT(int(findings.stage()), int(SearchStage::Done), patience);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 3, patience);
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, CallTraceModel::ProblemsColumn), QStringLiteral("1"), patience);
        QCOMPARE(cell(0, CallTraceModel::CallsColumn), QStringLiteral("1"));
        QCOMPARE(model.traceAt(0), 1u);
        QCOMPARE(cell(1, CallTraceModel::ProblemsColumn), QStringLiteral("0"));
        QCOMPARE(model.rowOf(1), 0);
        QCOMPARE(model.rowOf(99), -1);
        model.sort(CallTraceModel::ProblemsColumn, Qt::AscendingOrder);
        QCOMPARE(model.traceAt(2), 1u);
        state.close();
        state.announce();
        QCOMPARE(model.rowCount(), 0);
    }

    void theFilterLeavesTracesOut()
    {
        QTemporaryDir folder;
        AppState state;
        FindingBook findings(state);
        CallTraceModel model(state);
        QAbstractItemModelTester tester(&model);
        model.setFindings(findings);
        model.setWanted(true);
        state.open({written(folder)});
        QTRY_COMPARE_WITH_TIMEOUT(int(findings.stage()), int(SearchStage::Done), patience);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 3, patience);
        QVERIFY(!state.setFilter(QStringLiteral("\"no seats\"")));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, patience);
        QCOMPARE(model.traceAt(0), 1u);
        QCOMPARE(model.withCalls(), std::size_t{3});
        QVERIFY(!state.setFilter(QStringLiteral("name:nowhere")));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 0, patience);
        QCOMPARE(model.withCalls(), std::size_t{3});
        QVERIFY(!state.setFilter({}));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 3, patience);
    }

    void whatNobodyWantsIsNotCounted()
    {
        QTemporaryDir folder;
        AppState state;
        FindingBook findings(state);
        CallTraceModel model(state);
        model.setFindings(findings);
        QSignalSpy counted(&model, &CallTraceModel::counted);
        state.open({written(folder)});
        QTRY_COMPARE_WITH_TIMEOUT(int(findings.stage()), int(SearchStage::Done), patience);
        QVERIFY(counted.isEmpty());
        model.setWanted(true);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 3, patience);
    }
};

QTEST_GUILESS_MAIN(TestCallTraceModel)
#include "tst_calltracemodel.moc"

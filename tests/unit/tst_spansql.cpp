// layers: core store analysis
#include "assembledcorpus.h"
#include "spansql.h"
#include "workspace.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <thread>

using namespace arcscope;

namespace
{

QString textOf(const QueryValue& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return QString::number(*number);
    if (const auto* real = std::get_if<double>(&value))
        return QString::number(*real);
    if (const auto* text = std::get_if<std::string>(&value))
        return QString::fromStdString(*text);
    return QStringLiteral("null");
}

/// "a,b|c,d": rows divided by |, or the error.
QString textOf(const Result<QueryResult>& result)
{
    if (!result)
        return QStringLiteral("error: ") + QString::fromStdString(result.error().message);
    QStringList rows;
    for (const auto& row : result->rows) {
        QStringList values;
        for (const QueryValue& value : row)
            values << textOf(value);
        rows << values.join(QLatin1Char(','));
    }
    return rows.join(QLatin1Char('|'));
}

} // namespace

class TestSpanSql : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::optional<Workspace> m_workspace;
    Corpus m_corpus;
    Corpus m_large;

    QString sql(const char* statement) { return textOf(runSql(*m_workspace, m_corpus, statement, 1'000, {})); }

private slots:
    void initTestCase()
    {
        auto made = Workspace::create(m_folder.filePath(QStringLiteral("w.arcscope")).toStdString());
        QVERIFY(made);
        m_workspace.emplace(std::move(*made));
        m_corpus = testing::corpusOf("t1 a - agent 0-100 service=shop\n"
                                     "t1 b a model 10-40 model=large in=5 out=7 cost=30\n"
                                     "t1 c a tool 40-50 tool=search status=error\n"
                                     "t2 d - agent - \n"
                                     "t2 e d model 5- model=small in=2\n");
        testing::CorpusBuilder builder;
        for (std::int64_t i = 0; i < 3 * chunkRows; ++i) {
            SpanRecord span;
            span.start = i * second;
            span.end = span.start + i % 10;
            span.kind = i % 2 ? SpanKind::ToolCall : SpanKind::ModelCall;
            builder.add(span, {});
        }
        m_large = builder.build();
    }

    void statements_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("rows");
        const auto row = [](const char* statement, const char* rows) {
            QTest::newRow(statement) << QString::fromUtf8(statement) << QString::fromUtf8(rows);
        };
        row("select count(*) from spans", "5");
        row("select row, trace_id, span_id, parent_id, kind from spans where trace = 0",
            "0,t1,a,null,agent|1,t1,b,a,model|2,t1,c,a,tool");
        row("select span_id from spans where status = 'error'", "c");
        row("select start_ns, duration_ns from spans where name in ('d', 'e', 'b') order by row",
            "10000000,30000000|null,null|5000000,null");
        row("select sum(input), sum(cost), count(cost) from spans", "7,30,1");
        row("select span_id from spans where start_ns between 10000000 and 40000000 order by row", "b|c");
        row("select span_id from spans where start_ns > 9999999.5 and start_ns < 1e7 + 1", "b");
        row("select span_id from spans where cost < 100", "b");
        row("select span_id from spans where start_ns is null", "d");
        row("select span_id from spans where rowid = 3", "d");
        row("select span_id from spans where rowid >= 3 and rowid < 99", "d|e");
        row("select c.span_id from spans p join spans c on c.parent_row = p.row where p.span_id = 'a'", "b|c");
        row("select trace_id, spans, model_calls, errors from traces order by trace", "t1,3,1,1|t2,2,1,0");
        row("select t.trace_id, count(*) from traces t join spans s on s.trace = t.trace group by 1", "t1,3|t2,2");
        row("with recursive n(i) as (select 1 union all select i + 1 from n where i < 3) select i from n", "1|2|3");
        row("select 'a;b' ; ", "a;b");
    }
    void statements()
    {
        QFETCH(QString, statement);
        const auto result = runSql(*m_workspace, m_corpus, statement.toStdString(), 1'000, {});
        QTEST(textOf(result), "rows");
    }

    void onlyReadingIsPossible_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* statement, const char* says) {
            QTest::newRow(statement) << QString::fromUtf8(statement) << QString::fromUtf8(says);
        };
        row("create table x(a)", "reads");
        row("delete from spans", "");
        row("insert into spans(row) values(1)", "");
        row("attach '/tmp/x.db' as x", "reads");
        row("pragma user_version = 5", "reads");
        row("vacuum into '/tmp/x.db'", "reads");
        row("select load_extension('x')", "");
        row("select 1; select 2", "one statement");
        row("select * from chunks", "no such table");
        row("select absent from spans", "no such column");
        row("selec", "syntax error");
        row("", "no statement");
        row("-- only a comment", "no statement");
    }
    void onlyReadingIsPossible()
    {
        QFETCH(QString, statement);
        QFETCH(QString, says);
        const auto result = runSql(*m_workspace, m_corpus, statement.toStdString(), 10, {});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Usage);
        QVERIFY2(QString::fromStdString(result.error().message).contains(says), result.error().message.c_str());
    }

    void columnsAreNamedOnce()
    {
        for (const auto& names : {spanSqlColumns(), traceSqlColumns()}) {
            const std::set<std::string> different(names.begin(), names.end());
            QCOMPARE(different.size(), names.size());
        }
        const auto all = runSql(*m_workspace, m_corpus, "select * from spans", 1, {});
        QVERIFY(all);
        QCOMPARE(all->columns, spanSqlColumns());
        QCOMPARE(all->rows.size(), std::size_t{1});
        QVERIFY(all->cut);
    }

    void rangesFindTheSameRowsAsComparisons_data()
    {
        QTest::addColumn<QString>("range");
        for (const char* range :
             {"start_ns >= 70000 * 1000000000 and start_ns < 70010 * 1000000000", "start_ns = 65536 * 1000000000",
              "start_ns = 65535 * 1000000000", "start_ns > 196606 * 1000000000", "start_ns < 0", "duration_ns = 9",
              "duration_ns = 11", "row between 65530 and 65540", "rowid between 65530 and 65540", "rowid = -1",
              "rowid < -9223372036854775807", "duration_ns in (3, 4) and start_ns < 100 * 1000000000"})
            QTest::newRow(range) << QString::fromUtf8(range);
    }
    void rangesFindTheSameRowsAsComparisons()
    {
        QFETCH(QString, range);
        QString plain = range; // a sum is not a column: it is compared row by row
        for (const char* column : {"start_ns", "duration_ns", "rowid"})
            plain.replace(QString::fromUtf8(column), QStringLiteral("(%1 + 0)").arg(QString::fromUtf8(column)));
        plain.replace(QStringLiteral("row between"), QStringLiteral("(row + 0) between"));
        const std::string select = "select count(*), sum(row), min(row), max(row) from spans where ";
        const QString found = textOf(runSql(*m_workspace, m_large, select + range.toStdString(), 10, {}));
        QVERIFY(!found.startsWith(QStringLiteral("error")));
        QCOMPARE(found, textOf(runSql(*m_workspace, m_large, select + plain.toStdString(), 10, {})));
    }

    void longStatementsCanBeStopped()
    {
        std::stop_source stop;
        std::thread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            stop.request_stop();
        });
        const auto result = runSql(*m_workspace, m_large, "select count(*) from spans a, spans b where a.kind = b.name",
                                   10, {stop.get_token(), nullptr});
        later.join();
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }

    void resultsAreBounded()
    {
        const auto result = runSql(*m_workspace, m_large, "select hex(zeroblob(4000000)) from spans", 1'000'000, {});
        QVERIFY(result);
        QVERIFY(result->cut);
        QVERIFY(result->rows.size() < 12);
        QVERIFY(!runSql(*m_workspace, m_large, "select zeroblob(1000000000)", 1, {}));
    }
};

QTEST_APPLESS_MAIN(TestSpanSql)
#include "tst_spansql.moc"

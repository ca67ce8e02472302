// layers: core analysis
#include "assemble.h"
#include "corpusbuilder.h"

#include <QTest>

#include <limits>
#include <random>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Assembled {
    CorpusBuilder builder;
    Assembly assembly;

    std::string name(Row row) const { return std::string(builder.corpus.text(SpanText::Name, row)); }
    /// Pre-order as "a(b(c) d)": one string a trace tree.
    QString tree() const
    {
        QString out;
        int open = 0;
        for (std::size_t i = 0; i < assembly.order.size(); ++i) {
            const Row row = assembly.order[i];
            const int depth = assembly.depth[row];
            if (i > 0 && depth > assembly.depth[assembly.order[i - 1]]) {
                out += '(';
                ++open;
            } else if (i > 0) {
                for (int up = assembly.depth[assembly.order[i - 1]] - depth; up > 0; --up, --open)
                    out += ')';
                out += ' ';
            }
            out += QString::fromStdString(name(row));
        }
        return out + QString(open, QLatin1Char(')'));
    }
    QStringList flagged(SpanFlag flag) const
    {
        QStringList names;
        for (Row row = 0; row < assembly.flags.size(); ++row) {
            if (assembly.flags[row] & bit(flag))
                names << QString::fromStdString(name(row));
        }
        return names;
    }
    QStringList ledger() const
    {
        QStringList lines;
        for (const AssemblyIssue& issue : assembly.issues)
            lines << QStringLiteral("%1 %2 x%3 at %4")
                         .arg(QLatin1String(arcscope::name(issue.severity)), QLatin1String(arcscope::name(issue.kind)))
                         .arg(issue.count)
                         .arg(QString::fromStdString(name(issue.row)));
        return lines;
    }
    std::int64_t trace(TraceColumn column, std::uint32_t index = 0) const { return assembly.traces.at(column, index); }
};

/// Assembles spans of which no column is there until it is asked for, and counts those that are.
Result<Assembly> assembledByParts(CorpusBuilder& builder, std::size_t& loadedColumns)
{
    const Corpus whole = builder.buildWith(assemblyColumns());
    AssemblyHints hints;
    hints.load = [&](SpanTable& spans, std::span<const SpanColumn> columns) -> Result<void> {
        for (std::size_t i = 0; i < whole.spans.chunks().size(); ++i) {
            if (i >= spans.chunks().size()) {
                SpanTable::Chunk chunk;
                chunk.rows = whole.spans.chunks()[i].rows;
                spans.append(std::move(chunk));
            }
            for (const SpanColumn column : columns)
                spans.set(i, column, whole.spans.chunks()[i].columns[static_cast<std::size_t>(column)]);
        }
        loadedColumns += columns.size();
        return {};
    };
    SpanTable spans;
    return assemble(spans, builder.traceIds, {}, hints);
}

Assembled assembled(const char* text)
{
    Assembled result;
    addSpans(result.builder, text);
    auto assembly = assemble(result.builder.buildWith(assemblyColumns()), result.builder.traceIds, {});
    if (assembly)
        result.assembly = std::move(*assembly);
    std::size_t loadedColumns = 0;
    const auto byParts = assembledByParts(result.builder, loadedColumns);
    if (!byParts || byParts->order != result.assembly.order || byParts->flags != result.assembly.flags ||
        byParts->parentRow != result.assembly.parentRow || byParts->depth != result.assembly.depth ||
        byParts->lane != result.assembly.lane || byParts->patches != result.assembly.patches ||
        byParts->issues.size() != result.assembly.issues.size())
        qFatal("columns that are loaded when they are needed give something else");
    return result;
}

} // namespace

class TestAssemble : public QObject
{
    Q_OBJECT

private slots:
    void columnsAreLoadedAsFarAsTheyAreNeeded()
    {
        CorpusBuilder plain;
        addSpans(plain, "t a - agent 0-100\nt b a model 1-50 in=5 out=1\n");
        std::size_t loaded = 0;
        QVERIFY(assembledByParts(plain, loaded));
        QVERIFY(loaded < assemblyColumns().size());
        CorpusBuilder merging;
        addSpans(merging, "t a - agent 0-100\nt b a model 1-50 in=5 out=1\nt b a model 1-60 in=5 out=1\n");
        loaded = 0;
        const auto assembly = assembledByParts(merging, loaded);
        QVERIFY(assembly);
        QVERIFY(loaded >= assemblyColumns().size());
        QCOMPARE(assembly->order.size(), std::size_t{2});
    }

    void treesAreInPreOrderAndSiblingsByStart()
    {
        const auto result = assembled("t c root tool 50-60\n"
                                      "t root - agent 0-100\n"
                                      "t b root model 10-40\n"
                                      "t d b tool 20-30\n"
                                      "u x - model 0-10\n");
        QCOMPARE(result.tree(), QStringLiteral("root(b(d) c) x"));
        QCOMPARE(result.trace(TraceColumn::First, 1), 4);
        QCOMPARE(result.trace(TraceColumn::Spans, 0), 4);
        QCOMPARE(result.trace(TraceColumn::ToolCalls, 0), 2);
        QCOMPARE(result.trace(TraceColumn::Duration, 0), 100 * millisecond);
        QVERIFY(result.assembly.issues.empty());
    }

    void aPlaceholderIsReplacedByItsSpanInAnyOrder()
    {
        for (const char* const text :
             {"t a - agent 0- flag=pending model=m\nt a - agent 0-9 out=3\nt b a tool 1-2\n",
              "t a - agent 0-9 out=3\nt a - agent 0- flag=pending model=m\nt b a tool 1-2\n"}) {
            const auto result = assembled(text);
            QCOMPARE(result.tree(), QStringLiteral("a(b)"));
            const Row kept = result.assembly.order[0];
            QCOMPARE(result.builder.corpus.spans.at(SpanColumn::Duration, kept), 9 * millisecond);
            QCOMPARE(result.assembly.flags[kept], 0u);
            QCOMPARE(result.trace(TraceColumn::Duration), 9 * millisecond);
            QCOMPARE(result.trace(TraceColumn::Spans), 2);
            QVERIFY(result.assembly.issues.empty());
        }
        QCOMPARE(assembled("t a - agent 0- flag=pending\n").flagged(SpanFlag::Pending), QStringList{"a"});
    }

    void costsOfSeveralCurrenciesAreNotAdded()
    {
        QCOMPARE(assembled("t a - model 0-1 cost=5\nt b - model 0-1 cost=7 currency=EUR\n").trace(TraceColumn::Cost),
                 -1);
        const auto result = assembled("t a - model 0-1 cost=5 currency=EUR\nt b - model 0-1 cost=7 currency=EUR\n");
        QCOMPARE(result.trace(TraceColumn::Cost), 12);
        QCOMPARE(
            result.builder.corpus.strings[StringId{static_cast<std::uint32_t>(result.trace(TraceColumn::Currency))}],
            std::string_view("EUR"));
    }

    void orphansAreRootsAndInTheLedger()
    {
        const auto result = assembled("t root - agent 0-100\nt lost gone tool 10-20\nt lost2 gone tool 10-20\n");
        QCOMPARE(result.tree(), QStringLiteral("root lost lost2"));
        QCOMPARE(result.flagged(SpanFlag::Orphan), (QStringList{"lost", "lost2"}));
        QCOMPARE(result.ledger(), QStringList{"warning orphan-span x2 at lost"});
    }

    void parentsOfAnotherTraceAreNotFound()
    {
        QCOMPARE(assembled("t a - agent 0-9\nu b a tool 1-2\n").flagged(SpanFlag::Orphan), QStringList{"b"});
    }

    void cyclesAreCutAtTheFirstSpan_data()
    {
        QTest::addColumn<QByteArray>("spans");
        QTest::addColumn<QString>("tree");
        QTest::addColumn<QStringList>("cut");
        QTest::newRow("self") << QByteArray("t a a tool 0-1\n") << "a" << QStringList{"a"};
        QTest::newRow("two") << QByteArray("t a b tool 0-1\nt b a tool 0-1\n") << "a(b)" << QStringList{"a"};
        QTest::newRow("tail into a ring")
            << QByteArray("t tail b tool 0-1\nt a c tool 0-1\nt b a tool 0-1\nt c b tool 0-1\n") << "a(b(tail c))"
            << QStringList{"a"};
    }
    void cyclesAreCutAtTheFirstSpan()
    {
        QFETCH(QByteArray, spans);
        const auto result = assembled(spans.constData());
        QTEST(result.tree(), "tree");
        QTEST(result.flagged(SpanFlag::CycleCut), "cut");
        QCOMPARE(result.ledger().size(), 1);
    }

    void recordsOfOneSpanAreMerged()
    {
        const auto result = assembled("t a - model 0-10 in=5 model=m\nt a - model 0-20 out=7\n");
        QCOMPARE(result.flagged(SpanFlag::Superseded).size(), 1);
        QCOMPARE(result.assembly.order, std::vector<Row>{1});
        QCOMPARE(result.trace(TraceColumn::Tokens), 12);
        QCOMPARE(result.trace(TraceColumn::Duration), 20 * millisecond);
        QCOMPARE(result.ledger(), QStringList{"info duplicate-span x1 at a"});
        const Patch input{static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage)), 1, 5};
        QVERIFY(std::find(result.assembly.patches.begin(), result.assembly.patches.end(), input) !=
                result.assembly.patches.end());
    }

    void syntheticSpansGrowWithoutALedgerRow()
    {
        const auto result = assembled("t call - tool 0-90\n"
                                      "t agent call agent 2-20 flag=synthetic\n"
                                      "t step agent model 30-40\n"
                                      "t agent - agent 5-50 flag=synthetic\n");
        QCOMPARE(result.tree(), QStringLiteral("call(agent(step))"));
        QVERIFY(result.assembly.issues.empty());
        const auto patched = [&](Patch patch) {
            const auto& all = result.assembly.patches;
            return std::find(all.begin(), all.end(), patch) != all.end();
        };
        QVERIFY(patched({SpanColumn::Start, 3, 2 * millisecond}));
        QVERIFY(patched({SpanColumn::Duration, 3, 48 * millisecond}));
    }

    void rollUpsAreNotSummed()
    {
        const auto result = assembled("t run - agent 0-100 in=30 out=12 cost=9\n"
                                      "t one run model 0-40 in=10 out=5 cost=4\n"
                                      "t two run model 40-90 in=20 out=7 cost=5\n");
        QCOMPARE(result.trace(TraceColumn::Tokens), 42);
        QCOMPARE(result.trace(TraceColumn::Cost), 9);
        QCOMPARE(result.flagged(SpanFlag::RollUpUsage), QStringList{"run"});
        QVERIFY(result.assembly.issues.empty());
    }

    void rollUpsThatDoNotSumAreInTheLedger()
    {
        const auto result = assembled("t run - agent 0-100 in=31\nt one run model 0-40 in=10\n");
        QCOMPARE(result.trace(TraceColumn::Tokens), 10);
        QCOMPARE(result.ledger(), QStringList{"warning usage-mismatch x1 at run"});
    }

    void aModelCallBelowAnotherThatCannotContainItCounts()
    {
        QCOMPARE(assembled("t outer - model 0-9 in=3\nt guard outer model 1-2 in=50\n").trace(TraceColumn::Tokens), 53);
    }

    void oneResponseCountsOnce()
    {
        const auto result =
            assembled("t r - agent 0-9\nt a r model 0-4 in=5 response=x\nt b r model 5-9 in=5 response=x\n");
        QCOMPARE(result.trace(TraceColumn::Tokens), 5);
        QCOMPARE(result.flagged(SpanFlag::RepeatedUsage), QStringList{"a"});
        QCOMPARE(result.ledger(), QStringList{"info repeated-usage x1 at a"});
    }

    void tokensThatNobodyRecordedAreNotZero()
    {
        QCOMPARE(assembled("t a - model 0-1\n").trace(TraceColumn::Tokens), -1);
        QCOMPARE(assembled("t a - model 0-1 in=0\n").trace(TraceColumn::Tokens), 0);
    }

    void sumsThatStopAtTheLargestCountAreInTheLedger()
    {
        const auto result = assembled("t a - model 0-1 in=9223372036854775807\nt b - model 1-2 in=1\n"
                                      "u c - model 0-1 in=9223372036854775806\nu d - model 1-2 in=0\n");
        QCOMPARE(result.trace(TraceColumn::Tokens), std::numeric_limits<std::int64_t>::max());
        QCOMPARE(result.ledger(), QStringList{"warning bad-value x1 at a"});
    }

    void clockSkewAndImplausibleTimesAreInTheLedger()
    {
        const auto result =
            assembled("t p - agent 100-200\nt c p tool 50-150\nt ok p tool 150-200\nv old - tool -5000-10\n");
        QCOMPARE(result.flagged(SpanFlag::OutsideParent), QStringList{"c"});
        QCOMPARE(result.ledger(), (QStringList{"warning time-out-of-range x1 at old", "info clock-skew x1 at c"}));
    }

    void assemblingAgainChangesNothing()
    {
        auto first = assembled("t run - agent 0-100 in=30\nt one run model 0-40 in=30 response=x\nt x gone tool 0-1\n");
        const auto second = assemble(first.builder.corpus, first.builder.traceIds, {});
        QVERIFY(second);
        QCOMPARE(second->order, first.assembly.order);
        QCOMPARE(second->flags, first.assembly.flags);
    }

    void cancelIsSeen()
    {
        CorpusBuilder builder;
        addSpans(builder, "t a - model 0-1\n");
        std::stop_source stop;
        stop.request_stop();
        const auto result = assemble(builder.build(), builder.traceIds, {stop.get_token(), nullptr});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }

    void everySpanIsInTheOrderOnce()
    {
        std::mt19937 random(7);
        CorpusBuilder builder;
        constexpr int count = 3000;
        for (int i = 0; i < count; ++i) {
            SpanRecord span;
            span.trace = {0, 1 + random() % 5, IdForm::Hex128};
            span.span = {0, static_cast<std::uint64_t>(i) + 1, IdForm::Hex64};
            span.parent = {0, 1 + random() % (2 * count), IdForm::Hex64};
            span.start = static_cast<Nanos>(random() % 1000);
            span.end = span.start + 5;
            builder.add(span, {});
        }
        const auto result = assemble(builder.build(), builder.traceIds, {});
        QVERIFY(result);
        std::vector<Row> rows = result->order;
        std::sort(rows.begin(), rows.end());
        QCOMPARE(rows.size(), std::size_t{count});
        QVERIFY(std::adjacent_find(rows.begin(), rows.end()) == rows.end());
    }

    void manySiblingsAreByStartThenByImport()
    {
        std::mt19937 random(11);
        CorpusBuilder builder;
        constexpr std::uint64_t parents = 20;
        for (std::uint64_t i = 0; i < 2000; ++i) {
            SpanRecord span;
            span.trace = {0, 1, IdForm::Hex128};
            span.span = {0, i + 1, IdForm::Hex64};
            if (i >= parents)
                span.parent = {0, 1 + random() % parents, IdForm::Hex64};
            span.start = random() % 10 == 0 ? noTime : static_cast<Nanos>(random() % 30);
            builder.add(span, {});
        }
        const Corpus corpus = builder.build();
        const auto result = assemble(corpus, builder.traceIds, {});
        QVERIFY(result);
        QCOMPARE(result->order.size(), std::size_t{2000});
        std::map<std::int32_t, std::pair<Nanos, Row>> last;
        for (const Row row : result->order) {
            const std::pair here(corpus.spans.start(row), row);
            const auto [before, isFirst] = last.try_emplace(result->parentRow[row], here);
            QVERIFY(isFirst || before->second < here);
            before->second = here;
        }
        QCOMPARE(last.size(), std::size_t{parents + 1});
    }
};

QTEST_APPLESS_MAIN(TestAssemble)
#include "tst_assemble.moc"

// layers: items core analysis
#include "corpusbuilder.h"
#include "streamlistmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Three calls: a measured first token, a stated one, none.
std::shared_ptr<const StreamOverview> overview(StreamMetric metric, const RowsPtr& rows = nullptr)
{
    CorpusBuilder builder;
    auto samples = std::make_shared<StreamSamples>();
    const std::pair<Nanos, Provenance> known[] = {{400 * millisecond, Provenance::Measured},
                                                  {900 * millisecond, Provenance::Declared},
                                                  {noTime, Provenance::NotRecorded}};
    for (const auto& [first, source] : known) {
        SpanRecord span;
        span[SpanText::Name] = builder.intern("call " + std::to_string(samples->all.size()));
        StreamSample sample;
        sample.row = builder.add(span, {});
        sample.model = builder.intern("large\nmodel");
        sample.events = 3;
        sample.firstToken = first;
        sample.firstTokenSource = source;
        sample.ending = StreamEnding::BrokeOff;
        samples->all.push_back(sample);
    }
    auto of = std::make_shared<StreamCorpus>();
    of->corpus = std::make_shared<const Corpus>(builder.build());
    of->samples = samples;
    return overviewOf(of, StreamGrouping::Model, metric, rows);
}

} // namespace

class TestStreamListModel : public QObject
{
    Q_OBJECT

private slots:
    void streamsAreRows()
    {
        StreamListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setStreams(overview(StreamMetric::FirstToken), {1, 0, 2});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.rowOf(0), Row(1));
        const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(cell(0, StreamListModel::NameColumn), "call 1");
        QCOMPARE(cell(0, StreamListModel::ValueColumn), "900 ms");
        QCOMPARE(cell(0, StreamListModel::HowColumn).toLower(), "declared");
        QCOMPARE(cell(1, StreamListModel::ValueColumn), "400 ms");
        QCOMPARE(cell(2, StreamListModel::ValueColumn), QString::fromUtf8("–"));
        QVERIFY(!cell(2, StreamListModel::ModelColumn).contains(u'\n'));
        QCOMPARE(cell(2, StreamListModel::EndingColumn), "Broke off");
        QCOMPARE(model.headerData(StreamListModel::ValueColumn, Qt::Horizontal).toString(), "Time to the first token");
        model.setStreams(nullptr, {});
        QCOMPARE(model.rowCount(), 0);
    }

    void anOverviewHasAxisAndLines()
    {
        const auto first = overview(StreamMetric::FirstToken);
        QCOMPARE(first->lines.size(), std::size_t(1));
        QCOMPARE(first->streams, std::size_t(3));
        QCOMPARE(first->values, std::size_t(2));
        QVERIFY(!first->anyZero);
        QVERIFY(first->recorded[std::size_t(StreamMetric::FirstToken)]);
        QVERIFY(first->recorded[std::size_t(StreamMetric::Withdrawn)]);
        QVERIFY(!first->recorded[std::size_t(StreamMetric::Acceptance)]);
        QCOMPARE(first->first, bucketOf(0.4, BucketScale::Logarithmic));
        QCOMPARE(first->last, bucketOf(0.9, BucketScale::Logarithmic));
        QVERIFY(overview(StreamMetric::Withdrawn)->anyZero);
        const auto shares = overview(StreamMetric::Acceptance);
        QCOMPARE(shares->values, std::size_t(0));
        QCOMPARE(shares->last - shares->first, 19);
        const auto filtered =
            overview(StreamMetric::FirstToken, std::make_shared<const std::vector<Row>>(std::vector<Row>{1}));
        QCOMPARE(filtered->streams, std::size_t(1));
        QCOMPARE(filtered->first, filtered->last);
    }

    void boundsInWords()
    {
        const auto first = overview(StreamMetric::FirstToken);
        const Distribution& made = first->lines[0].distribution;
        QCOMPARE(boundsText(StreamMetric::FirstToken, made, made.buckets[0]), "from 400 ms to 500 ms");
        const auto stalls = overview(StreamMetric::Withdrawn);
        const Distribution& none = stalls->lines[0].distribution;
        QCOMPARE(boundsText(StreamMetric::Withdrawn, none, none.buckets[0]), "none");
    }
};

QTEST_APPLESS_MAIN(TestStreamListModel)
#include "tst_streamlistmodel.moc"

// layers: items core analysis
#include "otlplines.h"
#include "stopbook.h"
#include "stopwords.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const QString week = QStringLiteral(ARCSCOPE_TEST_SAMPLES "/support-week");
constexpr int patience = 60'000;

/// A model call that ends with a word.
QByteArray call(int number, const std::string& word)
{
    const auto text = [](const std::string& key, const std::string& value) {
        return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
    };
    OtlpLine span;
    span.span = number;
    span.name = "chat m";
    span.start = number;
    span.end = number + 1;
    std::string line = otlpLine(span);
    line.insert(line.size() - std::string("}]}]}]}\n").size(), ",\"attributes\":[" +
                                                                   text("gen_ai.operation.name", "chat") + "," +
                                                                   text("gen_ai.response.finish_reasons", word) + "]");
    return QByteArray::fromStdString(line);
}

} // namespace

class TestStopBook : public QObject
{
    Q_OBJECT

private slots:
    void theSearchTellsWhatCallsStoppedFor()
    {
        AppState state;
        FindingBook findings(state);
        StopBook book(state, findings);
        QVERIFY(book.stops()->survey.empty());
        QVERIFY(book.pair(0).isEmpty());
        QSignalSpy changed(&book, &StopBook::changed);
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(int(findings.stage()), int(SearchStage::Done), patience);
        QVERIFY(changed.size() >= 1);
        const Corpus& corpus = *state.corpus();
        std::size_t calls = 0;
        std::size_t disagreeing = 0;
        for (Row row = 0; row < corpus.spans.rows(); ++row) {
            if (corpus.spans.kind(row) != SpanKind::ModelCall || corpus.spans.flagged(row, SpanFlag::Superseded))
                continue;
            ++calls;
            QVERIFY(book.of(row));
            disagreeing += book.of(row)->disagrees ? 1 : 0;
            QCOMPARE(book.pair(row).recorded, !corpus.text(SpanText::StopReason, row).empty());
        }
        QVERIFY(calls > 200);
        QVERIFY(disagreeing > 5);
        QVERIFY(std::is_sorted(book.stops()->survey.begin(), book.stops()->survey.end(),
                               [](const SpanStop& a, const SpanStop& b) { return a.row < b.row; }));
        state.close();
        state.announce();
        QVERIFY(book.stops()->survey.empty());
    }

    void whatHasGrownIsKnownAgain()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("calls.jsonl"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(call(1, "tool_calls") + call(2, "length"));
        file.flush();
        AppState state;
        FindingBook findings(state);
        StopBook book(state, findings);
        state.open({path});
        QTRY_COMPARE_WITH_TIMEOUT(book.stops()->survey.size(), std::size_t(2), patience);
        QTRY_COMPARE_WITH_TIMEOUT(int(findings.stage()), int(SearchStage::Done), patience);
        QCOMPARE(book.pair(1).bucket, StopBucket::BudgetCut);
        state.setFollowing(true);
        file.write(call(3, "length"));
        file.flush();
        state.lookAtFiles();
        QTRY_COMPARE_WITH_TIMEOUT(state.corpus()->spans.rows(), Row(3), patience);
        QTRY_VERIFY_WITH_TIMEOUT(book.of(1) != nullptr, patience); // still, or again
        QTRY_COMPARE_WITH_TIMEOUT(book.stops()->survey.size(), std::size_t(3), patience);
        QCOMPARE(book.pair(2).bucket, StopBucket::BudgetCut);
        state.setFollowing(false);
    }

    void whatATestSaysIsTaken()
    {
        AppState state;
        FindingBook findings(state);
        StopBook book(state, findings);
        QSignalSpy changed(&book, &StopBook::changed);
        auto stops = std::make_shared<FoundStops>();
        stops->survey.push_back({.row = 4});
        book.setStops(stops);
        QCOMPARE(changed.size(), qsizetype(1));
        QVERIFY(book.of(4));
        QVERIFY(!book.of(5));
        QVERIFY(book.pair(4).isEmpty()); // no corpus says its word
    }
};

QTEST_GUILESS_MAIN(TestStopBook)
#include "tst_stopbook.moc"

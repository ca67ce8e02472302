// layers: core store
#include "annotations.h"
#include "foundplaces.h"
#include "tracesof.h"

#include <QTest>

using namespace arcscope;

class TestFoundPlaces : public QObject
{
    Q_OBJECT

    static Corpus corpusOf(const std::string& spans)
    {
        testing::CorpusBuilder builder;
        testing::addSpans(builder, spans);
        SpanRecord nameless;
        builder.add(nameless, {});
        Corpus corpus = builder.build();
        corpus.traces = testing::tracesOf(builder);
        return corpus;
    }

private slots:
    void everyPlaceIsFoundAgain()
    {
        const Corpus corpus = corpusOf("00000000000000000000000000000abc 00000000000000ff - agent 0-1\n"
                                       "00000000000000000000000000000abc 00000000000000fe - agent 0-1\n"
                                       "run-7 step-1 - agent 0-1\n"
                                       "run-8 step-1 - agent 0-1\n"
                                       "run-8/span:x step-1 - agent 0-1\n"
                                       "run-8 x/span:step-1 - agent 0-1\n"
                                       "01234567-89ab-cdef-0123-456789abcdef 00000000000000ff - agent 0-1\n");
        std::vector<std::string> places;
        std::vector<FoundPlace> expected;
        for (Row row = 0; row < corpus.spans.rows(); ++row) {
            places.push_back(placeOfSpan(corpus, row));
            expected.push_back({static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)), row});
        }
        for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
            places.push_back(placeOfTrace(corpus, trace));
            expected.push_back({trace, noRow});
        }
        const std::vector<FoundPlace> found = findPlaces(corpus, places);
        for (std::size_t i = 0; i < places.size(); ++i) {
            // Two spans of which the ids are written the same way cannot be told apart.
            if (places[i] == "trace:run-8/span:x/span:step-1")
                QVERIFY(found[i].row == 4 || found[i].row == 5);
            else
                QVERIFY2(found[i] == expected[i], places[i].c_str());
        }
    }

    void whatIsNotThereIsNotFound()
    {
        const Corpus corpus = corpusOf("run-7 step-1 - agent 0-1\n");
        for (const char* place : {"", "corpus", "trace:", "trace:run-8", "trace:run-7/span:", "trace:run-7/span:step-2",
                                  "trace:step-1/span:run-7", "span-row:2", "span-row:-1", "span-row:", "span-row:0x",
                                  "trace-row:9", "arc:session:1", "/etc/passwd"})
            QVERIFY2(findPlaces(corpus, std::vector<std::string>{place}).front() == FoundPlace(), place);
        QVERIFY(findPlaces(corpus, {}).empty());
    }

    void ofSpansThatWereReplacedTheLaterOneIsMeant()
    {
        testing::CorpusBuilder builder;
        testing::addSpans(builder, "t a - agent 0-1\nt a - agent 0-2\n");
        Corpus corpus = builder.build();
        corpus.traces = testing::tracesOf(builder);
        SpanTable::Chunk chunk = corpus.spans.chunks().front();
        const std::vector<std::int64_t> flags{static_cast<std::int64_t>(bit(SpanFlag::Superseded)), 0};
        chunk.columns[static_cast<std::size_t>(SpanColumn::Flags)] = std::make_shared<Column>(encode(flags));
        corpus.spans = {};
        corpus.spans.append(std::move(chunk));
        QCOMPARE(findPlaces(corpus, std::vector<std::string>{"trace:t/span:a"}).front().row, Row(1));
    }
};

QTEST_APPLESS_MAIN(TestFoundPlaces)
#include "tst_foundplaces.moc"

// layers: items core analysis
#include "stopreading.h"
#include "stopscript.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

SpanStop outputStop(std::int32_t from, std::int32_t to)
{
    SpanStop stop;
    stop.row = 3;
    stop.place = {TextPlace::Of::Output, 0, 0};
    stop.from = from;
    stop.to = to;
    return stop;
}

QString marked(const StopExcerpt& excerpt)
{
    return excerpt.text.mid(excerpt.markFrom, excerpt.markTo - excerpt.markFrom);
}

} // namespace

class TestStopReading : public QObject
{
    Q_OBJECT

private slots:
    void theEndIsShownWithItsMark()
    {
        SpanContent content;
        content.output = {said(Role::Assistant, "It is done. ```sh")};
        const StopReading reading = stopReading(content, outputStop(12, 17));
        QCOMPARE(reading.row, Row(3));
        QCOMPARE(reading.end.text, QStringLiteral("It is done. ```sh"));
        QCOMPARE(marked(reading.end), QStringLiteral("```sh"));
        QVERIFY(!reading.end.cutBefore && !reading.end.cutBehind);
        QVERIFY(reading.decided.text.isEmpty());
        QVERIFY(!reading.end.title.isEmpty());
    }

    void onlyTheLastCharactersAreShownAndNoneIsCut()
    {
        SpanContent content;
        std::string text;
        for (int i = 0; i < 300; ++i)
            text += "ü";
        content.output = {said(Role::Assistant, text)};
        const StopReading reading = stopReading(content, outputStop(-1, -1));
        QCOMPARE(reading.end.text, QString(endCharacters, QChar(0xfc)));
        QVERIFY(reading.end.cutBefore && !reading.end.isMarked());
        QVERIFY(reading.decided.text.isEmpty());
    }

    void whatDecidedFarFromTheEndIsShownToo()
    {
        SpanContent content;
        content.output = {said(Role::Assistant, "Here are 5 steps: " + std::string(1'000, 'x'))};
        const StopReading reading = stopReading(content, outputStop(9, 16));
        QCOMPARE(marked(reading.decided), QStringLiteral("5 steps"));
        QVERIFY(!reading.decided.cutBefore && reading.decided.cutBehind);
        QCOMPARE(reading.end.text.size(), qsizetype(endCharacters));
        QVERIFY(!reading.end.isMarked());
    }

    void otherTextsDecideAndTheAnswerEndsAsItDoes()
    {
        SpanContent content;
        content.output = {said(Role::Assistant, "All good."), asked("search", "1", "{\"q\": 1}")};
        content.statusMessage = "deadline \x1b[31mexceeded";
        SpanStop stop = outputStop(-1, -1);
        stop.place = {TextPlace::Of::StatusMessage, 0, 0};
        const StopReading reading = stopReading(content, stop);
        QVERIFY(reading.decided.text.startsWith(QStringLiteral("deadline ")));
        QVERIFY(!reading.decided.text.contains(QChar(0x1b)));
        QCOMPARE(reading.end.text, QStringLiteral("All good."));
        SpanContent call;
        call.output = {asked("search", "1", "{\"q\": 1}")};
        stop.place = {};
        QCOMPARE(stopReading(call, stop).end.text, QStringLiteral("{\"q\": 1}"));
        QVERIFY(stopReading(call, stop).end.title.endsWith(QStringLiteral("call of search")));
        QVERIFY(stopReading(SpanContent(), stop).end.text.isEmpty());
    }

    void rangesOutsideOfTheTextAreCut()
    {
        SpanContent content;
        content.output = {said(Role::Assistant, "short")};
        const StopReading reading = stopReading(content, outputStop(3, 900));
        QCOMPARE(marked(reading.end), QStringLiteral("rt"));
        SpanStop away = outputStop(0, 4);
        away.place.message = 7;
        QCOMPARE(stopReading(content, away).end.text, QStringLiteral("short"));
    }

    void exemplarsAreTheLongestTheNewestAndFiveOthers()
    {
        std::string lines;
        for (int i = 0; i < 20; ++i)
            lines += "t s" + std::to_string(i) + " - model " + std::to_string(i) + "-" + std::to_string(i + 1) +
                     " out=" + std::to_string(i == 4 ? 900 : i) + "\n";
        const Corpus corpus = corpusOf(lines);
        std::vector<Row> rows;
        for (Row row = 0; row < corpus.spans.rows(); ++row)
            rows.push_back(row);
        const auto picked = stopExemplars(corpus, rows, 1);
        QCOMPARE(picked.size(), std::size_t(7));
        QCOMPARE(picked[0], (StopExemplar{rowNamed(corpus, "s4"), StopExemplar::Why::Longest}));
        QCOMPARE(picked[1], (StopExemplar{rowNamed(corpus, "s19"), StopExemplar::Why::Newest}));
        QCOMPARE(stopExemplars(corpus, rows, 1), picked);
        QVERIFY(stopExemplars(corpus, rows, 2) != picked);
        for (std::size_t i = 0; i < picked.size(); ++i) {
            for (std::size_t k = 0; k < i; ++k)
                QVERIFY(picked[i].row != picked[k].row);
        }
        QCOMPARE(stopExemplars(corpus, {rows[4]}, 1).size(), std::size_t(1));
        QVERIFY(stopExemplars(corpus, {}, 1).empty());
        const Corpus bare = corpusOf("t a - model -\n");
        QCOMPARE(stopExemplars(bare, {0}, 1), (std::vector<StopExemplar>{{0, StopExemplar::Why::Random}}));
    }
};

QTEST_GUILESS_MAIN(TestStopReading)
#include "tst_stopreading.moc"

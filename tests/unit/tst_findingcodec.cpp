// layers: core analysis store pipeline
#include "findingcodec.h"

#include <QTest>

#include <array>

using namespace arcscope;

namespace
{

constexpr std::array<Row, 3> rows{40, 41, 7};

std::vector<DetectorFindings> sample()
{
    FindingPlace place;
    place.row = 7;
    place.event = 12;
    place.time = -5;
    place.text = {TextPlace::Of::Output, 300, 2};
    place.from = 1'000'000;
    place.to = 1'000'020;
    place.quote = std::string("41 \0 \xC3\xA4", 7);
    place.marks = {{0, 2, QuoteMark::differs}, {3, 5, 4}};
    Finding finding;
    finding.rule = "contradiction.number";
    finding.level = FindingLevel::Check;
    finding.weight = FindingWeight::Severe;
    finding.evidence = StreamEvidence::Inferred;
    finding.strength = 0.1;
    finding.exposure = 3 * second;
    finding.what = "It says 41, then 39.";
    finding.cause = "t/s";
    finding.places = {place, {}};
    finding.places[1].row = 40;
    finding.facts = {{"guards checked", "list item, condition"}, {"", ""}};
    return {{"first", 3, {finding}, {}}, {"second", 1, {}, {{"key", "value", place}}}, {"third", -1, {}, {}}};
}

} // namespace

class TestFindingCodec : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsLost()
    {
        const auto bytes = encoded(sample(), rows);
        QVERIFY(bytes);
        QCOMPARE(decodedFindings(*bytes, rows).value(), sample());
    }

    void rowsFollowTheirTrace()
    {
        const std::array<Row, 3> later{140, 141, 107};
        auto expected = sample();
        for (DetectorFindings& one : expected) {
            for (Finding& finding : one.findings) {
                for (FindingPlace& place : finding.places)
                    place.row += 100;
            }
            for (TraceFact& fact : one.facts)
                fact.place.row += 100;
        }
        QCOMPARE(decodedFindings(*encoded(sample(), rows), later).value(), expected);
    }

    void placesOfOtherTracesAreNotKept()
    {
        QVERIFY(!encoded(sample(), std::span(rows).first(2)));
        const auto bytes = *encoded(sample(), rows);
        QVERIFY(!decodedFindings(bytes, std::span(rows).first(2)));
    }

    void damageIsSeen()
    {
        const std::string bytes = *encoded(sample(), rows);
        for (std::size_t length = 0; length < bytes.size(); ++length)
            QVERIFY2(!decodedFindings(std::string_view(bytes).substr(0, length), rows),
                     qPrintable(QString::number(length)));
        QVERIFY(!decodedFindings(bytes + 'x', rows));
        QVERIFY(!decodedFindings('\3' + bytes.substr(1), rows));
        // A changed byte gives something else or nothing, and never reads outside (sanitizers look).
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            std::string changed = bytes;
            changed[i] = static_cast<char>(changed[i] ^ 0xFF);
            const auto read = decodedFindings(changed, rows);
            QVERIFY2(!read || *read != sample(), qPrintable(QString::number(i)));
        }
    }
};

QTEST_APPLESS_MAIN(TestFindingCodec)
#include "tst_findingcodec.moc"

// layers: core analysis
#include "valueevidence.h"

#include "claimevidence.h"

#include <QTest>

using namespace arcscope;

namespace
{

/// Whether a value of the sentence stands in the text.
bool supports(std::string_view text, std::string_view sentence)
{
    ValueEvidence evidence;
    evidence.add(text, 0);
    ClaimReader reader;
    const ClaimSentence claim = reader.read(sentence);
    if (claim.values.size() != 1)
        qFatal("one value is needed");
    return evidence.first(claim.values[0], partOf(sentence, bytesOf(claim, 0))) != ValueEvidence::none;
}

} // namespace

class TestValueEvidence : public QObject
{
    Q_OBJECT

private slots:
    void valuesAreFoundHoweverTheyAreWritten()
    {
        QVERIFY(supports("{\"at\":\"2024-05-15T10:30:00Z\"}", "It leaves on May 15, 2024."));
        QVERIFY(supports("{\"at\":\"2024-05-15T10:30:00Z\"}", "It leaves at 10:30 AM."));
        QVERIFY(supports("{\"at\":\"2024-05-15T22:30:00Z\"}", "It leaves at 10:30 PM."));
        QVERIFY(supports("05/15/2024", "It leaves on 15 May 2024."));
        QVERIFY(supports("on May 15th", "It leaves on 2024-05-15."));
        QVERIFY(supports("{\"price\": 1200.5}", "It costs $1,200.50."));
        QVERIFY(supports("{\"price\": 120050}", "It costs $1,200.50."));
        QVERIFY(supports("{\"share\": 0.155}", "The share is 15.5%."));
        QVERIFY(supports("{\"when\": 1715769000}", "It leaves on 2024-05-15."));
        QVERIFY(supports("{\"card\": \"gift_card_8191784\"}", "The card ends in 1784."));
        QVERIFY(supports("{\"mass\": 12.3456}", "It weighs 12.35 kg."));
        QVERIFY(supports("{\"gray\": \"#6c6c6c\"}", "The gray is RGB 108,108,108."));
        QVERIFY(supports("color: rgb(108, 108, 108)", "The gray is #6C6C6C."));
        QVERIFY(supports("{\"mask\": \"0x1f4\"}", "The mask is 500."));
        QVERIFY(supports("{\"mask\": 500}", "The mask is 0x1F4."));
        QVERIFY(supports("cpu 25%", "The share is 0.25."));
    }

    void otherValuesAreNot()
    {
        QVERIFY(!supports("{\"at\":\"2024-05-15T10:30:00Z\"}", "It leaves on May 16, 2024."));
        QVERIFY(!supports("{\"at\":\"2024-05-15T10:30:00Z\"}", "It leaves at 10:30 PM."));
        QVERIFY(!supports("on 2023-05-15", "It leaves on 2024-05-15."));
        QVERIFY(!supports("{\"price\": 1200.5}", "It costs $1,200.60."));
        QVERIFY(!supports("HAT155", "It costs $155."));
        QVERIFY(!supports("{\"id\": \"FQ8APE\"}", "The code is FQ9APE."));
        QVERIFY(!supports("{\"gray\": \"#6c6c6c\"}", "The gray is RGB 108,108,109."));
        QVERIFY(!supports("{\"mask\": \"0x1f4\"}", "The mask is 501."));
    }

    void theFirstTextIsTold()
    {
        ValueEvidence evidence;
        evidence.add("costs 41", 3);
        evidence.add("costs 41 or 42", 7);
        QCOMPARE(evidence.firstNumber(41), 3u);
        QCOMPARE(evidence.firstNumber(42), 7u);
        QCOMPARE(evidence.firstNumber(43), ValueEvidence::none);
    }

    void anyBytesAreRead()
    {
        QVERIFY(evidenceKeys("").empty());
        for (const char* text : {"1", "12:", "2024-", "2024-13-45", "May", "May 99", "99:99", "1,", "1.", "@", "_9",
                                 "9999999999999999999999", "\xff\xfe", "3 p", "3 pm"})
            evidenceKeys(text);
        QCOMPARE(evidenceKeys("3 pm").front().number, 900.0);
    }
};

QTEST_APPLESS_MAIN(TestValueEvidence)
#include "tst_valueevidence.moc"

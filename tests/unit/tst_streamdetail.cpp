// layers: core
#include "streamdetail.h"

#include <QTest>

using namespace arcscope;

class TestStreamDetail : public QObject
{
    Q_OBJECT

private slots:
    void membersAreFound_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("value");
        QTest::newRow("string") << "{\"reason\":\"refusal\",\"b\":1}"
                                << "refusal";
        QTest::newRow("behind others") << "{ \"a\" : {\"reason\":\"x\"}, \"c\":[1,{\"reason\":2}], \"reason\" : \"y\" }"
                                       << "y";
        QTest::newRow("number") << "{\"reason\":12 }"
                                << "12";
        QTest::newRow("object") << "{\"reason\":{\"a\":[1,2]},\"b\":1}"
                                << "{\"a\":[1,2]}";
        QTest::newRow("escaped") << "{\"x\":\"\\\"reason\\\":\",\"reason\":\"a\\\"b\"}"
                                 << "a\\\"b";
        QTest::newRow("first of two") << "{\"reason\":\"1\",\"reason\":\"2\"}"
                                      << "1";
        QTest::newRow("none") << "{\"other\":\"reason\"}"
                              << "";
        QTest::newRow("no object") << "\"reason\""
                                   << "";
        QTest::newRow("nothing") << ""
                                 << "";
        QTest::newRow("cut in the key") << "{\"rea"
                                        << "";
        QTest::newRow("cut behind the key") << "{\"reason\""
                                            << "";
        QTest::newRow("cut in a string") << "{\"reason\":\"ab"
                                         << "\"ab";
        QTest::newRow("cut in an escape") << "{\"reason\":\"ab\\"
                                          << "\"ab\\";
    }
    void membersAreFound()
    {
        QFETCH(QString, json);
        QFETCH(QString, value);
        const std::string text = json.toStdString();
        const std::string_view found = detailValue(text, "reason");
        QCOMPARE(QString::fromUtf8(found.data(), static_cast<qsizetype>(found.size())), value);
    }

    void integersAreRead()
    {
        QCOMPARE(detailInteger("{\"n\":12}", "n"), std::optional<std::int64_t>(12));
        QCOMPARE(detailInteger("{\"n\":\"-7\"}", "n"), std::optional<std::int64_t>(-7));
        QCOMPARE(detailInteger("{\"n\":1.5}", "n"), std::nullopt);
        QCOMPARE(detailInteger("{\"m\":1}", "n"), std::nullopt);
    }
};

QTEST_APPLESS_MAIN(TestStreamDetail)
#include "tst_streamdetail.moc"

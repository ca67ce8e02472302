// layers: core items
#include "recordrange.h"

#include <QTest>

using namespace arcscope;

class TestRecordRange : public QObject
{
    Q_OBJECT

private slots:
    void markedTextIsFoundInTheRecord()
    {
        const std::string record = "{\"a\":\"one \\\"two\\\" \u00e9\",\"b\":\"x x\",\"c\":12.5}";
        for (const char* text : {"one ", "12.5", "é", "\"a\"", "one \"two\""}) {
            const auto part = bytesOfText(record, QString::fromUtf8(text));
            QVERIFY2(part.has_value(), text);
            QCOMPARE(part->of, PlacePart::Of::Bytes);
            QVERIFY(part->to <= static_cast<std::int64_t>(record.size()));
        }
        const auto plain = bytesOfText(record, QStringLiteral("12.5"));
        QCOMPARE(record.substr(static_cast<std::size_t>(plain->from), 4), std::string("12.5"));
        QCOMPARE(textOfBytes(record, *plain), QStringLiteral("12.5"));
    }

    void whatCannotBeToldIsNotGuessed()
    {
        const std::string record = "{\"a\":\"x x\"}";
        QVERIFY(!bytesOfText(record, QStringLiteral("x")));         // stands there twice
        QVERIFY(!bytesOfText(record, QStringLiteral("\"a\": \""))); // laid out with a blank
        QVERIFY(!bytesOfText(record, {}));
        QVERIFY(textOfBytes(record, {PlacePart::Of::Bytes, 3, 400}).isEmpty());
        QVERIFY(textOfBytes(record, {PlacePart::Of::Event, 3, 0}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRecordRange)
#include "tst_recordrange.moc"

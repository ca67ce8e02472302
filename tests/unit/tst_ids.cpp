// layers: core
#include "ids.h"

#include <QTest>
#include <set>

using namespace arcscope;

class TestIds : public QObject
{
    Q_OBJECT

private slots:
    void everyFormIsRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("form");
        QTest::addColumn<quint64>("high");
        QTest::addColumn<quint64>("low");
        const auto row = [](const char* tag, const char* text, IdForm form, quint64 high, quint64 low) {
            QTest::newRow(tag) << QByteArray(text) << static_cast<int>(form) << high << low;
        };
        row("empty", "", IdForm::None, 0, 0);
        row("zero span id", "0000000000000000", IdForm::None, 0, 0);
        row("zero trace id", "00000000000000000000000000000000", IdForm::None, 0, 0);
        row("zero uuid", "00000000-0000-0000-0000-000000000000", IdForm::None, 0, 0);
        row("span id", "00f067aa0ba902b7", IdForm::Hex64, 0, 0x00f067aa0ba902b7);
        row("upper case", "00F067AA0BA902B7", IdForm::Hex64, 0, 0x00f067aa0ba902b7);
        row("0x in front", "0x00f067aa0ba902b7", IdForm::Hex64, 0, 0x00f067aa0ba902b7);
        row("trace id", "4bf92f3577b34da6a3ce929d0e0e4736", IdForm::Hex128, 0x4bf92f3577b34da6, 0xa3ce929d0e0e4736);
        row("uuid", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736", IdForm::Uuid, 0x4bf92f3577b34da6, 0xa3ce929d0e0e4736);
        row("base64 trace id", "S/kvNXezTaajzpKdDg5HNg==", IdForm::Hex128, 0x4bf92f3577b34da6, 0xa3ce929d0e0e4736);
        row("base64 span id", "APBnqgupArc=", IdForm::Hex64, 0, 0x00f067aa0ba902b7);
        row("url-safe base64", "S_kvNXezTaajzpKdDg5HNg==", IdForm::Hex128, 0x4bf92f3577b34da6, 0xa3ce929d0e0e4736);
        row("word", "call_7", IdForm::Text, 0, 0);
        row("one digit short", "00f067aa0ba902b", IdForm::Text, 0, 0);
        row("no hex digit", "00f067aa0ba902bg", IdForm::Text, 0, 0);
        row("uuid without its dashes in place", "4bf92f3577-b3-4da6-a3ce-929d0e0e4736", IdForm::Text, 0, 0);
        row("only 0x", "0x", IdForm::Text, 0, 0);
    }

    void everyFormIsRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, form);
        QFETCH(quint64, high);
        QFETCH(quint64, low);
        const Id id = parseId({text.constData(), static_cast<std::size_t>(text.size())});
        QCOMPARE(static_cast<int>(id.form), form);
        QCOMPARE(quint64(id.high), high);
        QCOMPARE(quint64(id.low), low);
        QCOMPARE(static_cast<bool>(id), id.form != IdForm::None);
    }

    void textComesBackAsWritten()
    {
        for (const char* text :
             {"", "00f067aa0ba902b7", "4bf92f3577b34da6a3ce929d0e0e4736", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"})
            QCOMPARE(idText(parseId(text)), std::string(text));
        QCOMPARE(idText(parseId("call_7"), "call_7"), std::string("call_7"));
    }

    void equalDigitsInAnotherFormAreAnotherId()
    {
        const Id hex = parseId("4bf92f3577b34da6a3ce929d0e0e4736");
        const Id uuid = parseId("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
        QVERIFY(hex != uuid);
        QVERIFY(hashOf(hex) != hashOf(uuid));
    }

    void hashesOfNeighboursDiffer()
    {
        std::set<std::uint64_t> seen;
        std::set<std::uint64_t> lowBytes;
        for (std::uint64_t i = 1; i <= 4096; ++i) {
            const std::uint64_t hash = hashOf(Id{0, i, IdForm::Hex64});
            seen.insert(hash);
            lowBytes.insert(hash & 0xff);
        }
        QCOMPARE(seen.size(), std::size_t(4096));
        QCOMPARE(lowBytes.size(), std::size_t(256));
    }

    void onlyEmptyTextHashesToZero()
    {
        QCOMPARE(hashOf(std::string_view{}), std::uint64_t(0));
        QVERIFY(hashOf(std::string_view("a")) != 0);
        QVERIFY(hashOf(std::string_view("a")) != hashOf(std::string_view("b")));
        QVERIFY(hashOf(std::string_view("ab")) != hashOf(std::string_view("ba")));
    }

    void indicesAreOrderedAndZeroIsNone()
    {
        QVERIFY(!StringId{});
        QVERIFY(StringId{1});
        QVERIFY(StringId{1} < StringId{2});
        QCOMPARE(StringId{3}.value, 3u);
    }
};

QTEST_APPLESS_MAIN(TestIds)
#include "tst_ids.moc"

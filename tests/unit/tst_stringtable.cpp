// layers: core
#include "stringtable.h"

#include <QTest>

using namespace arcscope;

class TestStringTable : public QObject
{
    Q_OBJECT

private slots:
    void equalTextsShareAnId()
    {
        StringPool pool;
        QCOMPARE(pool.intern("model").value, 1u);
        QCOMPARE(pool.intern("tool").value, 2u);
        QCOMPARE(pool.intern("model").value, 1u);
        QCOMPARE(pool.size(), 3u);
    }

    void idsStayWhenThereAreMany()
    {
        constexpr std::uint32_t many = 50'000;
        StringPool pool;
        for (std::uint32_t i = 1; i <= many; ++i)
            QCOMPARE(pool.intern("text " + std::to_string(i)).value, i);
        for (std::uint32_t i = 1; i <= many; ++i)
            QCOMPARE(pool.intern("text " + std::to_string(i)).value, i);
        StringTable table;
        table.append(pool.takeNew());
        QCOMPARE(table[StringId{many}], std::string_view("text 50000"));
    }

    void emptyTextIsNotRecorded()
    {
        StringPool pool;
        QVERIFY(!pool.intern(""));
        QCOMPARE(pool.size(), 1u);
        QVERIFY(!pool.takeNew());
        const StringTable table;
        QCOMPARE(table.size(), 1u);
        QVERIFY(table[StringId{}].empty());
        QVERIFY(!table.find(""));
    }

    void segmentsContinueTheIds()
    {
        StringPool pool;
        StringTable table;
        pool.intern("a");
        pool.intern("bc");
        table.append(pool.takeNew());
        const StringTable before = table;
        pool.intern("d");
        pool.intern("a");
        table.append(pool.takeNew());
        table.append(pool.takeNew());

        QCOMPARE(table.size(), 4u);
        QCOMPARE(table[StringId{1}], std::string_view("a"));
        QCOMPARE(table[StringId{2}], std::string_view("bc"));
        QCOMPARE(table[StringId{3}], std::string_view("d"));
        QCOMPARE(table.find("d").value, 3u);
        QVERIFY(!table.find("b"));
        QCOMPARE(before.size(), 3u);
        QVERIFY2(!before.find("d"), "a snapshot does not see what comes later");
    }

    void aPoolContinuesATable()
    {
        StringPool first;
        first.intern("a");
        first.intern("b");
        StringTable table;
        table.append(first.takeNew());

        StringPool second(table);
        QVERIFY2(!second.takeNew(), "what the table has is not new");
        QCOMPARE(second.intern("b").value, 2u);
        QCOMPARE(second.intern("c").value, 3u);
        table.append(second.takeNew());
        QCOMPARE(table[StringId{3}], std::string_view("c"));
    }

    /// Keys point into the texts: they have to stay where they are while the pool grows, short texts too.
    void manyTextsStayInPlace()
    {
        StringPool pool;
        for (std::uint32_t i = 1; i <= 10'000; ++i)
            QCOMPARE(pool.intern(std::to_string(i)).value, i);
        for (std::uint32_t i = 1; i <= 10'000; ++i)
            QCOMPARE(pool.intern(std::to_string(i)).value, i);
    }

    void bytesOfAnyKindAreKept()
    {
        using namespace std::string_view_literals;
        StringPool pool;
        const StringId id = pool.intern("a\0b\xff"sv);
        StringTable table;
        table.append(pool.takeNew());
        QVERIFY(table[id] == "a\0b\xff"sv);
    }
};

QTEST_APPLESS_MAIN(TestStringTable)
#include "tst_stringtable.moc"

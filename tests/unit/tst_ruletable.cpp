// layers: core importers
#include "ruletable.h"

#include <QtTest>

#include <cstring>
#include <string>
#include <vector>

using namespace arcscope;

class TestRuleTable : public QObject
{
    Q_OBJECT

private slots:
    void firstBytesOfAllLengths();
    void everyRuleIsFound();
    void ofOneKeyTheFirstStays();
};

void TestRuleTable::firstBytesOfAllLengths()
{
    const std::string text = "\x81\x92\xa3\xb4\xc5\xd6\xe7\xf8rest";
    for (std::size_t size = 0; size <= text.size(); ++size) {
        std::uint64_t expected = 0;
        for (std::size_t i = 0; i < std::min<std::size_t>(size, 8); ++i)
            expected |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
        QCOMPARE(firstBytes(std::string_view(text).substr(0, size)), expected);
    }
}

void TestRuleTable::everyRuleIsFound()
{
    constexpr std::size_t count = 200;
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < count; ++i)
        keys.push_back(std::string(i % 23, 'k') + std::to_string(i));
    std::vector<AttributeRule> rules;
    for (const std::string& key : keys)
        rules.push_back({key, Field::Cost});
    RuleTable table(2 * count + 1);
    for (const AttributeRule& rule : rules)
        table.insert(rule);
    for (std::size_t i = 0; i < count; ++i) {
        QCOMPARE(table.find(keys[i]), &rules[i]);
        QVERIFY(!table.find(keys[i] + "x"));
        QVERIFY(!table.find("x" + keys[i]));
    }
    QVERIFY(!table.find(""));
}

void TestRuleTable::ofOneKeyTheFirstStays()
{
    const AttributeRule first{"key", Field::Cost};
    const AttributeRule second{"key", Field::Input};
    RuleTable table(8);
    table.insert(first);
    table.insert(second);
    QCOMPARE(table.find("key"), &first);
}

QTEST_APPLESS_MAIN(TestRuleTable)
#include "tst_ruletable.moc"

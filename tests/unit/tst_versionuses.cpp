// layers: core analysis
#include "tracescript.h"
#include "versionuses.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

SpanContent with(std::vector<std::pair<std::string, std::string>> attributes, AttributeType type = AttributeType::Text)
{
    SpanContent content;
    for (auto& [key, value] : attributes)
        content.attributes.push_back({key, value, type});
    return content;
}

SpanContent tools(const std::string& schema)
{
    return with({{"gen_ai.tool.definitions",
                  R"([{"type":"function","function":{"name":"search","parameters":)" + schema + "}}]"}},
                AttributeType::Json);
}

} // namespace

class TestVersionUses : public QObject
{
    Q_OBJECT

private slots:
    void definitionsAreToldApartByTheirSchema()
    {
        TraceScript script("t a - model 0-1\nt b - model 1-2\nt c - model 2-3\nt d - model 3-4\n");
        VersionReader reader(script.corpus);
        const std::string one = R"({"type":"object","properties":{"q":{"type":"string"}}})";
        const std::string sameInOtherOrder = R"({"properties":{"q":{"type":"string"}},  "type":"object"})";
        const std::string two = R"({"type":"object","properties":{"query":{"type":"string"}}})";
        reader.read(0, tools(one));
        reader.read(1, tools(one));
        reader.read(2, tools(sameInOtherOrder));
        reader.read(3, tools(two));
        const std::vector<VersionUse> uses = reader.take();
        QCOMPARE(uses.size(), std::size_t{2});
        QCOMPARE(uses[0].name, std::string("search"));
        QCOMPARE(uses[0].row, Row{0});
        QVERIFY(uses[0].version.size() == 9 && uses[0].version[0] == '#');
        QCOMPARE(uses[1].row, Row{3});
        QVERIFY(uses[0].version != uses[1].version);
        QCOMPARE(uses[1].time, script.corpus.spans.start(3));
    }

    void versionsThatAreRecorded()
    {
        TraceScript script("t a - tool 0-1 tool=refund\nt b - retrieval 1-2\nt c - model 2-3\n");
        VersionReader reader(script.corpus);
        reader.read(0, with({{"gen_ai.tool.version", "1.4"}, {"service.version", "9"}, {"tool.conversion", "7"}}));
        reader.read(1, with({{"retrieval.index.name", "handbook"}, {"retrieval.index_version", "2026-11-02"}}));
        reader.read(2, with({{"gen_ai.tool.version", "of no call"}, {"prompt", "index.version"}}));
        const std::vector<VersionUse> uses = reader.take();
        QCOMPARE(uses.size(), std::size_t{2});
        QCOMPARE(uses[0].name + ' ' + uses[0].version, std::string("refund 1.4"));
        QVERIFY(uses[1].index);
        QCOMPARE(uses[1].name + ' ' + uses[1].version, std::string("handbook 2026-11-02"));
    }
};

QTEST_APPLESS_MAIN(TestVersionUses)
#include "tst_versionuses.moc"

// layers: core analysis
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Rules = std::vector<std::string>;

struct Piece {
    const char* document;
    const char* version;
    const char* text;
};

std::vector<Attribute> attributesOf(const std::vector<Piece>& pieces)
{
    std::vector<Attribute> all;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::string key = "retrieval.documents." + std::to_string(i) + ".document.";
        all.push_back({key + "id", std::string(pieces[i].document) + '#' + std::to_string(i), AttributeType::Text});
        all.push_back({key + "content", pieces[i].text, AttributeType::Text});
        if (*pieces[i].version != '\0')
            all.push_back(
                {key + "metadata", "{\"version\":\"" + std::string(pieces[i].version) + "\"}", AttributeType::Json});
    }
    return all;
}

std::vector<Finding> findingsIn(const std::vector<Piece>& pieces)
{
    TraceScript script("t find - retrieval 0-10\n");
    script.content("find").attributes = attributesOf(pieces);
    return findingsOf(detectorNamed("retrieved-chunks"), script);
}

constexpr const char* fortnight = "The refund period for shoes is 14 days.";
constexpr const char* month = "The refund period for shoes is 30 days.";

/// A retrieval, a call, an answer.
Rules rulesOfCitation(const std::string& tool, const std::string& arguments, const std::string& answer,
                      const std::string& callTime = "20-30")
{
    TraceScript script("t find - retrieval 0-10\nt call - tool " + callTime + " tool=" + tool +
                       "\nt say - model 40-50\n");
    script.content("find").attributes = attributesOf({{"guide.md", "3", fortnight}});
    script.content("call").toolArguments = arguments;
    script.content("say").output = {said(Role::Assistant, answer)};
    return rulesOf(findingsOf(detectorNamed("retrieved-chunks"), script));
}

} // namespace

class TestRetrievedChunks : public QObject
{
    Q_OBJECT

private slots:
    void versionsOfOneDocumentAreSkewed()
    {
        const auto found = findingsIn({{"guide.md", "3", "One."}, {"guide.md", "4", "Two."}, {"x.md", "9", "Three."}});
        QCOMPARE(rulesOf(found), Rules{"chunks.version_skew:finding"});
        QCOMPARE(found[0].places[0].quote, std::string("Two."));
        QCOMPARE(found[0].places[1].quote, std::string("One."));
        QCOMPARE(rulesOf(findingsIn({{"guide.md", "4", "One."}, {"guide.md", "4", "Two."}})), Rules());
        QCOMPARE(rulesOf(findingsIn({{"guide.md", "4", "One."}, {"guide.md", "", "Two."}})), Rules());
    }

    void valuesAtOddsAreAConflict()
    {
        const auto found = findingsIn({{"a.md", "", fortnight}, {"b.md", "", month}});
        QCOMPARE(rulesOf(found), Rules{"chunks.conflict:check"});
        QCOMPARE(found[0].places[0].quote, std::string(month));
        QCOMPARE(found[0].places[0].from, 0);
        QCOMPARE(found[0].places[0].text.of, TextPlace::Of::Attribute);
        QCOMPARE(found[0].places[1].quote, std::string(fortnight));
        QCOMPARE(rulesOf(findingsIn({{"a.md", "", fortnight}, {"b.md", "", fortnight}})), Rules());
        QCOMPARE(rulesOf(findingsIn(
                     {{"a.md", "", fortnight}, {"b.md", "", "The refund period for hats with feathers is 30 days."}})),
                 Rules());
    }

    void otherEmittersWriteJson()
    {
        TraceScript script("t a - retrieval 0-10\nt b - retrieval 20-30\n");
        script.content("a").attributes = {
            {"gen_ai.retrieval.documents",
             "[{\"id\":\"g#1\",\"content\":\"x\",\"version\":1},{\"id\":\"g#2\",\"content\":\"y\",\"version\":2}]",
             AttributeType::Json}};
        script.content("b").output = {said(
            Role::Assistant, "{\"documents\":[{\"page_content\":\"x\",\"metadata\":{\"source\":\"g\",\"etag\":\"p\"}},"
                             "{\"page_content\":\"y\",\"metadata\":{\"source\":\"g\",\"etag\":\"q\"}}]}")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("retrieved-chunks"), script)),
                 (Rules{"chunks.version_skew:finding", "chunks.version_skew:finding"}));
    }

    void whatWasDeletedMeanwhileIsAStaleCitation()
    {
        const std::string arguments = "{\"page\":\"guide.md\"}";
        QCOMPARE(rulesOfCitation("delete_page", arguments, "See guide.md."), Rules{"chunks.stale_citation:check"});
        QCOMPARE(rulesOfCitation("delete_page", "{\"page\":\"other.md\"}", "See guide.md."), Rules());
        QCOMPARE(rulesOfCitation("get_page", arguments, "See guide.md."), Rules());
        QCOMPARE(rulesOfCitation("delete_page", arguments, "See the manual."), Rules());
        QCOMPARE(rulesOfCitation("delete_page", arguments, "See guide.md.", "60-70"), Rules());
    }
};

QTEST_APPLESS_MAIN(TestRetrievedChunks)
#include "tst_retrievedchunks.moc"

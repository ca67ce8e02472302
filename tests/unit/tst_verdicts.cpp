// layers: core analysis store
#include "assembledcorpus.h"
#include "verdicts.h"
#include "workspace.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

Finding findingAt(Row row, std::string quote, std::uint32_t event = noEvent)
{
    Finding finding;
    finding.rule = "stream.stall";
    FindingPlace& place = finding.places.emplace_back();
    place.row = row;
    place.event = event;
    place.quote = std::move(quote);
    return finding;
}

} // namespace

class TestVerdicts : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string newPath(const char* name) { return m_folder.filePath(QLatin1String(name)).toStdString(); }

private slots:
    void theLastWordCounts()
    {
        auto workspace = Workspace::create(newPath("last"));
        QVERIFY(workspace);
        QVERIFY(keepVerdict(*workspace, {"b", FindingVerdict::Dismissed, "known", "", 5}));
        QVERIFY(keepVerdict(*workspace, {"a", FindingVerdict::Confirmed, "", "seen by two", 6}));
        QVERIFY(keepVerdict(*workspace, {"b", FindingVerdict::Dismissed, "fixed upstream", "", 7}));
        QCOMPARE(verdicts(*workspace).value(),
                 (std::vector<KeptVerdict>{{"a", FindingVerdict::Confirmed, "", "seen by two", 6},
                                           {"b", FindingVerdict::Dismissed, "fixed upstream", "", 7}}));
        // Open again, and nothing written of it: forgotten.
        QVERIFY(keepVerdict(*workspace, {"b", FindingVerdict::Open, "", "", 8}));
        QVERIFY(keepVerdict(*workspace, {"a", FindingVerdict::Open, "", "look again", 8}));
        QCOMPARE(verdicts(*workspace).value(),
                 (std::vector<KeptVerdict>{{"a", FindingVerdict::Open, "", "look again", 8}}));
    }

    void tooLongATextIsRefused()
    {
        auto workspace = Workspace::create(newPath("long"));
        QVERIFY(workspace);
        const auto kept = keepVerdict(*workspace, {"a", FindingVerdict::Dismissed, std::string(2'000'000, 'x'), "", 1});
        QVERIFY(!kept);
        QCOMPARE(kept.error().code, ErrorCode::Usage);
        QVERIFY(verdicts(*workspace)->empty());
    }

    void keysTellPlacesAndQuotesAndOutliveAnImport()
    {
        const Corpus first = corpusOf("t1 a - model 0-10\nt1 b a model 1-9\n");
        // The same trace behind another, with a span that came later.
        const Corpus second = corpusOf("t0 z - model 0-10\nt1 a - model 0-10\nt1 c a model 0-2\nt1 b a model 1-9\n");
        const std::string key = findingKey(first, findingAt(rowNamed(first, "b"), "41"));
        QVERIFY(key.find("stream.stall trace:t1/span:b ") == 0);
        QCOMPARE(findingKey(second, findingAt(rowNamed(second, "b"), "41")), key);
        QVERIFY(findingKey(first, findingAt(rowNamed(first, "a"), "41")) != key);
        QVERIFY(findingKey(first, findingAt(rowNamed(first, "b"), "42")) != key);
        // The number of an event tells places apart that quote nothing; else it is no matter.
        const Row row = rowNamed(first, "b");
        QVERIFY(findingKey(first, findingAt(row, "", 1)) != findingKey(first, findingAt(row, "", 2)));
        QCOMPARE(findingKey(first, findingAt(row, "41", 1)), findingKey(first, findingAt(row, "41", 2)));
    }

    void findingsOfOneCauseHaveOneKey()
    {
        const Corpus corpus = corpusOf("t1 a - model 0-10\nt1 b a model 1-9\n");
        Finding one = findingAt(rowNamed(corpus, "a"), "");
        Finding other = findingAt(rowNamed(corpus, "b"), "x");
        one.cause = other.cause = "t1/a";
        QCOMPARE(findingKey(corpus, one), findingKey(corpus, other));
        other.rule = "stream.loop";
        QVERIFY(findingKey(corpus, one) != findingKey(corpus, other));
    }
};

QTEST_APPLESS_MAIN(TestVerdicts)
#include "tst_verdicts.moc"

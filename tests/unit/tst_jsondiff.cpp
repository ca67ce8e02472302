// layers: analysis
#include "jsondiff.h"

#include <QTest>

using namespace arcscope;

namespace
{

/// One difference a line: "~ /a: 1 -> 2".
QStringList written(std::string_view before, std::string_view after, std::size_t most = 1'000)
{
    const TextDifference difference = textDifference(before, after, most);
    QStringList lines;
    for (const TextChange& change : difference.changes) {
        const auto text = [](const std::string& of) { return QString::fromStdString(of); };
        lines << QStringLiteral("%1 %2: %3 -> %4")
                     .arg(QChar(u"+-~"[static_cast<int>(change.kind)]), text(change.place), text(change.before),
                          text(change.after));
    }
    if (difference.more > 0)
        lines << QStringLiteral("and %1 more").arg(difference.more);
    return lines;
}

} // namespace

class TestJsonDiff : public QObject
{
    Q_OBJECT

private slots:
    void orderOfMembersAndSpellingOfNumbersDoNotMatter()
    {
        const TextDifference same =
            textDifference("{\"a\":1.0,\"b\":[true,null]}", "{ \"b\": [true, null], \"a\": 1 }");
        QVERIFY(same.json);
        QVERIFY(same.equal());
    }

    void membersHavePaths()
    {
        QCOMPARE(
            written("{\"city\":\"Bonn\",\"days\":3,\"unit\":\"C\"}", "{\"city\":\"Bonn\",\"days\":5,\"lang\":\"de\"}"),
            (QStringList{"~ /days: 3 -> 5", "+ /lang:  -> \"de\"", "- /unit: \"C\" -> "}));
        QCOMPARE(written("{\"a/b\":{\"~\":1}}", "{\"a/b\":{\"~\":2}}"), QStringList{"~ /a~1b/~0: 1 -> 2"});
    }

    void anInsertedElementMovesNothing()
    {
        QCOMPARE(written("[1,2,3,4]", "[1,9,2,3,4]"), QStringList{"+ /1:  -> 9"});
        QCOMPARE(written("[1,2,3,4]", "[1,3,4]"), QStringList{"- /1: 2 -> "});
        QCOMPARE(written("[{\"id\":1,\"v\":1},{\"id\":2,\"v\":1}]", "[{\"id\":1,\"v\":1},{\"id\":2,\"v\":7}]"),
                 QStringList{"~ /1/v: 1 -> 7"});
    }

    void anotherKindIsAChangeOfTheWhole()
    {
        QCOMPARE(written("{\"a\":[1]}", "{\"a\":\"none\"}"), QStringList{"~ /a: [1] -> \"none\""});
        QCOMPARE(written("1", "\"1\""), QStringList{"~ : 1 -> \"1\""});
    }

    void ofDuplicateKeysTheLastCounts() { QVERIFY(textDifference("{\"a\":1,\"a\":2}", "{\"a\":2}").equal()); }

    void whatIsNoJsonIsComparedByLines()
    {
        const TextDifference difference = textDifference("one\ntwo\nthree\n", "one\n2\nthree\nfour\n");
        QVERIFY(!difference.json);
        QCOMPARE(written("one\ntwo\nthree\n", "one\n2\nthree\nfour\n"),
                 (QStringList{"~ 2: two -> 2", "+ 4:  -> four"}));
        QCOMPARE(written("a\nb\nc", "c"), (QStringList{"- 1: a -> ", "- 2: b -> "}));
        // One side alone being JSON does not make it a comparison of values.
        QCOMPARE(written("{\"a\":1}", "Error: 503"), QStringList{"~ 1: {\"a\":1} -> Error: 503"});
    }

    void ofManyTheFirstAreListedAndTheRestIsCounted()
    {
        std::string before = "[";
        std::string after = "[";
        for (int i = 0; i < 50; ++i) {
            before += (i > 0 ? "," : "") + std::to_string(i);
            after += (i > 0 ? "," : "") + std::to_string(1'000 + i);
        }
        const TextDifference difference = textDifference(before + "]", after + "]", 10);
        QCOMPARE(difference.changes.size(), std::size_t(10));
        QCOMPARE(difference.count(), std::size_t(50));
    }

    void longSequencesAreAlignedAtTheirEnds()
    {
        std::string before;
        std::string after;
        for (int i = 0; i < 6'000; ++i) {
            before += "line " + std::to_string(i) + "\n";
            after += (i == 3'000 ? "other" : "line " + std::to_string(i)) + "\n";
        }
        QCOMPARE(written(before, after), QStringList{"~ 3001: line 3000 -> other"});
    }

    void longValuesAreCutBetweenCharacters()
    {
        std::string umlauts = "\"x";
        for (int i = 0; i < 1'000; ++i)
            umlauts += "\xc3\xa4";
        const TextDifference difference = textDifference("1", umlauts + "\"");
        QCOMPARE(difference.changes.size(), std::size_t(1));
        QVERIFY(difference.changes[0].after.size() <= changeBytes + 4);
        QVERIFY(!QString::fromStdString(difference.changes[0].after).contains(QChar(0xfffd)));
    }

    void nothingAndSomething()
    {
        QVERIFY(textDifference("", "").equal());
        QCOMPARE(written("", "a"), QStringList{"+ 1:  -> a"});
        QCOMPARE(name(ChangeKind::Removed), std::string_view("removed"));
    }
};

QTEST_APPLESS_MAIN(TestJsonDiff)
#include "tst_jsondiff.moc"

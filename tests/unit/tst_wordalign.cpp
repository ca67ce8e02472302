// layers: analysis
#include "wordalign.h"

#include <QTest>

using namespace arcscope;

namespace
{

struct Aligned {
    ClaimReader reader;
    ClaimSentence a;
    ClaimSentence b;
    WordAlignment words;

    Aligned(const char* left, const char* right)
        : a(reader.read(left))
        , b(reader.read(right))
    {
        alignWords(a, b, words);
    }
};

} // namespace

class TestWordAlign : public QObject
{
    Q_OBJECT

private slots:
    void equalWords()
    {
        const Aligned same("The job copied 40 files.", "The job copied 40 files.");
        QCOMPARE(same.words.coverageA, 1.0);
        QCOMPARE(same.words.coverageB, 1.0);
        for (std::size_t i = 0; i + 1 < same.a.tokens.size(); ++i)
            QCOMPARE(same.words.toB[i], static_cast<std::int16_t>(i));
    }

    void coverage()
    {
        const Aligned part("The job copied 40 files.", "The slow job copied 41 files.");
        QCOMPARE(part.words.coverageA, 0.75); // job, copied, files, not 40
        QCOMPARE(part.words.coverageB, 0.6);
        QCOMPARE(part.words.least(), 0.6);
        QCOMPARE(part.words.most(), 0.75);
        const Aligned none("The job ran.", "Nobody came here.");
        QCOMPARE(none.words.coverageA, 0.0);
    }

    void oneToOne()
    {
        const Aligned twice("files and files", "files");
        QCOMPARE(std::count_if(twice.words.toB.begin(), twice.words.toB.end(), [](int j) { return j >= 0; }),
                 std::ptrdiff_t(1));
        const Aligned crossed("the cat saw the dog", "the dog saw the cat");
        QCOMPARE(crossed.words.toB[1], std::int16_t(4));
        QCOMPARE(crossed.words.toB[4], std::int16_t(1));
        QCOMPARE(crossed.words.toB[0], std::int16_t(0)); // the nearest "the"
    }

    void similarWords()
    {
        const Aligned synonyms("They will purchase tickets.", "They will buy tickets.");
        QCOMPARE(synonyms.words.coverageA, 1.0);
        const Aligned stems("The configuration changed.", "The configured state changed.");
        QVERIFY(stems.words.toB[1] >= 0);
        const Aligned opposites("It is underestimated.", "It is understated."); // two stems that begin alike
        QVERIFY(opposites.words.toB.size() == opposites.a.tokens.size());
    }

    void values()
    {
        const Aligned equal("It took 60 minutes.", "It took 1 hour.");
        QCOMPARE(equal.words.coverageA, 1.0);
    }

    void empty()
    {
        const Aligned nothing("", "word");
        QCOMPARE(nothing.words.coverageA, 0.0);
        QCOMPARE(nothing.words.toA.size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestWordAlign)
#include "tst_wordalign.moc"

// layers: core analysis
#include "criticalpath.h"

#include "assembledcorpus.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// "a 0-10, b 10-20" in milliseconds.
QString pathOf(const std::string& spans)
{
    const Corpus corpus = corpusOf(spans);
    QStringList parts;
    for (const PathSegment& segment : criticalPath(corpus, 0))
        parts << QStringLiteral("%1 %2-%3")
                     .arg(QString::fromStdString(std::string(corpus.text(SpanText::Name, segment.row))))
                     .arg(segment.range.start / millisecond)
                     .arg(segment.range.end / millisecond);
    return parts.join(QStringLiteral(", "));
}

} // namespace

class TestCriticalPath : public QObject
{
    Q_OBJECT

private slots:
    void aSpanAloneIsItsPath() { QCOMPARE(pathOf("t a - agent 0-10"), QStringLiteral("a 0-10")); }

    void theLastOfParallelChildrenBounds()
    {
        QCOMPARE(pathOf("t root - agent 0-40\n t m root model 0-10\n t fast root tool 10-15\n t slow root tool 10-30\n "
                        "t end root model 32-40"),
                 QStringLiteral("m 0-10, slow 10-30, root 30-32, end 32-40"));
    }

    void itGoesDownIntoChildren()
    {
        QCOMPARE(pathOf("t root - agent 0-20\n t sub root agent 5-18\n t call sub model 8-16"),
                 QStringLiteral("root 0-5, sub 5-8, call 8-16, sub 16-18, root 18-20"));
    }

    void childrenAreCutToTheirParent()
    {
        QCOMPARE(pathOf("t root - agent 0-20\n t late root tool 10-50"), QStringLiteral("root 0-10, late 10-20"));
    }

    void whatStillRanDidNotBound()
    {
        // b had not ended when c began, so c did not wait for it.
        QCOMPARE(pathOf("t root - agent 0-30\n t a root tool 0-10\n t b root tool 5-25\n t c root tool 20-30"),
                 QStringLiteral("a 0-10, root 10-20, c 20-30"));
    }

    void rootsFollowEachOther()
    {
        QCOMPARE(pathOf("t a - agent 0-10\n t b - agent 15-20"), QStringLiteral("a 0-10, b 15-20"));
    }

    void withoutTimesThereIsNone()
    {
        QCOMPARE(pathOf("t a - agent -\n t b a tool -"), QString());
        QCOMPARE(pathOf("t a - agent 0-10\n t open a tool 3-"), QStringLiteral("a 0-10"));
    }

    void childrenOfAnUntimedSpanCount()
    {
        QCOMPARE(pathOf("t root - agent 0-10\n t x root workflow -\n t call x model 2-8"),
                 QStringLiteral("root 0-2, call 2-8, root 8-10"));
    }

    void aDeepTreeDoesNotOverflow()
    {
        std::string spans = "t s0 - agent 0-100000\n";
        for (int i = 1; i < 20'000; ++i)
            spans +=
                "t s" + std::to_string(i) + " s" + std::to_string(i - 1) + " tool " + std::to_string(i) + "-100000\n";
        const Corpus corpus = corpusOf(spans);
        const auto path = criticalPath(corpus, 0);
        QCOMPARE(path.size(), std::size_t{20'000});
        QCOMPARE(path.back().range.end, Nanos{100'000} * millisecond);
    }
};

QTEST_APPLESS_MAIN(TestCriticalPath)
#include "tst_criticalpath.moc"

// layers: items core analysis layout
#include "streamscript.h"
#include "streamsummary.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

QString summaryOf(const char* script, Nanos sent = 0)
{
    StreamSubject subject;
    const auto model = modelOf(script);
    StreamSpanTimes span;
    span.start = sent;
    subject.moments = momentsOf(*model, span);
    subject.commits = commitPatternOf(*model, jsonOf(*model));
    subject.figures = figuresOf(*model);
    subject.json = jsonOf(*model);
    subject.timeline = streamTimeline(model, {}, sent);
    return streamSummary(subject);
}

} // namespace

class TestStreamSummary : public QObject
{
    Q_OBJECT

private slots:
    void aPlainStreamHasItsFirstContent()
    {
        QCOMPARE(summaryOf("40 chunk a\n50 chunk b\n60 stop stop"), u"first content after 40 ms  ·  3 events");
    }

    void theFirstFieldOfADocumentCounts()
    {
        QCOMPARE(summaryOf("40 open tool 0 pay\n50 chunk {\n70 chunk \"eur\":1\n80 chunk }\n90 end"),
                 u"first content after 50 ms  \u00b7  first field usable after 70 ms  \u00b7  5 events");
    }

    void draftsAndWhatBecameOfThem()
    {
        QCOMPARE(summaryOf("0 draft@0 a abcd\n1 accept a 3\n2 draft@3 b efgh\n3 accept b 6\n4 commit 6"),
                 u"first content after 0  ·  5 events  ·  2 drafts, 75 % of their tokens accepted, 3.0 tokens of "
                 "each  ·  2 times taken back, 250 of 1,000 bytes shown, shown for 1 ms at most  ·  commits: explicit "
                 "commit");
    }

    void withoutTimesItSaysSo()
    {
        QCOMPARE(summaryOf("- chunk abcd\n- retract 0 4 retry", noTime),
                 u"no times are recorded: the axis counts events  ·  2 events  ·  1 time taken back, 1000 of 1,000 "
                 "bytes shown  ·  nothing marks text as final");
    }
};

QTEST_GUILESS_MAIN(TestStreamSummary)
#include "tst_streamsummary.moc"

// layers: items core analysis
#include "assembledcorpus.h"
#include "tracenames.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestTraceNames : public QObject
{
    Q_OBJECT

private slots:
    void onlyWhatIsAlikeIsToldApart()
    {
        const Corpus corpus = corpusOf("one a - agent 0-9 name=chat session=ada\n"
                                       "two b - agent 0-9 name=chat session=0f31c2aa-77e4-4f0e-9a3b-5d1c88d2b6f1\n"
                                       "three c - agent 0-9 name=review session=cy\n"
                                       "four d - agent 0-9 name=sum user=eve\n"
                                       "five e - agent 0-9 name=sum user=eve\n"
                                       "six f - agent 0-9 name=ask task=t-1 session=gus\n"
                                       "seven g - agent 0-9 name=ask session=hal\n");
        const TraceDetails details = traceDetails(corpus.traces);
        QStringList names;
        for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace)
            names << traceName(corpus, trace, details);
        names.sort();
        QCOMPARE(names, (QStringList{QString::fromUtf8("0f31c2aa · chat"), QString::fromUtf8("ada · chat"),
                                     QString::fromUtf8("five · sum"), QString::fromUtf8("four · sum"),
                                     QString::fromUtf8("hal · ask"), QStringLiteral("review"),
                                     QString::fromUtf8("t-1 · ask")}));
    }

    void aNameIsLeftOutWhereTheRestTellsItAlone()
    {
        const Corpus corpus = corpusOf("one a - agent 0-9 name=first session=log-1\n"
                                       "two b - agent 0-9 name=first session=log-2\n"
                                       "three c - agent 0-9 name=second session=log-1\n"
                                       "four d - agent 0-9 name=second session=log-3\n");
        const TraceDetails details = traceDetails(corpus.traces);
        QStringList names;
        for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace)
            names << tellingName(corpus, trace, details);
        names.sort();
        QCOMPARE(names, (QStringList{QString::fromUtf8("log-1 · first"), QString::fromUtf8("log-1 · second"),
                                     QStringLiteral("log-2"), QStringLiteral("log-3")}));
    }

    void ofAnIdThatIsAPathTheFileIsTold()
    {
        const Corpus corpus = corpusOf("/home/ada/one.json a - agent 0-9 name=chat\n"
                                       "/home/ada/two.json b - agent 0-9 name=chat\n");
        QCOMPARE(traceName(corpus, 0, traceDetails(corpus.traces)), QString::fromUtf8("one.json · chat"));
    }
};

QTEST_GUILESS_MAIN(TestTraceNames)
#include "tst_tracenames.moc"

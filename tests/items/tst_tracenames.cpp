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
                                     QString::fromUtf8("hal · ask"), QStringLiteral("review"), QStringLiteral("sum"),
                                     QStringLiteral("sum"), QString::fromUtf8("t-1 · ask")}));
    }

    void theTellingPartIsWhatOthersOfTheNameLack()
    {
        QCOMPARE(tellingPart(QString::fromUtf8("t-1 · ask")), QStringLiteral("t-1"));
        QCOMPARE(tellingPart(QStringLiteral("review")), QStringLiteral("review"));
    }
};

QTEST_GUILESS_MAIN(TestTraceNames)
#include "tst_tracenames.moc"

// layers: core layout analysis widgets
#include "timelinepainter.h"

#include "assembledcorpus.h"
#include "timelinecanvas.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

QString corpusWith(const QString& agent)
{
    return QStringLiteral("\n    t root - agent 0-4000 agent=%1\n    t plan root model 0-1000\n").arg(agent);
}

std::shared_ptr<const TimelineData> dataFor(const QString& agent)
{
    const Corpus corpus = corpusOf(corpusWith(agent).toUtf8().constData());
    return traceTimeline(corpus, 0, {}, {}).value();
}

} // namespace

class TestAxisPainter : public QObject
{
    Q_OBJECT

private slots:
    void theHeaderIsAsWideAsItsLongestName()
    {
        LabelCache labels{QFont()};
        const TimelineStyle style{lightTheme(), labels, 1};
        const int shortName = headerWidthOf(*dataFor(QStringLiteral("main")), style);
        const QString longer = QStringLiteral("agent-of-the-second-team");
        const int longName = headerWidthOf(*dataFor(longer), style);
        QVERIFY(longName > labels.metrics().horizontalAdvance(longer));
        QCOMPARE(longName - shortName, labels.metrics().horizontalAdvance(longer) -
                                           labels.metrics().horizontalAdvance(QStringLiteral("main")));
    }

    void theLanesKeepMostOfTheWidth()
    {
        TimelineCanvas canvas;
        canvas.resize(800, 300);
        canvas.setData(dataFor(QStringLiteral("short")));
        const int usual = canvas.viewport().width;
        canvas.setData(dataFor(QStringLiteral("x").repeated(400)));
        QVERIFY(canvas.viewport().width < usual);
        QVERIFY(canvas.viewport().width >= 800 * 6 / 10);
    }
};

QTEST_MAIN(TestAxisPainter)
#include "tst_axispainter.moc"

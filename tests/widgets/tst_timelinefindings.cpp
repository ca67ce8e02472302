// layers: core layout analysis widgets
#include "timelinecanvas.h"

#include "assembledcorpus.h"

#include <QHelpEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const char* const spans = R"(
    t root - agent 0-4000 agent=main
    t ask root model 0-1000
    t tool root tool 1000-2000
    t say root model 3000-4000
)";

} // namespace

class TestTimelineFindings : public QObject
{
    Q_OBJECT

    Corpus m_corpus = corpusOf(spans);
    std::unique_ptr<TimelineCanvas> m_canvas;

    Row row(const char* name) const { return rowNamed(m_corpus, name); }
    /// The middle of the flag at the start of a span.
    QPoint flag(const char* name) const { return m_canvas->itemRect(row(name)).topLeft() + QPoint(4, 4); }
    std::size_t pixels(const QColor& colour) const
    {
        const QImage image = m_canvas->grab().toImage();
        std::size_t count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y); // edges are softened
                count += std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green()) +
                                     std::abs(pixel.blue() - colour.blue()) <
                                 90
                             ? 1
                             : 0;
            }
        }
        return count;
    }

private slots:
    void init()
    {
        m_canvas = std::make_unique<TimelineCanvas>();
        m_canvas->setTheme(lightTheme());
        m_canvas->resize(900, 400);
        m_canvas->setData(traceTimeline(m_corpus, 0, {}, {}).value());
        m_canvas->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_canvas.get()));
    }
    void cleanup() { m_canvas.reset(); }

    void flagsAndArcsArePainted()
    {
        const QColor colour = lightTheme()[ColourRole::Contradiction].fill;
        QCOMPARE(pixels(colour), std::size_t(0));
        m_canvas->setFindings({{row("tool")}}, {QStringLiteral("one")});
        const std::size_t flag = pixels(colour);
        QVERIFY(flag > 20); // on the span and in the minimap
        m_canvas->setFindings({{row("tool"), noTime, row("say"), noTime, true}}, {QStringLiteral("one")});
        const std::size_t arc = pixels(colour);
        QVERIFY(arc > flag + 50);
        m_canvas->setChosenFinding(0);
        QVERIFY(pixels(colour) > arc);
        m_canvas->setFindings({{row("tool"), noTime, row("say"), noTime, false}}, {QStringLiteral("one")});
        QVERIFY(pixels(colour) < arc + arc); // outlined, what is to be checked
        m_canvas->setTheme(darkTheme());
        QVERIFY(pixels(darkTheme()[ColourRole::Contradiction].fill) > 50);
        m_canvas->setFindings({}, {});
        QCOMPARE(pixels(darkTheme()[ColourRole::Contradiction].fill), std::size_t(0));
    }

    void aClickOnAFlagChoosesTheFinding()
    {
        m_canvas->setFindings({{row("ask")}, {row("tool"), noTime, row("say"), noTime, true}},
                              {QStringLiteral("one"), QStringLiteral("two")});
        QSignalSpy clicked(m_canvas.get(), &TimelineCanvas::findingClicked);
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, flag("say"));
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked[0][0].toUInt(), 1u);
        QCOMPARE(m_canvas->selection(), row("say"));
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, m_canvas->itemRect(row("tool")).center());
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(m_canvas->selection(), row("tool"));
    }

    void theTooltipTellsWhatItIs()
    {
        m_canvas->setFindings({{row("tool")}, {row("tool"), noTime, noRow, noTime, true}},
                              {QStringLiteral("<b>no</b> such value"), QStringLiteral("two")});
        QHelpEvent help(QEvent::ToolTip, flag("tool"), m_canvas->mapToGlobal(flag("tool")));
        QApplication::sendEvent(m_canvas.get(), &help);
        QVERIFY2(QToolTip::text().contains(QStringLiteral("&lt;b&gt;no&lt;/b&gt; such value")),
                 qPrintable(QToolTip::text()));
        QVERIFY(QToolTip::text().contains(QStringLiteral("and 1 more here")));
    }
};

QTEST_MAIN(TestTimelineFindings)
#include "tst_timelinefindings.moc"

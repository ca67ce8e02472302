// layers: core layout analysis widgets
#include "timelinecanvas.h"

#include "assembledcorpus.h"

#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const char* const spans = R"(
    t root - agent 0-4000 agent=main service=shop
    t plan root model 0-1000
    t grep root tool 1000-2000
    t read root tool 1200-3000 status=error
    t sub root agent 1400-2900 agent=explore
    t look sub model 1500-2100
    t find sub tool 2100-2800
    t done root model 3000-4000
)";

Corpus sample()
{
    return corpusOf(spans);
}

} // namespace

class TestTimelineCanvas : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_corpus = sample();
        m_canvas = std::make_unique<TimelineCanvas>();
        m_canvas->setTheme(lightTheme());
        m_canvas->resize(900, 400);
        m_canvas->setData(traceTimeline(m_corpus, 0, {}, {}).value());
        m_canvas->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_canvas.get()));
    }
    void cleanup() { m_canvas.reset(); }

    void arrowKeysSelect()
    {
        QSignalSpy selected(m_canvas.get(), &TimelineCanvas::selectionChanged);
        QTest::keyClick(m_canvas.get(), Qt::Key_Right);
        QCOMPARE(m_canvas->selection(), row("root"));
        QTest::keyClick(m_canvas.get(), Qt::Key_Right);
        QCOMPARE(m_canvas->selection(), row("plan"));
        QTest::keyClick(m_canvas.get(), Qt::Key_Greater);
        QCOMPARE(m_canvas->selection(), row("done"));
        QTest::keyClick(m_canvas.get(), Qt::Key_Comma);
        QCOMPARE(m_canvas->selection(), row("read"));
        QTest::keyClick(m_canvas.get(), Qt::Key_Up);
        QCOMPARE(m_canvas->selection(), row("grep"));
        QCOMPARE(selected.size(), 5);
    }

    void marksTakeTheStrengthFromAllOthers()
    {
        const auto pixelOf = [this](const char* name) {
            const QRect rect = m_canvas->itemRect(row(name));
            const QImage image = m_canvas->grab().toImage();
            return image.pixelColor(rect.right() - 6, rect.bottom() - 3);
        };
        const QColor plan = pixelOf("plan");
        const QColor grep = pixelOf("grep");
        m_canvas->setMarks({{row("grep"), MarkKind::SearchHit}});
        QCOMPARE(pixelOf("grep"), grep);
        QVERIFY(contrast(pixelOf("plan"), lightTheme().canvas) < contrast(plan, lightTheme().canvas) / 2);
        m_canvas->setMarks({});
        QCOMPARE(pixelOf("plan"), plan);
    }

    void settersAreSilent()
    {
        QSignalSpy selected(m_canvas.get(), &TimelineCanvas::selectionChanged);
        QSignalSpy ranges(m_canvas.get(), &TimelineCanvas::rangeSelected);
        m_canvas->setSelection(row("grep"));
        m_canvas->setRange({0, second});
        QCOMPARE(m_canvas->selection(), row("grep"));
        QCOMPARE(selected.size() + ranges.size(), 0);
        m_canvas->setSelection(12345);
        QCOMPARE(m_canvas->selection(), noRow);
    }

    void aClickSelectsAndBesideItNothing()
    {
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, posOf("grep"));
        QCOMPARE(m_canvas->selection(), row("grep"));
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, QPoint(500, 390));
        QCOMPARE(m_canvas->selection(), noRow);
    }

    void aDoubleClickActivates()
    {
        QSignalSpy activated(m_canvas.get(), &TimelineCanvas::activated);
        QTest::mouseDClick(m_canvas.get(), Qt::LeftButton, {}, posOf("find"));
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated[0][0].value<Row>(), row("find"));
        QTest::keyClick(m_canvas.get(), Qt::Key_Return);
        QCOMPARE(activated.size(), 2);
    }

    void theWheelZoomsAtThePointer()
    {
        const QPoint pos = posOf("sub");
        const Nanos before = timeAtPos(pos);
        const TimeRange whole = m_canvas->visibleRange();
        QSignalSpy changed(m_canvas.get(), &TimelineCanvas::visibleRangeChanged);
        wheel(pos, 360, Qt::ControlModifier);
        QCOMPARE(lengthOf(m_canvas->visibleRange()), lengthOf(whole) / 2);
        QVERIFY(std::abs(timeAtPos(pos) - before) < 10);
        QCOMPARE(changed.size(), 1);
        wheel(pos, -120, Qt::ShiftModifier);
        QVERIFY(m_canvas->visibleRange().start > whole.start);
        QCOMPARE(lengthOf(m_canvas->visibleRange()), lengthOf(whole) / 2);
    }

    void keysZoomAndPan()
    {
        const TimeRange whole = m_canvas->visibleRange();
        QCOMPARE(whole, (TimeRange{0, 4 * second}));
        QTest::keyClick(m_canvas.get(), Qt::Key_W);
        QTest::keyClick(m_canvas.get(), Qt::Key_W);
        QVERIFY(lengthOf(m_canvas->visibleRange()) < lengthOf(whole) / 2 + 1);
        QTest::keyClick(m_canvas.get(), Qt::Key_End);
        QCOMPARE(m_canvas->visibleRange().end, whole.end);
        QTest::keyClick(m_canvas.get(), Qt::Key_Home);
        QCOMPARE(m_canvas->visibleRange().start, whole.start);
        QTest::keyClick(m_canvas.get(), Qt::Key_D);
        QVERIFY(m_canvas->visibleRange().start > whole.start);
        QTest::keyClick(m_canvas.get(), Qt::Key_0);
        QCOMPARE(m_canvas->visibleRange(), whole);
    }

    void fCentresAndThenFits()
    {
        m_canvas->setVisibleRange({0, second});
        m_canvas->setSelection(row("find"));
        QTest::keyClick(m_canvas.get(), Qt::Key_F);
        QCOMPARE(m_canvas->visibleRange(), (TimeRange{1950 * millisecond, 2950 * millisecond}));
        QTest::keyClick(m_canvas.get(), Qt::Key_F);
        QCOMPARE(m_canvas->visibleRange(), (TimeRange{2030 * millisecond, 2870 * millisecond}));
    }

    void aDragMakesARangeWithEdgesThatMove()
    {
        QSignalSpy ranges(m_canvas.get(), &TimelineCanvas::rangeSelected);
        const int y = m_canvas->height() - 20;
        drag(QPoint(xOfTime(second), y), QPoint(xOfTime(2 * second), y));
        QVERIFY(ranges.size() > 0);
        near(m_canvas->range().start, second);
        near(m_canvas->range().end, 2 * second);
        drag(QPoint(xOfTime(2 * second), y), QPoint(xOfTime(3 * second), y));
        near(m_canvas->range().start, second);
        near(m_canvas->range().end, 3 * second);
        // Past the other edge they change places.
        drag(QPoint(xOfTime(3 * second), y), QPoint(xOfTime(second / 2), y));
        near(m_canvas->range().start, second / 2);
        near(m_canvas->range().end, second);
    }

    void shiftDragPans()
    {
        m_canvas->setVisibleRange({second, 2 * second});
        const int y = m_canvas->height() - 20;
        drag(QPoint(600, y), QPoint(500, y), Qt::ShiftModifier);
        QVERIFY(m_canvas->visibleRange().start > second);
        QCOMPARE(lengthOf(m_canvas->visibleRange()), std::uint64_t{second});
        QVERIFY(!m_canvas->range().recorded());
    }

    void escapeTakesBackADrag()
    {
        QSignalSpy chosen(m_canvas.get(), &TimelineCanvas::selectionChanged);
        const int y = m_canvas->height() - 20;
        drag(QPoint(xOfTime(second), y), QPoint(xOfTime(2 * second), y));
        const TimeRange range = m_canvas->range();
        escapeWhileDragging(QPoint(xOfTime(3 * second), y), QPoint(xOfTime(4 * second), y)); // another range
        QCOMPARE(m_canvas->range(), range);
        escapeWhileDragging(QPoint(xOfTime(2 * second), y), QPoint(xOfTime(3 * second), y)); // its edge
        QCOMPARE(m_canvas->range(), range);
        QTest::keyClick(m_canvas.get(), Qt::Key_Escape); // now there is nothing else to take back
        QVERIFY(!m_canvas->range().recorded());
        m_canvas->setVisibleRange({second, 2 * second});
        escapeWhileDragging(QPoint(600, y), QPoint(500, y), Qt::ShiftModifier);
        QCOMPARE(m_canvas->visibleRange(), (TimeRange{second, 2 * second}));
        const int header = bodyOrigin().x();
        escapeWhileDragging(QPoint(header, y), QPoint(header + 60, y));
        QCOMPARE(bodyOrigin().x(), header);
        QVERIFY(chosen.isEmpty());
    }

    void rMakesARangeAndEscapeGoesBackStepByStep()
    {
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, posOf("grep"));
        QTest::keyClick(m_canvas.get(), Qt::Key_R);
        QCOMPARE(m_canvas->range(), (TimeRange{second, 2 * second}));
        QTest::keyClick(m_canvas.get(), Qt::Key_M);
        QTest::keyClick(m_canvas.get(), Qt::Key_Escape);
        QVERIFY(m_canvas->range().recorded());
        QTest::keyClick(m_canvas.get(), Qt::Key_Escape);
        QVERIFY(!m_canvas->range().recorded());
        QCOMPARE(m_canvas->selection(), row("grep"));
        QTest::keyClick(m_canvas.get(), Qt::Key_Escape);
        QCOMPARE(m_canvas->selection(), noRow);
    }

    void measuringLeavesTheRangeAlone()
    {
        QTest::keyClick(m_canvas.get(), Qt::Key_M);
        drag(QPoint(400, 380), QPoint(600, 380));
        QVERIFY(!m_canvas->range().recorded());
    }

    void lanesPinCollapseAndHide()
    {
        m_canvas->setSelection(row("look"));
        QTest::keyClick(m_canvas.get(), Qt::Key_P);
        QVERIFY(m_canvas->viewport().state(1).pinned);
        QTest::keyClick(m_canvas.get(), Qt::Key_Space);
        QVERIFY(m_canvas->viewport().state(1).collapsed);
        QTest::keyClick(m_canvas.get(), Qt::Key_H);
        QVERIFY(m_canvas->viewport().state(1).hidden);
        QCOMPARE(m_canvas->selection(), noRow);
        // The last lane stays.
        m_canvas->setSelection(row("plan"));
        QTest::keyClick(m_canvas.get(), Qt::Key_H);
        QVERIFY(!m_canvas->viewport().state(0).hidden);
        QTest::keyClick(m_canvas.get(), Qt::Key_H, Qt::ShiftModifier);
        QVERIFY(!m_canvas->viewport().state(1).hidden);
    }

    void theMinimapMovesTheWindow()
    {
        m_canvas->setVisibleRange({0, second});
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, QPoint(xOfWhole(3 * second), 10));
        near(m_canvas->visibleRange().start, 2500 * millisecond);
        QCOMPARE(lengthOf(m_canvas->visibleRange()), std::uint64_t{second});
    }

    void keysWithModifiersBelongToTheWindow()
    {
        const TimeRange before = m_canvas->visibleRange();
        QKeyEvent key(QEvent::KeyPress, Qt::Key_W, Qt::ControlModifier);
        key.accept();
        QCoreApplication::sendEvent(m_canvas.get(), &key);
        QVERIFY(!key.isAccepted());
        QCOMPARE(m_canvas->visibleRange(), before);
    }

    void growingDataKeepTheView()
    {
        m_canvas->setSelection(row("grep"));
        m_canvas->setVisibleRange({second, 2 * second});
        m_canvas->setData(
            traceTimeline(corpusOf(std::string(spans) + "t more root tool 4000-9000"), 0, {}, {}).value());
        QCOMPARE(m_canvas->visibleRange(), (TimeRange{second, 2 * second}));
        QCOMPARE(m_canvas->selection(), row("grep"));
    }

    void withoutDataNothingBreaks()
    {
        m_canvas->setData(nullptr);
        m_canvas->setEmptyText(QStringLiteral("No trace is open"), QStringLiteral("Open one"));
        for (int key = Qt::Key_Space; key < Qt::Key_Z; ++key)
            QTest::keyClick(m_canvas.get(), static_cast<Qt::Key>(key));
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, QPoint(300, 200));
        wheel(QPoint(300, 200), 120, Qt::ControlModifier);
        const QImage picture = m_canvas->grab().toImage();
        int painted = 0;
        for (int x = 0; x < picture.width(); ++x) {
            for (int y = 0; y < picture.height(); ++y)
                painted += picture.pixelColor(x, y) != lightTheme().canvas ? 1 : 0;
        }
        QVERIFY(painted > 100);
        QCOMPARE(m_canvas->selection(), noRow);
    }

    void rolesAreSeenInThePicture_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void rolesAreSeenInThePicture()
    {
        QFETCH(bool, dark);
        const Theme& theme = dark ? darkTheme() : lightTheme();
        m_canvas->setTheme(theme);
        const QImage picture = m_canvas->grab().toImage();
        const auto at = [&](const char* name, double share) {
            const Rect rect = rectOf(*m_canvas->data(), m_canvas->viewport(), row(name)).value();
            const QPoint body = bodyOrigin();
            return picture.pixelColor(body +
                                      QPoint(rect.x + static_cast<int>(rect.width * share), rect.y + rect.height - 4));
        };
        QCOMPARE(at("plan", 0.5), theme[ColourRole::Model].fill);
        QCOMPARE(at("grep", 0.5), theme[ColourRole::Tool].fill);
        QCOMPARE(at("read", 0.5), theme[ColourRole::Contradiction].fill);
    }

    void screenReadersFindTheSpans()
    {
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(m_canvas.get());
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 8);
        QCOMPARE(list->text(QAccessible::Name), QStringLiteral("Timeline"));
        QStringList names;
        for (int i = 0; i < list->childCount(); ++i) {
            names << list->child(i)->text(QAccessible::Name);
            QCOMPARE(list->indexOfChild(list->child(i)), i);
            const QRect rect = list->child(i)->rect();
            QVERIFY(list->childAt(rect.center().x(), rect.center().y()));
        }
        QVERIFY2(names.contains(QStringLiteral("read \u00b7 Tool call \u00b7 error \u00b7 1.80 s")),
                 qPrintable(names.join(u';')));
        QVERIFY(!list->focusChild());
        list->child(1)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(m_canvas->selection() != noRow);
        QCOMPARE(list->indexOfChild(list->focusChild()), 1);
        QVERIFY(list->focusChild()->state().selected);
    }

    void paintTimeIsReported()
    {
        QSignalSpy painted(m_canvas.get(), &TimelineCanvas::painted);
        m_canvas->update();
        QTRY_VERIFY(painted.size() > 0);
        QVERIFY(painted[0][0].toLongLong() > 0);
    }

private:
    Row row(const char* name) const { return rowNamed(m_corpus, name); }
    /// Where the lanes begin, in logical pixels: hit tests tell.
    QPoint bodyOrigin() const
    {
        const QScrollBar* bar = m_canvas->findChild<QScrollBar*>();
        return {m_canvas->width() - bar->width() - m_canvas->viewport().width, bar->y()};
    }
    QPoint posOf(const char* name) const
    {
        const Rect rect = rectOf(*m_canvas->data(), m_canvas->viewport(), row(name)).value();
        return bodyOrigin() + QPoint(rect.x + rect.width / 2, rect.y + rect.height / 2);
    }
    int xOfTime(Nanos time) const
    {
        return bodyOrigin().x() + static_cast<int>(xOf(time, m_canvas->visibleRange(), m_canvas->viewport().width));
    }
    int xOfWhole(Nanos time) const
    {
        return bodyOrigin().x() + static_cast<int>(xOf(time, m_canvas->data()->bounds, m_canvas->viewport().width));
    }
    Nanos timeAtPos(const QPoint& pos) const
    {
        return timeAt(pos.x() - bodyOrigin().x(), m_canvas->visibleRange(), m_canvas->viewport().width);
    }
    void near(Nanos actual, Nanos expected) const
    {
        const auto pixel = static_cast<Nanos>(lengthOf(m_canvas->visibleRange())) / m_canvas->viewport().width;
        QVERIFY2(std::abs(actual - expected) <= 5 * pixel,
                 qPrintable(QStringLiteral("%1 is not near %2").arg(actual).arg(expected)));
    }
    void drag(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(m_canvas.get(), Qt::LeftButton, modifiers, from);
        for (int step = 1; step <= 4; ++step)
            QTest::mouseMove(m_canvas.get(), from + (to - from) * step / 4);
        QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, modifiers, to);
    }
    void escapeWhileDragging(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(m_canvas.get(), Qt::LeftButton, modifiers, from);
        for (int step = 1; step <= 3; ++step)
            QTest::mouseMove(m_canvas.get(), from + (to - from) * step / 4);
        QTest::keyClick(m_canvas.get(), Qt::Key_Escape);
        QTest::mouseMove(m_canvas.get(), to);
        QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, modifiers, to);
    }
    void wheel(const QPoint& pos, int delta, Qt::KeyboardModifiers modifiers)
    {
        QWheelEvent event(pos, m_canvas->mapToGlobal(pos), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(m_canvas.get(), &event);
    }

    Corpus m_corpus;
    std::unique_ptr<TimelineCanvas> m_canvas;
};

QTEST_MAIN(TestTimelineCanvas)
#include "tst_timelinecanvas.moc"

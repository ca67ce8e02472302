// layers: widgets GUI
#include "streamcanvas.h"
#include "streamcomparison.h"
#include "streamscript.h"
#include "streamtext.h"

#include <QTest>
#include <QVBoxLayout>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::shared_ptr<const StreamSubject> subjectOf(const char* script, Nanos sent)
{
    auto subject = std::make_shared<StreamSubject>();
    subject->timeline = streamTimeline(modelOf(script), {}, sent);
    return subject;
}

struct Beside {
    QWidget window;
    StreamCanvas canvas;
    StreamComparison comparison{canvas};
    std::shared_ptr<const StreamSubject> first = subjectOf("1100 chunk one\n1200 chunk _two", 1000 * millisecond);
    std::shared_ptr<const StreamSubject> second = subjectOf("5100 chunk eins\n5900 chunk _zwei", 5000 * millisecond);

    Beside()
    {
        auto* column = new QVBoxLayout(&window);
        column->addWidget(comparison.picture());
        column->addWidget(&canvas);
        column->addWidget(comparison.text());
        window.resize(800, 600);
        window.show();
        show(first, "first");
    }
    ~Beside() { canvas.setParent(nullptr); }
    void show(const std::shared_ptr<const StreamSubject>& subject, const char* name)
    {
        canvas.setTimeline(subject->timeline);
        comparison.show(subject, name);
    }
    QString keptText() const { return comparison.text()->toPlainText(); }
};

} // namespace

class TestStreamComparison : public QObject
{
    Q_OBJECT

private slots:
    void theKeptStreamStandsAboveTheNext()
    {
        Beside beside;
        QVERIFY(!beside.comparison.picture()->isVisible());
        beside.comparison.keep(beside.first, "first");
        beside.show(beside.first, "first");
        QVERIFY(!beside.comparison.picture()->isVisible()); // not beside itself
        beside.show(beside.second, "second");
        QVERIFY(beside.comparison.picture()->isVisible());
        beside.comparison.keep(nullptr, {});
        QVERIFY(!beside.comparison.picture()->isVisible());
        QCOMPARE(beside.canvas.limits(), beside.second->timeline->bounds);
    }

    void bothShareTheTimeSinceTheRequest()
    {
        Beside beside;
        beside.comparison.keep(beside.first, "first");
        beside.show(beside.second, "second");
        const TimeRange above = beside.comparison.canvas()->visibleRange();
        const TimeRange below = beside.canvas.visibleRange();
        QCOMPARE(above.start - 1000 * millisecond, below.start - 5000 * millisecond);
        QCOMPARE(above.length(), below.length());
        beside.canvas.zoomIn();
        QCOMPARE(beside.comparison.canvas()->visibleRange().start - 1000 * millisecond,
                 beside.canvas.visibleRange().start - 5000 * millisecond);
        beside.comparison.canvas()->zoomOut();
        QCOMPARE(beside.comparison.canvas()->visibleRange().length(), beside.canvas.visibleRange().length());
    }

    void onePlayheadMovesBoth()
    {
        Beside beside;
        beside.comparison.keep(beside.first, "first");
        beside.show(beside.second, "second");
        beside.canvas.setPlace(5150 * millisecond);
        beside.comparison.follow();
        QCOMPARE(beside.comparison.canvas()->place(), 1150 * millisecond);
        QCOMPARE(beside.keptText(), "Text\none");
        beside.comparison.canvas()->setFocus();
        QTest::keyClick(beside.comparison.canvas(), Qt::Key_Right);
        QCOMPARE(beside.comparison.canvas()->place(), 1200 * millisecond);
        QCOMPARE(beside.canvas.place(), 5200 * millisecond);
        QCOMPARE(beside.keptText(), "Text\none two");
    }

    void withoutTimesEachHasItsOwnAxis()
    {
        Beside beside;
        const auto untimed = subjectOf("- chunk a\n- chunk b", noTime);
        beside.comparison.keep(untimed, "untimed");
        beside.show(beside.second, "second");
        QVERIFY(beside.comparison.picture()->isVisible());
        const TimeRange above = beside.comparison.canvas()->visibleRange();
        beside.canvas.zoomIn();
        QCOMPARE(beside.comparison.canvas()->visibleRange(), above);
        QCOMPARE(beside.keptText(), "Text\nab");
    }
};

QTEST_MAIN(TestStreamComparison)
#include "tst_streamcomparison.moc"

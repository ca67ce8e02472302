// layers: widgets items core analysis GUI
#include "arclistmodel.h"
#include "arcsview.h"
#include "dashboardview.h"
#include "findingbook.h"
#include "lenschartview.h"
#include "lenspane.h"
#include "windowdriver.h"

#include <QLineEdit>
#include <QScrollArea>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A window on the sample week, with the outcomes in front.
struct Opened {
    WindowDriver driver{{week}};
    DashboardView& view = *driver.window.dashboard();

    bool ready()
    {
        if (!driver.settled() || driver.window.findChild<FindingBook*>()->stage() != SearchStage::Done)
            return false;
        if (!view.isVisible())
            driver.key(Qt::Key_9, Qt::ControlModifier);
        return view.isVisible() && view.dashboard() && !view.dashboard()->panels.empty() &&
               view.dashboard()->of->in == driver.state().openCorpus();
    }
    std::size_t shown() const { return view.dashboard()->rows.size(); }
    void ask(QLineEdit* field, const QString& text)
    {
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    LensPane& pane(std::string_view name)
    {
        const auto& panels = view.dashboard()->panels;
        for (std::size_t i = 0; i < panels.size(); ++i) {
            if (panels[i].name == name)
                return *view.panes()[i];
        }
        qFatal("no such panel");
    }
};

} // namespace

class TestDashboardView : public QObject
{
    Q_OBJECT

private slots:
    void aKeyShowsWhatBecameOfAllArcs()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        QCOMPARE(open.view.panes().size(), open.view.dashboard()->panels.size());
        QVERIFY(open.shown() > 100);
        QVERIFY(open.pane("outcomes").isVisible());
        QVERIFY(open.pane("outcomes").sentence().contains(QStringLiteral("succeeded")));
        QVERIFY(open.driver.says(QStringLiteral("task arcs")));
    }

    void aConditionLeavesSomeAndAWrongOneIsTold()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        const std::size_t all = open.shown();
        open.ask(open.view.where(), QStringLiteral("outcome=failed"));
        QTRY_VERIFY_WITH_TIMEOUT(open.shown() < all && open.shown() > 0, patience);
        for (const std::uint32_t arc : open.view.dashboard()->rows)
            QCOMPARE(open.view.dashboard()->of->outcome(arc), ArcOutcome::Failed);
        open.ask(open.view.where(), QStringLiteral("outcome=perhaps"));
        QTRY_VERIFY(open.driver.says(QStringLiteral("byte ")));
        open.ask(open.view.where(), QStringLiteral("turns>1000"));
        QTRY_VERIFY_WITH_TIMEOUT(open.driver.says(QStringLiteral("No task arc is left")), patience);
    }

    void twoCohortsAreCompared()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        const std::size_t panels = open.view.panes().size();
        open.ask(open.view.against(), QStringLiteral("outcome=failed"));
        QTRY_COMPARE_WITH_TIMEOUT(open.view.panes().size(), panels + 1, patience);
        QVERIFY(open.pane("comparison").sentence().contains(QStringLiteral("against")));
    }

    void aValueListsItsArcs()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        LensChartView& chart = *open.pane("outcomes").chart();
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Home); // all that succeeded
        QTest::keyClick(&chart, Qt::Key_Return);
        const ArcsView& arcs = *open.driver.window.findChild<ArcsView*>();
        QTRY_VERIFY(arcs.isVisible());
        const auto wanted = std::count_if(
            open.view.dashboard()->rows.begin(), open.view.dashboard()->rows.end(),
            [&](std::uint32_t arc) { return open.view.dashboard()->of->outcome(arc) == ArcOutcome::Succeeded; });
        QTRY_COMPARE_WITH_TIMEOUT(arcs.model()->listing()->shown.size(), std::size_t(wanted), patience);
    }

    void aBoxSaysWhatIsDifferent()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        LensChartView& chart = *open.pane("outcomes").chart();
        const QRect bar = chart.rectOf(0);
        QWidget* const on = chart.viewport();
        QTest::mousePress(on, Qt::LeftButton, {}, bar.topLeft() - QPoint(-3, 4));
        for (const QPoint& at : {bar.center(), bar.center() + QPoint(2, 2)}) {
            QMouseEvent move(QEvent::MouseMove, at, on->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(on, &move);
        }
        QTest::mouseRelease(on, Qt::LeftButton, {}, bar.center() + QPoint(2, 2));
        QTRY_VERIFY_WITH_TIMEOUT(open.view.difference()->isVisible(), patience);
        QVERIFY(open.view.difference()->sentence().contains(QStringLiteral("fields tried differ")));
        static_cast<QAbstractButton*>(open.view.difference()->closeButton())->click();
        QVERIFY(!open.view.difference()->isVisible());
    }
};

QTEST_MAIN(TestDashboardView)
#include "tst_dashboardview.moc"

// layers: widgets items core analysis layout GUI
#include "arcbook.h"
#include "arccanvas.h"
#include "arclistmodel.h"
#include "arcpane.h"
#include "arcreviewbar.h"
#include "arcsview.h"
#include "arcwords.h"
#include "findingbook.h"
#include "notebook.h"
#include "windowdriver.h"

#include <QTabWidget>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A window on a copy of the week, whose notes lie beside it, with the arcs in front.
struct Opened {
    QTemporaryDir folder;
    WindowDriver driver;
    ArcsView& view = *driver.window.arcs();

    Opened()
        : driver({copied()})
    {
    }
    QString copied() const
    {
        const QDir from(week);
        const QString to = folder.filePath(QStringLiteral("week"));
        if (!QDir().mkpath(to))
            qFatal("no folder");
        for (const QString& file : from.entryList(QDir::Files)) {
            if (!QFile::copy(from.filePath(file), to + QLatin1Char('/') + file))
                qFatal("no copy");
        }
        return to;
    }
    ArcBook& book() { return *driver.window.findChild<ArcBook*>(); }
    /// The tab is shown by its key, and everything was searched.
    bool ready()
    {
        if (!driver.settled() || !book().isWhole() || !view.model()->listing() ||
            view.model()->listing()->of != book().arcs())
            return false;
        if (!view.isVisible())
            driver.key(Qt::Key_1, Qt::ControlModifier);
        return view.list()->isVisible() && driver.focused(view.list());
    }
    /// What is joined with the last decisions is listed.
    bool current() { return view.model()->listing()->of == book().arcs(); }
};

} // namespace

class TestMainWindowArcs : public QObject
{
    Q_OBJECT

private slots:
    void theKeyboardComesToTheListWhenItIsThere()
    {
        Opened opened;
        WindowDriver& driver = opened.driver;
        auto& findings = *driver.window.findChild<FindingBook*>();
        bool once = false;
        connect(&findings, &FindingBook::stageChanged, this, [&] {
            if (findings.stage() == SearchStage::Searching && !std::exchange(once, true))
                findings.cancel();
        });
        QTRY_VERIFY_WITH_TIMEOUT(findings.stage() == SearchStage::Stopped && driver.settled(), patience);
        driver.key(Qt::Key_1, Qt::ControlModifier);
        QTRY_VERIFY(opened.view.isAncestorOf(QApplication::focusWidget()));
        driver.key(Qt::Key_Space); // search
        QTRY_VERIFY_WITH_TIMEOUT(driver.focused(opened.view.list()), patience);
    }

    void arcsComeFirstAndLeadToTheTimeline()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        QCOMPARE(open.driver.window.actions().problems(), QStringList());
        auto* const tabs = open.driver.window.findChild<QTabWidget*>(QStringLiteral("views"));
        QCOMPARE(tabs->indexOf(&open.view), 0);
        QCOMPARE(tabs->indexOf(open.driver.window.timeline()), 1);
        QVERIFY(open.view.model()->rowCount() > 10);
        QVERIFY(arcsIn(open.view.model()->listing()->all) >= 10);
        open.driver.key(Qt::Key_Down);
        open.driver.key(Qt::Key_Return);
        QVERIFY(open.driver.focused(open.view.pane()->canvas()));
        open.driver.key(Qt::Key_Home);
        const Row span = open.view.pane()->model()->spanAt(0);
        QVERIFY(span != noRow);
        QTRY_VERIFY_WITH_TIMEOUT(open.view.pane()->model()->quoteAt(0), patience);
        QVERIFY(!open.view.pane()->model()->quoteAt(0)->text.isEmpty());
        open.driver.key(Qt::Key_Return);
        QTRY_VERIFY(open.driver.window.timeline()->isVisible());
        QCOMPARE(open.driver.state().span(), open.book().rowNow(span));
        open.driver.key(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(open.view.isVisible());
    }

    void theFilterOfTheWindowLeavesArcsOut()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        const int all = open.view.model()->rowCount();
        const Row span = open.view.pane()->model()->spanAt(0);
        const auto trace = static_cast<std::uint32_t>(open.driver.state().corpus()->spans.at(SpanColumn::Trace, span));
        const QString id = QString::fromStdString(open.driver.state().corpus()->traceIdText(trace));
        QVERIFY(!open.driver.state().setFilter(QStringLiteral("trace=\"%1\"").arg(id)));
        QTRY_VERIFY_WITH_TIMEOUT(open.view.model()->rowCount() < all, patience);
        QCOMPARE(open.view.model()->rowCount(), 1);
        open.driver.state().setFilter({});
        QTRY_COMPARE_WITH_TIMEOUT(open.view.model()->rowCount(), all, patience);
    }

    void aVerdictHoldsOverEverythingUntilItIsTakenBack()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        open.driver.key(Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(open.view.isReviewing() && open.view.reviewBar()->isVisible());
        const auto arc = *open.view.arc();
        const std::string key = arcKey(open.view.model()->of().arcs, arc);
        const auto now = [&] { return open.book().arcs()->find(key); };
        const ArcOutcome before = open.book().arcs()->outcome(arc);
        const auto verdict = before == ArcOutcome::Deferred ? Qt::Key_2 : Qt::Key_3;
        const ArcOutcome wanted = before == ArcOutcome::Deferred ? ArcOutcome::Failed : ArcOutcome::Deferred;
        open.driver.key(verdict);
        QTRY_VERIFY_WITH_TIMEOUT(open.book().arcs()->source(*now()) == ArcSource::Human, patience);
        QCOMPARE(open.book().arcs()->outcome(*now()), wanted);
        QTRY_VERIFY_WITH_TIMEOUT(open.current(), patience);
        QVERIFY(open.driver.action("edit.undo")->text().contains(QStringLiteral("review of")));
        open.driver.key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(open.book().arcs()->outcome(*now()), before, patience);
        open.driver.key(Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!open.view.isReviewing());
    }
};

QTEST_MAIN(TestMainWindowArcs)
#include "tst_mainwindowarcs.moc"

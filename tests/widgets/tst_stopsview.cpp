// layers: widgets items core analysis GUI
#include "evidencepane.h"
#include "evidencetext.h"
#include "findingsview.h"
#include "inspector.h"
#include "quoteview.h"
#include "spantreemodel.h"
#include "stopbook.h"
#include "stopexemplars.h"
#include "stoplabel.h"
#include "stopscript.h"
#include "stopsview.h"
#include "stoptrendcanvas.h"
#include "streamview.h"
#include "viewexport.h"
#include "windowdriver.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QMimeData>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A window on a sample, with the stops in front.
struct Opened {
    WindowDriver driver;
    StopsView& view = *driver.window.stops();

    explicit Opened(const QString& path = week)
        : driver({path})
    {
    }

    /// The tab is shown by its key, and everything was searched.
    bool ready()
    {
        if (!driver.settled() || !view.overview() || driver.window.findings()->model()->entryCount() == 0)
            return false;
        if (driver.window.findChild<FindingBook*>()->stage() != SearchStage::Done ||
            view.overview()->of != driver.window.findChild<StopBook*>()->stops())
            return false; // more is on its way
        if (!view.isVisible())
            driver.key(Qt::Key_4, Qt::ControlModifier);
        return view.isVisible() && driver.focused(view.matrix());
    }
    const StopMatrixModel& words() const { return static_cast<const StopMatrixModel&>(*view.matrix()->model()); }
    StopExemplars& exemplars() const { return *view.exemplars(); }
    QModelIndex current() const { return view.matrix()->currentIndex(); }
    std::size_t listed() const { return exemplars().model()->stops().size(); }
    QString shown() const { return exemplars().text()->toPlainText(); }
};

} // namespace

class TestStopsView : public QObject
{
    Q_OBJECT

private slots:
    void disagreementsComeFirstWithTheirCalls()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        QCOMPARE(open.driver.window.actions().problems(), QStringList());
        const StopOverview& overview = *open.view.overview();
        QVERIFY(overview.calls > 200 && overview.shown.disagreeing > 5);
        auto* const tabs = open.driver.window.findChild<QTabWidget*>(QStringLiteral("views"));
        QCOMPARE(tabs->tabText(tabs->indexOf(&open.view)),
                 QStringLiteral("Stops %1").arg(overview.disagreeingInAll[0] + overview.disagreeingInAll[1]));
        QCOMPARE(open.current().row(), 0);
        QCOMPARE(open.current().column(), int(StopMatrixModel::DisagreeColumn));
        QVERIFY(open.driver.says(QStringLiteral("%1 model calls").arg(overview.calls)));
        QVERIFY(open.driver.says(QStringLiteral("to review")));
        QVERIFY(open.listed() >= 6 && open.listed() <= 7);
        QTRY_VERIFY_WITH_TIMEOUT(!open.shown().isEmpty(), patience);
        QVERIFY(open.exemplars().badge()->pair().disagrees);
        QVERIFY(open.driver.says(QStringLiteral("Rule ")));
        const StopLine* const first = open.words().lineOf(1);
        const StopLine* const second = open.words().lineOf(2);
        QVERIFY(first && second && first->disagreeing >= second->disagreeing);
    }

    void keysLeadFromACellToItsSpan()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        open.driver.key(Qt::Key_Down);
        QCOMPARE(open.current().row(), 1);
        const std::vector<Row> rows = open.words().rowsOf(open.current());
        QVERIFY(!rows.empty());
        open.driver.key(Qt::Key_Return);
        QVERIFY(open.driver.focused(open.exemplars().table()));
        open.driver.key(Qt::Key_Escape);
        QVERIFY(open.driver.focused(open.view.matrix()));
        open.driver.key(Qt::Key_Return);
        if (open.listed() > 1)
            open.driver.key(Qt::Key_Down);
        const int row = open.exemplars().table()->currentIndex().row();
        const Row span = open.exemplars().model()->rowOf(row);
        QVERIFY(std::binary_search(rows.begin(), rows.end(), span));
        open.driver.key(Qt::Key_Return);
        QCOMPARE(open.driver.state().span(), span);
        QTRY_VERIFY(open.driver.window.timeline()->isVisible());
        auto* const inspector = open.driver.part<Inspector>();
        QTRY_VERIFY(inspector->stopLabel()->isVisible());
        QVERIFY(inspector->stopLabel()->pair().disagrees);
        QVERIFY(inspector->stopLabel()->toolTip().contains(QStringLiteral("Rule")));
        QVERIFY(!inspector->stopLabel()->accessibleName().isEmpty());
        QVERIFY(open.driver.canvas().summaryOf(span).contains(QString::fromUtf8("≠")));
        QVERIFY(open.driver.canvas().detailsOf(span, 0).contains(QStringLiteral("stop: ")));
        open.driver.key(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(open.driver.tree()->isVisible());
        QVERIFY(WindowDriver::textOf(open.driver.tree()).size() > 0);
        const QModelIndex here = open.driver.tree()->currentIndex();
        QVERIFY(here.siblingAtColumn(SpanTreeModel::Stop).data().toString().contains(QString::fromUtf8("≠")));
    }

    void allCallsAreListedAndOthersDrawn()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        open.driver.click(open.view.matrix(), open.words().index(0, StopMatrixModel::CallsColumn));
        QCOMPARE(open.listed(), std::size_t(7));
        const auto before = open.exemplars().model()->stops();
        open.driver.key(Qt::Key_Return);
        open.driver.key(Qt::Key_R);
        QVERIFY(open.exemplars().model()->stops() != before);
        QCOMPARE(open.listed(), std::size_t(7));
        open.driver.key(Qt::Key_A);
        QCOMPARE(open.listed(), std::size_t(open.view.overview()->calls));
        QVERIFY(open.exemplars().table()->isColumnHidden(StopListModel::WhyColumn));
        open.driver.key(Qt::Key_End, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!open.shown().isEmpty(), patience);
        open.driver.key(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("Example\tEnds with")));
    }

    void theFilterIsSetAndRespected()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        const QModelIndex cell = open.words().index(1, StopMatrixModel::CallsColumn);
        const QString filter = open.words().filterOf(cell);
        const std::uint64_t calls = open.words().lineOf(1)->calls;
        const std::uint64_t all = open.view.overview()->calls;
        open.driver.click(open.view.matrix(), cell);
        QVERIFY(open.view.filterButton()->isEnabled());
        open.driver.key(Qt::Key_F);
        QCOMPARE(open.driver.state().filterText(), filter);
        QTRY_VERIFY_WITH_TIMEOUT(open.view.overview()->filtered, patience);
        QCOMPARE(open.view.overview()->shown.calls, calls);
        QCOMPARE(open.view.overview()->calls, all);
        QCOMPARE(open.words().rowCount(), 2);
        QCOMPARE(open.current().row(), 1); // the same word
        QVERIFY(open.driver.says(QStringLiteral("the filter leaves out %1").arg(all - calls)));
        const int complete = open.words().columnOf(StopBucket::Complete);
        QVERIFY(open.words().index(0, complete).data().toString().contains(QStringLiteral(" / ")));
        open.driver.state().setFilter(QStringLiteral("kind:tool"));
        QTRY_VERIFY(open.driver.says(QStringLiteral("No model call matches the filter")));
        open.driver.state().setFilter({});
        QTRY_VERIFY_WITH_TIMEOUT(!open.view.overview()->filtered, patience);
        QVERIFY(open.view.matrix()->isVisible());
    }

    void runsAreCountedApartFromCalls()
    {
        AppState state;
        FindingBook findings(state);
        StopBook stops(state, findings);
        StopsView view(state, findings, stops);
        view.resize(900, 560);
        view.show();
        view.activateWindow();
        QSignalSpy disagreements(&view, &StopsView::disagreementsChanged);
        stops.setStops(fiveCalls());
        QTRY_VERIFY_WITH_TIMEOUT(view.overview() && view.overview()->calls == 5, patience);
        QVERIFY(view.kinds()->isVisible());
        QCOMPARE(view.kinds()->itemText(0), QStringLiteral("Model calls: 5"));
        QCOMPARE(view.kinds()->itemText(1), QStringLiteral("Runs of agents: 1"));
        const auto said = [&](const QString& text) {
            const auto labels = view.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel* label) { return label->text().contains(text); });
        };
        QVERIFY(said(QStringLiteral("counted apart: 1 run")));
        view.kinds()->setFocus();
        QTest::keyClick(view.kinds(), Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(view.overview()->what == StopsOf::Runs, patience);
        QCOMPARE(view.matrix()->model()->rowCount(), 2); // the sum, and one word
        QCOMPARE(view.matrix()->model()->headerData(StopMatrixModel::CallsColumn, Qt::Horizontal).toString(),
                 QStringLiteral("Runs"));
        QCOMPARE(view.exemplars()->model()->stops().size(), std::size_t(1));
        QVERIFY(view.canvas()->textOf({0, -1}).endsWith(QStringLiteral("1 run")));
        QCOMPARE(disagreements.last().first().toULongLong(), 2ULL); // of both
        QTest::keyClick(view.kinds(), Qt::Key_Up);
        QTRY_COMPARE_WITH_TIMEOUT(view.overview()->calls, std::uint64_t(5), patience);
    }

    void theTrendIsMovedThroughByKeysAndMouse()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        StopTrendCanvas& canvas = *open.view.canvas();
        QVERIFY(canvas.isVisible());
        canvas.setFocus();
        QCOMPARE(canvas.place().line, 0);
        QTest::keyClick(&canvas, Qt::Key_Right);
        QVERIFY(canvas.place().piece >= 0);
        QCOMPARE(open.exemplars().model()->stops().empty(), false);
        QVERIFY(open.driver.says(canvas.textOf(canvas.place())));
        QVERIFY(canvas.accessibleDescription().contains(QStringLiteral(" of ")));
        QTest::keyClick(&canvas, Qt::Key_Down);
        QCOMPARE(canvas.place().line, 1);
        QTest::keyClick(&canvas, Qt::Key_Home);
        QVERIFY(canvas.place().piece < 0);
        QVERIFY(open.view.filterButton()->isEnabled()); // a model
        const QRect piece = canvas.rectOf({0, int(StopBucket::Complete)});
        QVERIFY(piece.isValid());
        QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, piece.center());
        QCOMPARE(canvas.place(), (LinePlace{0, int(StopBucket::Complete)}));
        QTest::keyClick(&canvas, Qt::Key_Return);
        QVERIFY(open.driver.focused(open.exemplars().table()));
        QTest::keyClick(open.exemplars().table(), Qt::Key_Escape);
        QVERIFY(open.driver.focused(&canvas));

        QTest::mouseClick(open.view.tableButton(), Qt::LeftButton);
        QVERIFY(open.view.trendTable()->isVisible() && !canvas.isVisible());
        QCOMPARE(open.view.trendTable()->model()->rowCount(), int(open.view.overview()->groups.size()) + 1);
        QTest::mouseClick(open.view.tableButton(), Qt::LeftButton);
        open.view.groupings()->setFocus();
        QTest::keyClick(open.view.groupings(), Qt::Key_Home);
        QTRY_VERIFY_WITH_TIMEOUT(!open.view.overview()->by, patience);
        QVERIFY(open.view.overview()->groups.size() > 3); // a week
        QVERIFY(canvas.textOf({0, -1}).startsWith(QStringLiteral("20")));
    }

    void tablesAreCopied()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        open.driver.key(Qt::Key_C, Qt::ControlModifier);
        const QMimeData* const mime = QGuiApplication::clipboard()->mimeData();
        QVERIFY(mime->text().startsWith(QStringLiteral("Vendor's word\tCalls\tDisagree")));
        QVERIFY(QString::fromUtf8(mime->data(QStringLiteral("text/markdown")))
                    .startsWith(QStringLiteral("| Vendor's word")));
    }

    void badgesStandWithFindingsAndStreams()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        open.driver.key(Qt::Key_6, Qt::ControlModifier);
        FindingsView& findings = *open.driver.window.findings();
        QTRY_VERIFY(findings.isVisible());
        bool any = false;
        for (int row = 0; row < findings.model()->rowCount() && !any; ++row) {
            open.driver.click(findings.table(), findings.model()->index(row, 0));
            for (const QuoteView* quote : findings.evidence()->quotes())
                any = any || quote->stopLabel()->isVisible();
        }
        QVERIFY(any);
        open.driver.key(Qt::Key_N, Qt::ControlModifier | Qt::AltModifier);
        StreamView& stream = *open.driver.window.stream();
        QTRY_VERIFY_WITH_TIMEOUT(stream.canvas()->timeline() != nullptr, patience);
        QTRY_VERIFY(stream.stopLabel()->isVisible());
    }

    void whatIsEmptySaysWhy()
    {
        WindowDriver driver;
        StopsView& view = *driver.window.stops();
        driver.state().open({week + QStringLiteral("/none-there")});
        AppState state;
        FindingBook findings(state);
        StopBook stops(state, findings);
        StopsView alone(state, findings, stops);
        alone.resize(500, 400);
        alone.show();
        const auto says = [&](const QString& text) {
            const auto labels = alone.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
        };
        QVERIFY(says(QStringLiteral("No trace is open")));
        alone.setOverview(stopOverview(fiveCalls(), SpanText::ModelServed, nullptr));
        QVERIFY(alone.matrix()->isVisible());
        auto runs = std::make_shared<FoundStops>(*fiveCalls());
        runs->survey.resize(1);
        alone.setOverview(stopOverview(runs, SpanText::ModelServed, nullptr));
        QVERIFY(!alone.matrix()->isVisible());
        auto wordless = std::make_shared<FoundStops>(*fiveCalls());
        wordless->survey.erase(wordless->survey.begin(), wordless->survey.end() - 1);
        alone.setOverview(stopOverview(wordless, SpanText::ModelServed, nullptr));
        QVERIFY(says(QStringLiteral("no vendor's word is recorded")));
        QVERIFY(!view.isVisible());
    }

    void itIsDrawnInEverySizeAndColour()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        for (const QSize size : {QSize(1'900, 1'000), QSize(1'280, 800), QSize(900, 560), QSize(720, 420)}) {
            for (const Appearance look : {Appearance::Light, Appearance::Dark}) {
                open.driver.window.setAppearance(look);
                open.driver.window.resize(size);
                QCoreApplication::processEvents();
                QVERIFY(open.view.matrix()->isVisible() || open.view.canvas()->isVisible());
                QVERIFY(!open.view.grab().isNull());
            }
        }
        for (const PictureFormat format : {PictureFormat::Png, PictureFormat::Svg, PictureFormat::Pdf}) {
            const auto picture = pictureOf(open.view, format, {});
            QVERIFY(picture && picture->size() > 1'000);
        }
        QAccessibleInterface* const matrix = QAccessible::queryAccessibleInterface(open.view.matrix());
        QVERIFY(matrix && matrix->childCount() > 10);
        open.driver.window.resize(1'280, 800);
        QTRY_VERIFY(open.view.canvas()->isVisible() && open.view.canvas()->viewport()->height() > 60);
        QAccessibleInterface* const trend = QAccessible::queryAccessibleInterface(open.view.canvas());
        QVERIFY(trend && trend->childCount() > 4 && !trend->text(QAccessible::Name).isEmpty());
        trend->child(1)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(open.view.canvas()->place().piece >= 0);
        QCOMPARE(trend->child(1)->text(QAccessible::Name), open.view.canvas()->textOf(open.view.canvas()->place()));
        QVERIFY(!open.exemplars().model()->stops().empty());
    }
};

QTEST_MAIN(TestStopsView)
#include "tst_stopsview.moc"

// layers: core items widgets GUI
#include "accessibletree.h"
#include "replaysetup.h"
#include "replayview.h"
#include "settingsdialog.h"
#include "shortcutsheet.h"
#include "stopsview.h"
#include "streamview.h"
#include "windowdriver.h"

#include <QAccessibleActionInterface>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A view, and what it draws itself.
struct PaintedView {
    const char* action;
    QList<QByteArray> painted;
};

const PaintedView paintedViews[] = {{"view.arcs", {"ArcBars", "ArcCanvas"}},  {"view.timeline", {"TimelineCanvas"}},
                                    {"view.tools", {"CallCanvas"}},           {"view.stream", {"StreamCanvas"}},
                                    {"view.streams", {"StreamCorpusCanvas"}}, {"view.tree", {}},
                                    {"view.stops", {"StopTrendCanvas"}},      {"view.findings", {}},
                                    {"view.replay", {"ReplayCanvas"}},        {"view.outcomes", {"LensChartView"}},
                                    {"view.lenses", {"LensChartView"}}};

int itemsIn(QWidget* part)
{
    QAccessibleInterface* const node = accessibleOf(part);
    return node ? node->childCount() : 0;
}

} // namespace

/// All views of one window with data: a week of traces, with streams; and two runs of the same tasks.
class TestAccessibleWindow : public QObject
{
    Q_OBJECT

    QTemporaryDir m_samples; ///< notes on them are written
    std::unique_ptr<WindowDriver> m_driver;

    QWidget* painted(const char* type) const
    {
        const QList<QWidget*> parts = partsOf(m_driver->window, type);
        return parts.isEmpty() ? nullptr : parts.constFirst();
    }

    /// A trace with calls of tools and a span with a stream are chosen where the view is about those.
    void show(const char* action)
    {
        const QByteArray view(action);
        const QStringList paths{view == "view.replay" ? m_samples.filePath(QStringLiteral("migration")) : week};
        if (m_driver->state().paths() != paths) {
            m_driver->window.open(paths);
            m_driver->keyWindow();
            QTRY_VERIFY_WITH_TIMEOUT(m_driver->state().paths() == paths && m_driver->settled(), patience);
        }
        if (view == "view.stream")
            m_driver->action("go.nextStream")->trigger();
        if (view == "view.tools") {
            const Corpus& corpus = *m_driver->state().corpus();
            Row row = 0;
            while (corpus.spans.kind(row) != SpanKind::ToolCall)
                ++row;
            m_driver->state().setTrace(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)));
        }
        m_driver->action(action)->trigger();
        m_driver->keyWindow();
        if (view == "view.replay") {
            ReplaySetup& setup = *m_driver->window.replay()->setup();
            QTRY_VERIFY_WITH_TIMEOUT(m_driver->window.replay()->list()->isVisible() ||
                                         (setup.isVisible() && setup.compareButton()->isEnabled()),
                                     patience);
            if (setup.isVisible())
                WindowDriver::click(setup.compareButton());
        }
    }

private slots:
    void initTestCase()
    {
        QVERIFY(!copyOfSamples(m_samples).isEmpty());
        m_driver = std::make_unique<WindowDriver>(QStringList{week});
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->settled(), patience);
    }
    void cleanupTestCase() { m_driver.reset(); }

    void everythingHasAName_data()
    {
        QTest::addColumn<int>("view");
        for (int i = 0; i < static_cast<int>(std::size(paintedViews)); ++i)
            QTest::newRow(paintedViews[i].action) << i;
    }
    void everythingHasAName()
    {
        QFETCH(int, view);
        const PaintedView& shown = paintedViews[view];
        show(shown.action);
        if (QByteArray(shown.action) == "view.arcs") // the first arc is chosen by keys
            m_driver->key(Qt::Key_Down);
        for (const QByteArray& type : shown.painted)
            QTRY_VERIFY2_WITH_TIMEOUT(painted(type) && itemsIn(painted(type)) > 0, type.constData(), patience);
        const QStringList unnamed = unnamedIn(m_driver->window);
        QVERIFY2(unnamed.isEmpty(), qPrintable(QStringLiteral("\n") + unnamed.join(QLatin1Char('\n'))));
        QCOMPARE(silentIn(m_driver->window), QStringList());
    }

    /// Items of what is painted have a name and a place, can be focused, and are chosen by a press.
    void itemsCanBeUsed_data() { everythingHasAName_data(); }
    void itemsCanBeUsed()
    {
        QFETCH(int, view);
        const PaintedView& shown = paintedViews[view];
        show(shown.action);
        for (const QByteArray& type : shown.painted) {
            QTRY_VERIFY2_WITH_TIMEOUT(painted(type) && itemsIn(painted(type)) > 0, type.constData(), patience);
            QWidget* const part = painted(type);
            QAccessibleInterface* const list = accessibleOf(part);
            QVERIFY(!list->text(QAccessible::Name).isEmpty());
            QCOMPARE(list->role(), QAccessible::List);
            const QRect around(part->mapToGlobal(QPoint()), part->size());
            for (int i = 0; i < list->childCount(); ++i) {
                QAccessibleInterface* const item = list->child(i);
                QVERIFY2(item && item->isValid(), type.constData());
                QVERIFY2(!item->text(QAccessible::Name).isEmpty(), type.constData());
                QVERIFY(item->state().focusable && item->state().selectable);
                QVERIFY2(item->rect().isEmpty() || around.intersects(item->rect()), type.constData());
                QCOMPARE(list->indexOfChild(item), i);
                QVERIFY(item->actionInterface()->actionNames().contains(QAccessibleActionInterface::pressAction()));
            }
            const QString name = list->child(list->childCount() - 1)->text(QAccessible::Name);
            list->child(list->childCount() - 1)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
            QTRY_VERIFY2(list->focusChild() && list->focusChild()->state().selected, type.constData());
            QCOMPARE(list->focusChild()->text(QAccessible::Name), name);
        }
    }

    void menusAndPanelsHaveNames()
    {
        m_driver->action("view.panel.ledger")->setChecked(true);
        show("view.timeline");
        for (QMenu* menu : m_driver->window.findChildren<QMenu*>()) {
            for (const QAction* action : menu->actions())
                QVERIFY2(action->isSeparator() || !action->text().isEmpty(), qPrintable(menu->title()));
        }
        QCOMPARE(unnamedIn(m_driver->window), QStringList());
        m_driver->action("view.panel.ledger")->setChecked(false);
    }

    void dialogsHaveNames_data()
    {
        QTest::addColumn<QString>("action");
        for (const char* action : {"file.settings", "help.shortcuts", "help.about", "view.alignClocks"})
            QTest::newRow(action) << QString::fromLatin1(action);
    }
    void dialogsHaveNames()
    {
        QFETCH(QString, action);
        QStringList unnamed{QStringLiteral("no dialog")};
        QTimer::singleShot(0, this, [&unnamed] {
            QWidget* const dialog = QApplication::activeModalWidget();
            if (!dialog)
                return;
            unnamed.clear();
            const auto tabs = dialog->findChildren<QTabWidget*>();
            for (int page = 0; page < (tabs.isEmpty() ? 1 : tabs.constFirst()->count()); ++page) {
                if (!tabs.isEmpty())
                    tabs.constFirst()->setCurrentIndex(page);
                unnamed << unnamedIn(*dialog) << silentIn(*dialog);
            }
            dialog->close();
        });
        m_driver->window.actions().action(action)->trigger();
        QCOMPARE(unnamed, QStringList());
    }

    void theFirstPageHasNames()
    {
        WindowDriver empty;
        QCOMPARE(unnamedIn(empty.window), QStringList());
        empty.action("help.tour")->trigger();
        QCOMPARE(unnamedIn(empty.window), QStringList());
    }
};

QTEST_MAIN(TestAccessibleWindow)
#include "tst_accessiblewindow.moc"

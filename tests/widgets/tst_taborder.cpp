// layers: core items widgets GUI
#include "findingbook.h"
#include "stopsview.h"
#include "taborder.h"
#include "windowdriver.h"

#include <QComboBox>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr int mostStops = 200; ///< of Tab in one window

/// Some of it lies within all that it is in.
bool inSight(const QWidget& part)
{
    QRect seen(part.mapTo(part.window(), QPoint()), part.size());
    for (const QWidget* in = part.parentWidget(); in; in = in->isWindow() ? nullptr : in->parentWidget())
        seen &= QRect(in->mapTo(part.window(), QPoint()), in->size());
    return part.isVisible() && !seen.isEmpty();
}

QString namesOf(const QList<QWidget*>& parts)
{
    QStringList names;
    for (const QWidget* part : parts)
        names << part->objectName();
    return names.join(QLatin1Char(' '));
}

QPushButton* button(const char* name)
{
    auto* const made = new QPushButton(QLatin1String(name));
    made->setObjectName(QLatin1String(name));
    return made;
}

} // namespace

class TestTabOrder : public QObject
{
    Q_OBJECT

    std::unique_ptr<WindowDriver> m_driver;

private slots:
    void cleanupTestCase() { m_driver.reset(); }

    void asItIsRead_data()
    {
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::addColumn<QString>("order");
        QTest::newRow("from the left") << Qt::LeftToRight << "top left1 left2 right1 right2 bottom";
        QTest::newRow("from the right") << Qt::RightToLeft << "top right1 right2 left1 left2 bottom";
    }
    /// Made from the end to the beginning, two columns in the middle: each is gone through before the other.
    void asItIsRead()
    {
        QFETCH(Qt::LayoutDirection, direction);
        QFETCH(QString, order);
        QWidget window;
        auto* const rows = new QVBoxLayout(&window);
        auto* const bottom = button("bottom");
        auto* const split = new QSplitter;
        const auto column = [split](const char* upper, const char* lower) {
            auto* const made = new QWidget(split);
            auto* const in = new QVBoxLayout(made);
            QPushButton* const last = button(lower);
            in->addWidget(last);
            in->insertWidget(0, button(upper));
        };
        column(direction == Qt::LeftToRight ? "left1" : "right1", direction == Qt::LeftToRight ? "left2" : "right2");
        column(direction == Qt::LeftToRight ? "right1" : "left1", direction == Qt::LeftToRight ? "right2" : "left2");
        rows->addWidget(bottom);
        rows->insertWidget(0, split);
        rows->insertWidget(0, button("top"));
        auto* const hidden = button("hidden");
        rows->addWidget(hidden);
        auto* const off = button("off");
        off->setEnabled(false);
        rows->addWidget(off);
        window.setLayoutDirection(direction);
        window.show();
        hidden->hide();
        QTRY_COMPARE(namesOf(tabOrder(window)), order);
    }

    void goesAroundTheEnds()
    {
        QWidget window;
        auto* const rows = new QVBoxLayout(&window);
        for (const char* name : {"a", "b", "c"})
            rows->addWidget(button(name));
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QStringList seen;
        for (int i = 0; i < 5; ++i) {
            QVERIFY(tabAlong(window, i < 4));
            seen << window.focusWidget()->objectName();
        }
        QCOMPARE(seen.join(QLatin1Char(' ')), QStringLiteral("b c a b a"));
        QWidget empty;
        QVERIFY(!tabAlong(empty, true));
    }

    /// From the bar on top, through the list of traces, what is above a view, the view itself and the inspector;
    /// nothing is passed over, twice, or out of sight.
    void everyViewIsGoneThrough_data()
    {
        QTest::addColumn<QString>("view");
        for (const char* view : {"view.arcs", "view.timeline", "view.tools", "view.stream", "view.streams", "view.tree",
                                 "view.stops", "view.findings", "view.replay", "view.outcomes", "view.lenses"})
            QTest::newRow(view) << QString::fromLatin1(view);
    }
    void everyViewIsGoneThrough()
    {
        QFETCH(QString, view);
        if (!m_driver)
            m_driver = std::make_unique<WindowDriver>(QStringList{week});
        WindowDriver& driver = *m_driver;
        const FindingBook& book = *driver.window.findChild<FindingBook*>();
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && book.stage() == SearchStage::Done, patience);
        const Corpus& corpus = *driver.state().corpus();
        Row row = 0;
        while (corpus.spans.kind(row) != SpanKind::ToolCall)
            ++row;
        driver.state().setTrace(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)));
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.window.actions().action(view)->trigger();
        QWidget* const page = driver.views()->currentWidget();
        QTRY_VERIFY_WITH_TIMEOUT(page->isVisible() && !tabOrder(*page).isEmpty(), patience);
        const QList<QWidget*> order = tabOrder(driver.window);
        for (QWidget* part : page->findChildren<QWidget*>()) {
            const bool reachable = part->isVisible() && part->isEnabled() && !part->size().isEmpty() &&
                                   (part->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !part->focusProxy();
            QVERIFY2(!reachable || order.contains(part), qPrintable(part->accessibleName()));
        }
        driver.field()->setFocus();
        QList<QWidget*> gone;
        for (int i = 0; i < mostStops; ++i) {
            QWidget* const now = QApplication::focusWidget();
            QVERIFY(now && now->isVisible());
            QTRY_VERIFY2(inSight(*now), now->metaObject()->className());
            if (i > 0 && now == driver.field())
                break;
            QVERIFY2(!gone.contains(now), now->metaObject()->className());
            gone << now;
            driver.key(Qt::Key_Tab);
        }
        QCOMPARE(QApplication::focusWidget(), driver.field());
        const auto at = [&gone](const QWidget* part) {
            return std::find_if(gone.begin(), gone.end(),
                                [part](const QWidget* each) { return part == each || part->isAncestorOf(each); }) -
                   gone.begin();
        };
        QVERIFY(at(driver.field()) < at(driver.traces()));
        QVERIFY(at(driver.traces()) < at(page));
        QVERIFY(at(page) < gone.size());
    }

    /// What chooses is before what is chosen from.
    void theStopsBeginWithTheirControls()
    {
        WindowDriver driver({week});
        driver.action("view.stops")->trigger();
        StopsView& view = *driver.window.stops();
        auto* const by = driver.part<QComboBox>(QStringLiteral("What calls are grouped by"));
        QTRY_VERIFY_WITH_TIMEOUT(by->isVisible(), patience);
        QTRY_VERIFY(view.focusProxy());
        const QList<QWidget*> order = tabOrder(view);
        QVERIFY(order.contains(by));
        QVERIFY(order.indexOf(by) < order.indexOf(view.focusProxy()));
        view.focusProxy()->setFocus();
        for (qsizetype i = 0; i < order.size() && !by->hasFocus(); ++i)
            driver.key(Qt::Key_Tab, Qt::ShiftModifier);
        QVERIFY(by->hasFocus());
    }
};

QTEST_MAIN(TestTabOrder)
#include "tst_taborder.moc"

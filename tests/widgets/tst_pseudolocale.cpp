// layers: core items widgets GUI
#include "accessibletree.h"
#include "arcbook.h"
#include "clippedtexts.h"
#include "findingbook.h"
#include "findingsview.h"
#include "pseudolocale.h"
#include "settingsdialog.h"
#include "stopsview.h"
#include "streamview.h"
#include "windowdriver.h"

#include <QDockWidget>
#include <QScopeGuard>
#include <QTabWidget>
#include <QTimer>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const char* const views[] = {"view.arcs",  "view.timeline", "view.tools",  "view.stream",   "view.streams", "view.tree",
                             "view.stops", "view.findings", "view.replay", "view.outcomes", "view.lenses"};

bool isMarked(const QString& text)
{
    return text.isEmpty() || text.contains(QChar(0x27e6));
}

} // namespace

/// The window in a language of long texts, from left and from right, at its smallest size.
class TestPseudoLocale : public QObject
{
    Q_OBJECT

    std::unique_ptr<PseudoLocale> m_language;
    std::unique_ptr<WindowDriver> m_driver;

    /// Until everything is found: a view that still looks for it has little that could be clipped.
    void openWeek()
    {
        m_driver = std::make_unique<WindowDriver>(QStringList{week});
        m_driver->window.resize(900, 560);
        const auto* const findings = m_driver->window.findChild<FindingBook*>();
        const auto* const arcs = m_driver->window.findChild<ArcBook*>();
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->settled() && findings->stage() == SearchStage::Done && !arcs->isJoining() &&
                                     arcs->arcs()->count() > 0,
                                 patience);
        m_driver->action("go.nextStream")->trigger();
    }

    void open(bool rightToLeft)
    {
        if (m_driver && m_language && QApplication::isRightToLeft() == rightToLeft)
            return;
        m_driver.reset();
        m_language.reset();
        m_language = std::make_unique<PseudoLocale>(rightToLeft);
        QTRY_COMPARE(QApplication::isRightToLeft(), rightToLeft);
        openWeek();
    }

private slots:
    void cleanupTestCase()
    {
        m_driver.reset();
        m_language.reset();
    }

    void nothingIsClipped_data()
    {
        QTest::addColumn<bool>("rightToLeft");
        QTest::addColumn<QString>("view");
        for (const bool rightToLeft : {false, true}) {
            for (const char* view : views)
                QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(view), rightToLeft ? "RTL" : "LTR")))
                    << rightToLeft << QString::fromLatin1(view);
        }
    }
    void nothingIsClipped()
    {
        QFETCH(bool, rightToLeft);
        QFETCH(QString, view);
        open(rightToLeft);
        m_driver->window.actions().action(view)->trigger();
        QCOMPARE(m_driver->window.size(), QSize(900, 560));
        QStringList clipped;
        const auto none = [&] {
            clipped = clippedIn(m_driver->window);
            return clipped.isEmpty();
        };
        if (!QTest::qWaitFor(none, 5'000))
            QFAIL(qPrintable(QStringLiteral("\n") + clipped.join(QLatin1Char('\n'))));
    }

    /// As big as people with weak eyes have it.
    void bigTextFits_data()
    {
        QTest::addColumn<QString>("view");
        for (const char* view : views)
            QTest::newRow(view) << QString::fromLatin1(view);
    }
    void bigTextFits()
    {
        QFETCH(QString, view);
        if (!m_driver || m_language) {
            m_driver.reset();
            m_language.reset();
            openWeek();
        }
        const QFont before = QApplication::font();
        QFont big = before;
        big.setPointSizeF(14);
        QApplication::setFont(big);
        const auto restored = qScopeGuard([&before] { QApplication::setFont(before); });
        m_driver->window.actions().action(view)->trigger();
        QCOMPARE(m_driver->window.size(), QSize(900, 560));
        QTest::qWait(100); // the window is laid out anew
        QStringList clipped;
        const auto none = [&] {
            clipped = clippedIn(m_driver->window);
            return clipped.isEmpty();
        };
        if (!QTest::qWaitFor(none, 5'000))
            QFAIL(qPrintable(QStringLiteral("\n") + clipped.join(QLatin1Char('\n'))));
    }

    void dialogsFit()
    {
        open(false);
        QStringList clipped{QStringLiteral("no dialog")};
        QTimer::singleShot(0, this, [&clipped] {
            auto* const dialog = qobject_cast<SettingsDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            clipped.clear();
            auto* const pages = dialog->findChild<QTabWidget*>();
            for (int page = 0; page < pages->count(); ++page) {
                pages->setCurrentIndex(page);
                QTest::qWait(0);
                clipped << clippedIn(*dialog);
            }
            dialog->close();
        });
        m_driver->action("file.settings")->trigger();
        QVERIFY2(clipped.isEmpty(), qPrintable(QStringLiteral("\n") + clipped.join(QLatin1Char('\n'))));
    }

    /// Every command, tab and heading is marked for translation.
    void whatIsSaidIsMarked()
    {
        open(false);
        for (const QAction* action : m_driver->window.actions().all()) {
            QVERIFY2(isMarked(action->text()) && isMarked(action->toolTip()), qPrintable(ActionRegistry::idOf(action)));
        }
        const auto* const tabs = m_driver->views();
        for (int i = 0; i < tabs->count(); ++i)
            QVERIFY2(isMarked(tabs->tabText(i)), qPrintable(tabs->tabText(i)));
        for (const char* view : views) {
            m_driver->window.actions().action(QLatin1String(view))->trigger();
            for (const QAbstractButton* button : m_driver->window.findChildren<QAbstractButton*>()) {
                const QString text = button->text();
                const bool words = std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLetter(); }) > 2;
                QVERIFY2(!button->isVisible() || !words || isMarked(text),
                         qPrintable(QLatin1String(view) + QStringLiteral(": ") + text));
            }
        }
    }

    /// Arrows and panels are mirrored, the time on the axis is not.
    void timeGoesFromLeftToRight()
    {
        open(true);
        m_driver->action("view.timeline")->trigger();
        auto& canvas = m_driver->canvas();
        const auto data = canvas.data();
        QVERIFY(data && data->rows.size() > 2);
        m_driver->state().setTrace(0);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->settled(), patience);
        const std::vector<Row> rows = canvas.visibleRows();
        QVERIFY(rows.size() > 2);
        const Corpus& corpus = *m_driver->state().corpus();
        Row first = rows.front();
        Row last = rows.front();
        for (const Row row : rows) {
            if (corpus.spans.at(SpanColumn::Start, row) < corpus.spans.at(SpanColumn::Start, first))
                first = row;
            if (corpus.spans.at(SpanColumn::Start, row) > corpus.spans.at(SpanColumn::Start, last))
                last = row;
        }
        QVERIFY(canvas.itemRect(first).left() < canvas.itemRect(last).left());
        const auto* const traces = m_driver->window.findChild<QDockWidget*>(QStringLiteral("dock.corpus"));
        const auto* const inspector = m_driver->window.findChild<QDockWidget*>(QStringLiteral("dock.inspector"));
        const int centre = canvas.mapTo(&m_driver->window, QPoint()).x();
        QVERIFY(traces->isVisible() && traces->x() > centre);
        QVERIFY(inspector->isVisible() && inspector->x() < centre);
    }
};

QTEST_MAIN(TestPseudoLocale)
#include "tst_pseudolocale.moc"

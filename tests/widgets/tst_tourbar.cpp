// layers: core items widgets GUI
#include "noticebar.h"
#include "timelineview.h"
#include "tourbar.h"
#include "windowdriver.h"

#include <QLabel>
#include <QPushButton>
#include <QTabWidget>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct FirstStart {
    QTemporaryDir folder;
    Settings settings{folder.filePath(QStringLiteral("settings.ini"))};
    MainWindow window{samples, settings};
    TourBar* tour = window.findChild<TourBar*>();

    FirstStart()
    {
        window.resize(1000, 640);
        window.show();
        window.activateWindow();
        window.begin(true);
    }
    QPushButton* button(const QString& text) const
    {
        for (QPushButton* each : tour->findChildren<QPushButton*>()) {
            if (each->isVisible() && each->text().remove(QLatin1Char('&')) == text)
                return each;
        }
        return nullptr;
    }
};

} // namespace

class TestTourBar : public QObject
{
    Q_OBJECT

private slots:
    void isOfferedAtTheFirstStartOnly()
    {
        FirstStart first;
        QVERIFY(first.tour->isVisible() && first.tour->running());
        QVERIFY(!first.tour->isAncestorOf(QApplication::focusWidget())); // it takes no keyboard
        QTest::mouseClick(first.button(QStringLiteral("No, thanks")), Qt::LeftButton);
        QVERIFY(!first.tour->isVisible());
        MainWindow second(samples, first.settings);
        second.show();
        second.begin(true);
        QVERIFY(!second.findChild<TourBar*>()->isVisible());
    }

    void isNotOfferedBeforeWhatIsOpened()
    {
        const WindowDriver driver({incident});
        QVERIFY(!driver.window.findChild<TourBar*>()->isVisible());
    }

    /// From the first step to the last by keys, with a view for each.
    void goesThroughTheWindowByKeys()
    {
        FirstStart first;
        TourBar& tour = *first.tour;
        QTRY_VERIFY(first.window.isActiveWindow());
        first.window.actions().action(QStringLiteral("help.tour"))->trigger();
        QVERIFY(tour.isAncestorOf(QApplication::focusWidget()));
        auto* const tabs = WindowDriver::viewsOf(first.window);
        QStringList titles;
        QStringList views;
        for (int guard = 0; tour.running() && guard < 20; ++guard) {
            QVERIFY(tour.focusTarget()->hasFocus());
            titles << tour.accessibleName();
            views << tabs->tabText(tabs->currentIndex());
            QVERIFY(!tour.findChildren<QLabel*>().constFirst()->text().isEmpty());
            if (guard == 1)
                QTRY_VERIFY_WITH_TIMEOUT(first.window.state().isOpen() && !first.window.state().loading(), patience);
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        }
        QVERIFY(!tour.isVisible());
        QCOMPARE(titles.size(), 6);
        titles.removeDuplicates();
        QCOMPARE(titles.size(), 6);
        views.removeDuplicates();
        QVERIFY(views.size() >= 3);
        QVERIFY(QApplication::focusWidget() && QApplication::focusWidget()->isVisible());
    }

    void goesBackAndEndsByEscape()
    {
        FirstStart first;
        TourBar& tour = *first.tour;
        QTest::mouseClick(first.button(QStringLiteral("Start the tour")), Qt::LeftButton);
        QCOMPARE(tour.step(), std::size_t(1));
        QTest::mouseClick(first.button(QStringLiteral("Back")), Qt::LeftButton);
        QCOMPARE(tour.step(), std::size_t(0));
        QVERIFY(!first.tour->findChildren<QPushButton*>().constFirst()->isEnabled());
        QTRY_VERIFY(first.window.timeline()->isVisible());
        tour.focusTarget()->setFocus();
        QTest::keyClick(tour.focusTarget(), Qt::Key_Escape);
        QVERIFY(!tour.isVisible());
        QVERIFY(first.window.timeline()->isAncestorOf(QApplication::focusWidget()));
    }

    /// Keys that are told are those of now.
    void tellsTheKeysOfNow()
    {
        FirstStart first;
        QTRY_VERIFY(first.window.isActiveWindow());
        first.window.actions().action(QStringLiteral("help.view"))->setShortcut(QKeySequence(Qt::Key_F9));
        first.window.actions().action(QStringLiteral("help.tour"))->trigger();
        QString last;
        for (int guard = 0; first.tour->running() && guard < 20; ++guard) {
            last = first.tour->accessibleName();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        }
        QVERIFY2(last.contains(QStringLiteral("F9")), qPrintable(last));
    }
};

QTEST_MAIN(TestTourBar)
#include "tst_tourbar.moc"

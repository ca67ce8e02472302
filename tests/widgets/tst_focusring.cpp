// layers: core items widgets GUI
#include "findingbook.h"
#include "focusring.h"
#include "streamcanvas.h"
#include "streamview.h"
#include "theme.h"
#include "windowdriver.h"

#include <QDialog>
#include <QPushButton>
#include <QVBoxLayout>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Pixels that differ so much that they can be seen: 3:1 against what was there.
int changedPixels(const QImage& before, const QImage& after)
{
    int changed = 0;
    for (int y = 0; y < std::min(before.height(), after.height()); ++y) {
        for (int x = 0; x < std::min(before.width(), after.width()); ++x) {
            if (before.pixel(x, y) != after.pixel(x, y) &&
                contrast(before.pixelColor(x, y), after.pixelColor(x, y)) >= 3)
                ++changed;
        }
    }
    return changed;
}

} // namespace

/// What has the keyboard looks other than without it, in every view and in all colours.
class TestFocusRing : public QObject
{
    Q_OBJECT

    static const FocusRing* ringOf(const QWidget& window)
    {
        for (QObject* child : window.children()) {
            if (const auto* ring = dynamic_cast<const FocusRing*>(child))
                return ring;
        }
        return nullptr;
    }

private slots:
    void goesWithItsPart()
    {
        FocusRing::install();
        QDialog dialog;
        auto* const column = new QVBoxLayout(&dialog);
        auto* const first = new QPushButton(QStringLiteral("First"));
        auto* const second = new QPushButton(QStringLiteral("Second"));
        column->addWidget(first);
        column->addWidget(second);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        second->setFocus(Qt::TabFocusReason);
        const FocusRing* const ring = ringOf(dialog);
        QVERIFY(ring && ring->isVisible());
        QVERIFY(ring->geometry().contains(second->geometry()));
        dialog.resize(dialog.width() + 120, dialog.height() + 80);
        QTRY_VERIFY(ring->geometry().contains(second->geometry()));
        QVERIFY(!ring->geometry().contains(first->geometry()));
        // It is in nobody's way.
        bool clicked = false;
        connect(second, &QPushButton::clicked, second, [&clicked] { clicked = true; });
        QTest::mouseClick(dialog.windowHandle(), Qt::LeftButton, {}, second->geometry().topLeft() + QPoint(1, 1));
        QVERIFY(clicked);
        second->hide();
        QTRY_VERIFY(first->hasFocus());
        QVERIFY(ring->geometry().contains(first->geometry()));
        QTest::mouseClick(dialog.windowHandle(), Qt::LeftButton, {}, QPoint(2, 2));
        first->clearFocus();
        QVERIFY(!ring->isVisible());
        QTest::mousePress(dialog.windowHandle(), Qt::LeftButton, {}, first->geometry().center());
        QVERIFY(first->hasFocus());
        QVERIFY(!ring->isVisible()); // whoever points at it knows
        QTest::mouseRelease(dialog.windowHandle(), Qt::LeftButton, {}, first->geometry().center());
    }

    void canBeSeen_data()
    {
        QTest::addColumn<int>("look");
        QTest::newRow("light") << static_cast<int>(Appearance::Light);
        QTest::newRow("dark") << static_cast<int>(Appearance::Dark);
        QTest::newRow("contrast on black") << static_cast<int>(Appearance::ContrastDark);
        QTest::newRow("contrast on white") << static_cast<int>(Appearance::ContrastLight);
    }
    void canBeSeen()
    {
        QFETCH(int, look);
        WindowDriver driver({week});
        const FindingBook& book = *driver.window.findChild<FindingBook*>();
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && book.stage() == SearchStage::Done, patience);
        driver.window.setAppearance(static_cast<Appearance>(look));
        driver.action("go.nextStream")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(driver.window.stream()->canvas()->timeline() != nullptr, patience);
        QStringList unseen;
        QSet<QWidget*> looked;
        for (const char* view : {"view.arcs", "view.timeline", "view.tools", "view.stream", "view.streams", "view.tree",
                                 "view.stops", "view.findings", "view.replay", "view.outcomes", "view.lenses"}) {
            driver.action(view)->trigger();
            QCoreApplication::processEvents();
            for (int i = 0; i < 60; ++i) {
                driver.key(Qt::Key_Tab);
                QWidget* const part = QApplication::focusWidget();
                if (!part || part->window() != &driver.window || looked.contains(part))
                    continue;
                looked << part;
                QCoreApplication::processEvents();
                const QRect around = QRect(part->mapTo(&driver.window, QPoint()), part->size()).adjusted(-6, -6, 6, 6);
                const QImage with = driver.window.grab(around).toImage();
                part->clearFocus();
                QCoreApplication::processEvents();
                const QImage without = driver.window.grab(around).toImage();
                part->setFocus(Qt::TabFocusReason);
                if (changedPixels(without, with) < 2 * std::min(part->width(), part->height()))
                    unseen << QStringLiteral("%1: %2 “%3”")
                                  .arg(QLatin1String(view), QLatin1String(part->metaObject()->className()),
                                       part->accessibleName());
            }
        }
        driver.window.setAppearance(Appearance::Light);
        unseen.removeDuplicates();
        QVERIFY2(unseen.isEmpty(), qPrintable(QStringLiteral("\n") + unseen.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestFocusRing)
#include "tst_focusring.moc"

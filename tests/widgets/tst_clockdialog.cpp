// layers: core analysis items store pipeline widgets GUI
#include "clockdialog.h"
#include "imported.h"
#include "otlpclocks.h"
#include "windowdriver.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QMessageBox>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Runs `use` in the dialog when it has its estimates.
template <typename Use>
void whenOpen(Use use)
{
    auto* timer = new QTimer;
    QObject::connect(timer, &QTimer::timeout, [timer, use] {
        auto* dialog = qobject_cast<ClockDialog*>(QApplication::activeModalWidget());
        auto* table = dialog ? dialog->findChild<QTableWidget*>() : nullptr;
        if (!table || table->rowCount() == 0)
            return;
        timer->stop();
        timer->deleteLater();
        use(*dialog);
    });
    timer->start(10);
}

QPushButton* button(const ClockDialog& dialog, const QString& text)
{
    for (QPushButton* each : dialog.findChildren<QPushButton*>()) {
        if (each->text().remove(QLatin1Char('&')) == text)
            return each;
    }
    return nullptr;
}

QDoubleSpinBox* offset(const ClockDialog& dialog, const QString& service)
{
    for (QDoubleSpinBox* each : dialog.findChildren<QDoubleSpinBox*>()) {
        if (each->accessibleName().endsWith(service))
            return each;
    }
    return nullptr;
}

} // namespace

class TestClockDialog : public QObject
{
    Q_OBJECT

    Files m_files;
    QString m_path;

private slots:
    void init() { m_path = QString::fromStdString(m_files.write("calls.jsonl", callsWithSkew())); }
    void cleanup() { QFile::remove(m_path + QStringLiteral(".notes.arcscope")); }

    void estimatesAreUsedAndUndone()
    {
        WindowDriver driver({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QString said;
        whenOpen([&](ClockDialog& dialog) {
            const auto* table = dialog.findChild<QTableWidget*>();
            said = WindowDriver::textOf(table);
            QCOMPARE(offset(dialog, QStringLiteral("stock"))->value(), 0.0); // nothing is shifted by itself
            WindowDriver::click(button(dialog, QStringLiteral("Use estimates")));
            QCOMPARE(offset(dialog, QStringLiteral("stock"))->value(), 2'000.0);
            WindowDriver::click(dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok));
        });
        driver.key(Qt::Key_A, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY2(said.contains("2.00 s behind shop, ± 20 ms (5 of 5 calls)"), qPrintable(said));
        QVERIFY(said.contains("others are compared with it"));
        QTRY_COMPARE_WITH_TIMEOUT(driver.state().corpus()->clocks.size(), std::size_t{1}, patience);
        driver.state().setSpan(1);
        const auto summary = [&] { return WindowDriver::textOf(driver.part<QTableView>(QStringLiteral("Summary"))); };
        QTRY_VERIFY_WITH_TIMEOUT(summary().contains("Start as recorded"), patience);
        driver.key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(driver.state().corpus()->clocks.empty(), patience);
        driver.action("edit.redo")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!driver.state().corpus()->clocks.empty(), patience);
    }

    void anOffsetOfOnesOwnIsShownAndReset()
    {
        WindowDriver driver({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        whenOpen([](ClockDialog& dialog) {
            offset(dialog, QStringLiteral("shop"))->setValue(-12.5);
            dialog.accept();
        });
        driver.action("view.alignClocks")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(driver.state().clocks(), (ClockSettings{{"shop", -12'500'000}}), patience);
        whenOpen([](ClockDialog& dialog) {
            QCOMPARE(offset(dialog, QStringLiteral("shop"))->value(), -12.5);
            WindowDriver::click(button(dialog, QStringLiteral("As recorded")));
            dialog.accept();
        });
        driver.action("view.alignClocks")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(driver.state().clocks().isEmpty(), patience);
        whenOpen([](ClockDialog& dialog) {
            offset(dialog, QStringLiteral("shop"))->setValue(5);
            WindowDriver::click(button(dialog, QStringLiteral("Cancel")));
        });
        driver.action("view.alignClocks")->trigger();
        QVERIFY(driver.state().clocks().isEmpty());
    }

    void escapeAsksBeforeItLosesWhatWasTyped()
    {
        WindowDriver driver({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        int asked = 0;
        const auto answer = [&asked](Qt::Key key) {
            QTimer::singleShot(0, qApp, [&asked, key] {
                if (auto* const box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                    ++asked;
                    QTest::keyClick(box, key);
                }
            });
        };
        whenOpen([&](ClockDialog& dialog) {
            QTest::keyClick(offset(dialog, QStringLiteral("shop")), Qt::Key_Up);
            answer(Qt::Key_Escape); // go on
            QTest::keyClick(&dialog, Qt::Key_Escape);
            QVERIFY(dialog.isVisible());
            QVERIFY(offset(dialog, QStringLiteral("shop"))->value() != 0);
            answer(Qt::Key_D);
            QTest::keyClick(&dialog, Qt::Key_Escape);
            QVERIFY(!dialog.isVisible());
        });
        driver.action("view.alignClocks")->trigger();
        QCOMPARE(asked, 2);
        QVERIFY(driver.state().clocks().isEmpty());
        whenOpen([](ClockDialog& dialog) { QTest::keyClick(&dialog, Qt::Key_Escape); }); // nothing typed: no question
        driver.action("view.alignClocks")->trigger();
    }

    void whereNothingIsOffItSaysSo()
    {
        const QString path = QString::fromStdString(m_files.write("agree.jsonl", callsWithSkew(3, 0)));
        WindowDriver driver({path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QString said;
        whenOpen([&](ClockDialog& dialog) {
            said = WindowDriver::textOf(dialog.findChild<QTableWidget*>());
            dialog.reject();
        });
        driver.action("view.alignClocks")->trigger();
        QVERIFY2(said.contains("agrees with shop (3 calls)"), qPrintable(said));
    }

    void theProgramCanAlignFromTheStart()
    {
        WindowDriver driver({m_path});
        driver.window.alignNext();
        QTRY_VERIFY_WITH_TIMEOUT(!driver.state().corpus()->clocks.empty(), patience);
        const auto buttons = driver.window.findChildren<QToolButton*>();
        QTRY_VERIFY(std::any_of(buttons.begin(), buttons.end(), [](const QToolButton* each) {
            return each->isVisible() && each->text().contains("clock of 1 service is aligned");
        }));
    }
};

QTEST_MAIN(TestClockDialog)
#include "tst_clockdialog.moc"

// layers: core analysis items widgets GUI
#include "findingbook.h"
#include "findingsview.h"
#include "heldpool.h"
#include "windowdriver.h"

#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

QList<QToolButton*> chips(const WindowDriver& driver)
{
    QList<QToolButton*> found;
    for (auto* button : driver.window.filterBar()->findChildren<QToolButton*>()) {
        if (button->isVisible() && button->accessibleName().startsWith(QStringLiteral("Remove")))
            found << button;
    }
    return found;
}

} // namespace

class TestMainWindowFilter : public QObject
{
    Q_OBJECT

private slots:
    void aFilterNarrowsEveryView()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && driver.traces()->model()->rowCount() == 174, patience);
        QTRY_COMPARE_WITH_TIMEOUT(int(driver.window.findChild<FindingBook*>()->stage()), int(SearchStage::Done),
                                  patience);
        const QImage before = driver.canvas().grab().toImage(); // with the flags of findings
        driver.key(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(driver.focused(driver.field()));
        driver.type(QStringLiteral("status:error"));
        QCOMPARE(driver.state().filterText(), QString()); // only Return applies
        driver.key(Qt::Key_Return);
        QCOMPARE(driver.state().filterText(), QStringLiteral("status:error"));
        QTRY_VERIFY_WITH_TIMEOUT(driver.state().matches(), patience);
        QCOMPARE(driver.state().matches()->size(), std::size_t{20});
        QTRY_VERIFY(driver.says(QStringLiteral("20 of 627 spans match")));
        QTRY_VERIFY(driver.traces()->model()->rowCount() < 21);
        const int shown = driver.traces()->model()->rowCount();
        QVERIFY(driver.says(QStringLiteral("%1 of 174").arg(shown)));
        QVERIFY(driver.canvas().grab().toImage() != before);
        QVERIFY(driver.focused(driver.field()));

        driver.key(Qt::Key_Escape);
        QCOMPARE(driver.state().filterText(), QString());
        QCOMPARE(driver.field()->text(), QString());
        QTRY_COMPARE(driver.traces()->model()->rowCount(), 174);
        QVERIFY(!driver.says(QStringLiteral("spans match")));
        driver.key(Qt::Key_Escape);
        QVERIFY(driver.focused(&driver.canvas()));
        QTRY_VERIFY_WITH_TIMEOUT(driver.canvas().grab().toImage() == before, patience);
    }

    void aFilterThatFitsNothingSaysSo()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && driver.traces()->model()->rowCount() == 174, patience);
        driver.key(Qt::Key_L, Qt::ControlModifier);
        driver.type(QStringLiteral("name:nowhere-at-all"));
        driver.key(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(driver.says(QStringLiteral("No trace matches")), patience);
        QVERIFY(driver.says(QStringLiteral("0 of 627 spans match")));
        driver.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(driver.field()->text(), QString());
        QTRY_COMPARE(driver.traces()->model()->rowCount(), 174);
        QVERIFY(!driver.says(QStringLiteral("No trace matches")));
    }

    void everyViewSaysThatNothingMatches()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(int(driver.window.findChild<FindingBook*>()->stage()), int(SearchStage::Done),
                                  patience);
        driver.key(Qt::Key_3, Qt::ControlModifier);
        auto* const calls = driver.part<QTableView>(QStringLiteral("Traces with tool calls"));
        QTRY_VERIFY_WITH_TIMEOUT(calls->isVisible(), patience);
        const int all = calls->model()->rowCount();
        driver.key(Qt::Key_L, Qt::ControlModifier);
        driver.type(QStringLiteral("status:error"));
        driver.key(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(calls->model()->rowCount() < all, patience);
        QVERIFY(calls->model()->rowCount() > 0);
        QTRY_VERIFY(driver.says(QStringLiteral("%1 of %2 traces with tool calls match the filter")
                                    .arg(calls->model()->rowCount())
                                    .arg(all)));
        driver.key(Qt::Key_A, Qt::ControlModifier);
        driver.type(QStringLiteral("name:nowhere-at-all"));
        driver.key(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(driver.says(QStringLiteral("No trace with tool calls matches")), patience);
        const std::pair<Qt::Key, const char*> views[] = {{Qt::Key_1, "No arc matches"},
                                                         {Qt::Key_4, "No model call matches"},
                                                         {Qt::Key_6, "Nothing is left in the list"},
                                                         {Qt::Key_8, "The filter leaves out"},
                                                         {Qt::Key_9, "No task arc is left"}};
        for (const auto& [key, text] : views) {
            driver.key(key, Qt::ControlModifier);
            QTRY_VERIFY2_WITH_TIMEOUT(driver.says(QLatin1String(text)), text, patience);
        }
        driver.key(Qt::Key_3, Qt::ControlModifier);
        QTRY_VERIFY(qobject_cast<QPushButton*>(QApplication::focusWidget()));
        driver.key(Qt::Key_Space);
        QCOMPARE(driver.state().filterText(), QString());
        QTRY_VERIFY_WITH_TIMEOUT(calls->isVisible() && calls->model()->rowCount() == all, patience);
        QTRY_VERIFY(driver.focused(calls));
    }

    void aSlowFilterIsSaidInEveryView()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(int(driver.window.findChild<FindingBook*>()->stage()), int(SearchStage::Done),
                                  patience);
        constexpr Qt::Key views[] = {Qt::Key_1, Qt::Key_3, Qt::Key_4, Qt::Key_6, Qt::Key_8, Qt::Key_9};
        const QString waiting = QStringLiteral("What matches the filter is looked for");
        for (const Qt::Key view : views) // each has shown all
            driver.key(view, Qt::ControlModifier);
        HeldPool held;
        driver.key(Qt::Key_L, Qt::ControlModifier);
        driver.type(QStringLiteral("status:error"));
        driver.key(Qt::Key_Return);
        for (const Qt::Key view : views) {
            driver.key(view, Qt::ControlModifier);
            QTRY_VERIFY2(driver.says(waiting), QByteArray(1, char('0' + view - Qt::Key_0)).constData());
        }
        held.release();
        for (const Qt::Key view : views) {
            driver.key(view, Qt::ControlModifier);
            QTRY_VERIFY_WITH_TIMEOUT(!driver.says(waiting), patience);
        }
        QCOMPARE(driver.state().matches()->size(), std::size_t{20});
    }

    void aSlowFilterCanBeGivenUp()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(int(driver.window.findChild<FindingBook*>()->stage()), int(SearchStage::Done),
                                  patience);
        driver.key(Qt::Key_6, Qt::ControlModifier);
        QTableView* const findings = driver.window.findChild<FindingsView*>()->table();
        QTRY_VERIFY(findings->isVisible());
        const int all = findings->model()->rowCount();
        const HeldPool held;
        driver.key(Qt::Key_L, Qt::ControlModifier);
        driver.type(QStringLiteral("name:nowhere-at-all"));
        driver.key(Qt::Key_Return);
        driver.key(Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY(!findings->isVisible());
        QTRY_VERIFY(qobject_cast<QPushButton*>(QApplication::focusWidget()));
        driver.key(Qt::Key_Space);
        QCOMPARE(driver.state().filterText(), QString());
        QTRY_VERIFY(driver.focused(findings));
        QCOMPARE(findings->model()->rowCount(), all);
    }

    void whatIsWrongIsSaidWhileTyping()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_L, Qt::ControlModifier);
        driver.type(QStringLiteral("kind:tool"));
        driver.key(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(driver.state().matches(), patience);
        driver.type(QStringLiteral(" nofield:1"));
        QVERIFY(driver.says(QStringLiteral("there is no field “nofield”")));
        QVERIFY(driver.says(QStringLiteral("character 11")));
        driver.key(Qt::Key_Return);
        QVERIFY(driver.says(QStringLiteral("there is no field “nofield”")));
        QCOMPARE(driver.state().filterText(), QStringLiteral("kind:tool"));
        QCOMPARE(driver.state().matches()->size(), std::size_t{138});
        QCOMPARE(driver.field()->text(), QStringLiteral("kind:tool nofield:1"));

        driver.key(Qt::Key_Escape); // what was typed and not applied goes first
        QVERIFY(!driver.says(QStringLiteral("there is no field")));
        QCOMPARE(driver.field()->text(), QStringLiteral("kind:tool"));
        QVERIFY(driver.says(QStringLiteral("138 of 627 spans match")));
        driver.key(Qt::Key_Escape);
        QCOMPARE(driver.state().filterText(), QString());
    }

    void eachConditionCanBeTakenOut()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_L, Qt::ControlModifier);
        driver.type(QStringLiteral("kind:tool and status:error and duration>1ms"));
        driver.key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(chips(driver).size(), 3, patience);
        driver.click(chips(driver)[1]);
        QTRY_COMPARE(chips(driver).size(), 2);
        QVERIFY2(!driver.state().filterText().contains(QStringLiteral("status")),
                 qPrintable(driver.state().filterText()));
        QCOMPARE(driver.field()->text(), driver.state().filterText());
        driver.click(chips(driver)[1]);
        QTRY_COMPARE(chips(driver).size(), 0);
        QCOMPARE(driver.state().filterText(), QStringLiteral("kind:tool"));
        QTRY_VERIFY_WITH_TIMEOUT(driver.state().matches(), patience);
        QCOMPARE(driver.state().matches()->size(), std::size_t{138});
    }

    void thePaletteRunsACommand()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.state().setFilter(QStringLiteral("kind:tool"));
        QTRY_COMPARE(driver.field()->text(), QStringLiteral("kind:tool"));
        driver.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(driver.focused(driver.field()));
        driver.type(QStringLiteral("span tree"));
        QCOMPARE(driver.field()->text(), QStringLiteral(">span tree"));
        QVERIFY(QApplication::activePopupWidget()); // the list of commands
        driver.key(Qt::Key_Return);
        QVERIFY(!QApplication::activePopupWidget());
        QTRY_VERIFY(driver.window.findChild<QTabWidget*>(QStringLiteral("views"))->currentWidget() !=
                    driver.window.timeline());
        QCOMPARE(driver.field()->text(), QStringLiteral("kind:tool"));
        QCOMPARE(driver.state().filterText(), QStringLiteral("kind:tool"));
        QVERIFY(!driver.focused(driver.field()));
    }

    void escapeGivesTheKeyboardBackToWhereItWas()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.traces()->setFocus();
        driver.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(driver.focused(driver.field()));
        driver.type(QStringLiteral("zoom"));
        driver.key(Qt::Key_Escape);
        QVERIFY(driver.focused(driver.traces()));
        driver.key(Qt::Key_L, Qt::ControlModifier);
        driver.type(QStringLiteral("kind:"));
        driver.key(Qt::Key_Escape); // the list of words
        if (driver.focused(driver.field()))
            driver.key(Qt::Key_Escape);
        if (driver.focused(driver.field()))
            driver.key(Qt::Key_Escape);
        QVERIFY(driver.focused(driver.traces()));
        QVERIFY(driver.state().filterText().isEmpty());
    }

    void thePaletteTakesTheCommandThatIsMarked()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        const TimeRange all = driver.canvas().visibleRange();
        driver.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        driver.type(QStringLiteral("zoom"));
        driver.key(Qt::Key_Down);
        driver.key(Qt::Key_Return);
        QTRY_VERIFY(driver.canvas().visibleRange() != all);
        QCOMPARE(driver.field()->text(), QString());
    }

    void escapeLeavesThePaletteAsItWas()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        driver.type(QStringLiteral("zz-no-command"));
        driver.key(Qt::Key_Return);
        QVERIFY(driver.focused(driver.field())); // nothing to run
        driver.key(Qt::Key_Escape);
        QTRY_VERIFY(driver.focused(&driver.canvas()));
        QCOMPARE(driver.field()->text(), QString());
        QCOMPARE(driver.state().filterText(), QString());
    }
};

QTEST_MAIN(TestMainWindowFilter)
#include "tst_mainwindowfilter.moc"

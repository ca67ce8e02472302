// layers: core items widgets GUI
#include "corpuspanel.h"
#include "inspector.h"
#include "ledgerpanel.h"
#include "spantreemodel.h"
#include "spantreeview.h"
#include "welcomepage.h"
#include "windowdriver.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

QPushButton* sampleButton(const WindowDriver& driver)
{
    for (auto* button : driver.part<WelcomePage>()->findChildren<QPushButton*>()) {
        if (button->text().contains(QStringLiteral("sample"), Qt::CaseInsensitive))
            return button;
    }
    return nullptr;
}

} // namespace

class TestMainWindowOpening : public QObject
{
    Q_OBJECT

private slots:
    void thePageOfWelcomeComesFirst()
    {
        WindowDriver driver;
        QVERIFY(driver.part<WelcomePage>()->isVisible());
        for (QWidget* panel : QList<QWidget*>{driver.traces(), driver.ledger(), driver.tree(), driver.field(),
                                              driver.part<Inspector>(), &driver.canvas()})
            QVERIFY(!panel->isVisible());
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("Arcscope"));
        for (const char* id : {"file.close", "file.exportPicture", "go.back", "go.forward", "find.filter"})
            QVERIFY2(!driver.action(id)->isEnabled(), id);
        QVERIFY(driver.action("file.openSample")->isEnabled());
    }

    void itsButtonOpensTheSample()
    {
        WindowDriver driver;
        QSignalSpy loading(&driver.state(), &AppState::loadingChanged);
        QPushButton* button = sampleButton(driver);
        QVERIFY(button);
        driver.click(button);
        QVERIFY(driver.state().loading()); // the click has not waited for the file
        QVERIFY(!driver.state().isOpen());
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QVERIFY(!driver.part<WelcomePage>()->isVisible());
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("incident — Arcscope"));
        QVERIFY(loading.size() >= 2);

        const CorpusPtr corpus = driver.state().corpus();
        QVERIFY(corpus->spans.rows() > 20);
        QTRY_COMPARE(driver.traces()->model()->rowCount(), static_cast<int>(corpus->traces.rows()));
        QVERIFY(driver.traces()->isVisible());
        QVERIFY(!driver.canvas().visibleRows().empty());
        QVERIFY(driver.focused(&driver.canvas()));
        QVERIFY(driver.action("file.close")->isEnabled());
    }

    void everyViewIsFilled()
    {
        WindowDriver driver({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(driver.tree()->isVisible());
        QVERIFY(driver.focused(driver.tree()));
        driver.key(Qt::Key_Down);
        QTRY_VERIFY(driver.state().span() != noRow);
        const auto* summary = driver.part<QTableView>(QStringLiteral("Summary"));
        QTRY_VERIFY(summary->isVisible() && summary->model()->rowCount() > 3);
        const QString name = driver.tree()->currentIndex().siblingAtColumn(SpanTreeModel::Name).data().toString();
        QVERIFY2(driver.textOf(summary).contains(name), qPrintable(driver.textOf(summary)));

        const auto rows = static_cast<int>(driver.state().openCorpus()->issueRows);
        QCOMPARE(driver.ledger()->model()->rowCount(), rows);
        QVERIFY(!driver.ledger()->isVisible()); // nothing was refused
        QToolButton* status = nullptr;
        for (auto* button : driver.window.findChildren<QToolButton*>()) {
            if (button->isVisible() && button->text().startsWith(QStringLiteral("ledger:")))
                status = button;
        }
        QVERIFY(status);
        driver.click(status);
        QVERIFY(driver.ledger()->isVisible());
        QVERIFY(driver.focused(driver.ledger()));
    }

    void aTraceIsChosenByMouseAndByKey()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && driver.traces()->model()->rowCount() == 174, patience);
        QVERIFY(!driver.state().trace());
        QVERIFY(driver.says(QStringLiteral("174 traces")));
        QTRY_VERIFY_WITH_TIMEOUT(driver.traces()->model()->rowCount() > 5, patience); // they are put in order elsewhere
        driver.click(driver.traces(), driver.traces()->model()->index(5, 0));
        QVERIFY(driver.state().trace());
        const auto first = driver.state().trace();
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && driver.state().trace() != first, patience);
        QCOMPARE(driver.traces()->currentIndex().row(), 6);
        driver.key(Qt::Key_Up, Qt::AltModifier); // the whole corpus
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && !driver.state().trace(), patience);
        QVERIFY(driver.traces()->selectionModel()->selectedRows().isEmpty());
    }

    void closingLeadsBackToThePageOfWelcome()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(driver.traces()->model()->rowCount() > 5, patience); // they are put in order elsewhere
        driver.click(driver.traces(), driver.traces()->model()->index(5, 0));
        driver.key(Qt::Key_W, Qt::ControlModifier);
        QTRY_VERIFY(driver.part<WelcomePage>()->isVisible());
        QVERIFY(!driver.state().isOpen());
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("Arcscope"));
        QVERIFY(!driver.part<CorpusPanel>()->isVisible());
        QCOMPARE(driver.traces()->model()->rowCount(), 0);
        QCOMPARE(driver.ledger()->model()->rowCount(), 0);
        QVERIFY(!driver.action("file.close")->isEnabled());
        QVERIFY(!driver.action("go.back")->isEnabled());
    }

    void readingAgainKeepsThePanelsWhereTheyWere()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_0, Qt::AltModifier | Qt::ShiftModifier);
        driver.key(Qt::Key_9, Qt::AltModifier);
        QVERIFY(!driver.part<Inspector>()->isVisible());
        QVERIFY(driver.part<LedgerPanel>()->isVisible());
        const unsigned opening = driver.state().opening();
        driver.key(Qt::Key_R, Qt::ControlModifier);
        // How much of it is read when the key has been handled is the machine's affair.
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && driver.state().opening() != opening, patience);
        QVERIFY(!driver.part<Inspector>()->isVisible());
        QVERIFY(driver.part<LedgerPanel>()->isVisible());
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("support-week — Arcscope"));
        QTRY_COMPARE(driver.traces()->model()->rowCount(), 174);
    }
};

QTEST_MAIN(TestMainWindowOpening)
#include "tst_mainwindowopening.moc"

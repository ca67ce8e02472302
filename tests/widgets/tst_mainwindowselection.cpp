// layers: core items widgets GUI
#include "spaninspection.h"
#include "spantreemodel.h"
#include "windowdriver.h"

#include <QCheckBox>
#include <QTextBrowser>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

QModelIndexList rowsOf(const QAbstractItemModel* model, const QModelIndex& parent = {})
{
    QModelIndexList rows;
    for (int row = 0; row < model->rowCount(parent); ++row) {
        const QModelIndex index = model->index(row, 0, parent);
        rows << index << rowsOf(model, index);
    }
    return rows;
}

Row rowAt(const QModelIndex& index)
{
    return index.data(SpanTreeModel::RowRole).value<Row>();
}

QString summary(const WindowDriver& driver)
{
    return WindowDriver::textOf(driver.part<QTableView>(QStringLiteral("Summary")));
}

QString nameOf(WindowDriver& driver, Row row)
{
    const std::string_view name = driver.state().corpus()->text(SpanText::Name, row);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

class TestMainWindowSelection : public QObject
{
    Q_OBJECT

private slots:
    void escapeLeavesTheWholeScreen()
    {
        WindowDriver driver({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.canvas().setFocus();
        driver.key(Qt::Key_F11);
        QVERIFY(driver.window.isFullScreen());
        driver.state().setSpan(1);
        driver.state().announce();
        driver.key(Qt::Key_Escape); // what was chosen goes first
        QVERIFY(driver.window.isFullScreen());
        driver.key(Qt::Key_Escape);
        QVERIFY(!driver.window.isFullScreen());
        QVERIFY(driver.focused(&driver.canvas()));
    }

    void aSpanOfTheTreeIsSelectedEverywhere()
    {
        WindowDriver driver({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(driver.tree()->isVisible());
        const QModelIndexList rows = rowsOf(driver.tree()->model());
        QVERIFY(rows.size() > 10);
        for (const int at : {2, 7, 4}) {
            driver.click(driver.tree(), rows[at]);
            const Row row = rowAt(rows[at]);
            QCOMPARE(driver.state().span(), row);
            QTRY_COMPARE(driver.canvas().selection(), row);
            QTRY_VERIFY(summary(driver).contains(nameOf(driver, row)));
        }
        driver.key(Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(driver.canvas().isVisible());
        QVERIFY(!driver.canvas().itemRect(rowAt(rows[4])).isEmpty());
    }

    void aSpanOfTheTimelineIsSelectedEverywhere()
    {
        WindowDriver driver({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        const std::vector<Row> shown = driver.canvas().visibleRows();
        QVERIFY(shown.size() > 3);
        int clicked = 0;
        for (const Row row : shown) {
            const QRect box = driver.canvas().itemRect(row);
            if (box.width() < 12 || clicked == 4)
                continue;
            QTest::mouseClick(&driver.canvas(), Qt::LeftButton, {}, box.center());
            const Row hit = driver.state().span(); // a span may lie on top of another
            QVERIFY(hit != noRow);
            QCOMPARE(driver.canvas().selection(), hit);
            QTRY_COMPARE(rowAt(driver.tree()->currentIndex()), hit);
            QTRY_VERIFY(summary(driver).contains(nameOf(driver, hit)));
            ++clicked;
        }
        QVERIFY(clicked > 1);
        const Row before = driver.state().span();
        driver.key(Qt::Key_Right);
        QTRY_VERIFY(driver.state().span() != before);
        QTRY_COMPARE(rowAt(driver.tree()->currentIndex()), driver.state().span());
        driver.key(Qt::Key_Escape);
        QTRY_COMPARE(driver.state().span(), noRow);
        QTRY_VERIFY(driver.says(QStringLiteral("No span is selected")));
        QVERIFY(!driver.tree()->currentIndex().isValid());
    }

    void theKeyboardAloneSelectsNoTrace()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QVERIFY(!driver.state().trace());
        const auto takesKeyboard = [&driver] {
            driver.traces()->setFocus(Qt::TabFocusReason);
            return driver.focused(driver.traces());
        };
        QTRY_VERIFY(takesKeyboard());
        QCoreApplication::processEvents();
        QVERIFY(!driver.state().trace());
        driver.key(Qt::Key_Down);
        QTRY_VERIFY(driver.state().trace());
    }

    void escStepsBack()
    {
        WindowDriver driver({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.traces()->setFocus();
        driver.key(Qt::Key_Escape);
        QVERIFY(driver.focused(&driver.canvas()));
        emit driver.window.timeline()->ledgerRequested();
        QTRY_VERIFY(driver.focused(driver.ledger()));
        auto* const search = driver.part<QLineEdit>(QStringLiteral("Filter the ledger"));
        search->setFocus();
        driver.type(QStringLiteral("no"));
        driver.key(Qt::Key_Escape);
        QCOMPARE(search->text(), QString());
        QVERIFY(driver.focused(search));
        driver.key(Qt::Key_Escape);
        QVERIFY(driver.focused(&driver.canvas()));
        QVERIFY(driver.state().isOpen());
    }

    void inAWholeCorpusTheTreeFollowsTheSpan()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(driver.says(QStringLiteral("No trace is selected")));
        driver.key(Qt::Key_2, Qt::ControlModifier);
        driver.key(Qt::Key_Right);
        QTRY_VERIFY(driver.state().span() != noRow);
        QVERIFY(!driver.state().trace());
        driver.key(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(rowAt(driver.tree()->currentIndex()), driver.state().span());
        QVERIFY(driver.focused(driver.tree()));
    }

    void onlyWhatIsNewInACallIsShown()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        std::shared_ptr<SpanInspection> call;
        for (Row row = 0; !call && row < driver.state().corpus()->spans.rows(); ++row) {
            const auto each = inspect(*driver.state().openCorpus(), row);
            if (each->previousCall != noRow && each->newFrom > 0 && each->newFrom < each->content.input.size())
                call = each;
        }
        QVERIFY(call);
        driver.state().setSpan(call->row);
        driver.key(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(driver.tree()->isVisible());
        for (const QModelIndex& index : rowsOf(driver.tree()->model())) {
            if (rowAt(index) == call->row)
                driver.click(driver.tree(), index);
        }
        QCOMPARE(driver.state().span(), call->row);
        const auto* tabs = driver.part<QTextBrowser>(QStringLiteral("Messages"));
        auto* bar = driver.window.findChildren<QTabBar*>().last();
        for (auto* each : driver.window.findChildren<QTabBar*>()) {
            for (int tab = 0; tab < each->count(); ++tab) {
                if (each->tabText(tab) == QStringLiteral("Messages")) {
                    bar = each;
                    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
                }
            }
        }
        QTRY_VERIFY(tabs->isVisible() && !tabs->toPlainText().isEmpty());
        const auto countOf = [&](const QString& text) { return tabs->toPlainText().count(text); };
        const auto fresh = static_cast<qsizetype>(call->content.input.size() - call->newFrom);
        const QString isNew = QStringLiteral("new in this call");
        QTRY_COMPARE(countOf(isNew), fresh);
        QVERIFY(countOf(QStringLiteral("the previous call already had")) == 1);
        const qsizetype shortLength = tabs->toPlainText().size();

        QCheckBox* whole = nullptr;
        for (auto* box : driver.window.findChildren<QCheckBox*>()) {
            if (box->isVisible() && box->text().contains(QStringLiteral("history")))
                whole = box;
        }
        QVERIFY(whole);
        QTest::mouseClick(whole, Qt::LeftButton, {}, QPoint(8, whole->height() / 2));
        QTRY_VERIFY(tabs->toPlainText().size() > shortLength);
        QCOMPARE(countOf(isNew), fresh);
        QVERIFY(countOf(QStringLiteral("the previous call already had")) == 0);
    }
};

QTEST_MAIN(TestMainWindowSelection)
#include "tst_mainwindowselection.moc"

// layers: core items widgets GUI
#include "inspector.h"
#include "noticebar.h"
#include "pricebook.h"
#include "windowdriver.h"

#include <QFile>
#include <QFileDialog>
#include <QTimer>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr auto oneModel = "{\"claude-sonnet-4-5-20250929\": {\"litellm_provider\": \"anthropic\","
                          "\"input_cost_per_token\": 3e-06, \"output_cost_per_token\": 1.5e-05,"
                          "\"cache_read_input_token_cost\": 3e-07, \"cache_creation_input_token_cost\": 3.75e-06}}";

void write(const QString& path, const char* text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

/// What the usage tab says, cell by cell.
QString usageText(const WindowDriver& driver)
{
    return WindowDriver::textOf(driver.part<QTableView>(QStringLiteral("Usage")));
}

/// Types the path into the dialog that the action opens.
void choose(WindowDriver& driver, const QString& path)
{
    QTimer::singleShot(0, &driver.window, [path] {
        auto* const dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        auto* const name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        name->setText(path);
        QTest::keyClick(name, Qt::Key_Return);
    });
    driver.action("prices.choose")->trigger();
}

} // namespace

class TestPriceCommands : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }

    void costsAreComputedByTheChosenTable()
    {
        WindowDriver driver({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.state().setSpan(0);
        QTRY_VERIFY(usageText(driver).contains(QStringLiteral("Whole trace")));
        QVERIFY(!usageText(driver).contains(QStringLiteral("Computed")));
        QVERIFY(!driver.action("prices.forget")->isEnabled());

        const QString table = driver.file(QStringLiteral("prices.json"));
        write(table, oneModel);
        choose(driver, table);
        QTRY_VERIFY(usageText(driver).contains(QStringLiteral("Computed, the trace")));
        QVERIFY2(usageText(driver).contains(QStringLiteral("USD for ")), qPrintable(usageText(driver)));
        QVERIFY(usageText(driver).contains(QStringLiteral("Unpriced in the trace\nclaude-haiku-4-5-20251001: ")));
        QVERIFY(usageText(driver).contains(QStringLiteral("Price table\nprices.json, 20")));

        QVERIFY(driver.action("prices.forget")->isEnabled());
        driver.action("prices.forget")->trigger();
        QTRY_VERIFY(!usageText(driver).contains(QStringLiteral("Computed")));
    }

    void theTableIsRemembered()
    {
        QTemporaryDir folder;
        const QString table = folder.filePath(QStringLiteral("p.json"));
        write(table, oneModel);
        Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        {
            MainWindow window(samples, settings);
            window.state().prices().load(table);
            QTRY_VERIFY(window.state().prices().table());
        }
        QCOMPARE(settings.priceFile(), table);
        MainWindow window(samples, settings);
        QTRY_VERIFY(window.state().prices().table());
        window.actions().action(QStringLiteral("prices.forget"))->trigger();
        QVERIFY(settings.priceFile().isEmpty());
    }

    void aFileThatIsNoTableIsToldAndTheOldOneStays()
    {
        WindowDriver driver({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        const QString table = driver.file(QStringLiteral("prices.json"));
        write(table, oneModel);
        driver.state().prices().load(table);
        QTRY_VERIFY(driver.state().prices().table());
        const QString wrong = driver.file(QStringLiteral("wrong.json"));
        write(wrong, "[1, 2");
        choose(driver, wrong);
        QTRY_VERIFY(driver.window.notices()->text().contains(QStringLiteral("wrong.json")));
        QVERIFY(driver.window.notices()->text().startsWith(QStringLiteral("The price table is not used.")));
        QCOMPARE(driver.state().prices().path(), table);
    }
};

QTEST_MAIN(TestPriceCommands)
#include "tst_pricecommands.moc"

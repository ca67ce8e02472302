// layers: core items widgets GUI
#include "noticebar.h"
#include "welcomepage.h"
#include "windowdriver.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPushButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const QString oneTrace = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");

/// As a file manager does; false where the window does not take it.
bool drop(WindowDriver& driver, const QList<QUrl>& urls)
{
    QMimeData data;
    data.setUrls(urls);
    const QPoint at = driver.window.rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&driver.window, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent dropped(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&driver.window, &dropped);
    return dropped.isAccepted();
}

bool dropFiles(WindowDriver& driver, const QStringList& paths)
{
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls << QUrl::fromLocalFile(path);
    return drop(driver, urls);
}

QString writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
}

} // namespace

class TestMainWindowDropping : public QObject
{
    Q_OBJECT

private slots:
    void aFileIsOpened()
    {
        WindowDriver driver;
        QVERIFY(dropFiles(driver, {oneTrace}));
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("current.json — Arcscope"));
        QCOMPARE(driver.state().corpus()->spans.rows(), 4u);
        QCOMPARE(driver.window.notices()->count(), std::size_t{0});
    }

    void twoFilesAreOneCorpus()
    {
        WindowDriver driver;
        const QString folder = samples + QStringLiteral("/migration/");
        QVERIFY(dropFiles(driver, {folder + QStringLiteral("baseline-gpt-4.1.jsonl"),
                                   folder + QStringLiteral("candidate-gpt-5.1.jsonl")}));
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && driver.traces()->model()->rowCount() > 0, patience);
        const int both = driver.traces()->model()->rowCount();
        QVERIFY(dropFiles(driver, {folder + QStringLiteral("baseline-gpt-4.1.jsonl")}));
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && driver.traces()->model()->rowCount() == both / 2, patience);
    }

    void theSecondFileReplacesTheFirst()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.state().setSpan(3);
        QVERIFY(dropFiles(driver, {oneTrace}));
        QTRY_COMPARE_WITH_TIMEOUT(driver.window.windowTitle(), QStringLiteral("current.json — Arcscope"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QCOMPARE(driver.state().span(), noRow);
        QTRY_COMPARE(driver.traces()->model()->rowCount(), 1);
        QVERIFY(!driver.action("go.back")->isEnabled());
    }

    void aMissingPathKeepsWhatIsOpen()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.state().setSpan(3);
        QVERIFY(dropFiles(driver, {driver.file(QStringLiteral("gone.json"))}));
        QTRY_COMPARE_WITH_TIMEOUT(driver.window.notices()->count(), std::size_t{1}, patience);
        QVERIFY(driver.window.notices()->isVisible());
        QVERIFY2(driver.window.notices()->text().contains(QStringLiteral("gone.json")),
                 qPrintable(driver.window.notices()->text()));
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("support-week — Arcscope"));
        QCOMPARE(driver.state().span(), Row{3});
        QCOMPARE(driver.traces()->model()->rowCount(), 174);
        QCOMPARE(driver.canvas().selection(), Row{3});
    }

    void whatIsNoTraceKeepsWhatIsOpen_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("picture") << QStringLiteral("picture.png") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
        QTest::newRow("letter") << QStringLiteral("letter.txt") << QByteArray("Dear all,\nno trace is in here.\n");
        QTest::newRow("other JSON") << QStringLiteral("package.json") << QByteArray("{\"name\":\"x\",\"version\":1}\n");
        QTest::newRow("empty file") << QStringLiteral("empty.json") << QByteArray();
    }

    void whatIsNoTraceKeepsWhatIsOpen()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        const QString path = writeFile(driver.file(name), bytes);
        QVERIFY(dropFiles(driver, {path}));
        QTRY_VERIFY_WITH_TIMEOUT(driver.window.notices()->count() > 0 && !driver.state().loading(), patience);
        QVERIFY(driver.window.notices()->isVisible());
        QVERIFY2(driver.window.notices()->text().contains(name), qPrintable(driver.window.notices()->text()));
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("support-week — Arcscope"));
        QCOMPARE(driver.traces()->model()->rowCount(), 174);
    }

    void nothingIsOpenAfterwardsWhereNothingWas()
    {
        WindowDriver driver;
        QVERIFY(dropFiles(driver, {writeFile(driver.file(QStringLiteral("letter.txt")), "Dear all,\n")}));
        QTRY_VERIFY_WITH_TIMEOUT(driver.window.notices()->count() > 0 && !driver.state().loading(), patience);
        QVERIFY(driver.window.notices()->isVisible());
        QTRY_VERIFY(driver.part<WelcomePage>()->isVisible());
        QCOMPARE(driver.window.windowTitle(), QStringLiteral("Arcscope"));
    }

    void aGoodFileIsOpenedBesideABadOne()
    {
        WindowDriver driver;
        const QString letter = writeFile(driver.file(QStringLiteral("letter.txt")), "Dear all,\n");
        QVERIFY(dropFiles(driver, {letter, oneTrace}));
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QVERIFY(driver.window.notices()->text().contains(QStringLiteral("letter.txt")));
        QCOMPARE(driver.state().corpus()->spans.rows(), 4u);
    }

    void whatIsNoFileIsNotTaken()
    {
        WindowDriver driver;
        QVERIFY(!drop(driver, {QUrl(QStringLiteral("https://example.com/trace.json"))}));
        QVERIFY(!drop(driver, {}));
        QVERIFY(!driver.state().loading());
    }

    void anErrorIsDismissedByKey()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QVERIFY(dropFiles(driver, {driver.file(QStringLiteral("gone.json"))}));
        QTRY_COMPARE_WITH_TIMEOUT(driver.window.notices()->count(), std::size_t{1}, patience);
        driver.window.notices()->focusTarget()->setFocus();
        driver.key(Qt::Key_Escape);
        QVERIFY(!driver.window.notices()->isVisible());
        QVERIFY(driver.focused(&driver.canvas()));
    }
};

QTEST_MAIN(TestMainWindowDropping)
#include "tst_mainwindowdropping.moc"

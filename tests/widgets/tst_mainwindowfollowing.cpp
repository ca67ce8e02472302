// layers: core analysis items store pipeline widgets GUI
#include "followcontrol.h"
#include "imported.h"
#include "noticebar.h"
#include "otlplines.h"
#include "windowdriver.h"

#include <QScrollBar>
#include <QToolButton>

#include <cstdio>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::string span(int number, long start, long end)
{
    return otlpLine({.span = number,
                     .parent = number == 1 ? 0 : 1,
                     .start = start,
                     .end = end,
                     .name = 's' + std::to_string(number)});
}

std::string spans(int first, int last)
{
    std::string text;
    for (int i = first; i <= last; ++i)
        text += span(i, 10L * i, 10L * i + 5);
    return text;
}

void append(const QString& path, const std::string& bytes)
{
    std::ofstream(path.toStdString(), std::ios::binary | std::ios::app) << bytes;
}

} // namespace

class TestMainWindowFollowing : public QObject
{
    Q_OBJECT

    Files m_files;
    QString m_path;

    static QToolButton* status(const WindowDriver& driver)
    {
        return driver.part<QToolButton>(QStringLiteral("Following"));
    }
    static QTreeView* openTree(WindowDriver& driver)
    {
        driver.key(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
        return driver.tree();
    }

private slots:
    void init() { m_path = QString::fromStdString(m_files.write("log.jsonl", span(1, 0, 100'000) + spans(2, 200))); }

    void aKeyFollowsAndTheWordSaysSo()
    {
        WindowDriver driver({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QAction* action = driver.action("file.follow");
        QVERIFY(action->isEnabled() && action->isCheckable() && !action->isChecked());
        QVERIFY(!status(driver)->isVisible());
        driver.key(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(action->isChecked());
        QTRY_COMPARE_WITH_TIMEOUT(status(driver)->text(), QStringLiteral("following: up to date"), patience);
        append(m_path, spans(201, 203)); // nobody tells the window but the system
        QTRY_COMPARE_WITH_TIMEOUT(driver.state().corpus()->spans.rows(), 203U, patience);
        driver.key(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!status(driver)->isVisible(), patience);
        QVERIFY(!action->isChecked());
    }

    void selectionZoomAndScrollStay()
    {
        WindowDriver driver({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QTreeView* tree = openTree(driver);
        QTRY_VERIFY(tree->isVisible());
        driver.state().setSpan(5);
        driver.state().announce();
        tree->verticalScrollBar()->setValue(120);
        const int scrolled = tree->verticalScrollBar()->value();
        QVERIFY(scrolled > 0);
        const Nanos start = driver.canvas().data()->bounds.start;
        driver.state().setVisibleRange({start + 100 * millisecond, start + 300 * millisecond});
        driver.state().announce();
        const TimeRange visible = driver.canvas().visibleRange();
        driver.state().setFollowing(true);
        append(m_path, spans(201, 240));
        QTRY_COMPARE_WITH_TIMEOUT(driver.state().corpus()->spans.rows(), 240U, patience);
        QTRY_COMPARE_WITH_TIMEOUT(driver.canvas().data()->corpus.spans.rows(), 240U, patience);
        QCOMPARE(driver.state().corpus()->text(SpanText::Name, driver.state().span()), std::string_view("s6"));
        QCOMPARE(driver.canvas().selection(), driver.state().span());
        QCOMPARE(driver.canvas().visibleRange(), visible);
        QCOMPARE(tree->verticalScrollBar()->value(), scrolled);
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("s6"));
        QCOMPARE(status(driver)->text(), QStringLiteral("following: 40 new"));
    }

    void closedBranchesStayClosed()
    {
        WindowDriver driver({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QTreeView* tree = openTree(driver);
        QTRY_VERIFY(tree->isExpanded(tree->model()->index(0, 0)));
        tree->collapse(tree->model()->index(0, 0));
        driver.state().setFollowing(true);
        append(m_path, spans(201, 202));
        QTRY_COMPARE_WITH_TIMEOUT(tree->model()->rowCount(tree->model()->index(0, 0)), 201, patience);
        QVERIFY(!tree->isExpanded(tree->model()->index(0, 0)));
    }

    void whoLooksAtTheEndStaysAtTheEnd()
    {
        m_files.write("log.jsonl", span(1, 0, 10) + spans(2, 100));
        WindowDriver driver({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        const TimeRange bounds = driver.canvas().data()->bounds;
        const Nanos length = 200 * millisecond;
        driver.state().setVisibleRange({bounds.end - length, bounds.end});
        driver.state().announce();
        driver.state().setFollowing(true);
        append(m_path, spans(101, 150));
        QTRY_COMPARE_WITH_TIMEOUT(driver.canvas().data()->corpus.spans.rows(), 150U, patience);
        QVERIFY(driver.canvas().data()->bounds.end > bounds.end);
        QCOMPARE(driver.canvas().visibleRange().end, driver.canvas().data()->bounds.end);
        QCOMPARE(driver.canvas().visibleRange().length(), length);
        QTRY_COMPARE(status(driver)->text(), QStringLiteral("following: up to date"));
    }

    void theWordLeadsToTheEnd()
    {
        m_files.write("log.jsonl", span(1, 0, 10) + spans(2, 100));
        WindowDriver driver({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        const Nanos start = driver.canvas().data()->bounds.start;
        driver.state().setVisibleRange({start, start + 50 * millisecond});
        driver.state().announce();
        driver.state().setFollowing(true);
        append(m_path, spans(101, 104));
        QTRY_COMPARE_WITH_TIMEOUT(status(driver)->text(), QStringLiteral("following: 4 new"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(driver.canvas().data()->corpus.spans.rows(), 104U, patience);
        WindowDriver::click(status(driver));
        QCOMPARE(driver.canvas().visibleRange().end, driver.canvas().data()->bounds.end);
        QTRY_COMPARE(status(driver)->text(), QStringLiteral("following: up to date"));
        QVERIFY(driver.state().canGoBack());
    }

    void aFileThatIsRotatedIsWaitedFor()
    {
        WindowDriver driver({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.state().setFollowing(true);
        QTRY_COMPARE_WITH_TIMEOUT(status(driver)->text(), QStringLiteral("following: up to date"), patience);
        const std::string path = m_path.toStdString();
        QCOMPARE(std::rename(path.c_str(), (path + ".1").c_str()), 0);
        QTRY_VERIFY_WITH_TIMEOUT(status(driver)->text().contains("is gone"), patience);
        m_files.write("log.jsonl", spans(300, 301));
        QTRY_COMPARE_WITH_TIMEOUT(driver.state().corpus()->spans.rows(), 202U, patience);
        append(m_path, spans(302, 302)); // the new file is the one that is watched
        QTRY_COMPARE_WITH_TIMEOUT(driver.state().corpus()->spans.rows(), 203U, patience);
        QCOMPARE(driver.state().openCorpus()->issueRows, 1U); // its place was taken
    }

    void anErrorStopsItAndIsSaid()
    {
        WindowDriver driver({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QVERIFY(QFile::remove(m_path));
        driver.action("file.follow")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(driver.window.notices()->text().contains("Following has stopped"), patience);
        QTRY_VERIFY(!driver.action("file.follow")->isChecked());
        QVERIFY(driver.state().isOpen());
    }

    void theProgramCanFollowFromTheStart()
    {
        WindowDriver driver({m_path});
        driver.window.followNext();
        QTRY_VERIFY_WITH_TIMEOUT(driver.state().following(), patience);
        append(m_path, spans(201, 201));
        QTRY_COMPARE_WITH_TIMEOUT(driver.state().corpus()->spans.rows(), 201U, patience);
    }
};

QTEST_MAIN(TestMainWindowFollowing)
#include "tst_mainwindowfollowing.moc"

// layers: core items widgets GUI
#include "arcsview.h"
#include "findingsview.h"
#include "helppages.h"
#include "helpwindow.h"
#include "language.h"
#include "stopsview.h"
#include "streamview.h"
#include "toolsview.h"
#include "windowdriver.h"

#include <QListWidget>
#include <QRegularExpression>
#include <QTabWidget>
#include <QTextBrowser>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

QString opened(WindowDriver& driver)
{
    auto* const help = driver.part<HelpWindow>();
    return help && help->isVisible() ? help->topic() : QString();
}

} // namespace

class TestHelpWindow : public QObject
{
    Q_OBJECT

private slots:
    void everyTopicHasAPage()
    {
        for (const QString& topic : helpTopics()) {
            const QString page = helpPage(topic);
            QVERIFY2(page.startsWith(QStringLiteral("# ")) && page.size() > 150, qPrintable(topic));
            QVERIFY(!helpTitle(topic).isEmpty() && helpTitle(topic) != topic);
        }
        QVERIFY(helpPage(QStringLiteral("nothing")).isEmpty());
        QVERIFY(helpPage(QStringLiteral("../../etc/passwd")).isEmpty());
    }

    void linksLeadToPagesAndNowhereElse()
    {
        static const QRegularExpression link(QStringLiteral("\\]\\(([^)]*)\\)"));
        for (const QString& topic : helpTopics()) {
            const QString page = helpPage(topic);
            QVERIFY2(!page.contains(QStringLiteral("![")) && !page.contains(QLatin1Char('<')), qPrintable(topic));
            for (auto found = link.globalMatch(page); found.hasNext();) {
                const QString target = found.next().captured(1);
                QVERIFY2(target.startsWith(QStringLiteral("help:")) && helpTopics().contains(target.mid(5)),
                         qPrintable(topic + QStringLiteral(": ") + target));
            }
        }
    }

    void keysThatAreNamedAreThose()
    {
        WindowDriver driver;
        QStringList known;
        for (const QAction* action : driver.window.actions().all()) {
            for (const QKeySequence& key : action->shortcuts())
                known << key.toString(QKeySequence::PortableText);
        }
        known << QStringLiteral("Ctrl+9") << QStringLiteral("Ctrl+Return") << QStringLiteral("Ctrl+C")
              << QStringLiteral("Ctrl+Plus") << QStringLiteral("Ctrl+Minus") << QStringLiteral("Alt+Down")
              << QStringLiteral("Alt+Up") << QStringLiteral("Ctrl+Shift+A") << QStringLiteral("Shift+F6");
        static const QRegularExpression key(
            QStringLiteral("(?:(?:Ctrl|Alt|Shift)\\+)+(?:Plus|Minus|Return|Down|Up|F\\d+|[A-Z0-9\\[\\],])"));
        for (const QString& topic : helpTopics()) {
            for (auto found = key.globalMatch(helpPage(topic)); found.hasNext();) {
                const QString named = found.next().captured(0);
                QVERIFY2(known.contains(named), qPrintable(topic + QStringLiteral(": ") + named));
            }
        }
    }

    void theWindowShowsThem()
    {
        HelpWindow help;
        help.show();
        auto* const text = help.findChild<QTextBrowser*>();
        for (const QString& topic : helpTopics()) {
            help.showTopic(topic);
            QCOMPARE(help.topic(), topic);
            QVERIFY(text->toPlainText().startsWith(helpTitle(topic)));
        }
        help.showTopic(QStringLiteral("unknown"));
        QCOMPARE(help.topic(), helpTopics().constFirst());
        emit text->anchorClicked(QUrl(QStringLiteral("help:ledger")));
        QCOMPARE(help.topic(), QStringLiteral("ledger"));
        emit text->anchorClicked(QUrl(QStringLiteral("file:///etc/passwd")));
        QCOMPARE(help.topic(), QStringLiteral("ledger"));
        QTest::keyClick(help.findChild<QListWidget*>(), Qt::Key_Home);
        QCOMPARE(help.topic(), helpTopics().constFirst());
        QTest::keyClick(&help, Qt::Key_Escape);
        QVERIFY(!help.isVisible());
    }

    void f1ExplainsThePartWithTheKeyboard()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        const std::pair<const char*, const char*> views[] = {
            {"view.arcs", "arcs"},         {"view.timeline", "timeline"}, {"view.tools", "tools"},
            {"view.tree", "tree"},         {"view.stops", "stops"},       {"view.findings", "findings"},
            {"view.outcomes", "outcomes"}, {"view.lenses", "lenses"},     {"find.filter", "filter"}};
        for (const auto& [action, topic] : views) {
            driver.action(action)->trigger();
            driver.keyWindow();
            QTRY_VERIFY(driver.window.isActiveWindow());
            driver.key(Qt::Key_F1);
            QTRY_COMPARE(opened(driver), QString::fromLatin1(topic));
            QTest::keyClick(driver.part<HelpWindow>(), Qt::Key_Escape);
        }
        driver.keyWindow();
        QTRY_VERIFY(driver.window.isActiveWindow());
        driver.traces()->setFocus();
        driver.key(Qt::Key_F1);
        QTRY_COMPARE(opened(driver), QStringLiteral("traces"));
    }
};

QTEST_MAIN(TestHelpWindow)
#include "tst_helpwindow.moc"

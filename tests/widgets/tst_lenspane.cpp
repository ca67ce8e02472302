// layers: widgets items core analysis GUI
#include "lenschartview.h"
#include "lenspane.h"
#include "madelens.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Shown {
    LensPane pane;
    std::vector<Row> chosen;
    QString what;

    Shown()
    {
        pane.resize(700, 500);
        pane.show("Plans", "Only what is recorded.", std::make_shared<LensResult>(planResult()));
        pane.QWidget::show();
        pane.activateWindow();
        QObject::connect(&pane, &LensPane::spansChosen, &pane,
                         [this](const std::vector<Row>& rows, const QString& text) {
                             chosen = rows;
                             what = text;
                         });
    }
    QString texts() const
    {
        QStringList all;
        for (const auto* label : pane.findChildren<QLabel*>())
            all << label->text();
        return all.join(QLatin1Char('\n'));
    }
};

} // namespace

class TestLensPane : public QObject
{
    Q_OBJECT

private slots:
    void itSaysWhatWasCountedAndWhatIsMissing()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowExposed(&shown.pane));
        for (const char* said : {"n 57 tasks", "Most tasks are of free users.", "Not recorded: plan (3 of 60)",
                                 "user.plan", "Association, not cause.", "Only what is recorded."})
            QVERIFY2(shown.texts().contains(QLatin1String(said)), said);
        QVERIFY(shown.pane.chart()->isVisible());
        QCOMPARE(shown.pane.chart()->accessibleName(), QStringLiteral("Tasks by plan"));
        QVERIFY(shown.pane.charts()->isVisible());
        shown.pane.charts()->setCurrentIndex(1);
        QCOMPARE(shown.pane.chart()->source().kind, LensChartKind::StackedBars);
    }

    void aKeyShowsTheTable()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowExposed(&shown.pane));
        shown.pane.chart()->setFocus();
        QTest::keyClick(shown.pane.chart(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(shown.pane.table()->isVisible());
        QTRY_VERIFY(shown.pane.table()->hasFocus());
        shown.pane.table()->setCurrentIndex(shown.pane.table()->model()->index(1, 0));
        QTest::keyClick(shown.pane.table(), Qt::Key_Return);
        QCOMPARE(shown.chosen, std::vector<Row>{1});
        QVERIFY(shown.what.contains(QStringLiteral("pro")));
        QTest::keyClick(shown.pane.table(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(shown.pane.chart()->isVisible());
    }

    void aValueOpensItsSpans()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowExposed(&shown.pane));
        shown.pane.chart()->setFocus();
        QTest::keyClick(shown.pane.chart(), Qt::Key_End);
        QTest::keyClick(shown.pane.chart(), Qt::Key_Return);
        QCOMPARE(shown.chosen, std::vector<Row>{5});
        QVERIFY2(shown.what.contains(QStringLiteral("failed, team: 30")), qPrintable(shown.what));
    }

    void itIsSavedAsPictureAndTable()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowExposed(&shown.pane));
        QTemporaryDir folder;
        for (const char* file : {"a.png", "a.svg", "a.pdf", "a.csv"}) {
            const QString path = folder.filePath(QLatin1String(file));
            const auto saved = shown.pane.save(path);
            QVERIFY2(saved, saved ? "" : saved.error().message.c_str());
            QVERIFY(QFile(path).size() > 50);
        }
        QFile csv(folder.filePath(QStringLiteral("a.csv")));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QVERIFY(csv.readLine().startsWith("plan,tasks"));
        QVERIFY(!shown.pane.save(folder.filePath(QStringLiteral("none/a.csv"))));
        QVERIFY(!shown.pane.save(folder.filePath(QStringLiteral("a.txt"))));
    }

    /// In a picture nothing can be pressed.
    void aPictureHasNoButtons()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowExposed(&shown.pane));
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.svg"));
        QVERIFY(shown.pane.save(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray svg = file.readAll();
        QVERIFY(svg.contains("Tasks by plan")); // which of its charts
        QVERIFY(!svg.contains("Save"));
        QVERIFY(shown.pane.tableButton()->isVisible());
        QVERIFY(shown.pane.charts()->isVisible());
        QVERIFY(!shown.texts().contains(QStringLiteral("Tasks by plan")));
    }

    void whatIsMissingStandsFirstWhereThereIsNothingElse()
    {
        auto result = std::make_shared<LensResult>();
        result->of = "sessions";
        result->sentence = "No session is recorded.";
        result->missing = {{"session", "session.id", "Nothing can be counted.", 0, 0}};
        result->table.columns = {{"session", "Session"}};
        LensPane pane;
        pane.resize(700, 500);
        pane.show("Sessions", {}, result);
        pane.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&pane));
        QVERIFY(!pane.table()->isVisible());
        QString texts;
        for (const auto* label : pane.findChildren<QLabel*>())
            texts += label->text() + QLatin1Char('\n');
        QVERIFY(texts.contains(
            QStringLiteral("Not recorded: session. Nothing can be counted. It would come from session.id.")));
        pane.show("Plans", {}, std::make_shared<LensResult>(planResult()));
        QVERIFY(pane.chart()->isVisible());
    }

    void nothingIsSaidPlainly()
    {
        LensPane pane;
        pane.show("Empty", {}, nullptr);
        QVERIFY(!pane.save(QStringLiteral("a.csv")));
        QVERIFY(!pane.tableButton()->isEnabled());
    }
};

QTEST_MAIN(TestLensPane)
#include "tst_lenspane.moc"

// layers: widgets GUI
#include "mainwindow.h"
#include "noticebar.h"
#include "opennotices.h"

#include <QDockWidget>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

const QString good = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
const QString missing = QStringLiteral("/nowhere/at/all.json");

} // namespace

class TestOpenNotices : public QObject
{
    Q_OBJECT

private slots:
    void saysNothingWhereAllIsRead()
    {
        QVERIFY(!noticeOf(OpenCorpus(), [] {}));
    }

    void namesThePathOrCountsThem()
    {
        OpenCorpus open;
        open.problems.push_back({"a.json", "there is no such file", false});
        auto notice = noticeOf(open, [] {});
        QVERIFY(notice);
        QCOMPARE(notice->text, QStringLiteral("Could not read a.json: there is no such file"));
        QVERIFY(notice->actions.empty()); // the ledger knows nothing of it
        open.problems.push_back({"b\n.json", "empty", true});
        open.refused = 1;
        notice = noticeOf(open, [] {});
        QVERIFY(notice->text.contains(QStringLiteral("2 files")));
        QCOMPARE(notice->details.count(QLatin1Char('\n')), 1);
        QCOMPARE(notice->actions.size(), std::size_t{1});
        open.problems.clear();
        open.refused = 3;
        QVERIFY(noticeOf(open, [] {})->text.startsWith(QStringLiteral("3 records")));
    }

    void theBarFollowsTheOpening()
    {
        AppState state;
        NoticeBar bar;
        OpenNotices notices(state, bar);
        state.open({missing});
        QTRY_VERIFY(bar.text().contains(missing));
        state.open({missing, good});
        QTRY_VERIFY(state.isOpen());
        QTRY_VERIFY(bar.text().contains(missing));
        QCOMPARE(bar.count(), std::size_t{1});
        state.open({good});
        QTRY_VERIFY(state.isOpen());
        QTRY_VERIFY(bar.isHidden());
    }

    void theLedgerIsOneClickAway()
    {
        const QTemporaryDir folder;
        QFile text(folder.filePath(QStringLiteral("notes.txt")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("shopping list\n");
        text.close();
        MainWindow window({});
        window.show();
        window.open({good, text.fileName()});
        QTRY_VERIFY(window.notices()->text().contains(text.fileName()));
        auto* ledger = window.findChild<QDockWidget*>(QStringLiteral("dock.ledger"));
        QVERIFY(ledger);
        ledger->hide();
        auto* button = qobject_cast<QPushButton*>(window.notices()->focusTarget());
        QVERIFY(button && button->isVisible());
        button->click();
        QVERIFY(ledger->isVisible());
    }

    void onlyWhatIsThereIsRemembered()
    {
        RecentFiles().clear();
        MainWindow window({});
        window.open({missing, good});
        QTRY_VERIFY(window.state().isOpen());
        QTRY_COMPARE(RecentFiles().entries(), QList<QStringList>{{good}});
    }
};

QTEST_MAIN(TestOpenNotices)
#include "tst_opennotices.moc"

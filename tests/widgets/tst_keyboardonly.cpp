// layers: core items widgets GUI
#include "evidencepane.h"
#include "findingbook.h"
#include "findingmodel.h"
#include "findingsview.h"
#include "notebook.h"
#include "quoteview.h"
#include "windowdriver.h"

#include <QClipboard>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// What has the keyboard, as far as it is a T.
template <typename T>
T* focusedPart()
{
    return qobject_cast<T*>(QApplication::focusWidget());
}

QString focusedText()
{
    const auto* const button = focusedPart<QPushButton>();
    return button ? button->text().remove(QLatin1Char('&')) : QString();
}

/// Nothing here is called but what a keyboard can do.
void tabTo(WindowDriver& driver, const QString& button)
{
    for (int i = 0; i < 30 && focusedText() != button; ++i)
        driver.key(Qt::Key_Tab);
    QCOMPARE(focusedText(), button);
}

} // namespace

/// A user without a mouse, from the first start to an excerpt for a postmortem.
class TestKeyboardOnly : public QObject
{
    Q_OBJECT

private slots:
    void theSampleIncidentIsReadByKeys()
    {
        const QTemporaryDir folder;
        WindowDriver driver({}, copyOfSamples(folder));
        tabTo(driver, QStringLiteral("Sample incident"));
        driver.key(Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QTRY_VERIFY(driver.canvas().hasFocus());
        // The run that failed.
        driver.key(Qt::Key_L, Qt::ControlModifier);
        driver.type(QStringLiteral("status:error"));
        driver.key(Qt::Key_Return);
        QTRY_VERIFY(driver.state().matches() && driver.state().matches()->size() == 1);
        driver.key(Qt::Key_F3);
        QTRY_VERIFY(driver.state().span() != noRow);
        const Row failed = driver.state().span();
        QCOMPARE(driver.state().corpus()->spans.kind(failed), SpanKind::ToolCall);
        // What was said of it.
        driver.key(Qt::Key_L, Qt::ControlModifier);
        driver.type(QStringLiteral("\"41 tests pass\""));
        driver.key(Qt::Key_Return);
        QTRY_VERIFY(driver.state().matches() && !driver.state().matches()->empty() &&
                    driver.state().matches()->front() != failed);
        driver.key(Qt::Key_F3);
        QTRY_VERIFY(driver.state().span() != failed && driver.state().span() != noRow);
        // A note on it.
        driver.key(Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY(focusedPart<QPlainTextEdit>());
        driver.type(QStringLiteral("they had not"));
        driver.key(Qt::Key_Return, Qt::ControlModifier);
        const QString place = NoteBook::placeOfSpan(*driver.state().corpus(), driver.state().span());
        QTRY_COMPARE(driver.state().notes().note(place), QStringLiteral("they had not"));
        QTRY_VERIFY(QApplication::focusWidget() && !focusedPart<QPlainTextEdit>());
    }

    void aContradictionIsFoundAndCopiedByKeys()
    {
        const QTemporaryDir folder;
        WindowDriver driver({}, copyOfSamples(folder));
        driver.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        driver.type(QStringLiteral("sample week"));
        driver.key(Qt::Key_Return);
        driver.keyWindow();
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_6, Qt::ControlModifier);
        FindingsView& view = *driver.window.findings();
        QTableView& list = *view.table();
        const FindingBook& book = *driver.window.findChild<FindingBook*>();
        QTRY_VERIFY_WITH_TIMEOUT(list.isVisible() && book.stage() == SearchStage::Done, patience);
        QTRY_VERIFY(list.hasFocus());
        driver.key(Qt::Key_Home, Qt::ControlModifier);
        const auto what = [&list] {
            return list.currentIndex().siblingAtColumn(FindingModel::WhatColumn).data().toString();
        };
        for (int i = 0; i < view.model()->rowCount() && !what().contains(QStringLiteral("run_tests failed")); ++i)
            driver.key(Qt::Key_Down);
        QVERIFY2(what().contains(QStringLiteral("run_tests failed")), qPrintable(what()));
        // Both sides of it are there to be read.
        QTRY_VERIFY(driver.part<EvidencePane>()->quotes().size() >= 2);
        // The excerpt.
        driver.key(Qt::Key_C, Qt::ControlModifier);
        const QMimeData* const copied = QApplication::clipboard()->mimeData();
        QVERIFY(copied && copied->hasFormat(QStringLiteral("text/markdown")));
        const QString excerpt = QString::fromUtf8(copied->data(QStringLiteral("text/markdown")));
        QVERIFY2(excerpt.contains(QStringLiteral("41 tests pass")) && excerpt.contains(QStringLiteral("exit")),
                 qPrintable(excerpt));
        // A note on the finding.
        driver.key(Qt::Key_N);
        QTRY_VERIFY(focusedPart<QPlainTextEdit>());
        driver.type(QStringLiteral("told to the customer"));
        driver.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!focusedPart<QPlainTextEdit>());
        QTRY_VERIFY(driver.action("edit.undo")->isEnabled());
        // To its place, and back.
        driver.key(Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY(list.hasFocus());
        driver.key(Qt::Key_Return);
        QTRY_VERIFY(driver.canvas().hasFocus());
        QVERIFY(driver.state().span() != noRow);
        driver.key(Qt::Key_Left, Qt::AltModifier);
    }

    /// F6 goes around all parts and comes back; what has the keyboard can always be seen.
    void f6GoesAround()
    {
        WindowDriver driver({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.canvas().setFocus();
        QList<QWidget*> seen;
        for (int i = 0; i < 8; ++i) {
            driver.key(Qt::Key_F6);
            QWidget* const now = QApplication::focusWidget();
            QVERIFY(now && now->isVisible());
            seen << now;
            if (now == &driver.canvas())
                break;
        }
        QVERIFY(seen.size() >= 3 && seen.constLast() == &driver.canvas());
        driver.key(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), seen[seen.size() - 2]);
    }
};

QTEST_MAIN(TestKeyboardOnly)
#include "tst_keyboardonly.moc"

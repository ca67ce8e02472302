// layers: widgets GUI
#include "noticebar.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace arcscope;

namespace
{

QPushButton* button(const NoticeBar& bar, const QString& text)
{
    for (QPushButton* each : bar.findChildren<QPushButton*>()) {
        if (each->isVisible() && each->text().remove(QLatin1Char('&')) == text)
            return each;
    }
    return nullptr;
}

} // namespace

class TestNoticeBar : public QObject
{
    Q_OBJECT

private slots:
    void aNarrowBarHasItsButtonsBelowTheText()
    {
        NoticeBar bar;
        bar.add({QStringLiteral("Could not read a file with a name that is not short at all"), {}, {}});
        const auto* button = bar.findChild<QPushButton*>();
        const auto* label = bar.findChild<QLabel*>();
        bar.resize(1'600, 40);
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        QTRY_VERIFY(button->geometry().top() < label->geometry().bottom());
        bar.resize(300, 120);
        QTRY_VERIFY(button->geometry().top() > label->geometry().bottom());
    }

    void oneMessageAtATime()
    {
        NoticeBar bar;
        QVERIFY(bar.isHidden());
        bar.add({QStringLiteral("first"), {}, {}});
        bar.add({QStringLiteral("second"), {}, {}});
        bar.add({QStringLiteral("first"), {}, {}});
        QVERIFY(!bar.isHidden());
        QCOMPARE(bar.count(), std::size_t{2});
        QCOMPARE(bar.text(), QStringLiteral("first"));
        QCOMPARE(bar.accessibleName(), QStringLiteral("first"));
        bar.dismiss();
        QCOMPARE(bar.text(), QStringLiteral("second"));
        bar.dismiss();
        QVERIFY(bar.isHidden());
        QVERIFY(bar.text().isEmpty());
        bar.dismiss(); // nothing there: stays hidden
        bar.add({QStringLiteral("third"), {}, {}});
        bar.clear();
        QVERIFY(bar.isHidden());
    }

    void actionsRunAndDetailsAreCopied()
    {
        NoticeBar bar;
        int ran = 0;
        bar.add(
            {QStringLiteral("text"), QStringLiteral("a: gone\nb: gone"), {{QStringLiteral("&Run"), [&] { ++ran; }}}});
        bar.show();
        QVERIFY(button(bar, QStringLiteral("Run")));
        button(bar, QStringLiteral("Run"))->click();
        QCOMPARE(ran, 1);
        button(bar, QStringLiteral("Copy details"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("text\na: gone\nb: gone"));
        bar.add({QStringLiteral("without"), {}, {}});
        bar.dismiss();
        QVERIFY(!button(bar, QStringLiteral("Run")));
        QVERIFY(!button(bar, QStringLiteral("Copy details")));
    }

    void anActionMayDismissItsOwnMessage()
    {
        NoticeBar bar;
        bar.add({QStringLiteral("text"), {}, {{QStringLiteral("Again"), [&] { bar.dismiss(); }}}});
        bar.show();
        button(bar, QStringLiteral("Again"))->click();
        QVERIFY(bar.isHidden());
    }

    void theKeyboardReachesIt()
    {
        NoticeBar bar;
        bar.add({QStringLiteral("one"), QStringLiteral("more"), {}});
        bar.add({QStringLiteral("two"), {}, {}});
        bar.show();
        bar.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bar));
        QCOMPARE(bar.focusTarget(), button(bar, QStringLiteral("Copy details")));
        bar.focusTarget()->setFocus();
        QTest::keyClick(bar.focusTarget(), Qt::Key_Tab);
        QCOMPARE(bar.focusWidget(), button(bar, QStringLiteral("Dismiss")));
        QSignalSpy left(&bar, &NoticeBar::left);
        QTest::keyClick(bar.focusWidget(), Qt::Key_Escape);
        QCOMPARE(bar.text(), QStringLiteral("two"));
        QCOMPARE(left.size(), 0);
        QTest::keyClick(bar.focusWidget(), Qt::Key_Space);
        QVERIFY(bar.isHidden());
        QCOMPARE(left.size(), 1);
    }
};

QTEST_MAIN(TestNoticeBar)
#include "tst_noticebar.moc"

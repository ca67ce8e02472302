// layers: core items widgets GUI
#include "enterkey.h"

#include <QDialog>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace arcscope;

/// Enter and Space do the same to the button that has the keyboard.
class TestEnterKey : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { EnterKey::install(); }

    void pressesTheButtonInAWindow()
    {
        QWidget window;
        auto* const column = new QVBoxLayout(&window);
        auto* const push = new QPushButton(QStringLiteral("Compare"));
        auto* const tool = new QToolButton;
        column->addWidget(push);
        column->addWidget(tool);
        window.show();
        const QSignalSpy pushed(push, &QPushButton::clicked);
        const QSignalSpy used(tool, &QToolButton::clicked);
        QTest::keyClick(push, Qt::Key_Return);
        QCOMPARE(pushed.count(), 1);
        QTest::keyClick(push, Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(pushed.count(), 2);
        QTest::keyClick(tool, Qt::Key_Return);
        QCOMPARE(used.count(), 1);
        QTest::keyClick(push, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(pushed.count(), 2);
        push->setEnabled(false);
        QTest::keyClick(push, Qt::Key_Return);
        QCOMPARE(pushed.count(), 2);
    }

    void opensTheMenuOfAButton()
    {
        QWidget window;
        auto* const column = new QVBoxLayout(&window);
        auto* const tool = new QToolButton;
        auto* const menu = new QMenu(tool);
        menu->addAction(QStringLiteral("By task"));
        tool->setPopupMode(QToolButton::InstantPopup);
        tool->setMenu(menu);
        column->addWidget(tool);
        window.show();
        bool opened = false;
        connect(menu, &QMenu::aboutToShow, menu, [&] {
            opened = true;
            QMetaObject::invokeMethod(menu, &QMenu::close, Qt::QueuedConnection);
        });
        QTest::keyClick(tool, Qt::Key_Return);
        QVERIFY(opened);
    }

    void leavesDialogsToTheirDefaultButton()
    {
        QDialog dialog;
        auto* const column = new QVBoxLayout(&dialog);
        auto* const tool = new QToolButton;
        auto* const accept = new QPushButton(QStringLiteral("Write"));
        accept->setDefault(true);
        column->addWidget(tool);
        column->addWidget(accept);
        dialog.show();
        const QSignalSpy used(tool, &QToolButton::clicked);
        const QSignalSpy accepted(accept, &QPushButton::clicked);
        QTest::keyClick(tool, Qt::Key_Return);
        QCOMPARE(used.count(), 0);
        QCOMPARE(accepted.count(), 1);
    }
};

QTEST_MAIN(TestEnterKey)
#include "tst_enterkey.moc"

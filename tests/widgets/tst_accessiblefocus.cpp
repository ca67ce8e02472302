// layers: widgets GUI
#include "accessibleitems.h"

#include <QLineEdit>
#include <QTest>
#include <QTreeView>
#include <QVBoxLayout>

using namespace arcscope;

namespace
{

bool isHeard(QWidget* part, QAccessible::Event what = QAccessible::Focus)
{
    return isTrue(QAccessibleEvent(part, what));
}

} // namespace

class TestAccessibleFocus : public QObject
{
    Q_OBJECT

private slots:
    void onlyWhatHasTheKeyboardIsHeard()
    {
        QWidget window;
        auto* const tree = new QTreeView(&window);
        auto* const edit = new QLineEdit(&window);
        auto* const column = new QVBoxLayout(&window);
        column->addWidget(tree);
        column->addWidget(edit);
        window.show();
        window.activateWindow();
        edit->setFocus();
        QTRY_VERIFY(edit->hasFocus());
        QVERIFY(!isHeard(tree));
        QVERIFY(isHeard(tree, QAccessible::Selection));
        QVERIFY(isHeard(edit));
        tree->setFocus();
        QTRY_VERIFY(tree->hasFocus());
        QVERIFY(isHeard(tree));
    }
};

QTEST_MAIN(TestAccessibleFocus)
#include "tst_accessiblefocus.moc"

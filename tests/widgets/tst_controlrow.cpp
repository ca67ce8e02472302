// layers: widgets GUI
#include "controlrow.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace arcscope;

namespace
{

/// Four controls of known width, the second with a label, the last at the far end.
struct Bar {
    QWidget bar;
    ControlRow* row = new ControlRow(&bar);
    QWidget* first = control(100);
    QLabel* label = new QLabel;
    QWidget* second = control(80);
    QWidget* third = control(60);
    QWidget* last = control(40);

    Bar()
    {
        label->setFixedSize(30, 20);
        row->addWidget(first);
        row->addLabelled(label, second);
        row->addWidget(third);
        row->addGap();
        row->addWidget(last);
    }
    static QWidget* control(int width)
    {
        auto* made = new QWidget;
        made->setFixedSize(width, 24);
        return made;
    }
    void setWidth(int width)
    {
        bar.resize(width, row->heightForWidth(width));
        row->setGeometry(bar.rect());
    }
    int rowOf(const QWidget* widget) const { return (widget->y() - 2) / 28; }
};

} // namespace

class TestControlRow : public QObject
{
    Q_OBJECT

private slots:
    void oneRowWhereThereIsRoom()
    {
        Bar of;
        of.setWidth(400);
        QCOMPARE(of.row->heightForWidth(400), 26);
        QCOMPARE(of.first->x(), 6);
        QCOMPARE(of.label->x(), 110);
        QCOMPARE(of.second->x(), 144);
        QCOMPARE(of.last->geometry().right(), 400 - 6 - 1);
        QCOMPARE(of.row->sizeHint().width(), 100 + 30 + 80 + 60 + 40 + 4 * 4 + 12);
    }

    void aLabelGoesWithItsControl()
    {
        Bar of;
        of.setWidth(200); // the label alone would fit behind the first
        QCOMPARE(of.rowOf(of.label), 1);
        QCOMPARE(of.rowOf(of.second), 1);
        QCOMPARE(of.rowOf(of.third), 1);
        QCOMPARE(of.rowOf(of.last), 2);
        QCOMPARE(of.last->geometry().right(), 200 - 6 - 1);
        QCOMPARE(of.row->heightForWidth(200), 2 + 3 * 24 + 2 * 4);
    }

    void whatIsHiddenTakesNoRoom()
    {
        Bar of;
        of.first->hide();
        of.setWidth(240);
        QCOMPARE(of.label->x(), 6);
        QCOMPARE(of.rowOf(of.last), 0);
    }

    void theFarEndIsThatOfWhatIsShown()
    {
        Bar of;
        of.row->addGap();
        QWidget* const behind = Bar::control(20);
        of.row->addWidget(behind);
        of.last->hide();
        of.setWidth(400);
        QCOMPARE(behind->geometry().right(), 400 - 6 - 1);
    }

    void noNarrowerThanTheWidest()
    {
        const Bar of;
        QCOMPARE(of.row->minimumSize(), QSize(100 + 12, 24 + 2));
    }

    void fromTheRightWhereReadingBeginsThere()
    {
        Bar of;
        of.bar.setLayoutDirection(Qt::RightToLeft);
        of.setWidth(400);
        QCOMPARE(of.first->geometry().right(), 400 - 6 - 1);
        QVERIFY(of.second->geometry().right() < of.label->x());
        QCOMPARE(of.last->x(), 6);
    }
};

QTEST_MAIN(TestControlRow)
#include "tst_controlrow.moc"

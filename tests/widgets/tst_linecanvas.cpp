// layers: widgets
#include "lineaccessible.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest>

using namespace arcscope;

namespace
{

/// Two pieces in each line, numbered 5 and 7; odd lines have only the second.
class Ruled : public LineCanvas
{
public:
    explicit Ruled(int lines)
        : m_lines(lines)
    {
        resize(300, 220);
        linesChanged({0, -1});
    }

    int lines() const override { return m_lines; }
    QString textOf(LinePlace place) const override
    {
        return place.line < 0 ? QString() : QStringLiteral("%1/%2").arg(place.line).arg(place.piece);
    }
    std::shared_ptr<const void> subject() const override { return m_subject; }
    mutable int asked = 0; ///< for pieces

protected:
    Sizes laidOut(int) override { return {20, 20, 100}; }
    std::vector<Piece> pieces(int line) const override
    {
        ++asked;
        std::vector<Piece> pieces;
        if (line % 2 == 0)
            pieces.push_back({5, QRect(100, 2, 40, 16)});
        pieces.push_back({7, QRect(150, 2, 2, 16)});
        return pieces;
    }
    void paintLines(QPainter& painter, int, int height, const LineMarks&, const TimelineStyle& style) override
    {
        painter.fillRect(0, 0, width(), height, style.theme.canvas);
    }
    void paintHead(QPainter& painter, const TimelineStyle& style) override
    {
        painter.fillRect(0, 0, width(), 20, style.theme.canvas);
    }

private:
    int m_lines;
    std::shared_ptr<const int> m_subject = std::make_shared<int>(0);
};

} // namespace

class TestLineCanvas : public QObject
{
    Q_OBJECT

private slots:
    void keysGoFromPieceToPiece()
    {
        Ruled canvas(100'000);
        canvas.show();
        QSignalSpy changed(&canvas, &LineCanvas::placeChanged);
        const auto after = [&](Qt::Key key) {
            QTest::keyClick(&canvas, key);
            return canvas.place();
        };
        QCOMPARE(after(Qt::Key_Left), (LinePlace{0, -1}));
        QVERIFY(changed.isEmpty());
        QCOMPARE(after(Qt::Key_Right), (LinePlace{0, 5}));
        QCOMPARE(after(Qt::Key_Right), (LinePlace{0, 7}));
        QCOMPARE(after(Qt::Key_Right), (LinePlace{0, 7}));
        QCOMPARE(after(Qt::Key_Down), (LinePlace{1, 7}));
        QCOMPARE(after(Qt::Key_Left), (LinePlace{1, -1}));
        QCOMPARE(after(Qt::Key_End), (LinePlace{1, 7}));
        QCOMPARE(after(Qt::Key_Up), (LinePlace{0, 7}));
        QCOMPARE(after(Qt::Key_Left), (LinePlace{0, 5}));
        QCOMPARE(after(Qt::Key_Down), (LinePlace{1, -1})); // it has no such piece
        QCOMPARE(after(Qt::Key_PageDown), (LinePlace{11, -1}));
        QVERIFY(canvas.verticalScrollBar()->value() > 0);
        QVERIFY(canvas.rectOf(canvas.place()).bottom() <= canvas.viewport()->height());
        QCOMPARE(changed.size(), 9);
        QVERIFY2(canvas.asked < 500, qPrintable(QString::number(canvas.asked)));
    }

    void mouseMeetsNarrowPieces()
    {
        Ruled canvas(4);
        canvas.show();
        QSignalSpy changed(&canvas, &LineCanvas::placeChanged);
        QSignalSpy activated(&canvas, &LineCanvas::activated);
        const auto pressed = [&](int x, int y) {
            QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, {x, y});
            return canvas.place();
        };
        QCOMPARE(pressed(120, 30), (LinePlace{0, 5}));
        QCOMPARE(pressed(149, 50), (LinePlace{1, 7})); // beside it
        QCOMPARE(pressed(50, 70), (LinePlace{2, -1}));
        QCOMPARE(pressed(50, 10), (LinePlace{2, -1}));  // the head
        QCOMPARE(pressed(50, 180), (LinePlace{2, -1})); // below the last line
        QCOMPARE(changed.size(), 3);
        QTest::mouseDClick(canvas.viewport(), Qt::LeftButton, {}, {50, 70});
        QCOMPARE(activated.size(), 1);
    }

    void screenReadersFindLinesAndPieces()
    {
        Ruled canvas(100'000);
        canvas.show();
        QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(&canvas);
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QStringList names;
        for (int i = 0; i < 5; ++i)
            names << list->child(i)->text(QAccessible::Name);
        QCOMPARE(names, (QStringList{"0/-1", "0/5", "0/7", "1/-1", "1/7"}));
        QVERIFY(list->childCount() < 40); // what is in sight
        QCOMPARE(list->focusChild(), list->child(0));
        list->child(4)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(canvas.place(), (LinePlace{1, 7}));
        QVERIFY(list->child(4)->state().selected);
        QCOMPARE(list->indexOfChild(list->child(4)), 4);
        const QPoint at = canvas.mapToGlobal(canvas.rectOf({1, 7}).center());
        QCOMPARE(list->childAt(at.x(), at.y()), list->child(4));
        for (const LinePlace place : {LinePlace{0, -1}, LinePlace{99'999, 7}})
            QCOMPARE(LineAccessible::placeOf(LineAccessible::itemAt(place)), place);
    }
};

QTEST_MAIN(TestLineCanvas)
#include "tst_linecanvas.moc"

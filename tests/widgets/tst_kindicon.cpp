// layers: core widgets GUI
#include "kindicon.h"

#include "theme.h"

#include <QImage>
#include <QTest>

using namespace arcscope;

class TestKindIcon : public QObject
{
    Q_OBJECT

private slots:
    void everyKindHasAnotherPicture()
    {
        QList<QImage> pictures;
        for (int i = 0; i < spanKindCount; ++i) {
            const QImage picture = kindIcon(static_cast<SpanKind>(i)).pixmap(24, 24).toImage();
            QVERIFY(!picture.isNull());
            // shapes differ, not only colours
            const QImage shape = picture.convertToFormat(QImage::Format_Alpha8);
            QVERIFY2(!pictures.contains(shape), qPrintable(QString::number(i)));
            pictures << shape;
        }
    }

    void aSelectedRowHasTheColourOfItsText()
    {
        const QImage picture = kindIcon(SpanKind::ModelCall).pixmap(24, 24, QIcon::Selected).toImage();
        QCOMPARE(picture.pixelColor(12, 12).rgb(), QGuiApplication::palette().color(QPalette::HighlightedText).rgb());
    }
};

QTEST_MAIN(TestKindIcon)
#include "tst_kindicon.moc"

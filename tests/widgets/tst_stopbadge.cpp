// layers: widgets items core analysis GUI
#include "stopbadge.h"

#include <QImage>
#include <QTest>

using namespace arcscope;

namespace
{

StopPair pairOf(bool disagrees)
{
    StopPair pair;
    pair.vendor = QStringLiteral("end_turn");
    pair.recorded = true;
    pair.bucket = StopBucket::SilentTruncation;
    pair.derived = QStringLiteral("silent truncation");
    pair.disagrees = disagrees;
    return pair;
}

QImage painted(const StopPair& pair, int width, const Theme& theme)
{
    QImage image(width, 24, QImage::Format_RGB32);
    image.fill(theme.stripe);
    QPainter painter(&image);
    paintStopBadge(painter, image.rect(), pair, QFont(), theme);
    return image;
}

int pixelsOf(const QImage& image, const QColor& colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return count;
}

} // namespace

class TestStopBadge : public QObject
{
    Q_OBJECT

private slots:
    void disagreementIsDrawnAndNotOnlyInColour()
    {
        const QFontMetrics metrics{QFont()};
        QVERIFY(stopBadgeWidth(pairOf(true), metrics) > stopBadgeWidth(pairOf(false), metrics)); // the sign
        QCOMPARE(stopBadgeWidth({}, metrics), 0);
        for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
            const QColor warning = (*theme)[ColourRole::Contradiction].fill;
            QVERIFY(pixelsOf(painted(pairOf(true), 300, *theme), warning) > 50);
            QCOMPARE(pixelsOf(painted(pairOf(false), 300, *theme), warning), 0);
        }
    }

    void itIsCutToItsRoom()
    {
        for (const int width : {5, 30, 60, 120, 200}) {
            const QImage image = painted(pairOf(true), width, lightTheme());
            QCOMPARE(image.width(), width);
        }
        QCOMPARE(pixelsOf(painted({}, 100, lightTheme()), lightTheme().stripe), 2'400);
    }

    void fillsCanBeReadAndDiffer()
    {
        for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
            for (int i = 0; i < stopBucketCount; ++i) {
                const auto bucket = static_cast<StopBucket>(i);
                if (bucket != StopBucket::Unknown)
                    QVERIFY(contrast(bucketColour(*theme, bucket), bucketOnFill(*theme, bucket)) >= 3);
                for (int k = 0; k < i; ++k)
                    QVERIFY(bucketColour(*theme, bucket) != bucketColour(*theme, static_cast<StopBucket>(k)));
            }
        }
    }
};

QTEST_MAIN(TestStopBadge)
#include "tst_stopbadge.moc"

// layers: core layout analysis widgets GUI
// Pictures of the timeline against kept ones, in a tolerant way: fonts and their smoothing differ from machine to
// machine.
#include "viewexport.h"

#include "assembledcorpus.h"
#include "timelinecanvas.h"

#include <QDir>
#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const char* const spans = R"(
    t root - agent 0-4000 agent=main service=shop
    t plan root model 0-1000
    t grep root tool 1000-2000
    t read root tool 1200-3000 status=error
    t sub root agent 1400-2900 agent=explore
    t look sub model 1500-2100
    t find sub tool 2100-2800
    t done root model 3000-4000
)";

const QString folder = QStringLiteral(ARCSCOPE_TEST_DATA "/pictures/");
constexpr int block = 8;         ///< pixels that are averaged before they are compared
constexpr int tolerance = 40;    ///< of 255, in the average of a block
constexpr double strange = 0.02; ///< share of blocks that may be further apart

QImage averaged(const QImage& image)
{
    return image.scaled(image.width() / block, image.height() / block, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB32);
}

bool apart(QRgb a, QRgb b)
{
    return std::abs(qRed(a) - qRed(b)) > tolerance || std::abs(qGreen(a) - qGreen(b)) > tolerance ||
           std::abs(qBlue(a) - qBlue(b)) > tolerance;
}

} // namespace

class TestTimelinePainter : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(QFontDatabase::families().contains(QStringLiteral("DejaVu Sans")),
                 "the kept pictures are written in DejaVu Sans");
        QFont font(QStringLiteral("DejaVu Sans"));
        font.setPixelSize(13);
        QGuiApplication::setFont(font);
    }

    void looksAsKept_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("width");
        QTest::addColumn<TimeRange>("range");
        QTest::newRow("light") << false << 720 << TimeRange();
        QTest::newRow("dark") << true << 720 << TimeRange();
        QTest::newRow("part") << false << 480 << TimeRange{1'000 * millisecond, 2'500 * millisecond};
    }
    void looksAsKept()
    {
        QFETCH(bool, dark);
        QFETCH(int, width);
        QFETCH(TimeRange, range);
        const Corpus corpus = corpusOf(spans);
        TimelineCanvas canvas;
        canvas.setTheme(dark ? darkTheme() : lightTheme());
        canvas.resize(width, 200);
        canvas.setData(traceTimeline(corpus, 0, {}, {}).value());
        canvas.setVisibleRange(range);
        ExportOptions options;
        options.scale = 1;
        const auto picture = pictureOf(canvas, PictureFormat::Png, options);
        QVERIFY(picture);
        QImage now = QImage::fromData(*picture, "PNG").convertToFormat(QImage::Format_RGB32);
        const QString name = QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png");
        if (qEnvironmentVariableIsSet("ARCSCOPE_KEEP_PICTURES")) {
            QVERIFY(now.save(folder + name));
            return;
        }
        const QImage kept(folder + name);
        QVERIFY2(!kept.isNull(), qPrintable(folder + name));
        QVERIFY(std::abs(kept.height() - now.height()) <= block);
        const QSize common = kept.size().boundedTo(now.size());
        const QImage before = averaged(kept.copy(QRect(QPoint(), common)));
        const QImage after = averaged(now.copy(QRect(QPoint(), common)));
        QImage difference(after.size(), QImage::Format_RGB32);
        int wrong = 0;
        for (int y = 0; y < after.height(); ++y) {
            for (int x = 0; x < after.width(); ++x) {
                const bool other = apart(before.pixel(x, y), after.pixel(x, y));
                wrong += other ? 1 : 0;
                difference.setPixel(x, y, other ? qRgb(255, 0, 255) : after.pixel(x, y));
            }
        }
        if (wrong <= strange * after.width() * after.height())
            return;
        const QString where = QDir::temp().filePath(QStringLiteral("arcscope-") + name);
        now.save(where);
        difference.scaled(common).save(where + QStringLiteral(".difference.png"));
        QFAIL(qPrintable(QStringLiteral("%1 of %2 blocks differ: see %3 and %3.difference.png beside %4")
                             .arg(wrong)
                             .arg(after.width() * after.height())
                             .arg(where, folder + name)));
    }
};

QTEST_MAIN(TestTimelinePainter)
#include "tst_timelinepainter.moc"

// layers: core layout analysis items widgets GUI
// Pictures of enlarged arcs against kept ones.
#include "arccanvas.h"
#include "keptpicture.h"
#include "madefoundarcs.h"
#include "theme.h"
#include "viewexport.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestArcPainter : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(usePictureFont(), "the kept pictures are written in DejaVu Sans"); }

    void looksAsKept_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("arc");
        QTest::addColumn<int>("scale");
        QTest::newRow("arc-light") << false << 0 << static_cast<int>(RibbonScale::Folded);
        QTest::newRow("arc-dark") << true << 1 << static_cast<int>(RibbonScale::Turns);
    }
    void looksAsKept()
    {
        QFETCH(bool, dark);
        QFETCH(int, arc);
        QFETCH(int, scale);
        ArcCanvas canvas;
        canvas.setPalette(paletteOf(dark ? darkTheme() : lightTheme()));
        canvas.resize(720, 240);
        canvas.setScale(static_cast<RibbonScale>(scale));
        const ArcsPtr arcs = fourArcs();
        canvas.setArc(arcs, static_cast<std::uint32_t>(arc));
        auto reading = std::make_shared<ArcReading>();
        reading->arc = static_cast<std::uint32_t>(arc);
        reading->words.push_back({canvas.eventOf(arc == 0 ? 2 : 1), QStringLiteral("this is useless"), {}, {}});
        canvas.setReading(reading);
        canvas.setStep(1);
        ExportOptions options;
        options.scale = 1;
        const auto picture = pictureOf(canvas, PictureFormat::Png, options);
        QVERIFY(picture);
        QCOMPARE(differenceFromKept(*picture, QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png")),
                 QString());
    }
};

QTEST_MAIN(TestArcPainter)
#include "tst_arcpainter.moc"

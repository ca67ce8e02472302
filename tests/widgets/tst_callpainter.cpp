// layers: widgets GUI
#include "appearance.h"
#include "callcanvas.h"
#include "callscript.h"
#include "keptpicture.h"
#include "toolsview.h"
#include "viewexport.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestCallPainter : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(usePictureFont(), "the kept pictures are written in DejaVu Sans"); }

    void looksAsKept_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("calls-light") << false;
        QTest::newRow("calls-dark") << true;
    }
    void looksAsKept()
    {
        QFETCH(bool, dark);
        applyAppearance(dark ? Appearance::Dark : Appearance::Light, std::nullopt);
        AppState state;
        ToolsView view(state);
        view.resize(900, 500);
        view.show();
        view.showSubject(sampleCalls());
        view.setCriticalShown(true);
        view.canvas()->setVisibleRange({0, 600 * millisecond});
        ExportOptions options;
        options.scale = 1;
        const auto picture = pictureOf(view, PictureFormat::Png, options);
        QVERIFY(picture);
        QCOMPARE(differenceFromKept(*picture, QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png")),
                 QString());
    }
};

QTEST_MAIN(TestCallPainter)
#include "tst_callpainter.moc"

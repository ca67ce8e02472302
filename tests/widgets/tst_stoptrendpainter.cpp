// layers: widgets items core analysis GUI
#include "appearance.h"
#include "keptpicture.h"
#include "stopbook.h"
#include "stopscript.h"
#include "stopsview.h"
#include "stoptrendpainter.h"
#include "viewexport.h"

#include <QApplication>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestStopTrendPainter : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(usePictureFont(), "the kept pictures are written in DejaVu Sans"); }

    void looksAsKept_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("stops-light") << false;
        QTest::newRow("stops-dark") << true;
    }
    /// The matrix of vendors' words, and the trend below it.
    void looksAsKept()
    {
        QFETCH(bool, dark);
        QApplication::setStyle(QStringLiteral("Fusion"));
        applyAppearance(dark ? Appearance::Dark : Appearance::Light, std::nullopt);
        AppState state;
        FindingBook findings(state);
        StopBook stops(state, findings);
        StopsView view(state, findings, stops);
        view.resize(760, 700);
        view.setOverview(stopOverview(fiveCalls(), SpanText::ModelServed, nullptr));
        ExportOptions options;
        options.scale = 1;
        const auto picture = pictureOf(view, PictureFormat::Png, options);
        QVERIFY(picture);
        QCOMPARE(differenceFromKept(*picture, QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png")),
                 QString());
    }

    void piecesFillTheBarInOneOrder()
    {
        const auto made = stopOverview(fiveCalls(), SpanText::ModelServed, nullptr);
        const StopTrendLayout layout = layOut(*made, 600, QFontMetrics(QFont()));
        const QRect bar = layout.barRect(40);
        for (const StopLine& line : made->groups) {
            const auto pieces = layout.pieces(line, 40);
            QCOMPARE(pieces.front().second.left(), bar.left());
            QCOMPARE(pieces.back().second.right(), bar.right());
            for (std::size_t i = 1; i < pieces.size(); ++i)
                QCOMPARE(pieces[i].second.left(), pieces[i - 1].second.right() + 1);
        }
        QCOMPARE(layout.pieces(made->groups[0], 0).front().first, StopBucket::Complete);
        QVERIFY(layout.pieces(StopLine(), 0).empty());
    }

    void theSmallestPieceIsSeen()
    {
        StopLine line;
        line.cells[static_cast<std::size_t>(StopBucket::Complete)].rows.resize(100'000);
        line.cells[static_cast<std::size_t>(StopBucket::Declined)].rows.resize(1);
        line.cells[static_cast<std::size_t>(StopBucket::FalseCompletion)].rows.resize(1);
        line.calls = 100'002;
        StopTrendLayout layout;
        layout.width = 400;
        layout.header = 100;
        layout.row = 20;
        const auto pieces = layout.pieces(line, 0);
        QCOMPARE(pieces.size(), std::size_t(3));
        for (const auto& [bucket, rect] : pieces)
            QVERIFY(rect.width() >= 2);
        QCOMPARE(pieces.back().second.right(), layout.barRect(0).right());
    }
};

QTEST_MAIN(TestStopTrendPainter)
#include "tst_stoptrendpainter.moc"

// layers: widgets items core analysis GUI
#include "lenschartview.h"
#include "madelens.h"

#include <QChart>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace arcscope;
using namespace arcscope::testing;

Q_DECLARE_METATYPE(std::vector<arcscope::Row>)

namespace
{

struct Shown {
    LensChartView view;

    explicit Shown(LensChart chart)
    {
        view.resize(640, 420);
        view.setSource(std::move(chart), QStringLiteral("what is to be seen"));
        view.show();
        view.activateWindow();
        view.setFocus();
    }
    bool ready() { return QTest::qWaitForWindowExposed(&view) && !view.pieces().empty(); }
    QPoint centreOf(int piece) { return view.rectOf(piece).center(); }
    const QRectF& rect(std::size_t piece) { return view.pieces()[piece].rect; }
};

LensChart lineChart()
{
    LensChart chart;
    chart.kind = LensChartKind::Lines;
    chart.title = "By day";
    chart.band = "95 % interval";
    chart.xAxis = {"day", LensUnit::Number, {}, {}, false};
    chart.yAxis = {"share", LensUnit::Share, {}, {}, false};
    LensSeries series;
    series.name = "m-1";
    series.points = {lensPoint(0, 0.2, 0.1, 0.3), lensPoint(1, noValue), lensPoint(2, 0.4, 0.3, 0.6)};
    chart.series.push_back(std::move(series));
    return chart;
}

} // namespace

class TestLensChartView : public QObject
{
    Q_OBJECT

private slots:
    void barsLieWhereTheirValuesAre()
    {
        Shown shown(planChart());
        QVERIFY(shown.ready());
        QCOMPARE(shown.view.pieces().size(), std::size_t(6));
        // 10, 20, 30 of both series: heights grow in proportion, and bars of one plan stand side by side.
        QVERIFY(std::abs(shown.rect(1).height() - 2 * shown.rect(0).height()) < 3);
        QVERIFY(std::abs(shown.rect(2).height() - 3 * shown.rect(0).height()) < 3);
        QVERIFY(shown.rect(3).left() >= shown.rect(0).right() - 1);
        QVERIFY(shown.rect(3).right() < shown.rect(1).left());
        // Qt has painted them there.
        const QImage picture = shown.view.grab().toImage();
        const QColor bar = themeFor(shown.view.palette())[ColourRole::Committed].fill;
        QCOMPARE(picture.pixelColor(shown.centreOf(1)).name(), bar.name());
        QVERIFY(picture.pixelColor(shown.view.rectOf(1).topLeft() - QPoint(-6, 12)).name() != bar.name());
    }

    void longNamesMakeBarsLie()
    {
        LensChart chart = planChart(LensChartKind::StackedBars);
        chart.xAxis.categories[1] = "enterprise, yearly";
        QVERIFY(barsLie(chart));
        Shown shown(std::move(chart));
        QVERIFY(shown.ready());
        QVERIFY(shown.rect(0).bottom() < shown.rect(1).top()); // the first on top
        QVERIFY(std::abs(shown.rect(3).left() - shown.rect(0).right()) < 2);
        QVERIFY(std::abs(shown.rect(1).width() - 2 * shown.rect(0).width()) < 3);
    }

    void keysWalkThroughValues()
    {
        Shown shown(lineChart());
        QVERIFY(shown.ready());
        QSignalSpy told(&shown.view, &LensChartView::hovered);
        QSignalSpy chosen(&shown.view, &LensChartView::activated);
        QTest::keyClick(&shown.view, Qt::Key_Right);
        QCOMPARE(shown.view.selected(), 0);
        QTest::keyClick(&shown.view, Qt::Key_Right); // over what is not recorded
        QCOMPARE(shown.view.selected(), 2);
        QTest::keyClick(&shown.view, Qt::Key_Right);
        QCOMPARE(shown.view.selected(), 2);
        QTest::keyClick(&shown.view, Qt::Key_Home);
        QCOMPARE(shown.view.selected(), 0);
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("95 % interval")));
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("n 12")));
        QCOMPARE(shown.view.accessibleDescription(), told.last().at(0).toString());
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0].at(0).toInt(), 0);
    }

    void mouseChoosesAValue()
    {
        Shown shown(planChart());
        QVERIFY(shown.ready());
        QSignalSpy chosen(&shown.view, &LensChartView::activated);
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.centreOf(4));
        QCOMPARE(shown.view.selected(), 4);
        QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, shown.centreOf(2));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0].at(0).toInt(), 2);
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, QPoint(2, 2));
        QCOMPARE(shown.view.selected(), -1);
    }

    void aBoxTakesTheSpansOfWhatItTouches()
    {
        Shown shown(planChart());
        QVERIFY(shown.ready());
        std::vector<Row> spans;
        connect(&shown.view, &LensChartView::boxDrawn, &shown.view,
                [&](const std::vector<Row>& rows, const QString&) { spans = rows; });
        const QRect first = shown.view.rectOf(0);
        const QRect last = shown.view.rectOf(3); // beside it
        QWidget* const on = shown.view.viewport();
        QTest::mousePress(on, Qt::LeftButton, {}, QPoint(first.left() - 2, first.center().y()));
        QTest::mouseMove(on, first.center());
        QMouseEvent move(QEvent::MouseMove, QPointF(last.right() + 2, last.bottom() - 2),
                         on->mapToGlobal(last.center()), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(on, &move);
        QTest::mouseRelease(on, Qt::LeftButton, {}, QPoint(last.right() + 2, last.bottom() - 2));
        QCOMPARE(spans, (std::vector<Row>{0, 3}));
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(shown.view.spansIn({}).empty());
    }

    void aLongLegendLeavesTheChartItsRoom()
    {
        LensChart chart = planChart();
        Shown plain(chart);
        for (int i = 0; i < 12; ++i) {
            chart.series.push_back(chart.series.front());
            chart.series.back().name = "a model with a long name, number " + std::to_string(i);
        }
        Shown crowded(chart);
        plain.view.resize(300, 420);
        crowded.view.resize(300, 420);
        QVERIFY(plain.ready() && crowded.ready());
        const int line = crowded.view.fontMetrics().height();
        QVERIFY(crowded.view.minimumSizeHint().height() >= plain.view.minimumSizeHint().height() + 9 * line);
        crowded.view.resize(3'000, 420);
        QVERIFY(crowded.view.minimumSizeHint().height() <= plain.view.minimumSizeHint().height() + line);
    }

    void escapeTakesBackABoxThatIsDrawn()
    {
        Shown shown(planChart());
        QVERIFY(shown.ready());
        QSignalSpy drawn(&shown.view, &LensChartView::boxDrawn);
        QWidget* const on = shown.view.viewport();
        const auto move = [on](const QPoint& to) {
            QMouseEvent event(QEvent::MouseMove, QPointF(to), on->mapToGlobal(QPointF(to)), Qt::NoButton,
                              Qt::LeftButton, {});
            QCoreApplication::sendEvent(on, &event);
        };
        const QRect first = shown.view.rectOf(0);
        const QPoint from(first.left() - 2, first.center().y());
        QTest::mousePress(on, Qt::LeftButton, {}, from);
        move(shown.centreOf(3) + QPoint(0, 30));
        QVERIFY(!shown.view.box().isEmpty());
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(shown.view.box().isEmpty());
        move(shown.centreOf(3) + QPoint(4, 4));
        QTest::mouseRelease(on, Qt::LeftButton, {}, shown.centreOf(3));
        QVERIFY(shown.view.box().isEmpty());
        QVERIFY(drawn.isEmpty());
        QCOMPARE(shown.view.selected(), -1);
    }

    /// Every kind can be drawn in both themes, and knows where its values lie.
    void allKindsAreDrawn_data()
    {
        QTest::addColumn<int>("kind");
        for (int kind = 0; kind <= static_cast<int>(LensChartKind::Tree); ++kind)
            QTest::newRow(std::string(name(static_cast<LensChartKind>(kind))).c_str()) << kind;
    }
    void allKindsAreDrawn()
    {
        QFETCH(const int, kind);
        LensChart chart = planChart(static_cast<LensChartKind>(kind));
        switch (chart.kind) {
        case LensChartKind::Bars:
        case LensChartKind::StackedBars:
            break;
        case LensChartKind::Waterfall:
            chart.series.resize(1);
            chart.series[0].points[1].y = -5;
            chart.series[0].points[2].total = true;
            break;
        case LensChartKind::Heatmap:
        case LensChartKind::Lanes:
            chart.yAxis.categories = {"Mon", "Tue"};
            for (std::size_t s = 0; s < 2; ++s) {
                for (std::size_t i = 0; i < 3; ++i) {
                    chart.series[s].points[i].y = static_cast<double>(s);
                    chart.series[s].points[i].value = static_cast<double>(i);
                    chart.series[s].points[i].to = static_cast<double>(i) + 0.5;
                }
            }
            if (chart.kind == LensChartKind::Lanes)
                chart.xAxis.categories.clear();
            break;
        case LensChartKind::Tree:
            chart.series.clear();
            chart.nodes = {{-1, "You are a clerk", 1, 10, -1, {1}}, {0, "for the shop", 0.4, 4, -1, {2}}};
            break;
        default:
            chart.xAxis.categories.clear();
            break;
        }
        chart.markers = {{1, "prompt", "refund-check 42", noRow}};
        chart.limit = 12;
        for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
            Shown shown(chart);
            shown.view.setPalette(paletteOf(*theme));
            QVERIFY(shown.ready());
            for (const ChartPiece& piece : shown.view.pieces()) {
                QVERIFY(!piece.rect.isNull());
                QVERIFY(QRectF(shown.view.chart()->rect()).adjusted(-6, -6, 6, 6).contains(piece.rect.center()));
                QVERIFY(!pieceText(chart, piece).isEmpty());
            }
            const QImage picture = shown.view.grab().toImage();
            QCOMPARE(picture.pixelColor(1, 1).name(), theme->canvas.name());
            QSet<QRgb> colours;
            for (int y = 0; y < picture.height(); y += 3) {
                for (int x = 0; x < picture.width(); x += 3)
                    colours.insert(picture.pixel(x, y));
            }
            QVERIFY(colours.size() > 3);
        }
    }

    void noValuesAreNoFault()
    {
        for (int kind = 0; kind <= static_cast<int>(LensChartKind::Tree); ++kind) {
            LensChart chart;
            chart.kind = static_cast<LensChartKind>(kind);
            LensChartView view;
            view.resize(400, 300);
            view.setSource(chart, {});
            QVERIFY(!view.grab().isNull());
            QVERIFY(view.pieces().empty());
            QTest::keyClick(&view, Qt::Key_Right);
            QCOMPARE(view.selected(), -1);
        }
    }
};

QTEST_MAIN(TestLensChartView)
#include "tst_lenschartview.moc"

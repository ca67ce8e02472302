// layers: core layout
#include "arcribbon.h"

#include "madearcs.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// One character a pixel, a line for bends and one for the band of each ribbon.
QString picture(const RibbonScene& scene)
{
    const int step = scene.viewport.laneHeight + scene.viewport.laneGap;
    const int lanes = (scene.height + scene.viewport.laneGap) / step;
    QStringList lines;
    for (int i = 0; i < 2 * lanes; ++i)
        lines << QString(scene.viewport.width, QLatin1Char(' '));
    const auto put = [&](int line, int x, QChar c) {
        if (line >= 0 && line < lines.size() && x >= 0 && x < scene.viewport.width)
            lines[line][x] = c;
    };
    const auto fill = [&](int line, const Rect& rect, char c) {
        for (int x = rect.x; x < rect.right(); ++x)
            put(line, x, QLatin1Char(c));
    };
    constexpr char steps[] = ">oy.rge^";
    for (const RibbonPiece& piece : scene.pieces) {
        const int lane = piece.rect.y / step;
        const int band = 2 * lane + 1;
        switch (piece.part) {
        case RibbonPart::Stretch:
            fill(band, piece.rect, '=');
            break;
        case RibbonPart::Pause:
            fill(band, piece.rect, '_');
            break;
        case RibbonPart::Fold:
            fill(band, piece.rect, 'z');
            break;
        case RibbonPart::Work:
            fill(band, piece.rect, '-');
            break;
        case RibbonPart::Handover:
            put(band, piece.rect.x + piece.rect.width / 2, QLatin1Char(piece.otherDevice ? 'D' : 'S'));
            break;
        case RibbonPart::Stitch:
            fill(band, piece.rect, ':');
            break;
        case RibbonPart::Bend:
            fill(band - 1, piece.rect, '~');
            put(band - 1, piece.rect.x, QLatin1Char('<'));
            break;
        case RibbonPart::Step:
            put(band, piece.rect.x + piece.rect.width / 2, QLatin1Char(steps[static_cast<int>(piece.step)]));
            break;
        case RibbonPart::Block:
            fill(band, piece.rect, piece.trouble ? '!' : '*');
            put(band, piece.rect.x + piece.rect.width / 2,
                QLatin1Char(static_cast<char>('0' + std::min<std::uint32_t>(9, piece.count))));
            break;
        case RibbonPart::End:
            put(band, piece.rect.x, QLatin1Char('#'));
            break;
        case RibbonPart::Change:
            put(band - 1, piece.rect.x, QLatin1Char('|'));
            break;
        }
    }
    return lines.join(QLatin1Char('\n'));
}

RibbonViewport view(RibbonScale scale, int width = 50)
{
    RibbonViewport made;
    made.scale = scale;
    made.width = width;
    made.laneHeight = 2;
    made.laneGap = 0;
    made.bendRoom = 1;
    made.step = 1;
    made.fold = 3;
    made.slot = 3;
    made.margin = 1;
    return made;
}

QString drawn(const std::string& text, const RibbonViewport& viewport)
{
    const ArcCorpus arcs = arcsOf(text);
    std::vector<ArcRibbon> ribbons;
    for (std::uint32_t arc = 0; arc < arcs.arcs.rows(); ++arc)
        ribbons.push_back(ribbonOf(arcs, arc));
    std::vector<RibbonLink> links;
    for (std::uint32_t i = 0; i < arcs.stitches.size(); ++i)
        links.push_back({i, arcs.stitches[i].earlier == 0 ? arcs.stitches[i].later : arcs.stitches[i].earlier,
                         arcs.stitches[i].earlier == 0});
    return picture(layOut(ribbons, links, viewport));
}

/// Two stretches a day apart, on two devices.
const char* const twoDays = "arc a failed by=rule\n"
                            "seg 0 0-20000 session=1 device=1\n"
                            "request 0\nresponse 8000\nre_ask 12000\nresponse 20000\n"
                            "seg 1 86400000-86420000 session=2 device=2\n"
                            "request 86400000\nresponse 86410000\naccept 86420000\n";

} // namespace

class TestArcRibbon : public QObject
{
    Q_OBJECT

private slots:
    void changesStandWhereTheWidthIsTime()
    {
        const ArcCorpus arcs = arcsOf(twoDays);
        ArcRibbon ribbon = ribbonOf(arcs, 0);
        const Nanos start = ribbon.time().start;
        ribbon.changes = {start - second, start + 10 * second, start + 86'410 * second, start + 90'000 * second};
        const auto placed = [&](RibbonScale scale) {
            std::vector<std::pair<std::uint32_t, int>> at;
            for (const RibbonPiece& piece : layOut(ribbon, {}, view(scale)).pieces) {
                if (piece.part == RibbonPart::Change)
                    at.emplace_back(piece.first, piece.rect.x);
            }
            return at;
        };
        const auto folded = placed(RibbonScale::Folded);
        QCOMPARE(folded.size(), std::size_t(2)); // those before and after the arc are none of it
        QCOMPARE(folded[0].first, 1u);
        QCOMPARE(folded[1].first, 2u);
        QVERIFY(folded[0].second > 1 && folded[1].second > folded[0].second + 10);
        QCOMPARE(placed(RibbonScale::Time).size(), std::size_t(2));
        QVERIFY(placed(RibbonScale::Turns).empty());
    }

    void pictures_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("scale");
        QTest::addColumn<int>("width");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char* name, const QString& text, RibbonScale scale, int width,
                            const QStringList& lines) {
            QTest::newRow(name) << text << static_cast<int>(scale) << width << lines.join(QLatin1Char('\n'));
        };
        const QString oneSession = QStringLiteral("arc a succeeded by=label\nseg 0 0-40000\n"
                                                  "request 0\nresponse 10000\nre_ask 20000\n"
                                                  "response 30000\naccept 40000\n");
        row("to scale", oneSession, RibbonScale::Time, 50,
            {QStringLiteral("  <~~~~~~~~~~~~~~~~~~~                            "),
             QStringLiteral(" >---------o==========r---------o=========y  #    ")});
        const QString two = QString::fromUtf8(twoDays);
        row("days apart", two, RibbonScale::Time, 50,
            {QStringLiteral("                                                  "),
             QStringLiteral(" 4-___________________D___________________3  #    ")});
        row("a long pause is folded", two, RibbonScale::Folded, 50,
            {QStringLiteral("  <~~~~~~~~~~                                     "),
             QStringLiteral(" >-------o==r-------ozD>---------o========y  #    ")});
        row("by turn", two, RibbonScale::Turns, 50,
            {QStringLiteral("   <~~~~~                                         "),
             QStringLiteral(" =>--o==r--o=zDz=>--o==y=  #                      ")});
        row("by turn in little room", two, RibbonScale::Turns, 20,
            {QStringLiteral("  <~                "), QStringLiteral(" >-oro=D>o=y  #     ")});
        row("no time is recorded", QStringLiteral("arc a\nseg 0 -\nrequest -\nresponse -\nregenerate -\nresponse -\n"),
            RibbonScale::Time, 40,
            {QStringLiteral("      <~~                               "),
             QStringLiteral(" =>--o==g--o=  #                        ")});
        row("a step without a time lies between others",
            QStringLiteral("arc a\nseg 0 0-40000\nrequest 0\nresponse -\naccept 40000\n"), RibbonScale::Time, 50,
            {QStringLiteral("                                                  "),
             QStringLiteral(" >--------------------o===================y  #    ")});
        row("what is too close is counted",
            QStringLiteral("arc a deferred by=rule\nseg 0 0-100000\nrequest 0\nresponse 100\nrequest 200\n"
                           "response 300\nrequest 90000\nresponse 90100\nedit 90200\nresponse 90300\n"
                           "escalate 100000\n"),
            RibbonScale::Time, 50,
            {QStringLiteral("                                                  "),
             QStringLiteral(" 4-===================================4===^  #    ")});
        row("proposed ones lie below",
            QStringLiteral("arc a failed by=rule\nseg 0 0-20000\nrequest 0\nresponse 10000\n"
                           "arc b\nseg 1 40000-60000\nrequest 40000\nresponse 60000\n"
                           "stitch 0 1 0.8 same user\n"),
            RibbonScale::Time, 50,
            {QStringLiteral("                                                  "),
             QStringLiteral(" >------o=======  #:::::::::                      "),
             QStringLiteral("                                                  "),
             QStringLiteral("                            >-------------o  #    ")});
        row("a pause within a session",
            QStringLiteral("arc a succeeded by=rule\nseg 0 0-7230000\nrequest 0\nresponse 10000\n"
                           "request 7210000\nresponse 7220000\naccept 7230000\n"),
            RibbonScale::Folded, 50,
            {QStringLiteral("                                                  "),
             QStringLiteral(" >------------ozz>-----------o============y  #    ")});
        row("nothing", QStringLiteral("arc a\n"), RibbonScale::Folded, 20,
            {QStringLiteral("                    "), QStringLiteral("   #                ")});
    }
    void pictures()
    {
        QFETCH(QString, text);
        QFETCH(int, scale);
        QFETCH(int, width);
        QFETCH(QString, wanted);
        QCOMPARE(QLatin1Char('\n') + drawn(text.toStdString(), view(static_cast<RibbonScale>(scale), width)),
                 QLatin1Char('\n') + wanted);
    }

    void lengthsOfPausesAreStated()
    {
        const ArcCorpus arcs = arcsOf(twoDays);
        const RibbonScene scene = layOut(ribbonOf(arcs, 0), {}, view(RibbonScale::Folded));
        std::vector<Nanos> folds;
        for (const RibbonPiece& piece : scene.pieces) {
            if (piece.part == RibbonPart::Fold)
                folds.push_back(piece.length);
        }
        QCOMPARE(folds, (std::vector<Nanos>{86'380 * second}));
        const RibbonScene turns = layOut(ribbonOf(arcs, 0), {}, view(RibbonScale::Turns));
        QVERIFY(turns.ordinal && !scene.ordinal);
    }

    void aStepIsFoundUnderAPointAndItsBlockBesideIt()
    {
        const ArcCorpus arcs = arcsOf("arc a\nseg 0 0-100000\nrequest 0\nresponse 50000\nrequest 50100\n"
                                      "response 100000\n");
        RibbonViewport wide = view(RibbonScale::Time, 400);
        wide.laneHeight = 30;
        wide.bendRoom = 10;
        wide.step = 10;
        const RibbonScene scene = layOut(ribbonOf(arcs, 0), {}, wide);
        const RibbonPiece* const block = pieceOf(scene, 0, 1);
        QVERIFY(block && block == pieceOf(scene, 0, 2));
        QCOMPARE(block->part, RibbonPart::Block);
        QCOMPARE(block->count, 2U);
        const RibbonPiece* const first = pieceOf(scene, 0, 0);
        QVERIFY(first && first->part == RibbonPart::Step);
        QCOMPARE(hitTest(scene, first->rect.x + 5, first->rect.y + 5), first);
        QCOMPARE(hitTest(scene, first->rect.right() + 1, first->rect.y + 5, 3), first); // within reach
        const RibbonPiece* const between = hitTest(scene, 100, first->rect.y + 5);
        QVERIFY(between && between->part != RibbonPart::Step);
        QCOMPARE(hitTest(scene, 100, 500), nullptr);
        QVERIFY(!pieceOf(scene, 0, 99));
    }

    void everyStepIsInOnePieceWhateverTheWidth()
    {
        ArcMaker maker;
        maker.arc("a");
        maker.segment(0, 0, 5'000 * second);
        for (int i = 0; i < 5'000; ++i)
            maker.event(i % 2 == 0 ? ArcStep::Request : ArcStep::Response, (i * 7919 % 5'000) * second);
        const ArcCorpus arcs = maker.made();
        ArcRibbon ribbon = ribbonOf(arcs, 0);
        for (const int width : {10, 200, 3'000}) {
            for (const RibbonScale scale : {RibbonScale::Time, RibbonScale::Folded, RibbonScale::Turns}) {
                const RibbonScene scene = layOut(ribbon, {}, view(scale, width));
                std::uint32_t steps = 0;
                std::size_t pieces = 0;
                for (const RibbonPiece& piece : scene.pieces) {
                    if (piece.part != RibbonPart::Step && piece.part != RibbonPart::Block)
                        continue;
                    QCOMPARE(piece.first, steps);
                    steps += piece.count;
                    ++pieces;
                }
                QCOMPARE(steps, 5'000U);
                if (scale == RibbonScale::Turns)
                    QVERIFY(pieces <= static_cast<std::size_t>(width));
                QVERIFY(scene.touched <= 5'001);
            }
        }
    }

    void whatIsTakenUpIsTheLastOfItsKind()
    {
        const ArcCorpus arcs = arcsOf("arc a\nseg 0 -\nrequest -\nresponse -\naccept -\nre_ask -\nresponse -\n"
                                      "regenerate -\nescalate -\n");
        const ArcRibbon ribbon = ribbonOf(arcs, 0);
        QVERIFY(!ribbon.timed && !ribbon.time().recorded());
        QCOMPARE(takenUp(ribbon, 3), 0U);
        QCOMPARE(takenUp(ribbon, 5), 4U);
        QCOMPARE(takenUp(ribbon, 6), RibbonPiece::none);
    }
};

QTEST_APPLESS_MAIN(TestArcRibbon)
#include "tst_arcribbon.moc"

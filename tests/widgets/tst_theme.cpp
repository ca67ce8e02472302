// layers: core widgets
#include "contrasttheme.h"
#include "displaytext.h"
#include "theme.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace arcscope;

namespace
{

using Matrix = std::array<std::array<double, 3>, 3>;

/// Full dichromacies after Machado, Oliveira and Fernandes (2009), on linear light.
struct Vision {
    const char* name;
    Matrix matrix;
};
constexpr Vision visions[] = {
    {"normal", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}},
};

double toLinear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double toChannel(double light)
{
    return light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

QColor seenBy(const Vision& vision, const QColor& colour)
{
    const std::array<double, 3> light{toLinear(colour.redF()), toLinear(colour.greenF()), toLinear(colour.blueF())};
    std::array<float, 3> seen{};
    for (std::size_t i = 0; i < 3; ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < 3; ++k)
            sum += vision.matrix[i][k] * light[k];
        seen[i] = static_cast<float>(toChannel(std::clamp(sum, 0.0, 1.0)));
    }
    return QColor::fromRgbF(seen[0], seen[1], seen[2]);
}

/// CIE L*a*b* under D65.
std::array<double, 3> labOf(const QColor& colour)
{
    const double r = toLinear(colour.redF());
    const double g = toLinear(colour.greenF());
    const double b = toLinear(colour.blueF());
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    const double y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    const double z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

std::array<const Theme*, 4> allThemes()
{
    return {&lightTheme(), &darkTheme(), &contrastTheme(true), &contrastTheme(false)};
}

double distance(const QColor& a, const QColor& b)
{
    const auto first = labOf(a);
    const auto second = labOf(b);
    return std::hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void coloursKeepTheirContrast_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void coloursKeepTheirContrast()
    {
        QFETCH(bool, dark);
        const Theme& theme = dark ? darkTheme() : lightTheme();
        for (const QColor& ground : {theme.canvas, theme.stripe}) {
            QVERIFY(contrast(theme.text, ground) >= 7);
            QVERIFY(contrast(theme.muted, ground) >= 4.5);
            for (int i = 0; i < colourRoleCount; ++i) {
                const RoleColours& role = theme[static_cast<ColourRole>(i)];
                QVERIFY2(contrast(role.fill, ground) >= 3, qPrintable(role.fill.name()));
                QVERIFY2(contrast(role.ink, ground) >= 4.5, qPrintable(role.ink.name()));
            }
        }
        for (const ColourRole solid :
             {ColourRole::User, ColourRole::Model, ColourRole::Tool, ColourRole::Committed, ColourRole::System})
            QVERIFY2(contrast(theme[solid].onFill, theme[solid].fill) >= 4.4, qPrintable(theme[solid].fill.name()));
        for (int i = 0; i < colourRoleCount; ++i)
            QVERIFY(contrast(theme.text, theme.tint(static_cast<ColourRole>(i))) >= 7);
    }

    void highContrastKeepsMore()
    {
        for (const bool dark : {true, false}) {
            const Theme& theme = contrastTheme(dark);
            QCOMPARE(theme.dark, dark);
            for (const QColor& ground : {theme.canvas, theme.stripe}) {
                QVERIFY(contrast(theme.text, ground) >= 15);
                QVERIFY(contrast(theme.muted, ground) >= 7);
                QVERIFY(contrast(theme.rule, ground) >= 4.5);
                for (int i = 0; i < colourRoleCount; ++i) {
                    const RoleColours& role = theme[static_cast<ColourRole>(i)];
                    QVERIFY2(contrast(role.fill, ground) >= 4.5, qPrintable(role.fill.name()));
                    QVERIFY2(contrast(role.ink, ground) >= 7, qPrintable(role.ink.name()));
                }
            }
            for (const ColourRole solid :
                 {ColourRole::User, ColourRole::Model, ColourRole::Tool, ColourRole::Committed, ColourRole::System})
                QVERIFY2(contrast(theme[solid].onFill, theme[solid].fill) >= 5.9, qPrintable(theme[solid].fill.name()));
            for (int i = 0; i < colourRoleCount; ++i)
                QVERIFY(contrast(theme.text, theme.tint(static_cast<ColourRole>(i))) >= 10);
            const QPalette palette = paletteOf(theme);
            QVERIFY(&themeFor(palette) == &theme);
            QVERIFY(isContrast(palette));
            QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 5.9);
            QVERIFY(contrast(palette.color(QPalette::Disabled, QPalette::Text), theme.canvas) >= 4.5);
        }
        QVERIFY(!isContrast(paletteOf(lightTheme())) && !isContrast(paletteOf(darkTheme())));
    }

    void everyRoleDiffers()
    {
        for (const Theme* theme : allThemes()) {
            for (int a = 0; a < colourRoleCount; ++a) {
                for (int b = 0; b < a; ++b)
                    QVERIFY((*theme)[static_cast<ColourRole>(a)].fill != (*theme)[static_cast<ColourRole>(b)].fill);
            }
        }
    }

    void rolesDifferForEveryEye()
    {
        for (const Theme* theme : allThemes()) {
            for (const Vision& vision : visions) {
                for (int a = 0; a < colourRoleCount; ++a) {
                    const QColor fill = seenBy(vision, (*theme)[static_cast<ColourRole>(a)].fill);
                    for (const QColor& ground : {theme->canvas, theme->stripe})
                        QVERIFY2(contrast(fill, seenBy(vision, ground)) >= 2.95, vision.name);
                    for (int b = 0; b < a; ++b) {
                        const QColor other = seenBy(vision, (*theme)[static_cast<ColourRole>(b)].fill);
                        const double apart = distance(fill, other);
                        QVERIFY2(apart >= 12, qPrintable(QStringLiteral("%1: roles %2 and %3 are %4 apart")
                                                             .arg(QLatin1String(vision.name))
                                                             .arg(b)
                                                             .arg(a)
                                                             .arg(apart)));
                    }
                }
            }
        }
    }

    void inksAreReadableOnTheTintOfAHeading()
    {
        for (const Theme* theme : allThemes()) {
            for (const ColourRole role : {ColourRole::User, ColourRole::Model, ColourRole::Tool, ColourRole::System,
                                          ColourRole::Contradiction}) {
                const QColor& ink = (*theme)[role].ink;
                QVERIFY2(contrast(ink, mixed(theme->canvas, ink, 0.08)) >= 4.4, qPrintable(ink.name()));
            }
        }
    }

    void everyKindHasItsGlyphAndWord()
    {
        QStringList words;
        QString glyphs;
        for (int i = 0; i < spanKindCount; ++i) {
            const QString word = kindText(static_cast<SpanKind>(i));
            const QChar glyph = glyphOf(static_cast<SpanKind>(i));
            QVERIFY(!word.isEmpty() && !words.contains(word));
            QVERIFY(!glyph.isNull() && !glyphs.contains(glyph));
            words << word;
            glyphs += glyph;
        }
    }

    void thePaletteTellsItsTheme()
    {
        QVERIFY(!themeFor(paletteOf(lightTheme())).dark);
        QVERIFY(themeFor(paletteOf(darkTheme())).dark);
        for (const Theme* theme : allThemes()) {
            const QPalette palette = paletteOf(*theme);
            QVERIFY(contrast(palette.color(QPalette::ButtonText), palette.color(QPalette::Button)) >= 7);
            QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.4);
            QVERIFY(contrast(palette.color(QPalette::Link), palette.color(QPalette::Base)) >= 4.5);
        }
    }

    void contrastIsThatOfWcag()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrast(QColor(118, 118, 118), Qt::white) - 4.54) < 0.01);
    }
};

QTEST_APPLESS_MAIN(TestTheme)
#include "tst_theme.moc"

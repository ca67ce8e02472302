// layers: core widgets
#include "displaytext.h"
#include "theme.h"

#include <QTest>

using namespace arcscope;

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

    void everyRoleDiffers()
    {
        for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
            for (int a = 0; a < colourRoleCount; ++a) {
                for (int b = 0; b < a; ++b)
                    QVERIFY((*theme)[static_cast<ColourRole>(a)].fill != (*theme)[static_cast<ColourRole>(b)].fill);
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
        for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
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

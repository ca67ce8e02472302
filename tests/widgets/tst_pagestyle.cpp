// layers: core pipeline GUI
// Every text of a page that leaves can be read on every ground that it stands on.
#include "pagestyle.h"

#include <QColor>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace arcscope;

namespace
{

QString textOf(std::string_view style)
{
    return QString::fromUtf8(style.data(), static_cast<qsizetype>(style.size()));
}

/// Invalid where the style has no such variable, or not as hsl().
QColor colourOf(std::string_view colours, const QString& name)
{
    const QRegularExpression variable(QStringLiteral("--%1:hsl\\((\\d+) (\\d+)% (\\d+)%\\)").arg(name));
    const auto found = variable.match(textOf(colours));
    return found.hasMatch() ? QColor::fromHslF(found.captured(1).toFloat() / 360, found.captured(2).toFloat() / 100,
                                               found.captured(3).toFloat() / 100)
                            : QColor();
}

double luminance(const QColor& colour)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

/// Of WCAG 2.2, 1 to 21.
double contrast(const QColor& one, const QColor& other)
{
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

} // namespace

class TestPageStyle : public QObject
{
    Q_OBJECT

private slots:
    void contrastIsThatOfWcag()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QVERIFY(std::abs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
    }

    /// Texts have no other colours than those of the table below.
    void textsAreOfTheTable()
    {
        const QRegularExpression colour(
            QStringLiteral("[{;](?:color|fill):(?!var\\(--(?:text|quiet|mark|bar|bad)\\))"));
        for (const std::string_view style : {pageStyle, chartStyle})
            QVERIFY2(!colour.match(textOf(style)).hasMatch(), qPrintable(colour.match(textOf(style)).captured()));
        QVERIFY(textOf(pageStyle).contains(QStringLiteral("color:var(--text)")));
    }

    void textsCanBeRead_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("ground");
        for (const bool dark : {false, true}) {
            for (const char* text : {"text", "quiet", "mark", "bad"}) {
                for (const char* ground : {"ground", "panel", "quote"})
                    QTest::addRow("%s: %s on %s", dark ? "dark" : "light", text, ground)
                        << dark << QString::fromLatin1(text) << QString::fromLatin1(ground);
            }
        }
    }
    void textsCanBeRead()
    {
        QFETCH(bool, dark);
        QFETCH(QString, text);
        QFETCH(QString, ground);
        const std::string_view colours = dark ? darkColours : lightColours;
        const QColor ink = colourOf(colours, text);
        const QColor paper = colourOf(colours, ground);
        QVERIFY(ink.isValid() && paper.isValid());
        const double ratio = contrast(ink, paper);
        QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
    }
};

QTEST_APPLESS_MAIN(TestPageStyle)
#include "tst_pagestyle.moc"

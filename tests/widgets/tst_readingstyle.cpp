// layers: widgets GUI
#include "contraststyle.h"
#include "readingstyle.h"

#include <QImage>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScopeGuard>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolButton>

#include <memory>

using namespace arcscope;

namespace
{

QImage cell(const QStyle& style, const QString& text, Qt::LayoutDirection direction)
{
    QImage image(240, 30, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    QStyleOptionViewItem option;
    option.rect = image.rect();
    option.direction = direction;
    option.text = text;
    option.features = QStyleOptionViewItem::HasDisplay;
    option.displayAlignment = Qt::AlignCenter;
    option.state = QStyle::State_Enabled;
    style.drawControl(QStyle::CE_ItemViewItem, &option, &painter, nullptr);
    return image;
}

const QString hebrew = QStringLiteral("\u05d4\u05e8\u05e5 build (3) \u05d5\u05d0\u05de\u05d5\u05e8");

} // namespace

class TestReadingStyle : public QObject
{
    Q_OBJECT

private slots:
    /// Fusion tells it from the others by a shade, which high contrast does not have.
    void theCurrentTabIsMarkedInHighContrast()
    {
        const ContrastStyle style;
        const auto shape = [&style](bool selected) {
            QImage image(80, 30, QImage::Format_RGB32);
            image.fill(Qt::black);
            QPainter painter(&image);
            QStyleOptionTab tab;
            tab.rect = image.rect();
            tab.palette.setColor(QPalette::Highlight, QColor(Qt::yellow));
            tab.state = QStyle::State_Enabled;
            tab.state.setFlag(QStyle::State_Selected, selected);
            style.drawControl(QStyle::CE_TabBarTabShape, &tab, &painter, nullptr);
            return image;
        };
        QCOMPARE(shape(true).pixelColor(40, 28), QColor(Qt::yellow));
        QVERIFY(shape(false).pixelColor(40, 28) != QColor(Qt::yellow));
    }

    void signsGrowWithTheText()
    {
        const ReadingStyle style;
        const QFont usual = QApplication::font();
        const auto restore = qScopeGuard([&usual] { QApplication::setFont(usual); });
        QFont font = usual;
        font.setPixelSize(13);
        QApplication::setFont(font);
        const int icon = style.pixelMetric(QStyle::PM_SmallIconSize);
        const int check = style.pixelMetric(QStyle::PM_IndicatorWidth);
        const std::unique_ptr<QStyle> fusion(QStyleFactory::create(QStringLiteral("Fusion")));
        QCOMPARE(icon, fusion->pixelMetric(QStyle::PM_SmallIconSize));
        QCOMPARE(check, fusion->pixelMetric(QStyle::PM_IndicatorWidth));
        font.setPixelSize(33);
        QApplication::setFont(font);
        QVERIFY(style.pixelMetric(QStyle::PM_SmallIconSize) >= 26);
        QVERIFY(style.pixelMetric(QStyle::PM_IndicatorWidth) >= check * 3 / 2);
        QToolButton button;
        button.setStyle(const_cast<ReadingStyle*>(&style));
        QCOMPARE(button.iconSize().width(), style.pixelMetric(QStyle::PM_ButtonIconSize));
    }

    void cellsAreReadInTheirOwnDirection_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Qt::LayoutDirection>("own");
        QTest::newRow("a value") << QStringLiteral("845 ms") << Qt::LeftToRight;
        QTest::newRow("a time") << QStringLiteral("2026-03-10 14:55:00 UTC") << Qt::LeftToRight;
        QTest::newRow("a sentence with a name in it") << hebrew << Qt::RightToLeft;
    }
    void cellsAreReadInTheirOwnDirection()
    {
        QFETCH(QString, text);
        QFETCH(Qt::LayoutDirection, own);
        const ReadingStyle style;
        const Qt::LayoutDirection other = own == Qt::LeftToRight ? Qt::RightToLeft : Qt::LeftToRight;
        QCOMPARE(cell(style, text, other), cell(style, text, own));
        const std::unique_ptr<QStyle> usual(QStyleFactory::create(QStringLiteral("Fusion")));
        QVERIFY(cell(*usual, text, other) != cell(*usual, text, own));
    }

    void entriesOfMenusAreWhole_data()
    {
        QTest::addColumn<int>("percent");
        for (const int percent : {100, 175, 250, 300})
            QTest::addRow("%d %%", percent) << percent;
    }
    void entriesOfMenusAreWhole()
    {
        QFETCH(int, percent);
        const ReadingStyle style;
        QStyleOptionMenuItem option;
        option.text = QStringLiteral("Findings 1");
        option.font = QApplication::font();
        option.font.setPointSizeF(option.font.pointSizeF() * percent / 100);
        option.fontMetrics = QFontMetrics(option.font);
        option.state = QStyle::State_Enabled;
        const QSize text = option.fontMetrics.boundingRect(QRect(), Qt::TextSingleLine, option.text).size();
        const QSize size = style.sizeFromContents(QStyle::CT_MenuItem, &option, text, nullptr);
        const auto drawn = [&](int more) {
            QImage image(size + QSize(more, 0), QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::white);
            option.rect = image.rect();
            QPainter painter(&image);
            painter.setFont(option.font);
            style.drawControl(QStyle::CE_MenuItem, &option, &painter, nullptr);
            painter.end();
            return image.copy(QRect(QPoint(), size));
        };
        QCOMPARE(drawn(0), drawn(200));
    }

    void signsAreAddedOnlyWhereTheyAreNeeded()
    {
        QCOMPARE(isolated(QStringLiteral("845 ms"), Qt::LeftToRight), QStringLiteral("845 ms"));
        QCOMPARE(isolated(QStringLiteral("845 ms"), Qt::RightToLeft), QStringLiteral("\u2068845 ms\u2069"));
        QCOMPARE(isolated(hebrew, Qt::RightToLeft), hebrew);
        QCOMPARE(isolated({}, Qt::RightToLeft), QString());
        QCOMPARE(inDirection(Qt::LeftToRight, QStringLiteral("run")), QStringLiteral("run"));
        QVERIFY(!inDirection(Qt::LeftToRight, hebrew).isRightToLeft());
        QVERIFY(inDirection(Qt::RightToLeft, QStringLiteral("run")).isRightToLeft());
    }

    /// The braces of JSON stay where they are, and the text is what it was.
    void codeRunsFromTheLeft()
    {
        QPlainTextEdit text;
        readAsCode(text);
        const QString json = QStringLiteral("{\n\"\u05e9\u05dd\": 12,\n\"mode\": \"fast\"}");
        text.setPlainText(json);
        text.resize(300, 200);
        text.show();
        for (QTextBlock line = text.document()->begin(); line.isValid(); line = line.next())
            QCOMPARE(line.textDirection(), Qt::LeftToRight);
        QCOMPARE(text.toPlainText(), json);
    }
};

QTEST_MAIN(TestReadingStyle)
#include "tst_readingstyle.moc"

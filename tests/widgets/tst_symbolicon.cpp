// layers: widgets GUI
#include "symbolicon.h"

#include <QDir>
#include <QGuiApplication>
#include <QPalette>
#include <QTest>

using namespace arcscope;

namespace
{

/// The colour of the pixel with the most ink.
QColor inkOf(const QIcon& icon, QIcon::Mode mode)
{
    const QImage image = icon.pixmap(QSize(32, 32), 1.0, mode).toImage();
    QColor ink;
    ink.setAlpha(0);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).alpha() > ink.alpha())
                ink = image.pixelColor(x, y);
        }
    }
    return ink;
}

} // namespace

class TestSymbolIcon : public QObject
{
    Q_OBJECT

private slots:
    void everyIconDraws()
    {
        QVERIFY(!symbolIcon("close").isNull()); // also loads the resource
        const QStringList files = QDir(":/icons").entryList({"*.svg"});
        QVERIFY(files.size() >= 20);
        for (const QString& file : files)
            QVERIFY2(inkOf(symbolIcon(file.chopped(4)), QIcon::Normal).alpha() > 200, qPrintable(file));
    }

    void anUnknownNameIsANullIcon() { QVERIFY(symbolIcon("no-such-icon").isNull()); }

    void theColourFollowsThePalette()
    {
        const QPalette before = QGuiApplication::palette();
        const QIcon icon = symbolIcon("close");
        for (const QColor& colour : {QColor(0x20, 0x30, 0x40), QColor(0xf0, 0xe0, 0xd0)}) {
            QPalette palette = before;
            palette.setColor(QPalette::Active, QPalette::ButtonText, colour);
            palette.setColor(QPalette::Disabled, QPalette::ButtonText, QColor(0x80, 0x80, 0x80));
            QGuiApplication::setPalette(palette);
            const QColor drawn = inkOf(icon, QIcon::Normal);
            QVERIFY(qAbs(drawn.red() - colour.red()) < 6 && qAbs(drawn.blue() - colour.blue()) < 6);
            QVERIFY(qAbs(inkOf(icon, QIcon::Disabled).red() - 0x80) < 6);
        }
        QGuiApplication::setPalette(before);
    }
};

QTEST_MAIN(TestSymbolIcon)
#include "tst_symbolicon.moc"

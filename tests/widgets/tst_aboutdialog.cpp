// layers: widgets GUI
#include "aboutdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

using namespace arcscope;

class TestAboutDialog : public QObject
{
    Q_OBJECT

private slots:
    void namesEveryLibraryWithItsVersion()
    {
        const QStringList lines = AboutDialog::versions().split(QLatin1Char('\n'));
        for (const char* name : {"Qt", "SQLite", "zstd", "simdjson", "nlohmann_json", "libarchive", "zlib"}) {
            const QRegularExpression line(QStringLiteral("^%1 \\d+\\.\\d+").arg(QLatin1String(name)));
            QCOMPARE(lines.filter(line).size(), 1);
        }
        QVERIFY(lines.contains(QStringLiteral("Qt ") + QLatin1String(qVersion())));
    }

    void versionsCanBeCopied()
    {
        AboutDialog dialog;
        QPushButton* copy = nullptr;
        for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
            if (button->text().contains(QStringLiteral("versions")))
                copy = button;
        }
        QVERIFY(copy);
        copy->click();
        QCOMPARE(QApplication::clipboard()->text(), AboutDialog::versions());
    }
};

QTEST_MAIN(TestAboutDialog)
#include "tst_aboutdialog.moc"

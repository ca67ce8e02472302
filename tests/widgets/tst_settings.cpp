// layers: widgets GUI
#include "settings.h"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

class TestSettings : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    QString newFile() { return m_folder.filePath(QStringLiteral("settings%1.ini").arg(++m_files)); }

private slots:
    void hasDefaults()
    {
        const Settings settings(newFile());
        QCOMPARE(settings.appearance(), Appearance::System);
        QCOMPARE(settings.textSize(), 100);
        QVERIFY(settings.layout(1).geometry.isEmpty());
        QVERIFY(settings.filters().isEmpty());
        QVERIFY(settings.recentFiles().isEmpty());
        QVERIFY(settings.keepsHistory());
    }

    void remembers()
    {
        const QString file = newFile();
        {
            Settings settings(file);
            settings.setAppearance(Appearance::Dark);
            settings.setTextSize(125);
            settings.setLayout({"geometry", "panels"}, 3);
            settings.setFilters({QStringLiteral("kind:tool"), QStringLiteral("a, \"b\" ü")});
            settings.setRecentFiles({{QStringLiteral("/a"), QStringLiteral("/b")}, {QStringLiteral("/c, d")}});
            settings.flush();
        }
        QVERIFY(QFile::exists(file));
        const Settings settings(file);
        QCOMPARE(settings.appearance(), Appearance::Dark);
        QCOMPARE(settings.textSize(), 125);
        QCOMPARE(settings.layout(3).geometry, QByteArray("geometry"));
        QCOMPARE(settings.layout(3).panels, QByteArray("panels"));
        QVERIFY(settings.layout(2).panels.isEmpty()); // of another layout
        QCOMPARE(settings.filters(), (QStringList{QStringLiteral("kind:tool"), QStringLiteral("a, \"b\" ü")}));
        QCOMPARE(settings.recentFiles(),
                 (QList<QStringList>{{QStringLiteral("/a"), QStringLiteral("/b")}, {QStringLiteral("/c, d")}}));
    }

    void boundsAreKept()
    {
        Settings settings(newFile());
        settings.setTextSize(5'000);
        QCOMPARE(settings.textSize(), Settings::largestTextSize);
        settings.setTextSize(-1);
        QCOMPARE(settings.textSize(), Settings::smallestTextSize);
        QStringList many;
        QList<QStringList> files;
        for (int i = 0; i < 100; ++i) {
            many << QString::number(i);
            files << QStringList{QString::number(i)};
        }
        settings.setFilters(many);
        QCOMPARE(settings.filters().size(), Settings::mostFilters);
        QCOMPARE(settings.filters().constLast(), QStringLiteral("99"));
        settings.setRecentFiles(files);
        QCOMPARE(settings.recentFiles().size(), Settings::mostRecentFiles);
        QCOMPARE(settings.recentFiles().constFirst(), QStringList{QStringLiteral("0")});
    }

    void whatCannotBeUnderstoodIsTheDefault()
    {
        const QString file = newFile();
        {
            QSettings raw(file, QSettings::IniFormat);
            raw.setValue(QStringLiteral("window/appearance"), QStringLiteral("purple"));
            raw.setValue(QStringLiteral("window/textSize"), QStringLiteral("huge"));
            raw.setValue(QStringLiteral("recent/entries"), QStringLiteral("x"));
        }
        const Settings settings(file);
        QCOMPARE(settings.appearance(), Appearance::System);
        QCOMPARE(settings.textSize(), 100);
        QVERIFY(settings.recentFiles().size() <= 1);
    }

    void withoutHistoryNothingIsKept()
    {
        Settings settings(newFile());
        settings.setFilters({QStringLiteral("kind:tool")});
        settings.setRecentFiles({{QStringLiteral("/a")}});
        settings.setKeepsHistory(false);
        QVERIFY(settings.filters().isEmpty());
        QVERIFY(settings.recentFiles().isEmpty());
        settings.setFilters({QStringLiteral("kind:tool")});
        settings.setRecentFiles({{QStringLiteral("/a")}});
        QVERIFY(settings.filters().isEmpty());
        QVERIFY(settings.recentFiles().isEmpty());
        settings.setKeepsHistory(true);
        settings.setFilters({QStringLiteral("kind:tool")});
        QCOMPARE(settings.filters().size(), 1);
    }

    void copiesAreHandles()
    {
        Settings one(newFile());
        const Settings other = one;
        one.setTextSize(150);
        QCOMPARE(other.textSize(), 150);
    }
};

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"

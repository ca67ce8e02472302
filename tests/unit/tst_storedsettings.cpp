// layers: core analysis store pipeline
#include "storedsettings.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestStoredSettings : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private slots:
    void aFileSetsValues()
    {
        const std::string path =
            writeFile(m_folder.filePath("good.conf"), "# thresholds\nshape.warm_up = 12\n").toStdString();
        const auto settings = storedSettings(path);
        QVERIFY(settings);
        QCOMPARE(settings->of(*settingNamed("shape.warm_up")), 12.0);
    }

    void noFileSetsNothing()
    {
        QCOMPARE(storedSettings(m_folder.filePath("none").toStdString()).value(), DetectorSettings());
        QCOMPARE(storedSettings({}).value(), DetectorSettings());
    }

    void whatCannotBeReadIsTold()
    {
        const std::string path = writeFile(m_folder.filePath("bad.conf"), "shape.warm_up = many\n").toStdString();
        const auto settings = storedSettings(path);
        QVERIFY(!settings);
        QVERIFY(settings.error().message.find(path) != std::string::npos);
        QVERIFY(settings.error().message.find("shape.warm_up = many") != std::string::npos);
    }

    void theFolderFollowsTheEnvironment()
    {
        qputenv("XDG_CONFIG_HOME", "/somewhere/config");
        QCOMPARE(settingsFile(), std::string("/somewhere/config/arcscope/detectors.conf"));
        qputenv("XDG_CONFIG_HOME", "relative");
        qputenv("HOME", "/somewhere");
        QCOMPARE(settingsFile(), std::string("/somewhere/.config/arcscope/detectors.conf"));
    }
};

QTEST_APPLESS_MAIN(TestStoredSettings)
#include "tst_storedsettings.moc"

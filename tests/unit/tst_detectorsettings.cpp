// layers: core analysis
#include "detector.h"

#include <QTest>

using namespace arcscope;

namespace
{

const Detector& shapes()
{
    for (const Detector& detector : detectors()) {
        if (detector.name == "tool-shapes")
            return detector;
    }
    qFatal("no such detector");
}

} // namespace

class TestDetectorSettings : public QObject
{
    Q_OBJECT

private slots:
    void everySettingHasItsBoundsAndWords()
    {
        int count = 0;
        for (const Detector& detector : detectors()) {
            for (const DetectorSetting& setting : detector.settings) {
                QVERIFY(setting.least <= setting.standard && setting.standard <= setting.most);
                QVERIFY(!setting.unit.empty() && !setting.about.empty());
                QCOMPARE(settingNamed(setting.name), &setting);
                ++count;
            }
        }
        QVERIFY(count > 0);
        QVERIFY(!settingNamed("shape"));
    }

    void valuesAreSetByName()
    {
        DetectorSettings settings;
        const DetectorSetting& warmUp = *settingNamed("shape.warm_up");
        QCOMPARE(settings.of(warmUp), warmUp.standard);
        QVERIFY(settings.set("shape.warm_up", 10));
        QCOMPARE(settings.of(warmUp), 10.0);
        QVERIFY(!settings.set("shape.warm_up", 0));
        QVERIFY(!settings.set("shape.warm_up", std::numeric_limits<double>::quiet_NaN()));
        QCOMPARE(settings.set("shape.cold", 1).error().code, ErrorCode::Usage);
        QCOMPARE(settings.of(warmUp), 10.0);
        QVERIFY(settings.set("shape.warm_up", warmUp.standard));
        QCOMPARE(settings, DetectorSettings());
    }

    void textIsReadWithRemarks()
    {
        DetectorSettings settings;
        QVERIFY(readSettings("# of mine\n shape.warm_up = 10 # results\n\nshape.map_share=0.5,shape.enum_most = 3",
                             settings));
        QCOMPARE(settings.changed().size(), std::size_t(3));
        QCOMPARE(settings.of(*settingNamed("shape.map_share")), 0.5);
        for (const char* const wrong : {"shape.warm_up", "shape.warm_up=", "shape.warm_up=ten", "shape.warm_up=1x",
                                        "shape.warm_up=-1", "=3", "other=3"})
            QVERIFY2(!readSettings(wrong, settings), wrong);
    }

    void anotherValueIsAnotherVersion()
    {
        DetectorSettings settings;
        QCOMPARE(versionOf(shapes(), settings), shapes().version);
        QVERIFY(settings.set("shape.warm_up", 10));
        const int ten = versionOf(shapes(), settings);
        QVERIFY(ten != shapes().version);
        QVERIFY(settings.set("shape.warm_up", 11));
        QVERIFY(versionOf(shapes(), settings) != ten);
        for (const Detector& detector : detectors()) {
            if (detector.settings.empty())
                QCOMPARE(versionOf(detector, settings), detector.version);
        }
    }
};

QTEST_APPLESS_MAIN(TestDetectorSettings)
#include "tst_detectorsettings.moc"

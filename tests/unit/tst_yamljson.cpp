// layers: importers
#include "yamljson.h"

#include <QTest>

using namespace arcscope;

class TestYamlJson : public QObject
{
    Q_OBJECT

private slots:
    void values_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("json");
        QTest::newRow("scalars") << "[1, -2.5e3, 007, 1_0, +1, true, no, ~, '1', !!str 1, 0x1f]"
                                 << "[1,-2.5e3,\"007\",\"1_0\",\"+1\",true,\"no\",null,\"1\",\"1\",\"0x1f\"]";
        QTest::newRow("nested") << "a:\n- b: {c: d}\n- []\n1: x"
                                << "{\"a\":[{\"b\":{\"c\":\"d\"}},[]],\"1\":\"x\"}";
        QTest::newRow("text") << "a: |\n  one\n  \"two\"\n\nb: \"\\u0001\\t\""
                              << "{\"a\":\"one\\u000a\\\"two\\\"\\u000a\",\"b\":\"\\u0001\\u0009\"}";
        QTest::newRow("binary") << "!!binary AQI="
                                << "{\"base64\":\"AQI=\"}";
        QTest::newRow("aliases") << "a: &x [1]\nb: *x\nc: &y t\nd: *y"
                                 << "{\"a\":[1],\"b\":[1],\"c\":\"t\",\"d\":\"t\"}";
        QTest::newRow("the first document") << "a\n---\nb"
                                            << "\"a\"";
    }
    void values()
    {
        QFETCH(QString, yaml);
        QFETCH(QString, json);
        const YamlJson found = yamlToJson(yaml.toStdString(), 1'000);
        QCOMPARE(QString::fromStdString(found.error), QString());
        QCOMPARE(QString::fromStdString(found.json), json);
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<int>("line");
        QTest::newRow("nothing") << QByteArray() << 0;
        QTest::newRow("unclosed") << QByteArray("a: 1\nb: \"x\n") << 2;
        QTest::newRow("a container as key") << QByteArray("a: 1\n? [b]\n: c") << 1;
        QTest::newRow("an alias as key") << QByteArray("a: &x 1\n*x : c") << 1;
        QTest::newRow("an alias of nothing") << QByteArray("a: *x") << 0;
        QTest::newRow("too deep") << QByteArray(300, '[') << 0;
        QTest::newRow("too much") << QByteArray("a: &a [xxxxxxxxxx,xxxxxxxxxx]\nb: &b [*a,*a,*a,*a,*a,*a]\n"
                                                "c: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]")
                                  << 2;
        QTest::newRow("no UTF-8") << QByteArray("a: \xff") << 0;
    }
    void refused()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(int, line);
        const YamlJson found = yamlToJson(yaml.toStdString(), 1'000);
        QVERIFY(!found.error.empty());
        QCOMPARE(static_cast<int>(found.line), line);
        QVERIFY(found.json.size() <= 1'100);
    }
};

QTEST_APPLESS_MAIN(TestYamlJson)
#include "tst_yamljson.moc"

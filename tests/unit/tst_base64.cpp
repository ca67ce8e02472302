// layers: importers
#include "base64.h"

#include <QTest>

using namespace arcscope;

class TestBase64 : public QObject
{
    Q_OBJECT

private slots:
    void reads()
    {
        QCOMPARE(base64Bytes(""), std::string());
        QCOMPARE(base64Bytes("Zm9vYmFy"), std::string("foobar"));
        QCOMPARE(base64Bytes("Zm9v\n YmE="), std::string("fooba"));
        QCOMPARE(base64Bytes("Zg"), std::string("f"));
        QCOMPARE(base64Bytes("-_8"), std::string("\xfb\xff"));
        QCOMPARE(base64Bytes("AAEC"), std::string("\0\1\2", 3));
    }
    void refuses()
    {
        QVERIFY(!base64Bytes("Z"));
        QVERIFY(!base64Bytes("Zm9?"));
        QVERIFY(!base64Bytes("Zg==Zg"));
    }
};

QTEST_APPLESS_MAIN(TestBase64)
#include "tst_base64.moc"

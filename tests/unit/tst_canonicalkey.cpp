// layers: core analysis
#include "canonicalkey.h"

#include <QTest>

#include <string>

using namespace arcscope;

class TestCanonicalKey : public QObject
{
    Q_OBJECT

private slots:
    void whatIsWrittenInAnotherWayIsEqual_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::newRow("white space") << "{\"a\":[1,2]}"
                                     << " { \"a\" : [ 1 ,\n2 ] } ";
        QTest::newRow("order") << "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}"
                               << "{\"b\":{\"d\":3,\"c\":2},\"a\":1}";
        QTest::newRow("numbers") << "[1000,0.5,0]"
                                 << "[1e3,5e-1,-0.0]";
        QTest::newRow("escapes") << "[\"\\u00e9\\/\"]"
                                 << "[\"\u00e9/\"]";
        QTest::newRow("in a string") << "{\"a\":1}"
                                     << "\"{\\\"a\\\": 1}\"";
        QTest::newRow("last of equal names") << "{\"a\":1}"
                                             << "{\"a\":0,\"a\":1}";
        QTest::newRow("text") << "no JSON"
                              << "  no JSON\n";
        QTest::newRow("text in a string") << "no JSON"
                                          << "\"no JSON\"";
    }
    void whatIsWrittenInAnotherWayIsEqual()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QCOMPARE(canonicalKey(a.toStdString()), canonicalKey(b.toStdString()));
    }

    void whatDiffersIsDifferent_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::newRow("value") << "{\"a\":1}"
                               << "{\"a\":2}";
        QTest::newRow("type") << "{\"a\":1}"
                              << "{\"a\":\"1\"}";
        QTest::newRow("nothing") << "{\"a\":null}"
                                 << "{}";
        QTest::newRow("kind") << "{}"
                              << "[]";
        QTest::newRow("order of elements") << "[1,2]"
                                           << "[2,1]";
        QTest::newRow("nesting") << "[[1],2]"
                                 << "[[1,2]]";
        QTest::newRow("long ids") << "{\"id\":9007199254740993}"
                                  << "{\"id\":9007199254740992}";
        QTest::newRow("very long ids") << "{\"id\":90071992547409930000001}"
                                       << "{\"id\":90071992547409930000002}";
        QTest::newRow("cut") << "{\"a\":1"
                             << "{\"a\":1}";
        QTest::newRow("name and value") << "{\"a\":\"b\"}"
                                        << "{\"b\":\"a\"}";
    }
    void whatDiffersIsDifferent()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QVERIFY(canonicalKey(a.toStdString()) != canonicalKey(b.toStdString()));
    }

    void nothingHasNoKey()
    {
        QCOMPARE(canonicalKey(""), std::uint64_t(0));
        QCOMPARE(canonicalKey(" \n"), std::uint64_t(0));
        QVERIFY(canonicalKey("{}") != 0);
    }

    void deepDocumentsAreRead()
    {
        const std::string open(900, '[');
        const std::string close(900, ']');
        QCOMPARE(canonicalKey(open + "1" + close), canonicalKey(open + " 1.0 " + close));
        QVERIFY(canonicalKey(std::string(5000, '[')) != 0);
    }
};

QTEST_APPLESS_MAIN(TestCanonicalKey)
#include "tst_canonicalkey.moc"

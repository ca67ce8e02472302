// layers: importers
#include "utf8pieces.h"

#include <QTest>

using namespace arcscope;

class TestUtf8Pieces : public QObject
{
    Q_OBJECT

private slots:
    void ends_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("rest");
        QTest::newRow("nothing") << QByteArray("") << 0;
        QTest::newRow("ascii") << QByteArray("ab") << 0;
        QTest::newRow("whole") << QByteArray("\xc3\xa4") << 0;
        QTest::newRow("one of two") << QByteArray("a\xc3") << 1;
        QTest::newRow("two of three") << QByteArray("\xe2\x86") << 2;
        QTest::newRow("three of four") << QByteArray("\xf0\x9f\x98") << 3;
        QTest::newRow("no sequence") << QByteArray("\x80\x80\x80\x80") << 0;
    }

    void ends()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, rest);
        std::string text = bytes.toStdString();
        const std::string cut = cutIncompleteUtf8(text);
        QCOMPARE(static_cast<int>(cut.size()), rest);
        QCOMPARE(text + cut, bytes.toStdString());
    }
};

QTEST_APPLESS_MAIN(TestUtf8Pieces)
#include "tst_utf8pieces.moc"

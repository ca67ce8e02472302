// layers: core
#include "sha256.h"

#include <QCryptographicHash>
#include <QTest>

using namespace arcscope;

class TestSha256 : public QObject
{
    Q_OBJECT

private slots:
    void knownDigests();
    void anyLengthInAnyPieces();
};

void TestSha256::knownDigests()
{
    QCOMPARE(sha256Of("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(sha256Of(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void TestSha256::anyLengthInAnyPieces()
{
    std::string text;
    for (std::size_t length = 0; length < 300; ++length) {
        const QByteArray expected =
            QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256).toHex();
        Sha256 digest;
        for (std::size_t at = 0; at < text.size(); at += 1 + length % 71)
            digest.add(std::string_view(text).substr(at, 1 + length % 71));
        QCOMPARE(digest.hex(), expected.toStdString());
        text += static_cast<char>(length * 7);
    }
}

QTEST_GUILESS_MAIN(TestSha256)
#include "tst_sha256.moc"

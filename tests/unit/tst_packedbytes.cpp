// layers: analysis pipeline ZLIB::ZLIB
#include "leakcheck.h"
#include "traceexport.h"

#include <QCryptographicHash>
#include <QTest>
#include <QtEndian>

#include <zlib.h>

using namespace arcscope;

namespace
{

const QByteArray secret = "mara.quill@orbital.example";

QByteArray deflated(const QByteArray& bytes, int windowBits)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, windowBits, 9, Z_DEFAULT_STRATEGY);
    QByteArray packed(bytes.size() + 200, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(packed.size() - static_cast<int>(stream.avail_out));
    deflateEnd(&stream);
    return packed;
}

QByteArray gzip(const QByteArray& bytes)
{
    return deflated(bytes, 15 + 16);
}

template <typename Number>
QByteArray number(Number value)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

/// The bytes behind it are letters, as sums over chunks can be.
QByteArray chunk(const char* type, const QByteArray& data)
{
    return number(quint32(data.size())) + type + data + "wxyz";
}

QByteArray png(const char* type, const QByteArray& data)
{
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", QByteArray(13, '\1')) + chunk(type, data) +
           chunk("IDAT", deflated(QByteArray(64, 'p'), 15)) + chunk("IEND", {});
}

QByteArray segment(unsigned char marker, const QByteArray& data)
{
    return '\xff' + QByteArray(1, char(marker)) + number(quint16(data.size() + 2)) + data;
}

QByteArray jpeg(unsigned char marker, const QByteArray& data)
{
    return "\xff\xd8" + segment(0xe0, QByteArray("JFIF\0\1\1", 7)) + segment(marker, data) + "\xff\xda" +
           QByteArray(40, 's');
}

QByteArray wide(const QString& text, bool lowFirst)
{
    QByteArray bytes;
    for (const QChar c : text) {
        const char two[] = {char(c.unicode() & 0xff), char(c.unicode() >> 8)};
        bytes.append(two[lowFirst ? 0 : 1]).append(two[lowFirst ? 1 : 0]);
    }
    return bytes;
}

QByteArray exif(const QByteArray& value)
{
    return QByteArray("II*\0\x08\0\0\0\1\0\x9d\x9c\1\0\x20\0\0\0\x1a\0\0\0\0\0\0\0", 26) + value;
}

QByteArray zipMember(const QByteArray& name, const QByteArray& text)
{
    const QByteArray packed = deflated(text, -15);
    return QByteArray("PK\3\4\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0", 18) + QByteArray(8, '\0') + char(name.size()) +
           QByteArray(3, '\0') + name + packed;
}

RedactionRules rules()
{
    RedactionRules made;
    made.unpack = unpackedBytes;
    return made;
}

} // namespace

class TestPackedBytes : public QObject
{
    Q_OBJECT

private slots:
    void whatIsPackedIsStruck_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray text = "made by " + secret;
        const QString wideText = QString::fromLatin1(secret);
        QTest::newRow("gzip") << gzip(text);
        QTest::newRow("gzip of JSON") << gzip("{\"to\":\"" + secret + "\"}");
        QTest::newRow("zlib") << deflated(text, 15);
        QTest::newRow("gzip of base64 of gzip") << gzip("x " + gzip(text).toBase64() + " y");
        QTest::newRow("second member of an archive")
            << zipMember("a.txt", "nothing is said here") + zipMember("b.txt", text);
        QTest::newRow("PNG tEXt") << png("tEXt", QByteArray("Author\0", 7) + secret);
        QTest::newRow("PNG zTXt") << png("zTXt", QByteArray("Author\0\0", 8) + deflated(text, 15));
        QTest::newRow("PNG iTXt") << png("iTXt", QByteArray("Author\0\0\0en\0\0", 13) + secret);
        QTest::newRow("PNG iTXt, packed") << png("iTXt", QByteArray("Author\0\1\0en\0\0", 13) + deflated(text, 15));
        QTest::newRow("PNG eXIf") << png("eXIf", exif(wide(wideText, true)));
        QTest::newRow("JPEG Exif") << jpeg(0xe1, QByteArray("Exif\0\0", 6) + exif(secret + '\0'));
        QTest::newRow("JPEG Exif, UTF-16") << jpeg(0xe1, QByteArray("Exif\0\0", 6) + exif(wide(wideText, true)));
        QTest::newRow("JPEG Exif, UTF-16 big-endian")
            << jpeg(0xe1, QByteArray("Exif\0\0", 6) + exif(QByteArray("UNICODE\0", 8) + wide(wideText, false)));
        QTest::newRow("JPEG comment") << jpeg(0xfe, secret);
        QTest::newRow("JPEG XMP") << jpeg(0xe1, QByteArray("http://ns.adobe.com/xap/1.0/\0", 29) + "<dc:creator>" +
                                                    secret + "</dc:creator>");
        QTest::newRow("WebP") << QByteArray("RIFF\1\1\0\0WEBPXMP \x2c\0\0\0", 20) + "<dc:creator>" + secret +
                                     "wxyz</dc>";
    }

    void whatIsPackedIsStruck()
    {
        QFETCH(QByteArray, bytes);
        Redactor known(rules());
        known.collect("write to " + secret.toStdString());
        known.seal();
        for (const QByteArray& digits :
             {"see data:x;base64," + bytes.toBase64() + ".", bytes.toHex(), bytes.toBase64().toPercentEncoding(),
              "{\"a\":[\"" + bytes.toBase64(QByteArray::Base64UrlEncoding) + "\"]}"}) {
            const std::string text = digits.toStdString();
            QVERIFY(!findLeaks(known, {{"text", text}}, unpackedBytes).empty());
            std::string struck = text;
            QVERIFY(known.strike(struck, {}, "test"));
            QCOMPARE(struck.size(), text.size());
            QVERIFY(findLeaks(known, {{"text", struck}}, unpackedBytes).empty());
        }
        if (QByteArray(QTest::currentDataTag()) == "WebP")
            return; // letters go on behind the address: nobody tells where it ends
        // It is found without having been seen elsewhere, too.
        Redactor alone(rules());
        alone.collect("data:x;base64," + bytes.toBase64().toStdString());
        alone.seal();
        std::string again = "x " + bytes.toBase64().toStdString();
        QVERIFY(alone.strike(again, {}, "test"));
        QVERIFY(findLeaks(known, {{"text", again}}, unpackedBytes).empty());
    }

    void namesInTwoBytes()
    {
        RedactionRules asked = rules();
        asked.subjects = {"Zoë Müller"};
        Redactor redactor(asked);
        redactor.seal();
        for (const bool lowFirst : {true, false}) {
            std::string text = "x " + wide(QStringLiteral("by Zoë Müller."), lowFirst).toBase64().toStdString();
            QVERIFY(!findLeaks(redactor, {{"text", text}}).empty());
            QVERIFY(redactor.strike(text, {}, "test"));
            QVERIFY(findLeaks(redactor, {{"text", text}}).empty());
        }
    }

    /// Of what becomes very large only the beginning is read to strike; the check reads all of it.
    void whatBecomesLarge()
    {
        Redactor redactor(rules());
        redactor.collect("write to " + secret.toStdString());
        redactor.seal();
        const QByteArray filling = QByteArray("a ").repeated(3 << 20);
        std::string first = gzip(secret + ' ' + filling).toBase64().toStdString();
        QVERIFY(redactor.strike(first, {}, "test"));
        QVERIFY(findLeaks(redactor, {{"text", first}}, unpackedBytes).empty());
        std::string last = gzip(filling + secret).toBase64().toStdString();
        QVERIFY(!redactor.strike(last, {}, "test"));
        QVERIFY(!findLeaks(redactor, {{"text", last}}, unpackedBytes).empty());
    }

    void otherDataStays()
    {
        Redactor redactor(rules());
        redactor.collect("write to " + secret.toStdString());
        redactor.seal();
        for (const QByteArray& bytes : {gzip("nothing is said here"), png("tEXt", QByteArray("Title\0", 6) + "A cat"),
                                        jpeg(0xfe, "a cat"), QByteArray("\x1f\x8b\x08 damaged and long enough"),
                                        QByteArray("\x89PNG\r\n\x1a\n\xff\xff\xff\xff tEXt and no more of it")}) {
            const std::string text = bytes.toBase64().toStdString();
            std::string struck = text;
            QVERIFY(!redactor.strike(struck, {}, "test"));
            QCOMPARE(struck, text);
        }
    }

    void digestsStopAnExport()
    {
        Redactor redactor(rules());
        redactor.collect("write to " + secret.toStdString());
        redactor.seal();
        for (const auto algorithm : {QCryptographicHash::Md5, QCryptographicHash::Sha1, QCryptographicHash::Sha256}) {
            const QByteArray digest = QCryptographicHash::hash(secret, algorithm);
            for (const QByteArray& written : {digest.toHex(), digest.toBase64()}) {
                const std::string text = "id " + written.toStdString() + " end";
                const auto leaks = findLeaks(
                    redactor, {{"text", text}, {"packed", gzip(QByteArray::fromStdString(text)).toStdString()}},
                    unpackedBytes);
                QCOMPARE(leaks.size(), std::size_t(2));
                QCOMPARE(leaks.front().way, std::string("a digest of it"));
            }
        }
        QVERIFY(findLeaks(redactor, {{"text", "id 5b8efff798038103d269b633813fc60c end"}}).empty());
    }

    /// An id that is the digest of a value becomes another id, the same wherever it stands.
    void idsThatAreDigests()
    {
        Redactor redactor(rules());
        redactor.collect("write to " + secret.toStdString());
        redactor.seal();
        const std::string id = QCryptographicHash::hash(secret, QCryptographicHash::Md5).toHex().toStdString();
        std::string span = "{\"traceId\":\"" + id + "\",\"spanId\":\"0123456789abcdef\"}";
        std::string place = "trace:" + id + "/span:0123456789abcdef";
        std::string alone = id;
        QVERIFY(redactor.strike(span, {}, "span") && redactor.strike(place, {}, "note") &&
                redactor.strike(alone, {}, "id"));
        QCOMPARE(alone.size(), std::size_t(32));
        QVERIFY(alone != id && alone.find_first_not_of("0123456789abcdef") == std::string::npos);
        QCOMPARE(span, "{\"traceId\":\"" + alone + "\",\"spanId\":\"0123456789abcdef\"}");
        QCOMPARE(place, "trace:" + alone + "/span:0123456789abcdef");
        QVERIFY(findLeaks(redactor, {{"span", span}, {"place", place}}).empty());
        std::string text = "gravatar " + id;
        QVERIFY(redactor.strike(text, {}, "text"));
        QVERIFY2(text.starts_with("gravatar [email-"), text.c_str());
    }
};

QTEST_GUILESS_MAIN(TestPackedBytes)
#include "tst_packedbytes.moc"

// layers: analysis
#include "jsonprefix.h"

#include <QTest>

using namespace arcscope;

namespace
{

/// One letter a byte: p(refix), c(omplete), i(nvalid), t(railing); then the state after finish().
QString states(const QByteArray& text)
{
    static const char letters[] = "pcit";
    JsonPrefix prefix;
    QString out;
    for (const char byte : text)
        out += QLatin1Char(letters[static_cast<int>(prefix.feed(std::string_view(&byte, 1)))]);
    return out + ' ' + QLatin1Char(letters[static_cast<int>(prefix.finish())]);
}

JsonPrefix fed(std::string_view text)
{
    JsonPrefix prefix;
    prefix.feed(text);
    return prefix;
}

/// Writes down what it hears.
class Recorder : public JsonListener
{
public:
    QString log;

    void key(std::string_view text, std::int64_t byte, bool duplicate) override
    {
        add(QStringLiteral("key%1 %2")
                .arg(QLatin1String(duplicate ? "!" : ""), QString::fromUtf8(text.data(), qsizetype(text.size()))),
            byte);
    }
    void opened(JsonKind kind, std::int64_t byte) override
    {
        add(QString::fromUtf8(name(kind).data(), qsizetype(name(kind).size())), byte);
    }
    void grew(std::int64_t byte) override { add(QStringLiteral("grew"), byte); }
    void closed(std::int64_t byte, std::int64_t end) override { add(QStringLiteral("closed-%1").arg(end), byte); }

private:
    void add(const QString& what, std::int64_t byte) { log += QStringLiteral("%1@%2 ").arg(what).arg(byte); }
};

} // namespace

class TestJsonPrefix : public QObject
{
    Q_OBJECT

private slots:
    void hasAStateAfterEveryByte_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << QByteArray("") << " p";
        QTest::newRow("white space") << QByteArray(" \n") << "pp p";
        QTest::newRow("object") << QByteArray("{\"a\":1} ") << "ppppppcc c";
        QTest::newRow("trailing") << QByteArray("[] x ") << "pcctt t";
        QTest::newRow("trailing value") << QByteArray("{}{}") << "pctt t";
        QTest::newRow("number ends at the end") << QByteArray("12") << "pp c";
        QTest::newRow("number, space") << QByteArray("12 ") << "ppc c";
        QTest::newRow("number, half") << QByteArray("1.") << "pp p";
        QTest::newRow("number, leading zero") << QByteArray("01") << "pi i";
        QTest::newRow("number, word") << QByteArray("1x") << "pi i";
        QTest::newRow("number, comma") << QByteArray("1,") << "pt t";
        QTest::newRow("minus") << QByteArray("[-]") << "ppi i";
        QTest::newRow("exponents") << QByteArray("[1e+0,0E-1]") << "ppppppppppc c";
        QTest::newRow("literal") << QByteArray("true") << "pppc c";
        QTest::newRow("bad literal") << QByteArray("trux") << "pppi i";
        QTest::newRow("comma at the end") << QByteArray("[1,]") << "pppi i";
        QTest::newRow("object, comma at the end") << QByteArray("{\"a\":1,}") << "pppppppi i";
        QTest::newRow("wrong bracket") << QByteArray("[}") << "pi i";
        QTest::newRow("no colon") << QByteArray("{\"a\" 1") << "pppppi i";
        QTest::newRow("control character") << QByteArray("\"a\n") << "ppi i";
        QTest::newRow("bad escape") << QByteArray("\"\\x") << "ppi i";
        QTest::newRow("bad hex") << QByteArray("\"\\u12G") << "pppppi i";
        QTest::newRow("two byte character") << QByteArray("\"\xc3\xa9\"") << "pppc c";
        QTest::newRow("overlong") << QByteArray("\"\xc0\xaf\"") << "piii i";
        QTest::newRow("overlong, three bytes") << QByteArray("\"\xe0\x80\x80\"") << "ppiii i";
        QTest::newRow("surrogate as UTF-8") << QByteArray("\"\xed\xa0\x80\"") << "ppiii i";
        QTest::newRow("above Unicode") << QByteArray("\"\xf4\x90\x80\x80\"") << "ppiiii i";
        QTest::newRow("character cut by a quote") << QByteArray("\"\xe2\x82\"") << "pppi i";
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{}") << "iiiii i";
        QTest::newRow("nul") << QByteArray("[\0]", 3) << "pii i";
    }
    void hasAStateAfterEveryByte()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        QCOMPARE(states(text), expected);
    }

    void saysWhatWasExpected_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("byte");
        QTest::addColumn<QString>("expected");
        QTest::newRow("value") << QByteArray("{\"a\":}") << qint64(5) << "a value";
        QTest::newRow("comma") << QByteArray("[1 2]") << qint64(3) << "a comma or ]";
        QTest::newRow("key") << QByteArray("{a:1}") << qint64(1) << "a key in quotes or }";
        QTest::newRow("literal") << QByteArray("[nul]") << qint64(4) << "the rest of null";
        QTest::newRow("hex") << QByteArray("\"\\u00g0\"") << qint64(5) << "a hexadecimal digit";
        QTest::newRow("end") << QByteArray("null null") << qint64(5) << "the end of the text";
        QTest::newRow("digit") << QByteArray("[1.]") << qint64(3) << "a digit";
    }
    void saysWhatWasExpected()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, byte);
        QFETCH(QString, expected);
        const JsonPrefix prefix = fed(text.toStdString());
        QVERIFY(prefix.fault());
        QCOMPARE(prefix.fault()->byte, byte);
        QCOMPARE(QString::fromStdString(prefix.fault()->expected), expected);
        QVERIFY(!prefix.closing());
        QCOMPARE(prefix.bytes(), std::int64_t(text.size()));
    }

    void depthHasABound()
    {
        const std::string deepest(JsonPrefix::maxDepth, '[');
        JsonPrefix prefix = fed(deepest);
        QVERIFY(prefix.state() == JsonState::Prefix);
        QCOMPARE(prefix.depth(), JsonPrefix::maxDepth);
        QVERIFY(prefix.feed(std::string(JsonPrefix::maxDepth, ']')) == JsonState::Complete);

        const JsonPrefix deeper = fed(deepest + "{");
        QVERIFY(deeper.state() == JsonState::Invalid);
        QCOMPARE(deeper.fault()->byte, std::int64_t(1000));
        QCOMPARE(deeper.fault()->expected, std::string("no more than 1000 objects and arrays within each other"));
    }

    void warnsOfDuplicateKeys()
    {
        const JsonPrefix twice = fed("{\"a\":{\"a\":1},\"b\":2,\"\\u0061\":3}");
        QCOMPARE(twice.warningCount(), std::size_t(1));
        QVERIFY(twice.warnings()[0].what == JsonWarning::What::DuplicateKey);
        QCOMPARE(twice.warnings()[0].byte, std::int64_t(19));
        QCOMPARE(fed("[{\"a\":1},{\"a\":1}]").warningCount(), std::size_t(0));
        QCOMPARE(fed("{\"\\uD800x\":1,\"\\uD801x\":2}").warningCount(), std::size_t(2)); // lone, and different keys
    }

    void warnsOfLoneSurrogates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<qint64>>("bytes");
        QTest::newRow("pair") << QByteArray("\"\\uD83D\\uDE00\"") << QList<qint64>{};
        QTest::newRow("high at the end") << QByteArray("\"\\uD83D\"") << QList<qint64>{1};
        QTest::newRow("high, then a letter") << QByteArray("\"\\uD83Dx\"") << QList<qint64>{1};
        QTest::newRow("high, then a letter of two bytes") << QByteArray("\"\\uD83D\xc3\xa9\"") << QList<qint64>{1};
        QTest::newRow("high, then an escape") << QByteArray("\"\\uD83D\\n\"") << QList<qint64>{1};
        QTest::newRow("high, then another") << QByteArray("\"\\uD83D\\u0041\"") << QList<qint64>{1};
        QTest::newRow("two highs") << QByteArray("\"\\uD83D\\uD83D\"") << QList<qint64>{1, 7};
        QTest::newRow("low first") << QByteArray("\"\\uDE00\\uD83D\"") << QList<qint64>{1, 7};
    }
    void warnsOfLoneSurrogates()
    {
        QFETCH(QByteArray, text);
        QFETCH(QList<qint64>, bytes);
        const JsonPrefix prefix = fed(text.toStdString());
        QVERIFY(prefix.state() == JsonState::Complete);
        QList<qint64> found;
        for (const JsonWarning& warning : prefix.warnings()) {
            QVERIFY(warning.what == JsonWarning::What::LoneSurrogate);
            found.append(warning.byte);
        }
        QCOMPARE(found, bytes);
    }

    void countsWarningsThatItDoesNotKeep()
    {
        std::string text = "{\"a\":1";
        for (int i = 0; i < 150; ++i)
            text += ",\"a\":1";
        const JsonPrefix prefix = fed(text);
        QCOMPARE(prefix.warningCount(), std::size_t(150));
        QCOMPARE(prefix.warnings().size(), JsonPrefix::maxWarnings);
    }

    void closesWhatIsOpen_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("closing");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("null");
        QTest::newRow("whole") << QByteArray("[] ") << QByteArray("");
        QTest::newRow("number") << QByteArray("12") << QByteArray("");
        QTest::newRow("string") << QByteArray("{\"a\":[\"x") << QByteArray("\"]}");
        QTest::newRow("key") << QByteArray("{\"a") << QByteArray("\":null}");
        QTest::newRow("behind the key") << QByteArray("{\"a\"") << QByteArray(":null}");
        QTest::newRow("behind the colon") << QByteArray("{\"a\":") << QByteArray("null}");
        QTest::newRow("empty object") << QByteArray("{") << QByteArray("}");
        QTest::newRow("comma of an object") << QByteArray("{\"\":1,") << QByteArray("\"_\":null}");
        QTest::newRow("comma of an array") << QByteArray("[1,") << QByteArray("null]");
        QTest::newRow("literal") << QByteArray("[fal") << QByteArray("se]");
        QTest::newRow("point") << QByteArray("[1.") << QByteArray("0]");
        QTest::newRow("exponent") << QByteArray("[1e-") << QByteArray("0]");
        QTest::newRow("backslash") << QByteArray("\"\\") << QByteArray("\\\"");
        QTest::newRow("hex") << QByteArray("\"\\u00") << QByteArray("00\"");
        QTest::newRow("character") << QByteArray("\"\xf0\x9f") << QByteArray("\x80\x80\"");
        QTest::newRow("first byte of a character") << QByteArray("\"\xf0") << QByteArray("\x90\x80\x80\"");
    }
    void closesWhatIsOpen()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, closing);
        JsonPrefix prefix = fed(text.toStdString());
        QVERIFY(prefix.closing());
        QCOMPARE(QByteArray::fromStdString(*prefix.closing()), closing);
        prefix.feed(*prefix.closing());
        QVERIFY(prefix.finish() == JsonState::Complete);
    }

    void everyBeginningCanBeClosed()
    {
        const std::string text = "{\"a\":[1,-2.5e+3,true,false,null,\"\\u00e9\\uD83D\\uDE00\xf0\x9f\x98\x80\\n\"],"
                                 "\"b\":{\"c\":{},\"d\":[[]]},\"\":0}";
        for (std::size_t size = 0; size <= text.size(); ++size) {
            JsonPrefix prefix = fed(std::string_view(text).substr(0, size));
            QVERIFY(prefix.closing());
            prefix.feed(*prefix.closing());
            QVERIFY2(prefix.finish() == JsonState::Complete, text.substr(0, size).c_str());
        }
    }

    void tellsWhatItReads()
    {
        Recorder recorder;
        JsonPrefix prefix;
        prefix.feed("{\"a\":\"x", &recorder);
        prefix.feed("yz\",\"a\":1", &recorder);
        prefix.feed("2}", &recorder);
        QCOMPARE(recorder.log,
                 QString("object@0 key a@1 string@5 grew@6 grew@7 closed-10@9 key! a@11 number@15 grew@15 "
                         "grew@16 closed-17@17 closed-18@17 "));
    }

    void aNumberOfItsOwnEndsWithFinish()
    {
        Recorder recorder;
        JsonPrefix prefix;
        prefix.feed("-12", &recorder);
        prefix.finish(&recorder);
        prefix.finish(&recorder); // once
        QCOMPARE(recorder.log, QString("number@0 grew@1 closed-3@2 "));
    }

    void aMegabyteOfKeysIsRead()
    {
        std::string text = "{";
        for (int i = 0; text.size() < 1'000'000; ++i)
            text += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":0";
        JsonPrefix prefix;
        for (const char& byte : text)
            prefix.feed(std::string_view(&byte, 1));
        QVERIFY(prefix.feed("}") == JsonState::Complete);
        QCOMPARE(prefix.warningCount(), std::size_t(0));
    }
};

QTEST_APPLESS_MAIN(TestJsonPrefix)
#include "tst_jsonprefix.moc"

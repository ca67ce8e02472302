// layers: analysis
#include "jsonrewrite.h"
#include "leakcheck.h"
#include "streamredaction.h"

#include <QTest>
#include <QUrl>

using namespace arcscope;

class TestRedactor : public QObject
{
    Q_OBJECT

private slots:
    void strikesWhereverItHides_data();
    void strikesWhereverItHides();
    void sameValueSamePlaceholder();
    void keepsLengths();
    void keepsWhatIsNotStruck();
    void strikesFieldsByName();
    void strikesNumbers();
    void strikesNamesAsTheyAreWritten_data();
    void strikesNamesAsTheyAreWritten();
    void foldersBeginPaths();
    void strikesDatesOfBirthInWords_data();
    void strikesDatesOfBirthInWords();
    void strikesDatesOfBirthThatAreTold();
    void strikesKeys();
    void splitOverChunks();
    void readableOnlyAfterAWithdrawal();
    void checkFindsWhatIsLeft_data();
    void checkFindsWhatIsLeft();
    void pseudonymsDependOnTheKey();
};

namespace
{

const std::string secret = "mara.quill@orbital.example";

Redactor sealed(const std::string& text)
{
    Redactor redactor;
    redactor.collect(text);
    redactor.seal();
    return redactor;
}

QByteArray plain()
{
    return QByteArray::fromStdString(secret);
}

std::string escapedUnicode()
{
    std::string out;
    for (const char c : secret)
        out += QString("\\u%1").arg(static_cast<int>(c), 4, 16, QLatin1Char('0')).toStdString();
    return out;
}

std::string octal()
{
    std::string out;
    for (const char c : secret)
        out += QString("\\%1").arg(static_cast<int>(c), 3, 8, QLatin1Char('0')).toStdString();
    return out;
}

std::string braced()
{
    std::string out;
    for (const char c : secret)
        out += QString("\\u{%1}").arg(static_cast<int>(c), 0, 16).toStdString();
    return out;
}

std::string fullWidth()
{
    QString out;
    for (const char c : secret)
        out += QChar(0xFEE0 + c);
    return out.toStdString();
}

std::string entities()
{
    std::string out;
    for (const char c : secret)
        out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    return out;
}

QByteArray wide()
{
    QByteArray bytes;
    for (const char c : secret)
        bytes.append(c).append('\0');
    return bytes;
}

/// Notations of the secret, with something around them.
std::vector<std::pair<const char*, std::string>> hidden()
{
    return {{"plain", "to " + secret + " today"},
            {"upper case", QString::fromStdString("to " + secret).toUpper().toStdString()},
            {"JSON", "{\"to\": \"" + secret + "\"}"},
            {"JSON in JSON", "{\"body\": \"{\\\"to\\\": \\\"" + secret + "\\\"}\"}"},
            {"unicode escapes", "{\"to\": \"" + escapedUnicode() + "\"}"},
            {"escapes in text", "log: " + escapedUnicode()},
            {"URL", "GET /u?m=" + QUrl::toPercentEncoding(QString::fromStdString(secret)).toStdString() + "&x=1"},
            {"quoted-printable", "To: =" + plain().toHex('=').toUpper().toStdString()},
            {"quoted-printable lines", "To:=\r\n " + secret.substr(0, 4) + "=\n" + secret.substr(4)},
            {"word of a mail header", "From: =?UTF-8?Q?Mail_to_" + plain().replace('@', "=40").toStdString() + "?="},
            {"octal escapes", "git: " + octal()},
            {"escapes in braces", "let a = '" + braced() + "'"},
            {"characters without width", "to " + secret.substr(0, 3) + "\u200B" + secret.substr(3) + " today"},
            {"a soft hyphen", "to " + secret.substr(0, 3) + "\u00AD" + secret.substr(3) + " today"},
            {"wide forms", "to " + fullWidth() + " today"},
            {"URL, all bytes", "m=%" + plain().toHex('%').toStdString()},
            {"base64", "data:" + plain().toBase64().toStdString()},
            {"base64 at 1", "x " + ("a" + plain()).toBase64().toStdString()},
            {"base64 at 2", "x " + ("ab" + plain() + " tail").toBase64().toStdString()},
            {"base64url", "x " + ("?>?" + plain()).toBase64(QByteArray::Base64UrlEncoding).toStdString()},
            {"hexadecimal", "0x" + plain().toHex().toStdString()},
            {"HTML", "<a>" + entities() + "</a>"},
            {"base64 of JSON", ("{\"to\":\"" + plain() + "\"}").toBase64().toStdString()},
            {"picture in base64", ("\x89PNG\r\n\x1a\n" + QByteArray("\0\0\0\x23tEXtAuthor\0", 15) + plain() +
                                   QByteArray("\xf1\0\x02IDAT", 7))
                                      .toBase64()
                                      .toStdString()},
            {"UTF-16 in base64", wide().toBase64().toStdString()},
            {"URL of base64", QUrl::toPercentEncoding(QString::fromLatin1(("ab" + plain()).toBase64())).toStdString()}};
}

} // namespace

void TestRedactor::strikesWhereverItHides_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const auto& [name, text] : hidden())
        QTest::newRow(name) << QByteArray::fromStdString(text);
}

void TestRedactor::strikesWhereverItHides()
{
    QFETCH(QByteArray, text);
    Redactor redactor = sealed("write to " + secret);
    std::string struck = text.toStdString();
    QVERIFY(redactor.strike(struck, {}, "test"));
    QVERIFY(findLeaks(redactor, {{"text", struck}}).empty());
    QVERIFY(redactor.struck() > 0);
    // It is found without having been seen elsewhere, too.
    Redactor alone = sealed(text.toStdString());
    alone.seal();
    std::string again = text.toStdString();
    QVERIFY(alone.strike(again, {}, "test"));
    QVERIFY(findLeaks(redactor, {{"text", again}}).empty());
}

void TestRedactor::checkFindsWhatIsLeft_data()
{
    strikesWhereverItHides_data();
}

void TestRedactor::checkFindsWhatIsLeft()
{
    QFETCH(QByteArray, text);
    const Redactor redactor = sealed("write to " + secret);
    const std::string left = text.toStdString();
    const auto leaks = findLeaks(redactor, {{"piece", left}});
    QVERIFY(!leaks.empty());
    QCOMPARE(leaks.front().kind, std::string("email"));
    QCOMPARE(leaks.front().piece, std::string("piece"));
}

void TestRedactor::sameValueSamePlaceholder()
{
    Redactor redactor = sealed("a@b.example c@d.example A@B.example");
    std::string text = "a@b.example c@d.example a@b.example";
    QVERIFY(redactor.strike(text, {}, {}));
    QCOMPARE(text.substr(0, 11), text.substr(24));
    QVERIFY(text.substr(0, 11) != text.substr(12, 11));
    QCOMPARE(redactor.removed().size(), std::size_t(2));
}

void TestRedactor::keepsLengths()
{
    for (std::size_t width = 1; width < 40; ++width)
        QCOMPARE(placeholder({}, "email", "x", width).size(), width);
    const std::string text = "call +49 30 901820 or mail " + secret + " ünd";
    Redactor redactor = sealed(text);
    std::string struck = text;
    QVERIFY(redactor.strike(struck, {}, {}));
    QCOMPARE(struck.size(), text.size());
    QVERIFY(struck.ends_with(" ünd"));
    QCOMPARE(redactor.struck(), std::uint64_t(2));
}

void TestRedactor::keepsWhatIsNotStruck()
{
    const std::string json = "{\n  \"a\" : [1.50, 2e3, \"x\\u0041\"],\"to\":\"" + secret + "\", \"n\":null }";
    Redactor redactor = sealed(json);
    redactor.collect(R"({"iPhone":"8.25"})");
    redactor.seal();
    std::string struck = json;
    QVERIFY(redactor.strike(struck, {}, {}));
    QCOMPARE(struck.size(), json.size());
    QCOMPARE(struck.substr(0, 38), json.substr(0, 38));
    QVERIFY(struck.ends_with("\", \"n\":null }"));
    std::string quiet = "{\"max_tokens\": 4096, \"name\": \"search\", \"iPhone\": \"8.25\"}";
    QVERIFY(!redactor.strike(quiet, {}, {}));
}

void TestRedactor::strikesFieldsByName()
{
    const std::string json =
        R"({"customer":{"firstName":"Mara","dob":"1990-02-01"},"api_key":"short","text":"Dear Mara, mara is here","username":"null"})";
    Redactor redactor = sealed(json);
    std::string struck = json;
    QVERIFY(redactor.strike(struck, {}, {}));
    QVERIFY(struck.find("Mara") == std::string::npos);
    QVERIFY(struck.find("mara is here") != std::string::npos); // a name is struck as it is written
    QVERIFY(struck.find("1990-02-01") == std::string::npos);
    QVERIFY(struck.find("short") == std::string::npos);
    QVERIFY(struck.find("\"null\"") != std::string::npos);
    QCOMPARE(redactor.tally().count({"field firstName", "text"}), std::size_t(1));
}

void TestRedactor::strikesDatesOfBirthInWords_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<bool>("struck");
    for (const char* same :
         {"October 5, 1957", "Oct 5, 1957", "october 05 1957", "5 October 1957", "5th of October 1957", "5-Oct-1957",
          "10/05/1957", "10/5/1957", "05.10.1957", "5.10.1957", "1957/10/05", "19571005"})
        QTest::newRow(same) << same << true;
    for (const char* other : {"October 5, 1958", "October 15, 1957", "15.10.1957", "119571005", "October 1957"})
        QTest::newRow(other) << other << false;
}

void TestRedactor::strikesDatesOfBirthInWords()
{
    QFETCH(QString, written);
    QFETCH(bool, struck);
    Redactor redactor = sealed(R"({"dob": "1957-10-05", "ordered": "2024-05-26"})");
    const std::string before = "born " + written.toStdString() + ", flies on May 26, 2024";
    std::string text = before;
    QCOMPARE(redactor.strike(text, {}, "test"), struck);
    QCOMPARE(text.find(written.toStdString()) == std::string::npos, struck);
    QVERIFY(text.ends_with("May 26, 2024"));
    QCOMPARE(findLeaks(redactor, {{"piece", before}}).empty(), !struck);
}

/// A date that is told anywhere to be one of birth is struck wherever it stands.
void TestRedactor::strikesDatesOfBirthThatAreTold()
{
    for (const char* told : {"born on 3 May 1984", "DOB 03.05.1984", "geboren am 3. Mai 1984"}) {
        Redactor redactor = sealed(told);
        std::string text = "1984-05-03, May 3rd, 1984, 3. Mai 1984, 4 May 1984";
        QVERIFY(redactor.strike(text, {}, "test"));
        QVERIFY2(text.find("1984-05-03") == text.npos && text.find("3rd") == text.npos && text.find("Mai") == text.npos,
                 text.c_str());
        QVERIFY2(text.ends_with(", 4 May 1984"), text.c_str());
    }
}

void TestRedactor::strikesNumbers()
{
    const std::string json =
        R"({"attributes":[{"key":"n","value":{"intValue":"4111111111111111"}},{"key":"m","value":{"intValue":"7"}}],"c":4111111111111111})";
    Redactor redactor = sealed(json);
    std::string struck = json;
    QVERIFY(redactor.strike(struck, {}, {}));
    QVERIFY(struck.find("4111") == std::string::npos);
    QVERIFY(struck.find("{\"stringValue\":\"[card-") != std::string::npos);
    QVERIFY(struck.find("{\"intValue\":\"7\"}") != std::string::npos);
    QVERIFY(struck.find("\"c\":\"[card-") != std::string::npos);
}

void TestRedactor::strikesNamesAsTheyAreWritten_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<bool>("struck");
    for (const char* same : {"mia-żółwińska", "mia_zolwinska", "MiaŻółwińska", "miażółwińska", "Mia Zolwinska",
                             "Zolwinska, Mia", "0171 5557788", "01715557788"})
        QTest::newRow(same) << same << true;
    for (const char* other : {"mia and others", "a-b-zolw", "171 5557788", "5557788"})
        QTest::newRow(other) << other << false;
}

void TestRedactor::strikesNamesAsTheyAreWritten()
{
    QFETCH(QString, written);
    QFETCH(bool, struck);
    RedactionRules rules;
    rules.personalFields = true;
    Redactor redactor(rules);
    redactor.collect(R"({"customer_name":"Mia Żółwińska","text":"call +49 171 5557788"})");
    redactor.seal();
    std::string text = "see " + written.toStdString() + " there";
    QCOMPARE(redactor.strike(text, {}, {}), struck);
    QVERIFY(!struck || text.find(written.toStdString()) == std::string::npos);
}

/// "data" is a word elsewhere.
void TestRedactor::foldersBeginPaths()
{
    Redactor redactor;
    redactor.addFolder("./acme-corp");
    redactor.addFolder("data");
    redactor.addFolder("clients/mia");
    redactor.addFolder("..");
    redactor.seal();
    const auto after = [&](std::string text) {
        redactor.strike(text, {}, {});
        return text;
    };
    QVERIFY(after("./acme-corp/a.jsonl#1").ends_with("/a.jsonl#1"));
    QVERIFY(after("./acme-corp/a.jsonl").find("acme") == std::string::npos);
    QVERIFY(after(R"({"trace":"data/a.jsonl"})").find("data/") == std::string::npos);
    QVERIFY(after("read clients/mia/b.jsonl").find("mia") == std::string::npos);
    for (const std::string same : {"the data are in data/a.jsonl", "data", "../a.jsonl", "other/data/a"})
        QCOMPARE(after(same), same);
    QCOMPARE(redactor.struck(), std::uint64_t(0));
    QCOMPARE(redactor.struckFolders(), std::uint64_t(4));
    const std::string left = "data/a.jsonl";
    QVERIFY(findLeaks(redactor, {{"piece", left}}).empty());
}

void TestRedactor::strikesKeys()
{
    const std::string json = "{\"" + secret + "\": 1}";
    Redactor redactor = sealed(json);
    std::string struck = json;
    QVERIFY(redactor.strike(struck, {}, {}));
    QVERIFY(struck.starts_with("{\"[email-"));
}

void TestRedactor::splitOverChunks()
{
    StreamWriter writer;
    for (std::size_t at = 0; at < secret.size(); at += 5)
        writer.add({StreamEventKind::Chunk,
                    BlockType::Text,
                    0,
                    0,
                    1'000 + static_cast<Nanos>(at),
                    -1,
                    -1,
                    std::string_view(secret).substr(at, 5),
                    {}});
    const PackedStream stream = writer.take();
    Redactor redactor;
    collectStream(stream, redactor);
    redactor.seal();
    QCOMPARE(redactor.removed().size(), std::size_t(1));
    const PackedStream struck = redactedStream(stream, redactor);
    QCOMPARE(struck.count, stream.count);
    QCOMPARE(struck.events, stream.events);
    QCOMPARE(struck.text.size(), stream.text.size());
    QVERIFY(struck.text.starts_with("[email-"));
    // What was left in pieces would have been found.
    std::string json = "[";
    for (std::size_t at = 0; at < secret.size(); at += 5)
        json += (at > 0 ? ",{\"text\":\"" : "{\"text\":\"") + secret.substr(at, 5) + "\"}";
    QCOMPARE(findLeaks(redactor, {{"file", json + "]"}}).size(), std::size_t(1));
}

void TestRedactor::readableOnlyAfterAWithdrawal()
{
    StreamWriter writer;
    writer.add({StreamEventKind::Chunk, BlockType::Text, 0, 0, 1, -1, -1, "the Nightmare", {}});
    writer.add({StreamEventKind::Retract, BlockType::Text, 0, 0, 2, 9, 13, {}, {}});
    writer.add({StreamEventKind::Chunk, BlockType::Text, 0, 0, 3, -1, -1, "ingale plan", {}});
    const PackedStream stream = writer.take();
    RedactionRules rules;
    rules.texts = {"Nightingale"};
    Redactor redactor(rules);
    collectStream(stream, redactor);
    redactor.seal();
    const PackedStream struck = redactedStream(stream, redactor);
    QVERIFY(struck.text.find("Night") == std::string::npos);
    QVERIFY(struck.text.find("ingale") == std::string::npos);
    QVERIFY(struck.text.starts_with("the "));
    QVERIFY(struck.text.ends_with(" plan"));
}

void TestRedactor::pseudonymsDependOnTheKey()
{
    // First value of the reference vectors: key 00..0f, empty message.
    const PseudonymKey reference{{0x0706050403020100, 0x0f0e0d0c0b0a0908}};
    QCOMPARE(sipHash(reference, ""), std::uint64_t(0x726fdb47dd0e0e31));
    QVERIFY(placeholder({{1, 2}}, "email", secret, 20) != placeholder({{1, 3}}, "email", secret, 20));
    QVERIFY(!(PseudonymKey::random() == PseudonymKey::random()));
}

QTEST_GUILESS_MAIN(TestRedactor)
#include "tst_redactor.moc"

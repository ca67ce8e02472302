// layers: analysis
#include "recognizer.h"

#include <QTest>

using namespace arcscope;

class TestRecognizer : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void leavesAlone_data();
    void leavesAlone();
    void mostSpecificWins();
    void overlapsAreNoMatches();
    void overlapsAreOneOfAllTheirBytes();
    void kindsAreNamedOnce();
};

void TestRecognizer::finds_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* kind, const char* text, const char* expected) {
        QTest::newRow(qPrintable(QString("%1: %2").arg(kind, QString(text).left(40)))) << kind << text << expected;
    };
    row("email", "write to ann.lee+x@mail.example.org.", "ann.lee+x@mail.example.org");
    row("email", "<Jürgen@bücher.example>", "Jürgen@bücher.example");
    row("iban", "pay to DE89 3704 0044 0532 0130 00 today", "DE89 3704 0044 0532 0130 00");
    row("iban", "gb82west12345698765432", "gb82west12345698765432");
    row("card", "card 4111 1111 1111 1111, please", "4111 1111 1111 1111");
    row("card", "378282246310005", "378282246310005");
    row("card", "my maestro card is 6759649826438453", "6759649826438453");
    row("ssn", "SSN 536-90-4399.", "536-90-4399");
    row("ssn", "social security number 536904399", "536904399");
    row("ip", "from 203.0.113.77:443", "203.0.113.77");
    row("ip", "[2001:db8::ff00:42:8329]", "2001:db8::ff00:42:8329");
    row("ip", "ping fe80::1 and", "fe80::1");
    row("mac", "00:1B:44:11:3A:B7", "00:1B:44:11:3A:B7");
    row("home", "cd /home/mwong/code && ls", "/home/mwong");
    row("home", "\"cwd\":\"/Users/mia.wong\"", "/Users/mia.wong");
    row("home", "at file:///home/mwong/x.py:3", "/home/mwong");
    row("home", "C:\\Users\\Mia Wong\\x.txt", "C:\\Users\\Mia Wong");
    row("home", "C:\\Users\\mwong is", "C:\\Users\\mwong");
    row("home", "~/.claude/projects/-home-mwong-code/a.jsonl", "-home-mwong");
    row("phone", "+49 30 901820", "+49 30 901820");
    row("phone", "(415) 555-2671 x12", "(415) 555-2671 x12");
    row("phone", "call me on 782 2652", "782 2652");
    row("phone", "mobile 01726543210", "01726543210");
    row("phone", "0049 30 901820", "0049 30 901820");
    row("key", "key=sk-proj-a8Fh2Kd93jfLq0Zx7vBn", "sk-proj-a8Fh2Kd93jfLq0Zx7vBn");
    row("key", "AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE");
    row("jwt", "t=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP");
    row("secret", "password: hunter22x", "hunter22x");
    row("secret", "Password is Tr0ub4dor&3, he said", "Tr0ub4dor&3");
    row("secret", "?user=mia&password=hunter22x&next=1", "hunter22x");
    row("secret", "passwort: schl\u00fcssel9.", "schl\u00fcssel9");
    row("secret", "password='Pa,ss;(1)|x' end", "Pa,ss;(1)|x");
    row("secret", "{\\\"password\\\": \\\"Pa,ss;1\\\"}", "Pa,ss;1");
    row("secret", "token: \"api_key\": \"9f8a7c6b5d4e3f2a1b0c and more\"", "9f8a7c6b5d4e3f2a1b0c");
    row("secret", "amqp://app:p@ss:w0rd@mq.example/vhost", "p@ss:w0rd");
    row("secret", "{\"api_key\": \"9f8a7c6b5d4e3f2a1b0c\"}", "9f8a7c6b5d4e3f2a1b0c");
    row("secret", "postgres://app:s3cr3t@db/main", "s3cr3t");
    row("secret", "Authorization: Bearer a81bc81bdead4e5dabff90865d1e13b1", "a81bc81bdead4e5dabff90865d1e13b1");
    row("secret", "header: Basic bWFyYTpodW50ZXIyMg==", "bWFyYTpodW50ZXIyMg==");
    row("national-id", "DNI 12345678Z", "12345678Z");
    row("national-id", "CPF 529.982.247-25", "529.982.247-25");
    row("national-id", "AHV 756.9217.0769.85", "756.9217.0769.85");
    row("national-id", "codice fiscale RSSMRA85T10A562S", "RSSMRA85T10A562S");
    row("national-id", "her BSN is 111222333", "111222333");
    row("licence", "my driver's license number is F162823540116", "F162823540116");
    row("birth", "patient born on 3 May 1984 in Lima", "3 May 1984");
    row("birth", "born in Lima, Peru, on the 3rd of May 1984", "3rd of May 1984");
    row("birth", "Date of birth (DD/MM/YYYY): 17/02/1991", "17/02/1991");
    row("birth", "{\\\"date_of_birth\\\": \\\"1988-07-21\\\"", "1988-07-21");
    row("birth", "dateOfBirth=1988-07-21", "1988-07-21");
    row("birth", "DOB: Nov 9th, 1968", "Nov 9th, 1968");
    row("birth", "D.O.B. 9-Nov-1968", "9-Nov-1968");
    row("birth", "geboren am 4. März 1972", "4. März 1972");
    row("birth", "née le 14 août 1979", "14 août 1979");
    row("birth", "fecha de nacimiento: 7 de julio de 1990", "7 de julio de 1990");
    row("web", "see https://www.example.org/a?b=c.", "https://www.example.org/a?b=c");
    row("private-key", "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----");
}

void TestRecognizer::finds()
{
    QFETCH(QString, kind);
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const std::string bytes = text.toStdString();
    const Recognizer* one = recognizerOf(kind.toStdString());
    QVERIFY(one);
    std::vector<SensitiveRange> found;
    one->find(bytes, found);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(bytes.substr(found[0].from, found[0].to - found[0].from)), expected);
}

void TestRecognizer::leavesAlone_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"react@latest and icon@2x.png",
                             "card 4111 1111 1111 1112",
                             "1700000000000000000",
                             "DE89 3704 0044 0532 0130 01",
                             "000-12-3456 and 666-12-3456",
                             "Chrome/120.0.6099.109",
                             "version 1.2.3.4",
                             "127.0.0.1 and 0.0.0.0",
                             "std::vector::begin",
                             "password: \"Enter your password here\"",
                             "Passwort: gr\u00f6\u00dfer als 8",
                             "12:34:56",
                             "2024-01-15 10:20:30",
                             "0xdeadbeef",
                             "sk-this-is-your-api-key-here",
                             "api_key=os.environ[KEY]",
                             "password: ${PASSWORD}",
                             "max_tokens: 4096",
                             "id 550e8400-e29b-41d4-a716-446655440000",
                             "3.14159265358979",
                             "order 12345678",
                             "line 10-20, 30-40",
                             "a secret is nice",
                             "password is required",
                             "00:00:00:00:00:00",
                             "12345678A",
                             "Basic operation of things",
                             "Visual Basic bWFyYWh1bnRlcjIy",
                             "my passport expires soon",
                             "born to run, released on August 25, 1975",
                             "born in 1954, died on March 3, 1999",
                             "we eat there for my birthday on May 3, 2021",
                             "newborn on 3 May 1984",
                             "the idea was born on 3 May",
                             "birth of the web. On 3 May 1984 it rained",
                             "dob 17/17/1991 and 2024-15-40",
                             "/home/user/x and /Users/runner/work",
                             "href=\"/home/settings\"",
                             "https://site.example/home/news/today",
                             "/Users/<name>/x and C:\\Users\\Public\\y",
                             "out[3::6] = arr[1::4]",
                             "work-from-home-office, --no-home-dir"})
        QTest::newRow(text) << text;
}

void TestRecognizer::leavesAlone()
{
    QFETCH(QString, text);
    const std::string bytes = text.toStdString();
    for (const SensitiveMatch& match : findSensitive(bytes, standardRecognizers()))
        QFAIL(qPrintable(
            QString("%1 as %2")
                .arg(QString::fromStdString(bytes.substr(match.range.from, match.range.to - match.range.from)),
                     QString::fromUtf8(match.by->kind.data(), static_cast<int>(match.by->kind.size())))));
    QVERIFY(!bytes.empty());
}

void TestRecognizer::mostSpecificWins()
{
    const std::string text = "password=sk-ant-api03-Zk29dLq81mXvB7 mail a@b.example";
    const auto matches = findSensitive(text, standardRecognizers());
    QCOMPARE(matches.size(), std::size_t(2));
    QCOMPARE(matches[0].by->kind, std::string_view("key"));
    QCOMPARE(matches[1].by->kind, std::string_view("email"));
}

void TestRecognizer::overlapsAreNoMatches()
{
    const std::string text =
        "x 4111111111111111 4111111111111111 10.1.2.3 10.1.2.3 +49 30 9018200 a@b.example c@d.example";
    std::size_t last = 0;
    const auto matches = findSensitive(text, standardRecognizers());
    for (const SensitiveMatch& match : matches) {
        QVERIFY(match.range.from >= last);
        QVERIFY(match.range.to > match.range.from);
        last = match.range.to;
    }
    QCOMPARE(matches.size(), std::size_t(7));
}

void TestRecognizer::overlapsAreOneOfAllTheirBytes()
{
    const std::string text = "password: mia@corp.example!Xy7Qq9 api_key=AKIAIOSFODNN7EXAMPLE.Delta33 a@b.example";
    const auto matches = findSensitive(text, standardRecognizers());
    QCOMPARE(matches.size(), std::size_t(3));
    const auto of = [&](const SensitiveMatch& match) {
        return text.substr(match.range.from, match.range.to - match.range.from);
    };
    QCOMPARE(of(matches[0]), std::string("mia@corp.example!Xy7Qq9"));
    QCOMPARE(of(matches[1]), std::string("AKIAIOSFODNN7EXAMPLE.Delta33"));
    QCOMPARE(matches[1].by->kind, std::string_view("secret")); // it found most of them
    QCOMPARE(of(matches[2]), std::string("a@b.example"));

    std::vector<SensitiveRange> found{{0, 2}};
    appendApart({{8, 12}, {3, 6}, {5, 9}, {1, 2}, {12, 13}}, found);
    QCOMPARE(found, (std::vector<SensitiveRange>{{0, 2}, {3, 12}, {12, 13}}));
}

void TestRecognizer::kindsAreNamedOnce()
{
    for (const Recognizer& one : recognizers()) {
        QVERIFY(!one.title.empty());
        QVERIFY(recognizerOf(one.kind)->find == one.find);
    }
    QVERIFY(!recognizerOf("no such"));
}

QTEST_GUILESS_MAIN(TestRecognizer)
#include "tst_recognizer.moc"

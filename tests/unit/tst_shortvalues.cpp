// layers: analysis
// Values that are short, and values as people write them: in quotes, in scripts without spaces, in capitals, split.
#include "hashedvalues.h"
#include "leakcheck.h"
#include "redactor.h"
#include "valueforms.h"
#include "wordedges.h"

#include <QCryptographicHash>
#include <QTest>

using namespace arcscope;

namespace
{

/// `text` after a redactor met a name, or nothing was struck.
std::string struckBy(const RedactionRules& rules, const std::string& seen, std::string text)
{
    Redactor redactor(rules);
    redactor.collect(seen);
    redactor.seal();
    redactor.strike(text, {}, "test");
    return text;
}

std::string field(const char* name, const char* value)
{
    return std::string("{\"") + name + "\":\"" + value + "\"}";
}

} // namespace

class TestShortValues : public QObject
{
    Q_OBJECT

private slots:
    void wordsEndAtSignsOfAnyScript()
    {
        QVERIFY(wordGoesOn("Miami", 3));
        QVERIFY(wordGoesOn("Miaü", 3));
        QVERIFY(!wordGoesOn("Mia-", 3));
        QVERIFY(!wordGoesOn("Mia’s", 3));
        QVERIFY(!wordGoesOn("“Mia", 3)); // behind the three bytes of the quote
        QVERIFY(!wordGoesOn("Mia吧", 3));
        QVERIFY(lettersGoOn("Mia吧", 3));
        QVERIFY(!wordGoesOn("", 0));
        QVERIFY(!wordGoesOn("\xff\xfe", 1));
    }

    void shortNamesAreStruckAsWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("struck");
        for (const char* text :
             {"Dear Mia, hello", "Mia", "(Mia)", "ask “Mia”", "Mia’s order", "Mia's order", "von Mia–Li", "请联系Mia吧",
              "user_Mia", "Hi%20Mia%21", "said \\u004dia once", "<b>&#77;ia</b>", "MIA_Mia"})
            QTest::newRow(text) << QString::fromUtf8(text) << true;
        for (const char* text : {"Miami", "Amia", "mia", "MIAMI", "Miaü"})
            QTest::newRow(text) << QString::fromUtf8(text) << false;
    }

    void shortNamesAreStruckAsWords()
    {
        QFETCH(QString, text);
        QFETCH(bool, struck);
        const std::string before = text.toStdString();
        const std::string after = struckBy({}, field("firstName", "Mia"), before);
        QCOMPARE(after != before, struck);
        QCOMPARE(after.size(), before.size());
        if (struck)
            QVERIFY2(after.find("Mia’") == std::string::npos && after.find("Mia吧") == std::string::npos,
                     after.c_str());
    }

    void namesOfFieldsAndRolesStay()
    {
        RedactionRules rules;
        rules.texts = {"ai"};
        const std::string json =
            R"({"role":"ai","type":"ai","attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"the ai says"}}],"ai":1})";
        const std::string after = struckBy(rules, "", json);
        QVERIFY(after.find(R"("role":"ai","type":"ai")") != std::string::npos);
        QVERIFY(after.find("gen_ai.request.model") != std::string::npos);
        QVERIFY(after.find("the ai says") == std::string::npos);
        QVERIFY(after.find("\"ai\":1") == std::string::npos); // a name that is the value
    }

    void shortNumbersAreCounts()
    {
        Redactor redactor;
        redactor.collect(R"({"user_id":"17","firstName":"Bo"})");
        redactor.seal();
        QCOMPARE(valuesLookedFor(redactor, LookedFor::Nowhere), std::size_t(1));
        QCOMPARE(valuesLookedFor(redactor, LookedFor::WholeWords), std::size_t(1));
        std::string text = "17 files for Bo";
        QVERIFY(redactor.strike(text, {}, {}));
        QVERIFY(text.starts_with("17 files for "));
        std::string own = R"({"user_id":"17"})";
        QVERIFY(redactor.strike(own, {}, {}));
    }

    void spellingsOfANameGoTogether()
    {
        const std::string seen = field("customer_name", "Zoë Grünwald");
        for (const char* text : {"Zoë Grünwald", "ZOË GRÜNWALD", "Zoe\u0308 Gru\u0308nwald", "Dear Zoë!",
                                 "Frau Grünwald’s", "GRÜNWALD", "„Grünwald“"})
            QVERIFY2(struckBy({}, seen, text).find("nwald") == std::string::npos && struckBy({}, seen, text) != text,
                     text);
        QCOMPARE(struckBy({}, seen, "grünwald forest"), std::string("grünwald forest"));
        // A name of a thing is not taken apart.
        QCOMPARE(struckBy({}, field("customer_name", "Bank of America"), "America"), std::string("America"));
        QCOMPARE(struckBy({}, field("customer_name", "Support Team"), "the Team"), std::string("the Team"));
        RedactionRules rules;
        rules.subjects = {"Will Smith"};
        QCOMPARE(struckBy(rules, "", "he will go"), std::string("he will go"));
        QVERIFY(struckBy(rules, "", "ask Will") != "ask Will");
    }

    void namesInScriptsWithoutSpaces()
    {
        QVERIFY(struckBy({}, field("full_name", "李明"), "请联系李明吧").find("李明") == std::string::npos);
        QVERIFY(struckBy({}, field("full_name", "김민수"), "김민수는 왔다").find("김민수") == std::string::npos);
        // One character is part of other words.
        QCOMPARE(struckBy({}, field("surname", "王"), "国王来了"), std::string("国王来了"));
        QVERIFY(struckBy({}, field("surname", "王"), "王, 1 order") != "王, 1 order");
    }

    void splitOverParts()
    {
        const std::string parts =
            R"([{"role":"user","parts":[{"type":"text","content":"mail mara.quill@orb"},{"type":"text","content":"ital.example today"}]}])";
        Redactor redactor;
        redactor.collect(parts);
        redactor.seal();
        QCOMPARE(redactor.removed().size(), std::size_t(1));
        std::string struck = parts;
        QVERIFY(redactor.strike(struck, {}, {}));
        QCOMPARE(struck.size(), parts.size());
        QVERIFY(struck.find("mara") == std::string::npos);
        QVERIFY(struck.find("ital") == std::string::npos);
        QVERIFY(struck.find("\"mail ") != std::string::npos && struck.find(" today\"") != std::string::npos);
        QVERIFY(findLeaks(redactor, {{"parts", struck}}).empty());
        QVERIFY(!findLeaks(redactor, {{"parts", parts}}).empty());
        // Where one ends whole at the edge, the next string is another text.
        Redactor whole;
        whole.collect(R"({"content":["ask a@orbital.co","m or not"]})");
        whole.seal();
        QCOMPARE(whole.removed().size(), std::size_t(1));
        QCOMPARE(whole.removed().front().value, std::string("a@orbital.co"));
    }

    void digestsAreStruck_data()
    {
        QTest::addColumn<int>("algorithm");
        QTest::newRow("MD5") << int(QCryptographicHash::Md5);
        QTest::newRow("SHA-1") << int(QCryptographicHash::Sha1);
        QTest::newRow("SHA-256") << int(QCryptographicHash::Sha256);
    }

    void digestsAreStruck()
    {
        QFETCH(int, algorithm);
        const QByteArray digest =
            QCryptographicHash::hash("mara@orbital.example", QCryptographicHash::Algorithm(algorithm));
        const std::string seen = "I am Mara@orbital.example";
        for (const QByteArray& written : {digest.toHex(), digest.toHex().toUpper(), digest.toBase64(),
                                          digest.toBase64(QByteArray::Base64UrlEncoding)}) {
            const std::string text = "gravatar/" + written.toStdString() + "?s=80";
            const std::string after = struckBy({}, seen, "hash: " + written.toStdString());
            QVERIFY2(after.starts_with("hash: [email-"), after.c_str());
            if (!written.contains('/') && written.size() != digest.toBase64().size())
                QVERIFY(struckBy({}, seen, text) != text);
        }
        // Another one stays.
        const std::string other =
            QCryptographicHash::hash("x", QCryptographicHash::Algorithm(algorithm)).toHex().toStdString();
        QCOMPARE(struckBy({}, seen, other), other);
    }

    void digestsAreThoseOfOthers()
    {
        for (const int length : {0, 1, 55, 56, 63, 64, 65, 200}) {
            const QByteArray text(length, 'a');
            QCOMPARE(md5Bytes(text.toStdString()),
                     QCryptographicHash::hash(text, QCryptographicHash::Md5).toStdString());
            QCOMPARE(sha1Bytes(text.toStdString()),
                     QCryptographicHash::hash(text, QCryptographicHash::Sha1).toStdString());
        }
    }

    void formsAreThoseOfUnicode()
    {
        for (const char* text :
             {"Zoë", "Ångström", "Łódź", "Иван", "Ελένη", "naïve", "Škoda", "straße", "ÿ", "Đorđe"}) {
            const QString word = QString::fromUtf8(text);
            QCOMPARE(QString::fromStdString(inSmallLetters(text)), word.toLower());
            QCOMPARE(QString::fromStdString(composed(decomposed(text))), word);
            QCOMPARE(QString::fromStdString(decomposed("Zoë Škoda")),
                     QStringLiteral("Zoë Škoda").normalized(QString::NormalizationForm_D));
        }
        QCOMPARE(inCapitals("Zoë Иван"), std::string("ZOË ИВАН"));
        QCOMPARE(partsOfName("Mia Wong"), (std::vector<std::string>{"Mia", "Wong"}));
        QVERIFY(partsOfName("Mia").empty());
        QVERIFY(partsOfName("12 Main Street").empty());
    }

    void nothingHidesBehindAStructuralName()
    {
        Redactor redactor;
        redactor.collect(R"({"kind":"4111111111111111"})");
        redactor.seal();
        QCOMPARE(redactor.removed().size(), std::size_t(1));
        std::string ids =
            R"({"traceId":"5b8efff798038103d269b633813fc60c","kind":3,"timeUnixNano":"1700000000000000000"})";
        QVERIFY(!redactor.strike(ids, {}, {}));
    }
};

QTEST_GUILESS_MAIN(TestShortValues)
#include "tst_shortvalues.moc"

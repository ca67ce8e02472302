// layers: analysis
// A quick look may say that a value could be there where it is not, and never the other way round.
#include "hiddenvalues.h"

#include "decodedtext.h"

#include <QByteArray>
#include <QTest>
#include <QUrl>

#include <random>

using namespace arcscope;

namespace
{

constexpr int deepest = 3;
constexpr std::size_t shortestRun = 6;
constexpr int notations = 12; ///< of written()

struct Known {
    KnownValues values;
    HiddenValues hidden;
};

Known known(const std::vector<std::string>& texts)
{
    Known made;
    for (std::uint32_t i = 0; i < texts.size(); ++i)
        made.values.add(texts[i], i);
    made.hidden = HiddenValues(made.values);
    return made;
}

/// By reading everything closely.
bool holds(const Known& known, const std::string& text)
{
    bool found = !known.values.find(text).empty();
    eachDecoding(text, deepest, shortestRun, [&](const DecodedText& reading) {
        found = found || !known.values.find(reading.bytes, reading.whole).empty();
    });
    return found;
}

std::string hexOf(unsigned char c)
{
    return QByteArray(1, static_cast<char>(c)).toHex().toStdString();
}

/// One notation over a text; of some, every byte, of others what has to be written so.
std::string written(const std::string& text, int notation, std::mt19937& dice)
{
    const QByteArray bytes = QByteArray::fromStdString(text);
    const QByteArray before = QByteArray("?x7").left(static_cast<qsizetype>(dice() % 3));
    std::string out;
    switch (notation) {
    case 0:
        for (const char c : text)
            out += c == '"' || c == '\\' ? std::string("\\") + c : c == '\n' ? std::string("\\n") : std::string(1, c);
        return out;
    case 1:
        for (const char c : text)
            out += dice() % 3 == 0 || static_cast<unsigned char>(c) > 0x7e
                       ? std::string(1, c)
                       : "\\u00" + hexOf(static_cast<unsigned char>(c));
        return out;
    case 2:
        return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
    case 3:
        for (const char c : text)
            out += dice() % 2 == 0 ? "%" + hexOf(static_cast<unsigned char>(c)) : std::string(1, c);
        return out;
    case 4:
        for (const char c : text)
            out += c == ' ' ? '+' : c;
        return out;
    case 5:
        for (const char c : text)
            out += static_cast<unsigned char>(c) > 0x7e || dice() % 4 == 0
                       ? std::string(1, c)
                       : "&#x" + hexOf(static_cast<unsigned char>(c)) + ";";
        return out;
    case 6:
        return (before + bytes).toBase64().toStdString();
    case 7:
        return (before + bytes + " z").toBase64(QByteArray::Base64UrlEncoding).toStdString();
    case 8:
        return bytes.toHex().toStdString();
    case 9:
        for (const char c : text)
            (out += c) += '\0';
        return QByteArray::fromStdString(out).toBase64().toStdString();
    case 10:
        for (const char c : text) {
            const bool coded = c == '=' || static_cast<unsigned char>(c) > 0x7e || dice() % 5 == 0;
            out += coded ? "=" + QByteArray(1, c).toHex().toUpper().toStdString() : std::string(1, c);
            out += dice() % 9 == 0 ? "=\r\n" : "";
        }
        return out;
    default:
        for (const char c : (before + bytes).toBase64().toStdString())
            out += dice() % 9 == 0 ? std::string("\r\n") + c : std::string(1, c);
        return out;
    }
}

} // namespace

class TestHiddenValues : public QObject
{
    Q_OBJECT

private slots:
    void findsWhateverIsFoundClosely();
    void farFromWhatIsChanged();
    void longValuesInPieces();
    void saysNoOfOrdinaryText();
    void givesWhatIsPacked();
};

/// Values in up to three notations, between words, escapes and signs that belong to nothing.
void TestHiddenValues::findsWhateverIsFoundClosely()
{
    const std::vector<std::string> secrets{"mara.quill@orbital.example", "Anna",
                                           "4111 1111 1111 1111",        "+49 30 901820",
                                           "a\"b\\c: 12 & more",         "one\ntwo lines of it"};
    const Known all = known(secrets);
    const std::vector<std::string> fillers{
        "lorem ", "{\"a\":\"", "\\n",       "50% + 2", " %zz &amp; ", "/home/user/project_x/",
        "0a1b2c", "\\\\",      "&lt;b&gt;", "\n"};
    std::mt19937 dice(20260311);
    int hidden = 0;
    for (int round = 0; round < 3'000; ++round) {
        std::string piece = secrets[dice() % secrets.size()];
        for (auto layers = dice() % 4; layers > 0; --layers)
            piece = written(piece, static_cast<int>(dice() % notations), dice);
        std::string text;
        for (auto words = dice() % 12; words > 0; --words)
            text += fillers[dice() % fillers.size()];
        text += " " + piece + " ";
        for (auto words = dice() % 12; words > 0; --words)
            text += fillers[dice() % fillers.size()];
        if (!holds(all, text))
            continue;
        ++hidden;
        QVERIFY2(all.hidden.mayHold(all.values, text, deepest), text.c_str());
    }
    QVERIFY(hidden > 1'500);
}

void TestHiddenValues::farFromWhatIsChanged()
{
    const Known one = known({"mara.quill@orbital.example"});
    std::mt19937 dice(7);
    const std::string far(20'000, '.');
    for (int notation = 0; notation < notations; ++notation) {
        const std::string piece = written("to mara.quill@orbital.example", notation, dice);
        QVERIFY(one.hidden.mayHold(one.values, "a%20b\\n" + far + " " + piece + " " + far + "c%20d\\n", deepest));
        QVERIFY(one.hidden.mayHold(one.values, written("a%20b" + far + piece + far, 0, dice), deepest));
    }
}

/// A value of many lines, which are far apart in any notation.
void TestHiddenValues::longValuesInPieces()
{
    std::string key;
    for (int line = 0; line < 40; ++line)
        key += std::string(70, static_cast<char>('a' + line % 26)) + std::to_string(line * 7919) + "\n";
    const Known one = known({key});
    std::mt19937 dice(11);
    int found = 0;
    for (int notation = 0; notation < notations; ++notation) {
        const std::string text = "x " + written(written(key, 0, dice), notation, dice) + " y";
        if (holds(one, text)) {
            ++found;
            QVERIFY2(one.hidden.mayHold(one.values, text, deepest), qPrintable(QString::number(notation)));
        }
    }
    QVERIFY(found >= 8);
}

void TestHiddenValues::saysNoOfOrdinaryText()
{
    const Known all = known({"mara.quill@orbital.example", "Anna", "4111 1111 1111 1111"});
    std::string text;
    for (int i = 0; i < 2'000; ++i)
        text += "{\"path\":\"/home/user/src/main_" + std::to_string(i) +
                ".cpp\",\"text\":\"bananas \\\"and\\\" 50%25 more &amp; more\\n+ line\",\"id\":\"9f86d081884c7d65\"}\n";
    QVERIFY(!all.hidden.mayHold(all.values, text, deepest));
    QVERIFY(!all.hidden.mayHold(all.values, "Annabel", deepest));
    QVERIFY(!HiddenValues().mayHold({}, text, deepest));
}

void TestHiddenValues::givesWhatIsPacked()
{
    const Known one = known({"mara.quill@orbital.example"});
    const QByteArray packed("\x1f\x8b\x08 and what comes behind");
    std::vector<std::string> given;
    const auto take = [&](std::string_view bytes) { given.emplace_back(bytes); };
    const std::string text = "{\"data\":\"" + packed.toBase64().toStdString() + "\"}";
    QVERIFY(!one.hidden.mayHold(one.values, text, deepest, true, take));
    QVERIFY(!given.empty());
    QVERIFY(given.front().starts_with(packed.toStdString()));
}

QTEST_GUILESS_MAIN(TestHiddenValues)
#include "tst_hiddenvalues.moc"

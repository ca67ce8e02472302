// layers: analysis
#include "texttokens.h"

#include <QTest>

using namespace arcscope;

namespace
{

std::vector<TextToken> split(const std::string& text, std::size_t piece = std::string::npos)
{
    TokenSplitter splitter;
    std::vector<TextToken> tokens;
    for (std::size_t at = 0; at < text.size(); at += std::min(piece, text.size()))
        splitter.feed(std::string_view(text).substr(at, piece), tokens);
    splitter.finish(tokens);
    return tokens;
}

/// The tokens between bars; those without letters in brackets.
QString printed(const QByteArray& text)
{
    QStringList parts;
    for (const TextToken& token : split(text.toStdString())) {
        const QString part = QString::fromUtf8(text.mid(int(token.from), int(token.to - token.from)));
        parts += token.letters ? part : '[' + part + ']';
    }
    return parts.join('|');
}

} // namespace

class TestTextTokens : public QObject
{
    Q_OBJECT

private slots:
    void splits_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("tokens");
        QTest::newRow("nothing") << QByteArray(" \n ") << "";
        QTest::newRow("words") << QByteArray("It costs $12.50, ok_1?") << "It|costs|[$]|[12]|[.]|[50]|[,]|ok_1|[?]";
        QTest::newRow("other letters") << QByteArray("na\xc3\xafve \xd0\xb4\xd0\xb0") << QString::fromUtf8("naïve|да");
        QTest::newRow("other signs") << QByteArray("\xc2\xabok\xc2\xbb\xe2\x80\x94so")
                                     << QString::fromUtf8("[«]|ok|[»]|[—]|so");
        QTest::newRow("no spaces") << QByteArray("\xe9\x80\x80\xe9\x87\x91\xe3\x80\x82ok")
                                   << QString::fromUtf8("退|金|[。]|ok");
        QTest::newRow("block") << QByteArray("a\n```sh\nls `x`\n```\nb") << "a|[```sh\nls `x`\n```]|b";
        QTest::newRow("block with an indent")
            << QByteArray("1. a\n   ~~~~\n~~~\n   ~~~~\nb") << "[1]|[.]|a|[~~~~\n~~~\n   ~~~~]|b";
        QTest::newRow("open block") << QByteArray("a\n```\nb c d") << "a|[```\nb c d]";
        QTest::newRow("code in a line") << QByteArray("`a` ``b``") << "[`]|a|[`]|[`]|[`]|b|[`]|[`]";
        QTest::newRow("table") << QByteArray("a | b\n| c | d |\n|-|-|\ne") << "a|[|]|b|[| c | d |]|[|-|-|]|e";
        QTest::newRow("quoted table") << QByteArray("> | c |\nx") << "[>]|[| c |]|x";
        QTest::newRow("ticks at the end") << QByteArray("a\n``") << "a|[`]|[`]";
    }
    void splits()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, tokens);
        QCOMPARE(printed(text), tokens);
    }

    void piecesChangeNothing()
    {
        const std::string text =
            "Caf\xc3\xa9 \xe9\x80\x80 12\n> ```x\n| a |\n``\n```\n| b | \xf0\x9f\x98\x80\n\xff\xe2\x82 a~~~\n~~~\nq";
        const auto whole = split(text);
        QVERIFY(whole.size() > 8);
        for (std::size_t piece = 1; piece < 9; ++piece)
            QVERIFY(split(text, piece) == whole);
    }

    void digitsAreMaskedInShapes()
    {
        const auto tokens = split("HAT12 hat7 HAT Hat12 12 7");
        QVERIFY(tokens[0].word != tokens[1].word);
        QCOMPARE(tokens[0].shape, tokens[1].shape);
        QCOMPARE(tokens[0].word, tokens[3].word); // the case of letters does not count
        QVERIFY(tokens[0].shape != tokens[2].shape);
        QCOMPARE(tokens[4].shape, tokens[5].shape);
    }

    void equalBlocksAreEqual()
    {
        const auto tokens = split("```\na\n```\n```\na\n```\n```\nb\n```\n");
        QCOMPARE(tokens.size(), std::size_t(3));
        QCOMPARE(tokens[0].word, tokens[1].word);
        QVERIFY(tokens[1].word != tokens[2].word);
    }
};

QTEST_APPLESS_MAIN(TestTextTokens)
#include "tst_texttokens.moc"

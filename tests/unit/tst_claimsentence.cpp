// layers: analysis
#include "claimsentence.h"

#include <QTest>

using namespace arcscope;

namespace
{

/// The word of `claim` that stands there in lower case.
const ClaimToken* tokenOf(const ClaimSentence& claim, std::string_view lower)
{
    for (const ClaimToken& token : claim.tokens) {
        if (token.word && token.word->lower == lower)
            return &token;
    }
    return nullptr;
}

bool isDenied(const ClaimSentence& claim, std::string_view lower)
{
    const ClaimToken* token = tokenOf(claim, lower);
    return token && token->cue >= 0;
}

} // namespace

class TestClaimSentence : public QObject
{
    Q_OBJECT

    ClaimReader m_reader;

private slots:
    void tokens()
    {
        const std::string text = "The workers processed 40 large files in Oslo.";
        const ClaimSentence claim = m_reader.read(text, SentenceKind::Prose, 100);
        QCOMPARE(claim.from, std::int64_t(100));
        QCOMPARE(claim.to, std::int64_t(100 + text.size()));
        QCOMPARE(claim.tokens.size(), std::size_t(9));
        QCOMPARE(QString::fromStdString(tokenOf(claim, "workers")->word->base), QString("worker"));
        QVERIFY(tokenOf(claim, "workers")->content);
        QVERIFY(!tokenOf(claim, "the")->content);
        QCOMPARE(claim.contentCount, std::uint16_t(6));
        QCOMPARE(claim.verb, std::uint16_t(2));
        QCOMPARE(claim.values.size(), std::size_t(1));
        QCOMPARE(claim.tokens[claim.valueTokens[0]].from, 22u);
        QCOMPARE(claim.valueGovernors[0].head, tokenOf(claim, "processed")->key);
        QCOMPARE(claim.entities.size(), std::size_t(1));
        QCOMPARE(claim.entities[0].governor.preposition, tokenOf(claim, "in")->key);
        QVERIFY(claim.comparable);
        QVERIFY(!claim.hedged && !claim.conditional && !claim.request && !claim.listItem && !claim.stateChange);
    }

    void equalFormsHaveEqualKeys()
    {
        const ClaimSentence a = m_reader.read("She stopped both jobs.");
        const ClaimSentence b = m_reader.read("The job stops.");
        QCOMPARE(tokenOf(a, "jobs")->key, tokenOf(b, "job")->key);
        QCOMPARE(tokenOf(a, "stopped")->key, tokenOf(b, "stops")->key);
    }

    void scopeOfNegation()
    {
        const ClaimSentence claim = m_reader.read("It does not restart failed jobs, and the queue keeps running.");
        QVERIFY(isDenied(claim, "restart"));
        QVERIFY(isDenied(claim, "jobs"));
        QVERIFY(!isDenied(claim, "queue")); // behind a comma
        QCOMPARE(tokenOf(claim, "restart")->rank, std::uint8_t(0));
        QVERIFY(!isDenied(m_reader.read("It is not tested because somebody forgot."), "forgot"));
        QVERIFY(!isDenied(m_reader.read("It not only restarts jobs."), "restarts"));
        QVERIFY(isDenied(m_reader.read("It can't restart."), "restart"));
        QVERIFY(isDenied(m_reader.read("It no longer restarts."), "restarts"));
        QCOMPARE(m_reader.read("It hardly works.").negations, std::uint16_t(1));
        QVERIFY(!isDenied(m_reader.read("It hardly works."), "works")); // a weak cue
    }

    void flags()
    {
        QVERIFY(m_reader.read("Perhaps the disk is full.").hedged);
        QVERIFY(m_reader.read("If it fails, the disk is full.").conditional);
        QVERIFY(m_reader.read("When it fails, somebody calls.").conditional);
        QVERIFY(m_reader.read("To cancel, somebody calls the desk.").conditional);
        QVERIFY(m_reader.read("Make sure that the disk has space.").request);
        QVERIFY(m_reader.read("Root cause: the disk was full.").listItem);
        QVERIFY(m_reader.read("The disk was full.", SentenceKind::ListItem).listItem);
        QVERIFY(m_reader.read("The disk is now full.").stateChange);
        QVERIFY(!m_reader.read("Is the disk full?").comparable);
        QVERIFY(!m_reader.read("Disk state", SentenceKind::Heading).comparable);
        QVERIFY(!m_reader.read("Yes.").comparable);
    }

    void names_data()
    {
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("one") << "The office in New Delhi closed." << QStringList{"New Delhi"};
        QTest::newRow("first word") << "Berlin is large." << QStringList{}; // in the lexicon: it may be any word
        QTest::newRow("unknown first word") << "Zylbarg is large." << QStringList{"Zylbarg"};
        QTest::newRow("ordinary first word") << "Workers are here." << QStringList{};
        QTest::newRow("small words within")
            << "She left the University of Oslo for Rome." << QStringList{"University of Oslo", "Rome"};
        QTest::newRow("none") << "nothing is named here" << QStringList{};
    }

    void names()
    {
        QFETCH(QString, sentence);
        QFETCH(QStringList, expected);
        const std::string text = sentence.toStdString();
        const ClaimSentence claim = m_reader.read(text);
        QStringList told;
        for (const NamedEntity& entity : claim.entities) {
            const std::uint32_t from = claim.tokens[entity.first].from;
            told += QString::fromStdString(text.substr(from, claim.tokens[std::size_t(entity.end) - 1].to - from));
        }
        QCOMPARE(told, expected);
    }

    void opposites()
    {
        const ClaimSentence claim = m_reader.read("enabled disabled hot cold hot higher lower enabled red");
        const auto opposite = [&](const char* a, const char* b) {
            return areOpposite(*tokenOf(claim, a)->word, *tokenOf(claim, b)->word);
        };
        QVERIFY(opposite("enabled", "disabled"));
        QVERIFY(opposite("disabled", "enabled"));
        QVERIFY(opposite("hot", "cold"));
        QVERIFY(opposite("higher", "lower"));
        QVERIFY(!opposite("hot", "hot"));
        QVERIFY(!opposite("hot", "red"));
    }
};

QTEST_APPLESS_MAIN(TestClaimSentence)
#include "tst_claimsentence.moc"

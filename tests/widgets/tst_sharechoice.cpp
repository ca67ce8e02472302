// layers: widgets GUI
#include "sharechoice.h"

#include <QTest>

using namespace arcscope;

class TestShareChoice : public QObject
{
    Q_OBJECT

private slots:
    void whatLeavesIsACommand_data()
    {
        QTest::addColumn<int>("form");
        QTest::addColumn<QString>("words");
        QTest::newRow("picture")
            << int(ShareForm::Picture)
            << "render|--view|timeline|--trace|t1|--span|s1|--theme|light|--scale|4|--size|900x8000|-o|x|--|a b.jsonl";
        QTest::newRow("postmortem") << int(ShareForm::Postmortem)
                                    << "postmortem|--title|Ticket|--where|kind:tool|--trace|t1|-o|x|--|a b.jsonl";
        QTest::newRow("otlp") << int(ShareForm::Otlp)
                              << "export|--as|otlp|--where|kind:tool|--trace|t1|-o|x|--|a b.jsonl";
        QTest::newRow("bundle") << int(ShareForm::Bundle)
                                << "export|--as|bundle|--where|kind:tool|--trace|t1|-o|x|--|a b.jsonl";
        QTest::newRow("case") << int(ShareForm::Case)
                              << "export|--as|case|--span|s1|--where|kind:tool|--trace|t1|-o|x|--|a b.jsonl";
    }
    void whatLeavesIsACommand()
    {
        QFETCH(int, form);
        QFETCH(QString, words);
        ShareChoice choice = shown();
        choice.form = static_cast<ShareForm>(form);
        QCOMPARE(shareArguments(choice).join(QLatin1Char('|')), words);
    }

    void rulesGoWithIt()
    {
        ShareChoice choice = shown();
        choice.form = ShareForm::Otlp;
        choice.texts = QStringList{QStringLiteral("Baker Street 5, London"), QStringLiteral("Mara")};
        choice.subjects = QStringList{QStringLiteral("u-7")};
        choice.fields = QStringList{QStringLiteral("note")};
        choice.tags = QStringList{QStringLiteral("data.class=personal")};
        choice.where = QStringLiteral("kind:tool");
        const QString words = shareArguments(choice).join(QLatin1Char('|'));
        QVERIFY(
            words.contains(QStringLiteral("|--strike|Baker Street 5\\, London|--strike|Mara|--strike-field|note|"
                                          "--subject|u-7|--strike-tag|data.class=personal|--strike-where|kind:tool|")));
        QVERIFY(!words.contains(QStringLiteral("--no-redact")));
        QVERIFY(
            previewArguments(choice, true)
                .join(QLatin1Char('|'))
                .startsWith(QStringLiteral("redact|--preview|--json|--values|--where|kind:tool|--trace|t1|--strike|")));
        choice.redacts = false;
        const QString open = shareArguments(choice).join(QLatin1Char('|'));
        QVERIFY(open.contains(QStringLiteral("|--no-redact|")));
        QVERIFY(!open.contains(QStringLiteral("--strike")));
    }

    void pathsAreNoOptions()
    {
        ShareChoice choice = shown();
        choice.paths = QStringList{QStringLiteral("--no-redact")};
        const QStringList words = shareArguments(choice);
        QVERIFY(words.indexOf(QStringLiteral("--no-redact")) > words.indexOf(QStringLiteral("--")));
    }

private:
    static ShareChoice shown()
    {
        ShareChoice choice;
        choice.paths = QStringList{QStringLiteral("a b.jsonl")};
        choice.view = QStringLiteral("timeline");
        choice.trace = QStringLiteral("t1");
        choice.span = QStringLiteral("s1");
        choice.filter = QStringLiteral("kind:tool");
        choice.title = QStringLiteral("Ticket");
        choice.target = QStringLiteral("x");
        choice.scale = 4;
        choice.size = {900, 8'000};
        return choice;
    }
};

QTEST_MAIN(TestShareChoice)
#include "tst_sharechoice.moc"

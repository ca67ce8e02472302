// layers: analysis
#include "sentences.h"

#include <QTest>

using namespace arcscope;

namespace
{

/// Each sentence by what it is ("p", "h", "i", "t") and says.
QStringList split(const std::string& text)
{
    constexpr const char* kinds[] = {"p ", "h ", "i ", "t "};
    QStringList all;
    for (const Sentence& each : sentencesOf(text)) {
        const auto size = static_cast<std::size_t>(each.to - each.from);
        all += QString(kinds[static_cast<int>(each.kind)]) +
               QString::fromStdString(text.substr(static_cast<std::size_t>(each.from), size));
    }
    return all;
}

} // namespace

class TestSentences : public QObject
{
    Q_OBJECT

private slots:
    void sentences_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* name, const char* text, const QStringList& expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << expected;
        };
        row("nothing", "", {});
        row("white space", " \n\n ", {});
        row("no words", "... !?\n---\n", {});
        row("two", "The job ran. It took 3.5 s!", {"p The job ran.", "p It took 3.5 s!"});
        row("abbreviations", "Dr. Lund met Mr. J. Berg at 5 p.m. on Monday. They left.",
            {"p Dr. Lund met Mr. J. Berg at 5 p.m. on Monday.", "p They left."});
        row("no space", "See main.cpp for it. Version 1.2 is out.",
            {"p See main.cpp for it.", "p Version 1.2 is out."});
        row("list", "Steps:\n\n1. Open it. Wait.\n2. Close it\n   and go.\n* Done",
            {"p Steps:", "i Open it.", "i Wait.", "i Close it\n   and go.", "i Done"});
        row("heading", "## What is new\nNothing is.", {"h What is new", "p Nothing is."});
        row("code", "Run:\n```sh\nrm a. B c.\n```\nThen stop.", {"p Run:", "p Then stop."});
        row("open code", "Run:\n~~~\nA. B.", {"p Run:"});
        row("table", "| Name | Size |\n|---|---|\n| a. B | 3 |", {"t | Name | Size |", "t | a. B | 3 |"});
        row("wrapped", "This is a line that somebody wrapped at a column of sixty\nor so. Next.",
            {"p This is a line that somebody wrapped at a column of sixty\nor so.", "p Next."});
        row("lines of their own", "Total: 5\nFailed: 2", {"p Total: 5", "p Failed: 2"});
        row("quoted", "> It failed. Badly.\n> Then it ran.", {"p It failed.", "p Badly.", "p Then it ran."});
        row("japanese", "\u4eca\u65e5\u306f\u6674\u308c\u3002\u660e\u65e5\u306f\u96e8\u3002",
            {QString::fromUtf8("p \u4eca\u65e5\u306f\u6674\u308c\u3002"),
             QString::fromUtf8("p \u660e\u65e5\u306f\u96e8\u3002")});
    }

    void sentences()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, expected);
        QCOMPARE(split(text.toStdString()), expected);
    }

    void bytesThatAreNoText()
    {
        for (const std::string& text :
             {std::string("A \xff\xfe b. C \xc3"), std::string("A\0b. C d.", 9), std::string("\xe2\x80")}) {
            for (const Sentence& each : sentencesOf(text))
                QVERIFY(each.from >= 0 && each.from < each.to && each.to <= static_cast<std::int64_t>(text.size()));
        }
    }
};

QTEST_APPLESS_MAIN(TestSentences)
#include "tst_sentences.moc"

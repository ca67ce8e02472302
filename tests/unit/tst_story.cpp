// layers: core
#include "story.h"

#include <QStringList>
#include <QTest>

using namespace arcscope;

namespace
{

Story madeStory()
{
    Story story{"What went wrong", {}};
    StoryStep first;
    first.title = "The first complaint";
    first.text = "The answer says that the tests pass.\n\n  They had not been run: C:\\tests\\n\n";
    first.state = {"timeline",
                   "trace:4bf9",
                   "trace:4bf9/span:00f0",
                   {},
                   {1'794'474'843'125'000'000, 1'794'474'849'000'000'001},
                   {-1, 5},
                   "kind:model \"a\\b\""};
    story.steps.push_back(first);
    StoryStep second;
    second.text = "| a line that looks like one of the file\n== step\ntitle: x\n\r\nlast";
    second.state.view = "stream";
    second.state.part = "event:41";
    second.state.chosen = "finding:loop cause:a \"b\\c\"";
    story.steps.push_back(second);
    story.steps.emplace_back();
    return story;
}

QStringList linesOf(const Story& story)
{
    return QString::fromStdString(storyText(story)).split(QLatin1Char('\n'));
}

/// Lines of one that the other does not have.
qsizetype others(QStringList lines, const QStringList& without)
{
    for (const QString& line : without)
        lines.removeOne(line);
    return lines.size();
}

} // namespace

class TestStory : public QObject
{
    Q_OBJECT

private slots:
    void aStoryIsReadExactlyAsItWasWritten()
    {
        for (const Story& story : {madeStory(), Story{}, Story{" ", {}}, Story{"a\nb\rc\\", {{}, {}}}}) {
            const auto read = parseStory(storyText(story));
            QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
            QVERIFY(*read == story);
        }
    }

    void aChangeOfOneLineIsAChangeOfOneLineOfTheFile()
    {
        const Story before = madeStory();
        Story after = before;
        after.steps[0].text.replace(after.steps[0].text.find("not been"), 8, "never been");
        QCOMPARE(others(linesOf(after), linesOf(before)), qsizetype(1));
        QCOMPARE(others(linesOf(before), linesOf(after)), qsizetype(1));
        after = before;
        after.steps[1].state.filter = "error";
        QCOMPARE(others(linesOf(after), linesOf(before)), qsizetype(1));
        QCOMPARE(others(linesOf(before), linesOf(after)), qsizetype(0));
    }

    void linesStayWhatTheyAreInAnyEditor()
    {
        const QString text = QString::fromStdString(storyText(madeStory()));
        QVERIFY(!text.contains(QLatin1Char('\r')));
        const auto windows = parseStory(QString(text).replace(QLatin1Char('\n'), QStringLiteral("\r\n")).toStdString());
        QVERIFY(windows.has_value() && *windows == madeStory());
        const auto marked = parseStory("\xEF\xBB\xBF" + text.toStdString() + "\n \n");
        QVERIFY(marked.has_value() && *marked == madeStory());
    }

    void whatIsNoStoryIsRefusedWithItsLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* text, const char* says) {
            QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(says);
        };
        row("nothing", "", "line 0: a story begins");
        row("another file", "{}\n", "line 1: a story begins");
        row("a later version", "arcscope story 2\n", "line 1: a story begins");
        row("a word of a step before it", "arcscope story 1\nview: timeline\n", "line 2: view is nothing of a story");
        row("a text before a step", "arcscope story 1\n| a\n", "line 2: a text belongs to a step");
        row("an unknown word", "arcscope story 1\n\n== step\nrun: ls\n", "line 4: run is nothing of a step");
        row("twice", "arcscope story 1\n== step\nview: a\nview: b\n", "line 4: view is said twice");
        row("no word", "arcscope story 1\n== step\nhello\n", "line 3: expected");
        row("no time", "arcscope story 1\n== step\nrange: now to then\n", "line 3: range is two times");
        row("turned", "arcscope story 1\n== step\nrange: 2026-01-02T00:00:00Z to 2026-01-01T00:00:00Z\n", "line 3");
        row("no part", "arcscope story 1\n== step\npart: all\n", "line 3: a part is");
        row("an escape", "arcscope story 1\n== step\n| a\\tb\n", "line 3: a backslash");
        row("an escape at the end", "arcscope story 1\n== step\nfilter: \\\n", "line 3: a backslash");
    }
    void whatIsNoStoryIsRefusedWithItsLine()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto read = parseStory(text.toStdString());
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message).startsWith(says), read.error().message.c_str());
    }
};

QTEST_APPLESS_MAIN(TestStory)
#include "tst_story.moc"

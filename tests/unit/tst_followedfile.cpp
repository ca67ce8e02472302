// layers: core store pipeline
#include "followedfile.h"
#include "imported.h"

#include <QTest>

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace arcscope;
using namespace arcscope::testing;

using Found = FollowedFile::Found;

namespace
{

void append(const std::string& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::app) << bytes;
}

std::string between(const FilePart& part)
{
    return std::to_string(part.first) + '-' + std::to_string(part.last) + '@' + std::to_string(part.lines);
}

} // namespace

class TestFollowedFile : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_path = m_files.write("log.jsonl", "{\"a\":1}\n{\"b\":2}\n");
        m_file.emplace(m_path);
        QCOMPARE(m_file->look().value(), Found::Grown);
        QCOMPARE(between(m_file->added()), std::string("0-16@0"));
        QCOMPARE(m_file->look().value(), Found::Nothing);
        QCOMPARE(between(m_file->added()), std::string("16-16@2"));
    }

    void whatComesIsFound()
    {
        append(m_path, "{\"c\":3}\n");
        QCOMPARE(m_file->look().value(), Found::Grown);
        QCOMPARE(between(m_file->added()), std::string("16-24@2"));
        QCOMPARE(between(m_file->whole()), std::string("0-24@0"));
        QCOMPARE(m_file->look().value(), Found::Nothing);
    }

    void aHalfLineIsWaitedFor()
    {
        append(m_path, "{\"c\":3}\n{\"d\":");
        QCOMPARE(m_file->look().value(), Found::Grown);
        QCOMPARE(between(m_file->added()), std::string("16-24@2"));
        append(m_path, " \"}");
        QCOMPARE(m_file->look().value(), Found::Nothing);
        append(m_path, "\"}");
        QCOMPARE(m_file->look().value(), Found::Grown); // whole without a line feed
        QCOMPARE(between(m_file->added()), std::string("24-34@3"));
        append(m_path, "\n");
        QCOMPARE(m_file->look().value(), Found::Grown);
        append(m_path, "{\"e\":5}\n");
        QCOMPARE(m_file->look().value(), Found::Grown);
        QCOMPARE(between(m_file->added()), std::string("35-43@4"));
    }

    void aRotatedFileStartsAgain()
    {
        QCOMPARE(std::rename(m_path.c_str(), (m_path + ".1").c_str()), 0);
        QCOMPARE(m_file->look().value(), Found::Gone);
        QCOMPARE(m_file->look().value(), Found::Gone);
        m_files.write("log.jsonl", "{\"n\":1}\n");
        QCOMPARE(m_file->look().value(), Found::Another);
        QCOMPARE(between(m_file->added()), std::string("0-8@0"));
        append(m_path, "{\"n\":2}\n");
        QCOMPARE(m_file->look().value(), Found::Grown);
        QCOMPARE(between(m_file->added()), std::string("8-16@1"));
    }

    void aFileThatComesBackAsItWasIsTheSame()
    {
        const std::string aside = m_path + ".1";
        QCOMPARE(std::rename(m_path.c_str(), aside.c_str()), 0);
        QCOMPARE(m_file->look().value(), Found::Gone);
        QCOMPARE(std::rename(aside.c_str(), m_path.c_str()), 0);
        QCOMPARE(m_file->look().value(), Found::Nothing);
    }

    void aReplacementThatBeginsAlikeHasGrown()
    {
        const std::string next = m_files.write("next", "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n");
        QCOMPARE(std::rename(next.c_str(), m_path.c_str()), 0);
        QCOMPARE(m_file->look().value(), Found::Grown);
        QCOMPARE(between(m_file->added()), std::string("16-24@2"));
    }

    void aReplacementThatDoesNotIsAnother()
    {
        const std::string next = m_files.write("next", "{\"x\":1}\n{\"b\":2}\n{\"c\":3}\n");
        QCOMPARE(std::rename(next.c_str(), m_path.c_str()), 0);
        QCOMPARE(m_file->look().value(), Found::Another);
        QCOMPARE(between(m_file->added()), std::string("0-24@0"));
    }

    void aFileThatWasCutStartsAgain()
    {
        QCOMPARE(::truncate(m_path.c_str(), 0), 0);
        QCOMPARE(m_file->look().value(), Found::Cut);
        QCOMPARE(between(m_file->added()), std::string("0-0@0"));
        append(m_path, "{\"z\":1}\n");
        QCOMPARE(m_file->look().value(), Found::Grown);
        QCOMPARE(between(m_file->added()), std::string("0-8@0"));
    }

    void aFileThatWasCutAndFilledAgainBetweenLooksIsSeen()
    {
        m_files.write("log.jsonl", "{\"x\":1}\n{\"y\":2}\n{\"z\":3}\n"); // the same inode, and longer
        QCOMPARE(m_file->look().value(), Found::Cut);
        QCOMPARE(between(m_file->added()), std::string("0-24@0"));
    }

    void whatCannotBeFollowedIsAnError()
    {
        FollowedFile folder(m_files.folder());
        QCOMPARE(folder.look().error().code, ErrorCode::Unsupported);
        FollowedFile none(m_files.path("none"));
        QCOMPARE(none.look().value(), Found::Gone);
    }

    void largePiecesAreReadInSteps()
    {
        std::string text;
        while (text.size() < (std::size_t{3} << 20))
            text += "{\"n\":" + std::to_string(text.size()) + "}\n";
        append(m_path, text + "{\"half");
        QCOMPARE(m_file->look().value(), Found::Grown);
        QCOMPARE(m_file->added().last, std::uint64_t{16 + text.size()});
    }

    void wholeJson()
    {
        for (const char* text : {"{}", " {\"a\":[1,\"}\"]} \n", "[]", "{\"a\":\"\\\"\"}"})
            QVERIFY2(isWholeJson(text), text);
        for (const char* text : {"", " ", "1", "\"a\"", "{", "{\"a\":\"}", "{}{", "{\"a\":\"\\\"}", "]", "{}x"})
            QVERIFY2(!isWholeJson(text), text);
    }

private:
    Files m_files;
    std::string m_path;
    std::optional<FollowedFile> m_file;
};

QTEST_APPLESS_MAIN(TestFollowedFile)
#include "tst_followedfile.moc"

// layers: core importers
// Reading from the middle of a file, and knowing what was read.
#include "source.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace arcscope;

namespace
{

std::string readAll(Source& source)
{
    std::string all;
    std::string buffer(7, '\0');
    while (true) {
        const auto got = source.read(buffer);
        if (!got || *got == 0)
            return all;
        all.append(buffer, 0, *got);
    }
}

} // namespace

class TestSourceParts : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    InputFile m_file;

private slots:
    void init()
    {
        m_file = {};
        m_file.path = m_folder.filePath("lines").toStdString();
        m_file.name = m_file.path;
        std::ofstream(m_file.path, std::ios::binary) << "one\ntwo\nthree\nfour\n";
    }

    void aPartKnowsWhereItLies()
    {
        m_file.firstByte = 4;
        m_file.lastByte = 14;
        m_file.linesBefore = 1;
        auto source = openSource(m_file);
        QVERIFY(source);
        QCOMPARE((*source)->position(), std::uint64_t{4});
        QCOMPARE((*source)->linesSkipped(), std::uint64_t{1});
        QCOMPARE((*source)->peek(100), std::string_view("two\nthree\n"));
        QCOMPARE(readAll(**source), std::string("two\nthree\n"));
        QCOMPARE((*source)->position(), std::uint64_t{14});
    }

    void partsBeyondTheEndAreEmpty()
    {
        m_file.firstByte = 100;
        auto source = openSource(m_file);
        QVERIFY(source);
        QCOMPARE(readAll(**source), std::string());
        m_file.firstByte = 9;
        m_file.lastByte = 3;
        QCOMPARE(readAll(*openSource(m_file).value()), std::string());
    }

    void skippedLinesAreCounted()
    {
        const auto source = memorySource("one\ntwo\nthree\n");
        QCOMPARE(source->peek(2), std::string_view("on"));
        QVERIFY(source->skip(8, {}));
        QCOMPARE(source->position(), std::uint64_t{8});
        QCOMPARE(source->linesSkipped(), std::uint64_t{2});
        QCOMPARE(readAll(*source), std::string("three\n"));
        QVERIFY(source->skip(5, {}));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(memorySource("x")->skip(1, {stop.get_token(), nullptr}).error().code, ErrorCode::Cancelled);
    }

    void theMarkIsThatOfAllBytesHoweverTheyWereRead()
    {
        const DigestKey key = DigestKey::random();
        const std::string text = "one\ntwo\nthree";
        ContentDigest digest(key);
        digest.add(text);
        const auto source = memorySource(text);
        source->watch(key);
        QVERIFY(!source->mark());
        source->peek(5);
        QVERIFY(source->skip(4, {}));
        QVERIFY(!source->mark());
        QCOMPARE(readAll(*source), std::string("two\nthree"));
        QVERIFY(source->mark() == digest.mark());
        QVERIFY(!memorySource(text)->mark());
    }
};

QTEST_APPLESS_MAIN(TestSourceParts)
#include "tst_sourceparts.moc"

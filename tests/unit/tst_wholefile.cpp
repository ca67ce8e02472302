// layers: pipeline
#include "wholefile.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace arcscope;
namespace fs = std::filesystem;

class TestWholeFile : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::string path(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    static std::string text(const std::string& file)
    {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::size_t count() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path("")), fs::directory_iterator()));
    }

private slots:
    void takesThePlaceOfWhatWasThere()
    {
        QVERIFY(writeWhole(path("a"), "one").has_value());
        fs::permissions(path("a"), fs::perms::owner_read | fs::perms::owner_write);
        fs::create_symlink(path("a"), path("link"));
        QVERIFY(writeWhole(path("link"), "two").has_value());
        QCOMPARE(text(path("a")), std::string("two"));
        QVERIFY(fs::is_symlink(path("link")));
        QCOMPARE(fs::status(path("a")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
        QCOMPARE(count(), std::size_t(2));
    }

    void filesOfOthersStay()
    {
        std::ofstream(path("b.part")) << "mine";
        QVERIFY(writeWhole(path("b"), "x").has_value());
        QCOMPARE(text(path("b.part")), std::string("mine"));
    }

    void whatCannotBeWrittenIsSaidAndLeavesNothing()
    {
        const std::size_t before = count();
        const auto folder = writeWhole(path(""), "x");
        QVERIFY(!folder.has_value());
        const auto nowhere = writeWhole(path("no/such/file"), "x");
        QVERIFY(!nowhere.has_value());
        QVERIFY(nowhere.error().message.find("No such file") != std::string::npos);
        QCOMPARE(count(), before);
        if (fs::exists("/dev/full")) {
            const auto full = writeWhole("/dev/full", "x");
            QVERIFY(!full.has_value());
            QVERIFY(full.error().message.find("No space left") != std::string::npos);
            QVERIFY(fs::is_character_file("/dev/full"));
        }
    }

    void filesThatAreReadAreKnown()
    {
        QVERIFY(writeWhole(path("in.jsonl"), "{}").has_value());
        QVERIFY(!writesNoneOf({path("in.jsonl")}, path("./in.jsonl")).has_value());
        QVERIFY(!writesNoneOf({path("")}, path("in.jsonl")).has_value());
        QVERIFY(writesNoneOf({path("in.jsonl")}, path("out.jsonl")).has_value());
        QVERIFY(writesNoneOf({"-"}, path("in.jsonl")).has_value());
    }
};

QTEST_GUILESS_MAIN(TestWholeFile)
#include "tst_wholefile.moc"

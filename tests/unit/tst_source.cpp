// layers: importers ZLIB::ZLIB PkgConfig::zstd PkgConfig::archive
#include "source.h"

#include <QTemporaryDir>
#include <QtTest>

#include <archive.h>
#include <archive_entry.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

using namespace arcscope;

namespace
{

std::string gzip(std::string_view text)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(packed.size() - stream.avail_out);
    deflateEnd(&stream);
    return packed;
}

std::string zstd(std::string_view text)
{
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
}

using Members = std::vector<std::pair<std::string, std::string>>;

void writeArchive(const std::string& path, bool zip, const Members& members)
{
    archive* out = archive_write_new();
    if (zip) {
        archive_write_set_format_zip(out);
    } else {
        archive_write_set_format_ustar(out);
        if (path.ends_with(".gz"))
            archive_write_add_filter_gzip(out);
    }
    archive_write_open_filename(out, path.c_str());
    for (const auto& [name, text] : members) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
        archive_entry_set_filetype(entry, name.ends_with('/') ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(out, entry);
        archive_write_data(out, text.data(), text.size());
        archive_entry_free(entry);
    }
    archive_write_free(out);
}

void append(std::string& bytes, std::uint64_t value, int size)
{
    for (int i = 0; i < size; ++i)
        bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
}

/// A zip of one member packed with zstd (method 93), which libarchive reads but does not write.
std::string zstdZip(const std::string& name, const std::string& text)
{
    const std::string packed = zstd(text);
    const std::uint64_t crc = crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
    std::string shared;
    for (const std::uint64_t value : {20U, 0U, 93U, 0U, 0U})
        append(shared, value, 2);
    append(shared, crc, 4);
    append(shared, packed.size(), 4);
    append(shared, text.size(), 4);
    append(shared, name.size(), 2);
    append(shared, 0, 2);
    const std::string local = "PK\3\4" + shared + name + packed;
    std::string central = "PK\1\2";
    append(central, 20, 2);
    central += shared;
    central.append(14, '\0');
    central += name;
    std::string end = "PK\5\6";
    append(end, 0, 4);
    append(end, 1, 2);
    append(end, 1, 2);
    append(end, central.size(), 4);
    append(end, local.size(), 4);
    append(end, 0, 2);
    return local + central + end;
}

struct Contents {
    std::string bytes;
    std::string error;
    std::uint64_t onDisk = 0;
};

Contents readAll(Source& source, std::size_t piece = 1000)
{
    Contents contents;
    std::string buffer(piece, '\0');
    while (true) {
        const auto got = source.read(buffer);
        if (!got)
            contents.error = got.error().message;
        if (!got || *got == 0)
            break;
        contents.bytes.append(buffer, 0, *got);
    }
    contents.onDisk = source.bytesOnDisk();
    return contents;
}

} // namespace

class TestSource : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void plainAndEmptyFiles();
    void packedFiles();
    void severalMembersAndFrames();
    void layers();
    void damagedFilesGiveWhatComesBefore();
    void bombsAreRefused();
    void archives();
    void zipWithZstd();
    void damagedArchives();
    void membersInAnyOrderAndAtOnce();
    void folders();
    void pathsThatCannotBeRead();
    void silentPipes();
    void peekTakesNothing();

private:
    std::string path(const std::string& name) const
    {
        return m_folder->filePath(QString::fromStdString(name)).toStdString();
    }
    std::string write(const std::string& name, std::string_view bytes) const
    {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }
    Contents readFile(const std::string& file) const
    {
        InputFile input;
        input.name = input.path = file;
        const auto source = openSource(input);
        return source ? readAll(**source) : Contents{{}, source.error().message, 0};
    }
    std::vector<InputFile> expand(const std::vector<std::string>& paths)
    {
        m_issues.clear();
        auto files = expandInputs(paths, m_issues);
        return files ? std::move(*files) : std::vector<InputFile>();
    }
    std::vector<std::string> names(const std::vector<InputFile>& files) const
    {
        std::vector<std::string> all;
        const std::string here = path("x");
        for (const InputFile& file : files)
            all.push_back(file.name == "-" ? file.name : file.name.substr(here.size() - 1));
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::vector<ImportIssue> m_issues;
    const std::string m_text = [] {
        std::string text;
        for (int i = 0; i < 20'000; ++i)
            text += "{\"n\":" + std::to_string(i) + "}\n";
        return text;
    }();
};

void TestSource::plainAndEmptyFiles()
{
    const Contents plain = readFile(write("a", m_text));
    QVERIFY(plain.bytes == m_text);
    QVERIFY(plain.error.empty());
    QCOMPARE(plain.onDisk, m_text.size());
    QCOMPARE(readFile(write("empty", "")).bytes, std::string());
    QCOMPARE(readFile(write("empty", "")).error, std::string());
    QCOMPARE(readFile(write("short", "\x1f")).bytes, std::string("\x1f"));
}

void TestSource::packedFiles()
{
    for (const std::string& packed : {gzip(m_text), zstd(m_text)}) {
        const Contents contents = readFile(write("no-name-says-it", packed));
        QVERIFY(contents.bytes == m_text);
        QCOMPARE(contents.error, std::string());
        QCOMPARE(contents.onDisk, packed.size());
    }
    QCOMPARE(readFile(write("e", gzip(""))).error, std::string());
    QCOMPARE(readFile(write("e", zstd(""))).error, std::string());
}

void TestSource::severalMembersAndFrames()
{
    QCOMPARE(readFile(write("g", gzip("a\n") + gzip("") + gzip("b\n"))).bytes, std::string("a\nb\n"));
    QCOMPARE(readFile(write("z", zstd("a\n") + zstd("") + zstd("b\n"))).bytes, std::string("a\nb\n"));
    const Contents padded = readFile(write("p", gzip("a\n") + std::string(5000, '\0')));
    QCOMPARE(padded.bytes, std::string("a\n"));
    QCOMPARE(padded.error, std::string());
}

void TestSource::layers()
{
    QVERIFY(readFile(write("l", zstd(gzip(m_text)))).bytes == m_text);
    const Contents refused = readFile(write("l", gzip(gzip(gzip(gzip("x"))))));
    QVERIFY2(refused.error.find("layers") != std::string::npos, refused.error.c_str());
}

void TestSource::damagedFilesGiveWhatComesBefore()
{
    for (const std::string& packed : {gzip(m_text), zstd(m_text)}) {
        const Contents cut = readFile(write("cut", std::string_view(packed).substr(0, packed.size() - 10)));
        QVERIFY(cut.bytes.size() > m_text.size() / 4);
        QVERIFY(m_text.starts_with(cut.bytes));
        QVERIFY2(cut.error.find("compressed byte") != std::string::npos, cut.error.c_str());
        QVERIFY(readFile(write("cut", std::string_view(packed).substr(0, 8))).bytes.empty());

        std::string damaged = packed;
        for (std::size_t i = damaged.size() / 2; i < damaged.size() / 2 + 20; ++i)
            damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
        QVERIFY(!readFile(write("damaged", damaged)).error.empty());
    }
    QVERIFY(!readFile(write("tail", gzip("a") + "tail")).error.empty());
    QCOMPARE(readFile(write("tail", gzip("a") + "tail")).bytes, std::string("a"));
}

void TestSource::bombsAreRefused()
{
    const std::string zeros(std::size_t(64) << 20, '\0');
    std::string bomb;
    for (const std::string frame = zstd(zeros); bomb.size() < 40 * frame.size();)
        bomb += frame;
    InputFile input;
    input.path = write("bomb", bomb);
    auto source = openSource(input);
    QVERIFY(source);
    std::uint64_t total = 0;
    std::string error;
    std::string buffer(std::size_t(1) << 20, '\0');
    while (true) {
        const auto got = (*source)->read(buffer);
        if (!got)
            error = got.error().message;
        if (!got || *got == 0)
            break;
        total += *got;
    }
    QVERIFY2(error.find("bomb") != std::string::npos, error.c_str());
    QVERIFY(total >= bombFloor && total < bombFloor + (std::uint64_t(16) << 20));
}

void TestSource::archives()
{
    const Members members{{"b.json", m_text},        {"folder/", ""},         {"folder/a.jsonl", "{\"a\":1}\n"},
                          {"folder/.hidden", "{}"},  {"../up.json", "{}"},    {"c.json.gz", gzip("packed")},
                          {"__MACOSX/b.json", "{}"}, {"nested.zip", "PK\3\4"}};
    for (const std::string name : {"x.zip", "x.tar", "x.tar.gz"}) {
        writeArchive(path(name), name == "x.zip", members);
        const auto files = expand({path(name)});
        QVERIFY(m_issues.empty());
        std::vector<std::string> expected;
        for (const std::string member : {"b.json", "folder/a.jsonl", "../up.json", "c.json.gz", "nested.zip"})
            expected.push_back(name + "!" + member);
        QCOMPARE(names(files), expected);
        const auto first = openSource(files[0]);
        QVERIFY(first);
        const Contents contents = readAll(**first);
        QVERIFY(contents.bytes == m_text);
        QCOMPARE(contents.onDisk, files[0].bytesOnDisk);
        QVERIFY(files[0].bytesOnDisk > 0 && files[0].bytesOnDisk <= std::filesystem::file_size(path(name)));
        QCOMPARE(readAll(**openSource(files[1])).bytes, std::string("{\"a\":1}\n"));
        QCOMPARE(readAll(**openSource(files[3])).bytes, std::string("packed"));
        const auto nested = openSource(files[4]);
        QVERIFY(!nested);
        QCOMPARE(nested.error().code, ErrorCode::Unsupported);
    }
    QVERIFY(!std::filesystem::exists(path("b.json")));
}

void TestSource::zipWithZstd()
{
    const auto files = expand({write("log.eval", zstdZip("sample.json", m_text))});
    QCOMPARE(names(files), std::vector<std::string>{"log.eval!sample.json"});
    const auto source = openSource(files[0]);
    QVERIFY(source);
    QVERIFY(readAll(**source).bytes == m_text);
}

void TestSource::damagedArchives()
{
    writeArchive(path("x.zip"), true, {{"a.json", m_text}, {"b.json", m_text}});
    std::ifstream in(path("x.zip"), std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    // Without its directory a zip is still read member by member, as far as it goes.
    const auto files = expand({write("cut.zip", std::string_view(whole).substr(0, whole.size() / 4))});
    QVERIFY(!files.empty());
    const auto source = openSource(files[0]);
    QVERIFY(source);
    const Contents contents = readAll(**source);
    QVERIFY(m_text.starts_with(contents.bytes));
    QVERIFY(!contents.bytes.empty());
    QVERIFY(!contents.error.empty());

    // Where only the directory is damaged all members are read, and the ledger says that there may have been more.
    const auto all = expand({write("end.zip", std::string_view(whole).substr(0, whole.size() - 10))});
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(m_issues.size(), std::size_t(1));
    QCOMPARE(m_issues[0].kind, IssueKind::TruncatedFile);
    for (const InputFile& file : all)
        QVERIFY(readAll(**openSource(file)).bytes == m_text);
    expand({path("x.zip")});
    QVERIFY(m_issues.empty());
}

void TestSource::membersInAnyOrderAndAtOnce()
{
    Members members;
    for (int i = 0; i < 50; ++i)
        members.emplace_back(std::to_string(i), std::string(10'000, static_cast<char>('a' + i % 26)));
    writeArchive(path("x.tar.gz"), false, members);
    const auto files = expand({path("x.tar.gz")});
    QCOMPARE(files.size(), members.size());
    for (const std::size_t i : {0U, 1U, 49U, 3U, 30U, 31U, 31U})
        QVERIFY(readAll(**openSource(files[i])).bytes == members[i].second);
    const auto one = openSource(files[5]);
    const auto other = openSource(files[6]);
    QVERIFY(readAll(**other).bytes == members[6].second);
    QVERIFY(readAll(**one).bytes == members[5].second);
}

void TestSource::folders()
{
    std::filesystem::create_directories(path("d/b"));
    std::filesystem::create_directories(path("d/.git"));
    write("d/z.json", "{}");
    write("d/a.json", "{}");
    write("d/b/c.json", "{}");
    write("d/.hidden", "{}");
    write("d/a.json.notes.arcscope", "{}");
    write("d/.git/config", "{}");
    std::filesystem::create_directory_symlink(path("d"), path("d/b/loop"));
    std::filesystem::create_symlink(path("nowhere"), path("d/broken"));
    writeArchive(path("d/x.zip"), true, {{"m.json", "{}"}});
    const std::vector<std::string> expected{"d/a.json", "d/b/c.json", "d/x.zip!m.json", "d/z.json"};
    QCOMPARE(names(expand({path("d")})), expected);
    QCOMPARE(m_issues.size(), 1U);
    QCOMPARE(m_issues[0].kind, IssueKind::UnreadableFile);
    QCOMPARE(m_issues[0].file, path("d/broken"));
    QCOMPARE(names(expand({path("d/")})), expected);
    QCOMPARE(names(expand({"-", path("d/b/c.json")})), (std::vector<std::string>{"-", "d/b/c.json"}));
}

void TestSource::pathsThatCannotBeRead()
{
    const std::vector<std::string> paths{path("nowhere")};
    const auto files = expandInputs(paths, m_issues);
    QVERIFY(!files);
    QCOMPARE(files.error().code, ErrorCode::NotFound);
    QVERIFY(files.error().message.find("nowhere") != std::string::npos);
    InputFile input;
    input.path = path("nowhere");
    QCOMPARE(openSource(input).error().code, ErrorCode::NotFound);
    input.path = path("");
    QCOMPARE(openSource(input).error().code, ErrorCode::Unreadable);

    std::stop_source stop;
    stop.request_stop();
    const std::vector<std::string> here{path("")};
    QCOMPARE(expandInputs(here, m_issues, Control{stop.get_token(), nullptr}).error().code, ErrorCode::Cancelled);
}

void TestSource::silentPipes()
{
    std::filesystem::create_directory(path("p"));
    write("p/a.json", "{}");
    QCOMPARE(::mkfifo(path("p/fifo").c_str(), 0600), 0);
    QCOMPARE(names(expand({path("p")})), (std::vector<std::string>{"p/a.json"}));
    QCOMPARE(m_issues.size(), 1U);
    QCOMPARE(m_issues[0].file, path("p/fifo"));

    const auto files = expand({path("p/fifo")});
    QCOMPARE(files.size(), 1U);
    std::stop_source stop;
    const Control control{stop.get_token(), nullptr};
    std::thread writer([&] {
        std::ofstream pipe(path("p/fifo"));
        pipe << "{\"a\":1}";
    });
    QCOMPARE(readAll(**openSource(files[0], control)).bytes, std::string("{\"a\":1}"));
    writer.join();

    std::thread interrupt([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        stop.request_stop();
    });
    const auto silent = openSource(files[0], control); // nobody writes
    interrupt.join();
    QVERIFY(!silent);
    QCOMPARE(silent.error().code, ErrorCode::Cancelled);
}

void TestSource::peekTakesNothing()
{
    const auto source = memorySource("abcdef");
    QCOMPARE(source->peek(2), std::string_view("ab"));
    QCOMPARE(source->peek(4), std::string_view("abcd"));
    std::array<char, 3> three{};
    QCOMPARE(*source->read(three), 3U);
    QCOMPARE(source->peek(10), std::string_view("def"));
    QCOMPARE(source->position(), 3U);
    QCOMPARE(readAll(*source, 2).bytes, std::string("def"));
    QCOMPARE(source->position(), 6U);
    QCOMPARE(source->peek(1), std::string_view());
}

QTEST_APPLESS_MAIN(TestSource)
#include "tst_source.moc"

// layers: importers PkgConfig::zstd
#include "windows.h"

#include <QTemporaryDir>
#include <QtTest>

#include <array>
#include <fstream>
#include <zstd.h>

using namespace arcscope;

namespace
{

std::string zstd(std::string_view text)
{
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
}

std::string manyLines()
{
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += "{\"n\":" + std::to_string(i) + "}\n";
    return text;
}

} // namespace

class TestWindows : public QObject
{
    Q_OBJECT

private:
    std::string write(const char* name, std::string_view bytes) const
    {
        const std::string path = m_folder.filePath(QLatin1String(name)).toStdString();
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }

    QTemporaryDir m_folder;
    const std::string m_text = manyLines();

private slots:
    void moveAndGrow()
    {
        const auto source = memorySource(m_text);
        WindowReader window(*source, {}, 100);
        std::string seen;
        std::size_t step = 1;
        while (*window.more()) {
            const std::size_t taken = std::min(window.bytes().size(), step);
            QCOMPARE(window.offset(), seen.size());
            seen += window.bytes().substr(0, taken);
            window.consume(taken);
            step = step * 7 % 211;
        }
        seen += window.bytes();
        QVERIFY(seen == m_text);
    }

    void aFileIsReadAhead_data()
    {
        QTest::addColumn<int>("refill");
        QTest::addColumn<int>("taken"); // bytes consumed each time; the rest is kept
        QTest::newRow("all is taken") << 100 << 1'000;
        QTest::newRow("a little is kept") << 100 << 97;
        QTest::newRow("more is kept than comes") << 100 << 3;
        QTest::newRow("one byte at a time") << 1 << 1;
        QTest::newRow("one window holds all") << (1 << 20) << 10;
    }

    void aFileIsReadAhead()
    {
        QFETCH(int, refill);
        QFETCH(int, taken);
        const std::string text = m_text.substr(0, 5'000);
        const std::string path = write("ahead.txt", text);
        const auto source = openSource({path, path, 0, 0, nullptr});
        QVERIFY((*source)->prompt());
        WindowReader window(**source, {}, static_cast<std::size_t>(refill));
        std::string seen;
        while (*window.more()) {
            QCOMPARE(window.offset(), seen.size());
            const std::size_t count = std::min(window.bytes().size(), static_cast<std::size_t>(taken));
            seen += window.bytes().substr(0, count);
            window.consume(count);
        }
        seen += window.bytes();
        QVERIFY(seen == text);
        QVERIFY(!*window.more()); // the end stays the end
    }

    void damageComesAfterTheBytesBeforeIt()
    {
        const std::string packed = zstd(m_text);
        const std::string path = write("cut.zst", packed.substr(0, packed.size() - 9));
        const auto source = openSource({path, path, 0, 0, nullptr});
        WindowReader window(**source, {}, 64);
        Result<bool> more = true;
        while ((more = window.more()) && *more)
            ;
        QVERIFY(!more);
        QVERIFY(!window.bytes().empty());
        QVERIFY(m_text.starts_with(window.bytes()));
        QCOMPARE(window.more().error().message, more.error().message);
    }

    void tellProgressAndStop()
    {
        Progress progress;
        std::stop_source stop;
        const auto source = memorySource(m_text);
        WindowReader window(*source, Control{stop.get_token(), &progress}, 1000);
        QVERIFY(*window.more());
        QVERIFY(*window.more());
        QCOMPARE(progress.bytesDone.load(), 2000U);
        stop.request_stop();
        QCOMPARE(window.more().error().code, ErrorCode::Cancelled);
        QCOMPARE(window.bytes(), std::string_view(m_text).substr(0, 2000));
    }
};

QTEST_APPLESS_MAIN(TestWindows)
#include "tst_windows.moc"

// layers: core importers
#include "bytefinder.h"

#include <QTest>

#include <string>
#include <vector>

using namespace arcscope;

namespace
{

/// All places of the byte, found one behind the other; after each `skipped` bytes are passed over.
std::vector<std::size_t> found(std::string_view text, char byte, std::size_t skipped)
{
    std::vector<std::size_t> places;
    ByteFinder finder(text, byte);
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at < end;) {
        const char* const next = finder.next(at);
        if (next == end)
            break;
        places.push_back(static_cast<std::size_t>(next - text.data()));
        at = std::min(end, next + skipped);
    }
    return places;
}

std::vector<std::size_t> expected(std::string_view text, char byte, std::size_t skipped)
{
    std::vector<std::size_t> places;
    for (std::size_t at = text.find(byte); at != std::string_view::npos; at = text.find(byte, at + skipped))
        places.push_back(at);
    return places;
}

} // namespace

class TestByteFinder : public QObject
{
    Q_OBJECT

private slots:
    void findsWhatFindDoes()
    {
        std::uint32_t random = 1;
        for (std::size_t size = 0; size < 400; ++size) {
            std::string text(size, '.');
            for (char& c : text) {
                random = random * 1664525 + 1013904223;
                if (random >> 28 == 0)
                    c = '\\';
            }
            for (const std::size_t skipped : {1U, 2U, 7U, 63U, 64U, 65U, 200U})
                QVERIFY(found(text, '\\', skipped) == expected(text, '\\', skipped));
        }
    }

    void theEdgesOfBlocks()
    {
        for (const std::size_t place : {0U, 1U, 62U, 63U, 64U, 127U, 128U}) {
            std::string text(129, 'x');
            text[place] = '\xff';
            QVERIFY(found(text, '\xff', 1) == std::vector<std::size_t>{place});
            QVERIFY(found(text, 'y', 1).empty());
        }
    }

    void anEmptyTextHasNothing()
    {
        const std::string_view empty = "";
        QCOMPARE(ByteFinder(empty, 'a').next(empty.data()), empty.data());
    }
};

QTEST_APPLESS_MAIN(TestByteFinder)
#include "tst_bytefinder.moc"

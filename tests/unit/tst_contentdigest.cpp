// layers: core
#include "contentdigest.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using namespace arcscope;

namespace
{

std::string text(std::size_t bytes)
{
    std::string made;
    for (std::size_t i = 0; made.size() < bytes; ++i)
        made += std::to_string(i * 7919) + (i % 5 == 0 ? "\n" : ",");
    made.resize(bytes);
    return made;
}

ContentMark markOf(std::string_view bytes, std::size_t step, const DigestKey& key)
{
    ContentDigest digest(key);
    for (std::size_t at = 0; at < bytes.size(); at += step)
        digest.add(bytes.substr(at, step));
    return digest.mark();
}

} // namespace

class TestContentDigest : public QObject
{
    Q_OBJECT

private slots:
    void piecesMakeNoDifference()
    {
        const DigestKey key = DigestKey::random();
        for (const std::size_t bytes : {0U, 1U, 13U, 14U, 15U, 1'023U, 1'024U, 1'025U, 70'000U}) {
            const std::string all = text(bytes);
            const ContentMark whole = markOf(all, std::max<std::size_t>(bytes, 1), key);
            for (const std::size_t step : {1U, 7U, 14U, 1'000U, 65'536U})
                QVERIFY(markOf(all, step, key) == whole);
            QCOMPARE(whole.bytes, std::uint64_t{bytes});
            QCOMPARE(whole.wholeLines, std::uint64_t{all.rfind('\n') == std::string::npos ? 0 : all.rfind('\n') + 1});
        }
    }

    void everyByteCounts()
    {
        const DigestKey key = DigestKey::random();
        const std::string all = text(100);
        const DigestValue digest = markOf(all, 100, key).digest;
        for (std::size_t i = 0; i < all.size(); ++i) {
            std::string other = all;
            other[i] = static_cast<char>(other[i] ^ 1);
            QVERIFY(markOf(other, 100, key).digest != digest);
        }
        QVERIFY(markOf(all.substr(0, 99), 100, key).digest != digest);
    }

    void zerosAtTheEndCount()
    {
        const DigestKey key = DigestKey::random();
        std::vector<DigestValue> seen;
        for (std::size_t zeros = 0; zeros < 40; ++zeros) {
            const DigestValue digest = markOf(std::string(zeros, '\0'), 100, key).digest;
            QVERIFY(std::find(seen.begin(), seen.end(), digest) == seen.end());
            seen.push_back(digest);
        }
    }

    void anotherKeyGivesAnotherDigest()
    {
        QVERIFY(markOf("abc", 3, DigestKey::random()).digest != markOf("abc", 3, DigestKey::random()).digest);
    }

    void rungsTellBeginningsApart()
    {
        const DigestKey key = DigestKey::random();
        const std::string all = text(100'000);
        const ContentMark longer = markOf(all, 9'999, key);
        QVERIFY(std::count(longer.rungs.begin(), longer.rungs.end(), 0U) == 0);
        const ContentMark shorter = markOf(all.substr(0, 5'000), 999, key);
        QCOMPARE(std::count(shorter.rungs.begin(), shorter.rungs.end(), 0U), 2);
        QVERIFY(shorter.mayShareBeginning(longer));
        std::string other = all;
        other[2'000] = '!';
        QVERIFY(!markOf(other, 9'999, key).mayShareBeginning(longer));
        other = all;
        other[90'000] = '!';
        QVERIFY(markOf(other, 9'999, key).mayShareBeginning(longer)); // reading on tells
    }
};

QTEST_APPLESS_MAIN(TestContentDigest)
#include "tst_contentdigest.moc"

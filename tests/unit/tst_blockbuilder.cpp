// layers: store
#include "blockbuilder.h"

#include <QTest>

#include <cstring>
#include <vector>

using namespace arcscope;

namespace
{

/// A buffer as a reader lends it.
std::shared_ptr<const char[]> bufferOf(std::string_view text)
{
    std::shared_ptr<char[]> buffer(new char[text.size()]);
    std::memcpy(buffer.get(), text.data(), text.size());
    return buffer;
}

/// Records of `length` bytes with `between` bytes behind each, in one buffer.
class Lent
{
public:
    Lent(std::size_t records, std::size_t length, std::size_t between)
        : m_length(length)
        , m_step(length + between)
    {
        std::string text;
        for (std::size_t i = 0; i < records; ++i)
            text += std::string(length, static_cast<char>('a' + i % 26)) + std::string(between, ',');
        m_bytes = text.size();
        buffer = bufferOf(text);
    }
    std::string_view whole() const { return {buffer.get(), m_bytes}; }
    std::string_view record(std::size_t i) const { return {buffer.get() + i * m_step, m_length}; }

    std::shared_ptr<const char[]> buffer;

private:
    std::size_t m_length;
    std::size_t m_step;
    std::size_t m_bytes = 0;
};

/// Adds records as SpanWriter does and checks that each is found again where it was said to be.
class Blocks
{
public:
    void add(std::string_view record)
    {
        if (!m_builder.fits(record))
            seal();
        m_offsets.push_back(m_builder.add(record));
        m_records.emplace_back(record);
    }
    void seal()
    {
        if (m_builder.empty())
            return;
        const UnpackedBytes bytes = m_builder.take({});
        for (std::size_t i = 0; i < m_records.size(); ++i)
            QCOMPARE(bytes.view().substr(m_offsets[i], m_records[i].size()), std::string_view(m_records[i]));
        m_records.clear();
        m_offsets.clear();
        sizes.push_back(bytes.view().size());
        copied.push_back(!bytes.buffer);
    }
    BlockBuilder m_builder;
    std::vector<std::size_t> sizes;
    std::vector<bool> copied;

private:
    std::vector<std::size_t> m_offsets;
    std::vector<std::string> m_records;
};

} // namespace

class TestBlockBuilder : public QObject
{
    Q_OBJECT

private slots:
    void whatIsNotLentIsCopiedEndToEnd()
    {
        Blocks blocks;
        const std::string record(300'000, 'x');
        for (int i = 0; i < 4; ++i)
            blocks.add(record);
        blocks.seal();
        QCOMPARE(blocks.sizes, (std::vector<std::size_t>{900'000, 300'000}));
        QCOMPARE(blocks.copied, (std::vector<bool>{true, true}));
    }

    void neighboursInABufferStayThere()
    {
        const Lent lent(10, 100'000, 2);
        Blocks blocks;
        for (std::size_t i = 0; i < 10; ++i) {
            blocks.m_builder.lend(lent.record(i), lent.buffer);
            blocks.add(lent.record(i));
        }
        blocks.m_builder.lend({}, nullptr);
        QCOMPARE(lent.buffer.use_count(), 2); // the block keeps it
        blocks.seal();
        QCOMPARE(lent.buffer.use_count(), 1);
        QCOMPARE(blocks.sizes, (std::vector<std::size_t>{10 * 100'002 - 2}));
        QCOMPARE(blocks.copied, (std::vector<bool>{false}));
    }

    void aShortRunIsCopiedWhereItsBufferEnds()
    {
        const Lent first(2, 1'000, 1);
        const Lent second(2, 1'000, 1);
        Blocks blocks;
        for (const Lent* lent : {&first, &second}) {
            for (std::size_t i = 0; i < 2; ++i) {
                blocks.m_builder.lend(lent->whole(), lent->buffer);
                blocks.add(lent->record(i));
            }
        }
        blocks.add("a record of its own");
        blocks.seal();
        QCOMPARE(blocks.sizes, (std::vector<std::size_t>{2'001 + 2'000 + 19})); // what stood between stays in the first
        QCOMPARE(blocks.copied, (std::vector<bool>{true}));
    }

    void aLongRunEndsWithItsBuffer()
    {
        const Lent first(6, 100'000, 1);
        const Lent second(1, 50, 0);
        Blocks blocks;
        for (std::size_t i = 0; i < 6; ++i) {
            blocks.m_builder.lend(first.whole(), first.buffer);
            blocks.add(first.record(i));
        }
        blocks.m_builder.lend(second.whole(), second.buffer);
        blocks.add(second.record(0));
        blocks.seal();
        QCOMPARE(blocks.sizes, (std::vector<std::size_t>{600'005, 50}));
        QCOMPARE(blocks.copied, (std::vector<bool>{false, false}));
    }

    void muchBetweenIsNotKept()
    {
        const Lent lent(3, 100, 10'000);
        Blocks blocks;
        blocks.m_builder.lend(lent.whole(), lent.buffer);
        for (std::size_t i = 0; i < 3; ++i)
            blocks.add(lent.record(i));
        blocks.seal();
        QCOMPARE(blocks.sizes, (std::vector<std::size_t>{300}));
        QCOMPARE(blocks.copied, (std::vector<bool>{true}));
    }

    void backwardsIsNoRun()
    {
        const Lent lent(3, 100, 1);
        Blocks blocks;
        blocks.m_builder.lend(lent.whole(), lent.buffer);
        for (const std::size_t i : {2, 0, 1})
            blocks.add(lent.record(i));
        blocks.seal();
        QCOMPARE(blocks.sizes, (std::vector<std::size_t>{300}));
    }

    void aRecordLongerThanABlockIsAlone()
    {
        const Lent lent(1, 3 * blockBytes, 0);
        Blocks blocks;
        blocks.add("before");
        blocks.m_builder.lend(lent.whole(), lent.buffer);
        blocks.add(lent.record(0));
        blocks.m_builder.lend({}, nullptr);
        blocks.add("behind");
        blocks.seal();
        QCOMPARE(blocks.sizes, (std::vector<std::size_t>{6, 3 * blockBytes, 6}));
    }
};

QTEST_APPLESS_MAIN(TestBlockBuilder)
#include "tst_blockbuilder.moc"

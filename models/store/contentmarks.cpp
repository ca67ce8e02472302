#include "contentmarks.h"

#include "eachrow.h"

#include <span>

namespace arcscope
{
namespace
{

constexpr std::int64_t keyRow = -1;

void putNumber(std::vector<std::byte>& bytes, std::uint64_t number)
{
    for (unsigned shift = 0; shift < 64; shift += 8)
        bytes.push_back(static_cast<std::byte>(number >> shift & 0xff));
}

/// Reads numbers; false where there are not as many bytes.
bool takeNumbers(std::span<const std::byte>& bytes, std::span<std::uint64_t> numbers)
{
    if (bytes.size() < 8 * numbers.size())
        return false;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        numbers[i] = 0;
        for (std::size_t byte = 0; byte < 8; ++byte)
            numbers[i] |= std::to_integer<std::uint64_t>(bytes[8 * i + byte]) << (8 * byte);
    }
    bytes = bytes.subspan(8 * numbers.size());
    return true;
}

} // namespace

Result<ContentMarks> readContentMarks(Database& database)
{
    ContentMarks found{DigestKey::random(), {}};
    auto select = database.prepare("select source, bytes, whole_lines, digest from contents order by source");
    const auto read = eachRow(select, [&](const Statement& row) -> Result<void> {
        std::span<const std::byte> blob = row.blob(3);
        ContentMark mark;
        mark.bytes = static_cast<std::uint64_t>(row.number(1));
        mark.wholeLines = static_cast<std::uint64_t>(row.number(2));
        const bool isKey = row.number(0) == keyRow;
        if (isKey ? !takeNumbers(blob, std::span(&found.key.seed, 1))
                  : !takeNumbers(blob, mark.rungs) || !takeNumbers(blob, mark.digest))
            return Error{ErrorCode::Store, "the workspace is damaged: the mark of a source is cut off"};
        if (!isKey)
            found.marks.emplace_back(static_cast<std::size_t>(row.number(0)), mark);
        return {};
    });
    if (!read)
        return read.error();
    return found;
}

Result<void> writeContentMarks(Database& database, const DigestKey& key, const std::vector<SourceMark>& marks)
{
    auto insert =
        database.prepare("insert or replace into contents(source, bytes, whole_lines, digest) values(?,?,?,?)");
    if (!insert)
        return insert.error();
    const auto put = [&](std::int64_t source, const ContentMark& mark, std::span<const std::uint64_t> first,
                         std::span<const std::uint64_t> second) {
        std::vector<std::byte> blob;
        for (const auto& numbers : {first, second}) {
            for (const std::uint64_t number : numbers)
                putNumber(blob, number);
        }
        return insert->bind(1, source)
            .bind(2, static_cast<std::int64_t>(mark.bytes))
            .bind(3, static_cast<std::int64_t>(mark.wholeLines))
            .bind(4, std::span<const std::byte>(blob))
            .run();
    };
    if (marks.empty())
        return {};
    if (auto done = put(keyRow, {}, std::span(&key.seed, 1), {}); !done)
        return done;
    for (const auto& [source, mark] : marks) {
        if (auto done = put(static_cast<std::int64_t>(source), mark, mark.rungs, mark.digest); !done)
            return done;
    }
    return {};
}

} // namespace arcscope

#include "search.h"

#include "workspace.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>

namespace arcscope
{
namespace
{

/// Where a text was found.
struct Hit {
    std::int64_t block;
    std::int64_t offset;
    std::int64_t end; ///< offset behind it

    auto operator<=>(const Hit&) const = default;
};

void appendUnicodeEscape(std::string& out, std::uint32_t unit)
{
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[unit >> shift & 15];
}

/// The code point at `at`, which is moved behind it; an invalid byte stands for itself.
std::uint32_t takeCodePoint(std::string_view text, std::size_t& at)
{
    const auto lead = static_cast<unsigned char>(text[at++]);
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    std::uint32_t code = more == 0 ? lead : lead & (0x3fu >> more);
    for (int i = 0; i < more && at < text.size(); ++i)
        code = code << 6 | (static_cast<unsigned char>(text[at++]) & 0x3f);
    return code;
}

std::string jsonEscaped(std::string_view text, bool asciiOnly)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (static_cast<unsigned char>(c) >= 0x80) {
            const std::size_t begin = at;
            const std::uint32_t code = takeCodePoint(text, at);
            if (!asciiOnly) {
                out += text.substr(begin, at - begin);
            } else if (code >= 0x10000) {
                appendUnicodeEscape(out, 0xd800 + ((code - 0x10000) >> 10));
                appendUnicodeEscape(out, 0xdc00 + ((code - 0x10000) & 0x3ff));
            } else {
                appendUnicodeEscape(out, code);
            }
            continue;
        }
        ++at;
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                appendUnicodeEscape(out, static_cast<unsigned char>(c));
            else
                out += c;
        }
    }
    return out;
}

/// In place; a plain loop that compilers turn into vector code.
void foldCase(std::string& text)
{
    for (char& c : text)
        c = static_cast<char>(c + ((c >= 'A' && c <= 'Z') ? 'a' - 'A' : 0));
}

/// Finds the spellings in one block; a record may be hit many times.
void scanBlock(std::int64_t id, std::string& bytes, const std::vector<std::string>& spellings, std::vector<Hit>& hits)
{
    foldCase(bytes);
    for (const std::string& spelling : spellings) {
        const char* at = bytes.data();
        const char* const end = bytes.data() + bytes.size();
        while ((at = static_cast<const char*>(
                    memmem(at, static_cast<std::size_t>(end - at), spelling.data(), spelling.size())))) {
            const std::int64_t offset = at - bytes.data();
            hits.push_back({id, offset, offset + static_cast<std::int64_t>(spelling.size())});
            at += spelling.size();
        }
    }
}

/// One thread's share: blocks are taken from a common counter.
Result<std::vector<Hit>> scanShare(const std::string& workspace, const std::vector<std::string>& spellings,
                                   std::atomic<std::int64_t>& nextBlock, std::int64_t lastBlock, const Control& control)
{
    auto opened = Workspace::open(workspace);
    if (!opened)
        return opened.error();
    auto select = opened->database().prepare("select data from blocks where id = ?");
    if (!select)
        return select.error();
    std::vector<Hit> hits;
    for (std::int64_t id = nextBlock++; id <= lastBlock; id = nextBlock++) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        const auto row = select->bind(1, id).step();
        if (!row)
            return row.error();
        if (*row) {
            auto bytes = unpack(select->blob(0));
            if (!bytes)
                return within(bytes.error(), workspace);
            scanBlock(id, *bytes, spellings, hits);
        }
        select->reset();
    }
    return hits;
}

/// Records lie in their blocks in import order, so one walk over rows and hits pairs them.
std::vector<Row> rowsOf(const SpanTable& spans, const std::vector<Hit>& hits)
{
    std::vector<Row> rows;
    std::size_t hit = 0;
    Row first = 0;
    for (const SpanTable::Chunk& chunk : spans.chunks()) {
        const Column& blocks = chunk[SpanColumn::Block];
        const Column& offsets = chunk[SpanColumn::BlockOffset];
        const Column& lengths = chunk[SpanColumn::BlockLength];
        for (std::uint32_t i = 0; i < chunk.rows && hit < hits.size(); ++i) {
            const std::int64_t length = lengths[i];
            if (length == 0)
                continue;
            const std::int64_t block = blocks[i];
            const std::int64_t begin = offsets[i];
            const std::int64_t end = begin + length;
            while (hit < hits.size() &&
                   (hits[hit].block < block || (hits[hit].block == block && hits[hit].offset < begin)))
                ++hit;
            bool found = false; // a hit may lie on the border of two records: then it is in neither
            for (; hit < hits.size() && hits[hit].block == block && hits[hit].offset < end; ++hit)
                found = found || hits[hit].end <= end;
            if (found)
                rows.push_back(first + i);
        }
        first += chunk.rows;
    }
    return rows;
}

} // namespace

std::vector<std::string> searchSpellings(std::string_view text)
{
    std::vector<std::string> spellings{std::string(text)};
    for (const bool asciiOnly : {false, true}) {
        const std::string once = jsonEscaped(text, asciiOnly);
        spellings.push_back(once);
        spellings.push_back(jsonEscaped(once, asciiOnly));
    }
    for (std::string& spelling : spellings)
        foldCase(spelling);
    std::sort(spellings.begin(), spellings.end());
    spellings.erase(std::unique(spellings.begin(), spellings.end()), spellings.end());
    return spellings;
}

Result<std::vector<Row>> searchRecords(const std::string& workspace, std::string_view text, const Control& control)
{
    if (text.empty())
        return std::vector<Row>();
    auto opened = Workspace::open(workspace);
    if (!opened)
        return opened.error();
    const auto lastBlock = opened->database().number("select coalesce(max(id), 0) from blocks");
    if (!lastBlock)
        return lastBlock.error();
    const std::vector<std::string> spellings = searchSpellings(text);
    std::atomic<std::int64_t> nextBlock = 1;
    Result<std::vector<Hit>> other = std::vector<Hit>();
    std::thread helper([&] { other = scanShare(workspace, spellings, nextBlock, *lastBlock, control); });
    auto hits = scanShare(workspace, spellings, nextBlock, *lastBlock, control);
    helper.join();
    if (!hits)
        return hits.error();
    if (!other)
        return other.error();
    hits->insert(hits->end(), other->begin(), other->end());
    std::sort(hits->begin(), hits->end());
    Corpus corpus;
    constexpr std::array columns{SpanColumn::Block, SpanColumn::BlockOffset, SpanColumn::BlockLength};
    if (auto loaded = opened->loadColumns(corpus, columns, control); !loaded)
        return loaded.error();
    return rowsOf(corpus.spans, *hits);
}

} // namespace arcscope

#include "csvreader.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t sniffedRows = 8;

/// Walks over the rows of a text; the state of a field lives across calls of take().
class RowScan
{
public:
    explicit RowScan(char delimiter)
        : m_delimiter(delimiter)
    {
    }

    bool quoted() const { return m_state == State::Quoted; }
    /// True at a line end that ends the row.
    bool take(char c)
    {
        if (m_state == State::Quoted) {
            if (c == '"')
                m_state = State::QuoteInQuoted;
            return false;
        }
        if (m_state == State::QuoteInQuoted && c == '"')
            m_state = State::Quoted;
        else if (c == m_delimiter)
            m_state = State::Begin;
        else if (c == '\n' || c == '\r')
            return true;
        else
            m_state = m_state == State::Begin && c == '"' ? State::Quoted : State::Plain;
        return false;
    }

private:
    enum class State : std::uint8_t { Begin, Plain, Quoted, QuoteInQuoted };
    char m_delimiter;
    State m_state = State::Begin;
};

} // namespace

CsvReader::CsvReader(WindowReader& window, char delimiter, std::size_t rowLimit)
    : m_window(window)
    , m_delimiter(delimiter)
    , m_limit(rowLimit)
    , m_line(window.linesBefore() + 1)
{
}

/// `quotes`: false takes quotes for any other character.
CsvReader::Scan CsvReader::scan(std::string_view bytes, bool ended, bool quotes) const
{
    Scan found;
    RowScan row(m_delimiter);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        const bool isEnd = quotes ? row.take(c) : c == '\n' || c == '\r';
        if (!isEnd) {
            found.lines += c == '\n' ? 1 : 0;
            continue;
        }
        if (c == '\r' && i + 1 == bytes.size() && !ended)
            break; // a line feed may follow
        found.size = i;
        found.ending = c == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n' ? 2 : 1;
        ++found.lines;
        found.complete = true;
        return found;
    }
    found.size = bytes.size();
    found.quoted = quotes && row.quoted();
    found.complete = ended;
    return found;
}

void CsvReader::pass(const Scan& scanned)
{
    m_given = scanned.size + scanned.ending;
    m_line += scanned.lines;
}

/// The rest of a line without end.
Result<bool> CsvReader::passOver()
{
    while (true) {
        const std::string_view bytes = m_window.bytes();
        const std::size_t end = bytes.find('\n');
        if (end != std::string_view::npos) {
            m_window.consume(end + 1);
            ++m_line;
            return true;
        }
        m_window.consume(bytes.size());
        const auto more = m_window.more();
        if (!more || !*more)
            return more;
    }
}

Result<bool> CsvReader::next(CsvRow& row)
{
    m_window.consume(m_given);
    m_given = 0;
    std::size_t scannedBefore = 0;
    bool ended = false;
    while (true) {
        if (!m_begun && (m_window.bytes().size() >= byteOrderMark.size() || ended)) {
            m_begun = true;
            if (m_window.bytes().starts_with(byteOrderMark))
                m_window.consume(byteOrderMark.size());
        }
        const std::string_view bytes = m_window.bytes();
        if (m_begun && (ended || bytes.size() > scannedBefore)) {
            Scan found = scan(bytes.substr(0, std::min(bytes.size(), m_limit)), ended && bytes.size() <= m_limit, true);
            const bool tooLong = !found.complete && bytes.size() >= m_limit;
            row.defect = CsvDefect::None;
            if (tooLong || (found.complete && found.quoted)) {
                row.defect = CsvDefect::Unclosed;
                found = scan(bytes.substr(0, std::min(bytes.size(), m_limit)), ended && bytes.size() <= m_limit, false);
            }
            if (found.complete && found.size == 0) {
                if (ended && bytes.empty())
                    return false;
                m_window.consume(found.ending);
                m_line += found.lines;
                scannedBefore = 0;
                continue;
            }
            row.offset = m_window.offset();
            row.line = m_line;
            if (found.complete) {
                row.text = bytes.substr(0, found.size);
                splitCsvRow(row.defect == CsvDefect::None ? row.text : std::string_view(), m_delimiter, row.fields,
                            m_fields);
                if (row.defect != CsvDefect::None)
                    row.fields.clear();
                pass(found);
                return true;
            }
            if (tooLong) {
                row = {{}, {}, row.offset, row.line, CsvDefect::Oversized};
                const auto passed = passOver();
                if (!passed)
                    return passed.error();
                return true;
            }
            scannedBefore = bytes.size();
        }
        if (ended)
            return false;
        const auto more = m_window.more();
        if (!more)
            return more.error();
        ended = !*more;
    }
}

void splitCsvRow(std::string_view row, char delimiter, std::vector<std::string_view>& fields, std::string& scratch)
{
    fields.clear();
    scratch.clear();
    scratch.reserve(row.size()); // views into it stay
    while (fields.size() < maxCsvFields) {
        if (!row.starts_with('"')) {
            const std::size_t end = row.find(delimiter);
            fields.push_back(row.substr(0, end));
            if (end == std::string_view::npos)
                return;
            row.remove_prefix(end + 1);
            continue;
        }
        const std::size_t begin = scratch.size();
        std::size_t at = 1;
        bool quoted = true;
        for (; at < row.size() && (quoted || row[at] != delimiter); ++at) {
            if (quoted && row[at] == '"') {
                if (at + 1 < row.size() && row[at + 1] == '"')
                    scratch += row[at++];
                else
                    quoted = false;
            } else {
                scratch += row[at];
            }
        }
        fields.push_back(std::string_view(scratch).substr(begin));
        if (at >= row.size())
            return;
        row.remove_prefix(at + 1);
    }
}

char sniffCsvDelimiter(std::string_view head)
{
    if (head.starts_with(byteOrderMark))
        head.remove_prefix(byteOrderMark.size());
    char best = 0;
    std::size_t most = 1;
    for (const char delimiter : {',', ';', '\t', '|'}) {
        std::vector<std::string_view> fields;
        std::string scratch;
        std::size_t columns = 0;
        std::size_t rows = 0;
        std::size_t alike = 0;
        const auto take = [&](std::string_view row) {
            splitCsvRow(row, delimiter, fields, scratch);
            columns = rows == 0 ? fields.size() : columns;
            alike += fields.size() == columns ? 1 : 0;
            ++rows;
        };
        RowScan scan(delimiter);
        std::size_t begin = 0;
        for (std::size_t i = 0; i < head.size() && rows < sniffedRows; ++i) {
            if (!scan.take(head[i]))
                continue;
            if (i > begin)
                take(head.substr(begin, i - begin));
            begin = i + 1;
            scan = RowScan(delimiter);
        }
        if (rows == 0) // the head is one row, or its beginning
            take(head);
        // Damaged rows may be among them.
        if (columns > most && alike * 3 >= rows * 2) {
            most = columns;
            best = delimiter;
        }
    }
    return best;
}

} // namespace arcscope

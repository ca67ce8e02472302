// CsvReader: rows of a CSV file (RFC 4180, and what spreadsheets make of it) from a window, in memory that follows the
// row and not the file.
#pragma once

#include "windows.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Fields of a row that are kept; what is behind them stays in CsvRow::text.
inline constexpr std::size_t maxCsvFields = 4'096;

enum class CsvDefect : std::uint8_t {
    None,
    Unclosed,  ///< a quoted field has no end: the row is its first line only, as it stands
    Oversized, ///< longer than the limit: passed over, nothing of it is given
};

/// Views are valid until the next call.
struct CsvRow {
    std::vector<std::string_view> fields; ///< quotes taken off, "" made "
    std::string_view text;                ///< as it stands, without the line end
    std::uint64_t offset = 0;             ///< of the first byte in the unpacked input
    std::uint64_t line = 1;               ///< 1-based, of the first byte
    CsvDefect defect = CsvDefect::None;
};

/// A quote begins a quoted field only at the front of a field; what follows its closing quote is taken as it stands.
/// Lines end with LF, CR LF or CR. Empty lines are no rows. A byte order mark at the front is passed over.
class CsvReader
{
public:
    CsvReader(WindowReader& window, char delimiter, std::size_t rowLimit = maxRecordBytes);

    /// False at the end.
    Result<bool> next(CsvRow& row);

private:
    struct Scan {
        std::size_t size = 0; ///< without the line end
        std::size_t ending = 0;
        std::uint64_t lines = 0; ///< line ends inside and behind
        bool complete = false;
        bool quoted = false; ///< it ended inside of quotes
    };
    Scan scan(std::string_view bytes, bool ended, bool quotes) const;
    Result<bool> passOver();
    void pass(const Scan& scanned);

    WindowReader& m_window;
    const char m_delimiter;
    const std::size_t m_limit;
    bool m_begun = false;
    std::uint64_t m_line = 1;
    std::size_t m_given = 0; ///< bytes that the last row shows
    std::string m_fields;    ///< fields that had quotes in them
};

/// Cuts one row into its fields; those with quotes inside are written into `scratch`.
void splitCsvRow(std::string_view row, char delimiter, std::vector<std::string_view>& fields, std::string& scratch);

/// The delimiter of a file that begins like this: of ',', ';', tab and '|' the one that divides its first rows alike;
/// 0 where none does.
char sniffCsvDelimiter(std::string_view head);

} // namespace arcscope

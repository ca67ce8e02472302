// The filter language: one grammar for the bar on top of the window and for the command line.
//
//   filter  := and ("or" and)*          "and" may be left out: terms side by side are both asked for
//   and     := unary (["and"] unary)*
//   unary   := ("not" | "-") unary | "(" filter ")" | term
//   term    := FIELD OP VALUE | TEXT     TEXT and VALUE are words or "quoted", with \" and \\ inside
//   OP      := ":" (contains; is, for words of a closed set) | "=" | "!=" | "<" | "<=" | ">" | ">="
//
//   kind:tool duration>2s model:m "refund"
#pragma once

#include "control.h"
#include "result.h"
#include "spantable.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class FilterOp : std::uint8_t { Contains, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

/// What a field's values are; decides how the value is read.
enum class FieldType : std::uint8_t {
    Text,     ///< contains / equal, case ignored (ASCII)
    Kind,     ///< a SpanKind word
    Status,   ///< a SpanStatus word
    Flag,     ///< a SpanFlag word: orphan, unfinished, …
    Count,    ///< a number, with k or M
    Duration, ///< a number with ns, us, ms, s, m or h; seconds without
    Time,     ///< ISO 8601; a date alone is its midnight UTC
    Money,    ///< units of the currency: 0.02
    SpanId,   ///< the id as the source writes it
    TraceId,
};

/// A field of the language. Adding one is one line in filterfields.cpp.
struct FilterField {
    std::string_view name;
    FieldType type;
    std::vector<SpanColumn> columns; ///< matched when any of them does; for Count and Duration they are summed
    std::string_view help;
};

const std::vector<FilterField>& filterFields();
const FilterField* filterField(std::string_view name);
/// The words that a Kind, Status or Flag field knows.
std::vector<std::string_view> filterWords(FieldType type);

struct FilterNode {
    enum class Type : std::uint8_t { All, And, Or, Not, Field, Text };

    Type type = Type::All; ///< All: the empty filter
    std::vector<FilterNode> children;
    const FilterField* field = nullptr;
    FilterOp op = FilterOp::Contains;
    std::string text;        ///< the value as written, or the text searched for
    std::int64_t number = 0; ///< the value where the field's type is not Text
    std::size_t begin = 0;   ///< the bytes of the filter text that it was read from
    std::size_t end = 0;
};

struct Filter {
    FilterNode root;

    bool empty() const { return root.type == FilterNode::Type::All; }
};

/// Where and why a filter text cannot be read. Bytes [begin, end) of the text; begin == end at its end.
struct FilterError {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string message; ///< one sentence, with what was expected
};

struct ParsedFilter {
    Filter filter; ///< empty where error is set
    std::optional<FilterError> error;

    explicit operator bool() const { return !error; }
};

/// Total: any text gives a filter or an error. Nesting is limited to 100 levels.
ParsedFilter parseFilter(std::string_view text);

/// One removable piece for a row of chips: the operands of the outermost "and" (the whole where there is none).
struct FilterChip {
    std::string text;
    std::size_t begin;
    std::size_t end;
};
std::vector<FilterChip> chipsOf(const Filter& filter, std::string_view text);

/// The texts that have to be searched in the records before the filter can be evaluated, each once.
std::vector<std::string> searchedTexts(const Filter& filter);

/// Rows (sorted) whose record contains a text, by text.
using TextHits = std::map<std::string, std::vector<Row>, std::less<>>;

/// The span columns that evaluating needs.
std::vector<SpanColumn> columnsOf(const Filter& filter);

/// The rows that match, in import order; superseded spans never do. A text without hits in `hits` matches names only.
/// Error: Cancelled.
Result<std::vector<Row>> evaluate(const Filter& filter, const Corpus& corpus, const TextHits& hits,
                                  const Control& control);

} // namespace arcscope

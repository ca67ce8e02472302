// ArcSelection: which arcs a review looks at, as a value that filter chips and the command line share.
//
//   selection := (condition)*                     all have to hold
//   condition := FIELD OP VALUE (","VALUE)*       with = and !=, any of several values
//   OP        := "=" | "!=" | "<" | "<=" | ">" | ">="
//   VALUE     := a word, or "quoted" with \" and \\ inside; "" is "not recorded"
//
//   plan=pro,team outcome=failed time>=2026-11-01 turns>3 cost>0.05 day=2026-11-03 hour=14 user!=""
//
// An order never holds for what is not recorded; != holds for it.
#pragma once

#include "arctable.h"
#include "result.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// What the values of a field are.
enum class ArcFieldKind : std::uint8_t {
    Tag,     ///< a text of the corpus, compared as it is written
    Outcome, ///< words of name(ArcOutcome)
    Resolution,
    Source,
    Unit,
    Count,    ///< a number, with k or M
    Duration, ///< with ns, us, ms, s, m or h
    Money,    ///< units of the currency
    Time,     ///< ISO 8601: when the arc began
    Day,      ///< 2026-11-03: began on that day, UTC
    Weekday,  ///< mon … sun
    Hour,     ///< 0 to 23, UTC
};

struct ArcField {
    std::string_view name;
    ArcFieldKind kind;
    ArcColumn column;
    std::string_view help;
};

const std::vector<ArcField>& arcFields();
/// Null: there is none of that name.
const ArcField* arcField(std::string_view name);
/// The field of a tag.
const ArcField& arcField(SpanText tag);
/// The words of a field that has a closed set, in the order of their numbers; empty for others.
std::vector<std::string_view> arcWords(ArcFieldKind kind);

enum class ArcOp : std::uint8_t { Is, IsNot, Less, LessEqual, Greater, GreaterEqual };

struct ArcCondition {
    const ArcField* field = nullptr; ///< of arcFields()
    ArcOp op = ArcOp::Is;
    std::vector<std::string> values; ///< as written, one at least; one only for an order
    std::vector<std::int64_t>
        numbers; ///< of each value, where the field is no tag: as the column has it, or a day or hour

    bool operator==(const ArcCondition&) const = default;
};

struct ArcSelection {
    std::vector<ArcCondition> all; ///< every one has to hold; empty: nothing is asked
    std::optional<std::vector<std::uint32_t>>
        among; ///< rows of ArcTable, sorted: only these, as those of matching spans

    bool operator==(const ArcSelection&) const = default;
};

/// A condition from its parts; the error says what was expected.
Result<ArcCondition> arcCondition(const ArcField& field, ArcOp op, std::vector<std::string> values);

/// Reads what text() writes. The error begins with "byte N: ".
Result<ArcSelection> parseArcSelection(std::string_view text);
/// Without `among`.
std::string text(const ArcSelection& selection);
std::string text(const ArcCondition& condition);

/// The rows of ArcTable for which everything holds, sorted. `strings` are those of the corpus. O(rows) for each
/// condition, less where the columns' bounds decide.
std::vector<std::uint32_t> select(const ArcSelection& selection, const ArcCorpus& arcs, const StringTable& strings);

/// The arcs that stretches in these traces belong to, sorted: from traces (or the traces of spans) to arcs.
std::vector<std::uint32_t> arcsOfTraces(const ArcCorpus& arcs, std::span<const std::uint32_t> traces);

} // namespace arcscope

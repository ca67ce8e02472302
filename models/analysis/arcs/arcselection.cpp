#include "arcselection.h"

#include "utccalendar.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace arcscope
{
namespace
{

/// A condition as numbers only. What a column holds is compared whole, or as the day, weekday or hour it lies in.
struct Test {
    ArcColumn column;
    ArcFieldKind kind;
    ArcOp op;
    std::vector<std::int64_t> numbers;
    std::int64_t missing; ///< what the column holds where nothing is recorded
};

Test testOf(const ArcCondition& condition, const StringTable& strings)
{
    Test test{condition.field->column, condition.field->kind, condition.op, condition.numbers,
              condition.field->column == ArcColumn::Start ? noTime : -1};
    if (test.kind == ArcFieldKind::Tag) {
        for (const std::string& value : condition.values) {
            const StringId id = strings.find(value);
            if (id || value.empty()) // a text that the corpus does not have is in no arc
                test.numbers.push_back(id.value);
        }
    }
    return test;
}

std::int64_t comparedBy(ArcFieldKind kind, std::int64_t value)
{
    if (value == noTime)
        return value;
    switch (kind) {
    case ArcFieldKind::Day:
        return dayOf(value);
    case ArcFieldKind::Weekday:
        return weekdayOf(dayOf(value));
    case ArcFieldKind::Hour:
        return hourOfDay(value);
    default:
        return value;
    }
}

/// What a condition compares goes round while the column grows.
bool goesRound(ArcFieldKind kind)
{
    return kind == ArcFieldKind::Weekday || kind == ArcFieldKind::Hour;
}

bool ordered(ArcOp op, std::int64_t value, std::int64_t limit)
{
    switch (op) {
    case ArcOp::Less:
        return value < limit;
    case ArcOp::LessEqual:
        return value <= limit;
    case ArcOp::Greater:
        return value > limit;
    default:
        return value >= limit;
    }
}

bool holds(const Test& test, std::int64_t value)
{
    const std::int64_t compared = comparedBy(test.kind, value);
    if (test.op == ArcOp::Is || test.op == ArcOp::IsNot) {
        const bool found = std::find(test.numbers.begin(), test.numbers.end(), compared) != test.numbers.end();
        return found == (test.op == ArcOp::Is);
    }
    return value != test.missing && ordered(test.op, compared, test.numbers.front());
}

enum class Bounds : std::uint8_t { None, All, Open };

/// What the smallest and largest value of a chunk tell.
Bounds boundsOf(const Test& test, const Column& column)
{
    if (column.min() == column.max())
        return holds(test, column.min()) ? Bounds::All : Bounds::None;
    if (goesRound(test.kind) || test.op == ArcOp::IsNot)
        return Bounds::Open;
    if (test.op == ArcOp::Is) {
        const std::int64_t low = comparedBy(test.kind, column.min());
        const std::int64_t high = comparedBy(test.kind, column.max());
        const bool none = std::none_of(test.numbers.begin(), test.numbers.end(),
                                       [&](std::int64_t number) { return low <= number && number <= high; });
        return none ? Bounds::None : Bounds::Open;
    }
    const std::int64_t limit = test.numbers.front();
    const bool low = ordered(test.op, column.min(), limit);
    const bool high = ordered(test.op, column.max(), limit);
    if (low && high && column.min() != test.missing)
        return Bounds::All;
    return low || high ? Bounds::Open : Bounds::None;
}

constexpr std::size_t blockRows = 2'048;

/// Clears the marks of the rows for which the test does not hold.
void narrow(const Test& test, const Column& column, std::vector<std::uint8_t>& marks)
{
    std::array<std::int64_t, blockRows> values;
    const bool whole = !goesRound(test.kind) && test.kind != ArcFieldKind::Day;
    const std::int64_t number = test.numbers.empty() ? 0 : test.numbers.front();
    for (std::uint32_t first = 0; first < column.rows(); first += blockRows) {
        const std::span<std::int64_t> block(values.data(), std::min<std::size_t>(blockRows, column.rows() - first));
        column.read(first, block);
        std::uint8_t* mark = marks.data() + first;
        const auto keep = [&](auto&& wanted) {
            for (std::size_t i = 0; i < block.size(); ++i)
                mark[i] &= static_cast<std::uint8_t>(wanted(block[i]));
        };
        if (whole && test.op == ArcOp::Is && test.numbers.size() == 1)
            keep([&](std::int64_t value) { return value == number; });
        else if (whole && test.op == ArcOp::Less)
            keep([&](std::int64_t value) { return value < number && value != test.missing; });
        else if (whole && test.op == ArcOp::GreaterEqual)
            keep([&](std::int64_t value) { return value >= number && value != test.missing; });
        else
            keep([&](std::int64_t value) { return holds(test, value); });
    }
}

} // namespace

std::vector<std::uint32_t> select(const ArcSelection& selection, const ArcCorpus& arcs, const StringTable& strings)
{
    std::vector<Test> tests;
    for (const ArcCondition& condition : selection.all)
        tests.push_back(testOf(condition, strings));
    std::vector<std::uint32_t> rows;
    std::vector<std::uint8_t> marks;
    auto next = selection.among ? selection.among->begin() : std::vector<std::uint32_t>::const_iterator{};
    std::uint32_t first = 0;
    for (const ArcTable::Chunk& chunk : arcs.arcs.chunks()) {
        const std::uint32_t end = first + chunk.rows;
        marks.assign(chunk.rows, selection.among ? 0 : 1);
        if (selection.among) {
            for (; next != selection.among->end() && *next < end; ++next)
                marks[*next - first] = 1;
        }
        bool any = true;
        for (const Test& test : tests) {
            const Bounds bounds = boundsOf(test, chunk[test.column]);
            any = any && bounds != Bounds::None;
            if (any && bounds == Bounds::Open)
                narrow(test, chunk[test.column], marks);
        }
        for (std::uint32_t i = 0; any && i < chunk.rows; ++i) {
            if (marks[i])
                rows.push_back(first + i);
        }
        first = end;
    }
    return rows;
}

std::vector<std::uint32_t> arcsOfTraces(const ArcCorpus& arcs, std::span<const std::uint32_t> traces)
{
    if (traces.empty())
        return {};
    std::vector<bool> wanted(*std::max_element(traces.begin(), traces.end()) + std::size_t{1});
    for (const std::uint32_t trace : traces)
        wanted[trace] = true;
    std::vector<bool> found(arcs.arcs.rows());
    std::vector<std::int64_t> traceOf;
    std::vector<std::int64_t> arcOf;
    for (const ArcSegmentTable::Chunk& chunk : arcs.segments.chunks()) {
        traceOf.resize(chunk.rows);
        arcOf.resize(chunk.rows);
        chunk[ArcSegmentColumn::Trace].read(0, traceOf);
        chunk[ArcSegmentColumn::Arc].read(0, arcOf);
        for (std::size_t i = 0; i < traceOf.size(); ++i) {
            const auto trace = static_cast<std::size_t>(traceOf[i]);
            if (traceOf[i] >= 0 && trace < wanted.size() && wanted[trace])
                found[static_cast<std::size_t>(arcOf[i])] = true;
        }
    }
    std::vector<std::uint32_t> rows;
    for (std::uint32_t arc = 0; arc < found.size(); ++arc) {
        if (found[arc])
            rows.push_back(arc);
    }
    return rows;
}

} // namespace arcscope

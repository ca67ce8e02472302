#include "retriedcalls.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace arcscope
{
namespace
{

constexpr std::size_t mostCompared = 32;

bool isModelCall(const SpanTable& spans, std::span<const std::uint32_t> flags, Row row)
{
    return spans.kind(row) == SpanKind::ModelCall && (flags[row] & bit(SpanFlag::Superseded)) == 0 &&
           spans.at(SpanColumn::Start, row) != noTime;
}

bool isCut(const SpanTable& spans, Row row)
{
    const auto status = static_cast<SpanStatus>(spans.at(SpanColumn::Status, row));
    return (status == SpanStatus::Error || status == SpanStatus::Cancelled) && spans.at(SpanColumn::Duration, row) >= 0;
}

Nanos endOf(const SpanTable& spans, Row row)
{
    return spans.at(SpanColumn::Start, row) + spans.at(SpanColumn::Duration, row);
}

/// The siblings of a row have the same.
std::uint64_t familyOf(const SpanTable& spans, std::span<const std::int32_t> parentRow, Row row)
{
    const std::int32_t parent = parentRow[row];
    if (parent >= 0)
        return static_cast<std::uint64_t>(parent);
    // Roots are told by their trace, orphans also by the parent that is not there, in the numbers that no row has.
    std::string names;
    for (const SpanColumn column :
         {SpanColumn::Trace, SpanColumn::ParentForm, SpanColumn::ParentHigh, SpanColumn::ParentLow})
        names += std::to_string(spans.at(column, row)) + '/';
    return std::uint64_t(1) << 63 | hashOf(std::string_view(names));
}

bool sameModel(const SpanTable& spans, Row a, Row b)
{
    for (const SpanText what : {SpanText::ModelRequested, SpanText::ModelServed}) {
        const std::int64_t ofA = spans.at(columnOf(what), a);
        const std::int64_t ofB = spans.at(columnOf(what), b);
        if (ofA != 0 && ofB != 0)
            return ofA == ofB;
    }
    return false;
}

bool mayBeSame(const SpanTable& spans, Row a, Row b)
{
    const std::int64_t ofA = spans.at(SpanColumn::Messages, a);
    const std::int64_t ofB = spans.at(SpanColumn::Messages, b);
    return sameModel(spans, a, b) && (ofA < 0 || ofB < 0 || std::abs(ofA - ofB) <= 1);
}

/// Each but the last was cut, and none began before the one in front of it had ended.
bool areAttempts(const SpanTable& spans, const std::vector<Row>& calls)
{
    for (std::size_t i = 0; i + 1 < calls.size(); ++i) {
        if (!isCut(spans, calls[i]) || endOf(spans, calls[i]) > spans.at(SpanColumn::Start, calls[i + 1]))
            return false;
    }
    return true;
}

} // namespace

Result<std::vector<RetriedCall>> retriedCalls(const SpanTable& spans, std::span<const std::int32_t> parentRow,
                                              std::span<const std::uint32_t> flags, const PromptOf& promptOf,
                                              const Control& control)
{
    const Error cancelled{ErrorCode::Cancelled, "cancelled"};
    constexpr Row rowsBetweenLooks = 65'536;
    std::vector<Row> cut;
    std::unordered_map<std::uint64_t, std::vector<Row>> families;
    for (Row row = 0; row < spans.rows(); ++row) {
        if (row % rowsBetweenLooks == 0 && control.stopped())
            return cancelled;
        if (spans.at(SpanColumn::StreamEvents, row) > 0 && isCut(spans, row) && isModelCall(spans, flags, row)) {
            cut.push_back(row);
            families[familyOf(spans, parentRow, row)];
        }
    }
    std::vector<RetriedCall> found;
    if (cut.empty())
        return found;
    for (Row row = 0; row < spans.rows(); ++row) {
        if (!isModelCall(spans, flags, row))
            continue;
        if (const auto family = families.find(familyOf(spans, parentRow, row)); family != families.end())
            family->second.push_back(row);
    }
    std::unordered_map<Row, std::uint64_t> prompts;
    const auto prompt = [&](Row row) {
        const auto [known, isNew] = prompts.try_emplace(row);
        if (isNew)
            known->second = promptOf(row);
        return known->second;
    };
    for (const Row row : cut) {
        if (control.stopped())
            return cancelled;
        std::vector<Row> calls;
        bool later = false;
        for (const Row other : families[familyOf(spans, parentRow, row)]) {
            if (other != row && !mayBeSame(spans, row, other))
                continue;
            calls.push_back(other);
            later = later || spans.at(SpanColumn::Start, other) >= endOf(spans, row);
        }
        if (!later || calls.size() > mostCompared || prompt(row) == 0)
            continue;
        std::erase_if(calls, [&](Row other) { return prompt(other) != prompt(row); });
        std::stable_sort(calls.begin(), calls.end(), [&](Row a, Row b) {
            return std::pair(spans.at(SpanColumn::Start, a), a) < std::pair(spans.at(SpanColumn::Start, b), b);
        });
        const auto place = std::find(calls.begin(), calls.end(), row);
        if (place + 1 != calls.end() && areAttempts(spans, calls))
            found.push_back({row, *(place + 1)});
    }
    return found;
}

} // namespace arcscope

// Model calls that were cut and made once more: what the first attempt showed is void.
#pragma once

#include "control.h"
#include "result.h"
#include "spantable.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace arcscope
{

/// An attempt that was cut, and the one that took its place.
struct RetriedCall {
    Row row = noRow;
    Row by = noRow;

    bool operator==(const RetriedCall&) const = default;
};

/// What a call was asked; 0: not recorded.
using PromptOf = std::function<std::uint64_t(Row row)>;

/// The attempts with a recorded stream, in the order of their rows. `parentRow` and `flags` are those of Assembly.
///
/// Of the model calls below one span (or of the roots of one trace) that name one model, those with one prompt are
/// attempts of the same call where each but the last ended as an error or was cancelled, and each began after the one
/// before had ended. So the samples of one prompt, side by side or one after the other, are no retries, although one
/// of them fails. Calls whose numbers of messages differ by more than one are not compared, and nothing is said where
/// more than 32 calls would have to be, or where a prompt or an end is not recorded. Error: Cancelled.
Result<std::vector<RetriedCall>> retriedCalls(const SpanTable& spans, std::span<const std::int32_t> parentRow,
                                              std::span<const std::uint32_t> flags, const PromptOf& promptOf,
                                              const Control& control);

} // namespace arcscope

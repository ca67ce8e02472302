// CallTexts: what the selected call was given and gave, and what changed against the call before it; made on another
// thread.
#pragma once

#include "calltreesubject.h"
#include "jsondiff.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace arcscope
{

/// A call held against an earlier one.
struct CallComparison {
    enum class To : std::uint8_t {
        Attempt, ///< the attempt before, which failed: same tool, same arguments
        Failed,  ///< the call of that tool before, which failed with other arguments
        Same,    ///< the same call, which did not fail
    };
    std::uint32_t with = TreeCall::none; ///< the earlier call
    To to = To::Same;
    std::optional<TextDifference> arguments; ///< nothing: not recorded of both
    std::optional<TextDifference> result;
};

struct CallTexts {
    CallTreePtr subject;
    std::uint32_t node = 0;
    std::optional<std::string> arguments; ///< as recorded; nothing: not recorded
    std::optional<std::string> result;
    std::string error;  ///< what is said of its failure; empty: nothing
    std::string record; ///< of its span, else of who asked for it
    bool recordOfAsker = false;
    std::vector<CallComparison> comparisons;
    std::string problem; ///< why there is nothing
};

/// Runs on any thread; opens the workspace for itself.
std::shared_ptr<const CallTexts> readCallTexts(const OpenCorpus& open, const CallTreePtr& subject, std::uint32_t node);

/// The text of a place in a content; nothing where there is no such place.
std::optional<std::string> textOf(const SpanContent& content, const TextPlace& place);

/// JSON with a line for each value, strings and numbers as they are written; any other text unchanged.
std::string indented(std::string_view text);

} // namespace arcscope

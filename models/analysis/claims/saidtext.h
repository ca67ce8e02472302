// A text of a trace with who wrote it and when it was first there.
#pragma once

#include "finding.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope
{

enum class ClaimAuthor : std::uint8_t {
    Template, ///< system text, which the program writes
    User,
    Model,
    Tool, ///< results, and what a retrieval returned
};

std::string_view name(ClaimAuthor author); ///< "template", "user", "model", "tool"

/// What one message, argument or result says. The view lives as long as its TraceClaims.
struct SaidText {
    ClaimAuthor author = ClaimAuthor::Model;
    bool arguments = false; ///< of a tool, by a model
    bool failed = false;    ///< a result that is an error
    bool last = false;      ///< the span brought it as its own output or result, not as something said before
    Row row = noRow;        ///< the span that first brought it
    Nanos time = noTime;    ///< when it was there at the latest; noTime: not recorded
    TextPlace place;
    std::string_view text; ///< at most TraceClaims::longestText bytes of it
    std::string tool;      ///< of arguments and results, where it is recorded
    std::string call;      ///< their call id
};

/// A call of a tool and what came of it.
struct ToolUse {
    static constexpr std::uint32_t none = ~std::uint32_t(0);

    std::string tool;
    std::string call;
    std::uint32_t arguments = none; ///< in TraceClaims::texts()
    std::uint32_t result = none;
    Row row = noRow;     ///< its span, else the one that asked for it
    bool failed = false; ///< its result says so, its span, or it was never run
};

} // namespace arcscope

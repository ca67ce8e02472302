// Small rows of what people write: one at a time, with texts that are not too long.
#pragma once

#include "annotations.h"
#include "sqlite.h"

#include <initializer_list>
#include <string_view>

namespace arcscope
{

/// Error: Usage, where one is longer than maxAnnotationBytes.
inline Result<void> checkLengths(std::initializer_list<std::string_view> texts)
{
    for (const std::string_view text : texts) {
        if (text.size() > maxAnnotationBytes)
            return Error{ErrorCode::Usage, "the text is longer than 1 MB"};
    }
    return {};
}

/// Runs a statement that changes one row; `bind` is given it before. Error: that of preparing it, Store.
template <typename Bind>
Result<void> changeRow(Result<Statement> statement, Bind bind)
{
    if (!statement)
        return statement.error();
    bind(*statement);
    return statement->run();
}

} // namespace arcscope

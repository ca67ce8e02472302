// All columns of the span table, for tests that look at whatever they like.
#pragma once

#include "spancolumns.h"

#include <vector>

namespace arcscope::testing
{

inline const std::vector<SpanColumn>& everyColumn()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all;
        for (int i = 0; i < spanColumnCount; ++i)
            all.push_back(static_cast<SpanColumn>(i));
        return all;
    }();
    return columns;
}

} // namespace arcscope::testing

// Every row of a statement, one after the other.
#pragma once

#include "sqlite.h"

#include <type_traits>
#include <vector>

namespace arcscope
{

/// Calls `use` with the statement on each of its rows; where that gives a Result, its first error ends it. `select` is
/// what Database::prepare() gave. Error: Store, Cancelled, or that of `use`.
template <typename Use>
Result<void> eachRow(Result<Statement>& select, Use use)
{
    if (!select)
        return select.error();
    while (true) {
        const auto there = select->step();
        if (!there)
            return there.error();
        if (!*there)
            return {};
        if constexpr (std::is_void_v<decltype(use(*select))>)
            use(*select);
        else if (auto used = use(*select); !used)
            return used;
    }
}

/// What `make` makes of each row.
template <typename T, typename Make>
Result<std::vector<T>> allRows(Result<Statement>& select, Make make)
{
    std::vector<T> all;
    const auto read = eachRow(select, [&](const Statement& row) { all.push_back(make(row)); });
    if (!read)
        return read.error();
    return all;
}

} // namespace arcscope

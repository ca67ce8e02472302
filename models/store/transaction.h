// Several changes of a workspace as one: all of them or none.
#pragma once

#include "sqlite.h"

namespace arcscope
{

/// `change() -> Result<void>` runs in a transaction of its own, which another program waits for; where it fails,
/// nothing of it is kept.
template <typename Change>
Result<void> inTransaction(Database& database, Change change)
{
    if (auto begun = database.execute("begin immediate"); !begun)
        return begun;
    auto done = change();
    if (done)
        done = database.execute("commit");
    if (!done)
        static_cast<void>(database.execute("rollback"));
    return done;
}

} // namespace arcscope

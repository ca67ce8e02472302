// RecordKeeper: what a sink of spans is beside, if it can keep records where they lie in place of copying them.
#pragma once

#include <memory>
#include <string_view>

namespace arcscope
{

class RecordKeeper
{
public:
    virtual ~RecordKeeper() = default;

    /// Until the next call records that lie in `text` need no copy: `buffer` keeps their bytes as they are, on whatever
    /// thread it is given up. An empty text ends it.
    virtual void lend(std::string_view text, const std::shared_ptr<const char[]>& buffer) = 0;
};

} // namespace arcscope

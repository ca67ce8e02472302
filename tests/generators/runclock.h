// RunClock: the time in which a recorded run happens: the machine's, or one that only passes when it is told to.
#pragma once

#include <cstdint>
#include <memory>

namespace arcscope::speculation
{

using RunTime = std::int64_t; ///< nanoseconds

class RunClock
{
public:
    virtual ~RunClock() = default;
    virtual RunTime unixTime() = 0;
    virtual RunTime monotonic() = 0;
    /// Lets work take this long.
    virtual void pass(RunTime length) = 0;
};

/// Waits. Its Unix time is read once and then follows the monotonic clock, so that it never steps back.
std::unique_ptr<RunClock> machineClock();
/// Begins at the same moment every time.
std::unique_ptr<RunClock> virtualClock();

} // namespace arcscope::speculation

// EXPECT(condition): a check for test programs that must do without Qt Test; failures make main() return 1.
#pragma once

#include <atomic>
#include <cstdio>

namespace arcscope
{

/// Checks that failed so far, in any thread.
inline std::atomic<int> failedExpectations = 0;

inline void expect(bool holds, const char* condition, const char* file, int line)
{
    if (holds)
        return;
    failedExpectations.fetch_add(1, std::memory_order_relaxed);
    std::fprintf(stderr, "%s:%d: expected %s\n", file, line, condition);
}

inline int exitCode()
{
    return failedExpectations == 0 ? 0 : 1;
}

} // namespace arcscope

#define EXPECT(condition) ::arcscope::expect(static_cast<bool>(condition), #condition, __FILE__, __LINE__)

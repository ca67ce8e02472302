#include "giveway.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace arcscope
{

void giveWay()
{
#ifdef __linux__
    // A niceness is of a thread there; more of it is never refused.
    constexpr int more = 10;
    const auto thread = static_cast<id_t>(gettid());
    static_cast<void>(setpriority(PRIO_PROCESS, thread, getpriority(PRIO_PROCESS, thread) + more));
#endif
}

} // namespace arcscope

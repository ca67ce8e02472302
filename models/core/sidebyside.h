// Two pieces of work that need nothing of each other, done at the same time.
#pragma once

#include <exception>
#include <system_error>
#include <thread>

namespace arcscope
{

/// Does `own` on this thread and `other` on one of its own, and returns when both are done; one after the other where
/// it is not `worth` a thread, which costs some 50 us, or where none is to be had. Throws what one of them threw.
template <typename Own, typename Other>
void sideBySide(bool worth, Own&& own, Other&& other)
{
    std::exception_ptr thrown;
    bool begun = false;
    {
        std::jthread helper; // joined on every way out
        if (worth) {
            try {
                helper = std::jthread([&] {
                    try {
                        other();
                    } catch (...) {
                        thrown = std::current_exception();
                    }
                });
                begun = true;
            } catch (const std::system_error&) {
                // there is none
            }
        }
        own();
    }
    if (!begun)
        other();
    if (thrown)
        std::rethrow_exception(thrown);
}

} // namespace arcscope

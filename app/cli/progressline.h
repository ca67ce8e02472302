// Progress of long work on a terminal, and interrupting it with Ctrl+C.
#pragma once

#include "control.h"

#include <condition_variable>
#include <iosfwd>
#include <mutex>
#include <thread>

namespace arcscope
{

/// While it lives, shows bytes and spans ten times a second (where `visible`), and turns an interrupt (SIGINT, SIGTERM)
/// into a stop request. One at a time.
class ProgressLine
{
public:
    ProgressLine(std::ostream& err, bool visible);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    Control control() { return {m_stop.get_token(), &m_progress}; }

private:
    void run();
    void show();

    std::ostream& m_err;
    bool m_visible;
    bool m_shown = false;
    bool m_done = false;
    Progress m_progress;
    std::stop_source m_stop;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::thread m_thread;
};

} // namespace arcscope

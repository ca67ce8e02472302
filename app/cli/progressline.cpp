#include "progressline.h"

#include "command.h"

#include <chrono>
#include <csignal>
#include <ostream>

namespace arcscope
{
namespace
{

volatile std::sig_atomic_t interrupted = 0;

void interrupt(int)
{
    interrupted = 1;
}

} // namespace

ProgressLine::ProgressLine(std::ostream& err, bool visible)
    : m_err(err)
    , m_visible(visible)
{
    interrupted = 0;
    std::signal(SIGINT, interrupt);
    std::signal(SIGTERM, interrupt);
    m_thread = std::thread([this] { run(); });
}

ProgressLine::~ProgressLine()
{
    {
        const std::lock_guard lock(m_mutex);
        m_done = true;
    }
    m_wake.notify_all();
    m_thread.join();
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    if (m_shown)
        m_err << "\r\033[K" << std::flush;
}

void ProgressLine::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, std::chrono::milliseconds(100), [this] { return m_done; })) {
        if (interrupted)
            m_stop.request_stop();
        if (m_visible)
            show();
    }
}

void ProgressLine::show()
{
    const std::uint64_t done = m_progress.bytesDone;
    if (done == 0)
        return;
    const std::uint64_t total = m_progress.bytesTotal;
    m_err << "\r\033[K" << done / 1'000'000 << " MB";
    if (total > 0)
        m_err << " of " << total / 1'000'000 << " MB (" << done * 100 / total << " %)";
    m_err << ", " << counted(m_progress.spans, "span") << std::flush;
    m_shown = true;
}

} // namespace arcscope

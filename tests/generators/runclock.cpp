#include "runclock.h"

#include <chrono>
#include <thread>

namespace arcscope::speculation
{
namespace
{

using Steady = std::chrono::steady_clock;

RunTime nanos(std::chrono::nanoseconds length)
{
    return length.count();
}

class MachineClock final : public RunClock
{
public:
    RunTime unixTime() override { return m_unixStart + (monotonic() - m_start); }
    RunTime monotonic() override { return nanos(Steady::now().time_since_epoch()); }
    void pass(RunTime length) override { std::this_thread::sleep_for(std::chrono::nanoseconds(length)); }

private:
    RunTime m_start = nanos(Steady::now().time_since_epoch());
    RunTime m_unixStart = nanos(std::chrono::system_clock::now().time_since_epoch());
};

class VirtualClock final : public RunClock
{
public:
    RunTime unixTime() override { return 1'767'261'600'000'000'000 + m_now; } // 2026-01-01T10:00:00Z
    RunTime monotonic() override { return 90'000'000'000 + m_now; }
    void pass(RunTime length) override { m_now += length; }

private:
    RunTime m_now = 0;
};

} // namespace

std::unique_ptr<RunClock> machineClock()
{
    return std::make_unique<MachineClock>();
}

std::unique_ptr<RunClock> virtualClock()
{
    return std::make_unique<VirtualClock>();
}

} // namespace arcscope::speculation

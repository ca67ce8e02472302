// layers: core
// One thread interns and publishes; others read older and newer snapshots of the same strings meanwhile.
#include "control.h"
#include "expect.h"
#include "stringtable.h"

#include <mutex>
#include <string>
#include <thread>

using namespace arcscope;

namespace
{

constexpr std::uint32_t texts = 20'000;
constexpr std::uint32_t batch = 100;

/// The snapshot that the next reader takes.
class Published
{
public:
    StringTable get() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_table;
    }
    void append(std::shared_ptr<const StringSegment> segment)
    {
        const std::scoped_lock lock(m_mutex);
        m_table.append(std::move(segment));
    }

private:
    mutable std::mutex m_mutex;
    StringTable m_table;
};

void publishAll(Published& published, const Control& control)
{
    StringPool pool;
    for (std::uint32_t i = 1; i <= texts; ++i) {
        EXPECT(pool.intern(std::to_string(i)).value == i);
        control.progress->spans.fetch_add(1, std::memory_order_relaxed);
        if (i % batch == 0)
            published.append(pool.takeNew());
    }
}

void readUntilStopped(const Published& published, std::stop_token stop)
{
    while (!stop.stop_requested()) {
        const StringTable table = published.get();
        const std::uint32_t newest = table.size() - 1;
        EXPECT(newest % batch == 0);
        if (newest > 0) {
            EXPECT(table[StringId{newest}] == std::to_string(newest));
            EXPECT(table[StringId{1}] == "1");
        }
    }
}

} // namespace

int main()
{
    Published published;
    Progress progress;
    {
        std::jthread first([&](std::stop_token stop) { readUntilStopped(published, stop); });
        std::jthread second([&](std::stop_token stop) { readUntilStopped(published, stop); });
        publishAll(published, Control{{}, &progress});
    }
    EXPECT(published.get().size() == texts + 1);
    EXPECT(progress.spans == texts);
    return exitCode();
}

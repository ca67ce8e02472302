// ChromeTracks: the threads and asynchronous ids of a Chrome trace, their names, and the slices that are open on them.
#pragma once

#include "chromeevent.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

struct ChromeProcess {
    std::string name;
};

struct ChromeThread {
    std::string processId;
    std::string threadId;
    std::string name;
    ChromeProcess* process = nullptr;
    StringId resource; ///< none: to be made again
    StringId service;
    bool used = false; ///< spans with the present names were given
};

/// A slice that has begun.
struct OpenSlice {
    std::uint64_t track = 0;
    ChromeThread* thread = nullptr;
    std::string name;
    std::string category;
    std::string record;
    Nanos start = noTime;
    Id id;
    Id trace;
    Id parent; ///< where the arguments name one
    std::uint64_t byte = 0;
    std::uint64_t line = 0;
};

class ChromeTracks
{
public:
    ChromeThread* thread(const ChromeEvent& event);
    /// Which events belong together: those of one thread, or of one asynchronous id.
    static std::uint64_t trackOf(const ChromeEvent& event, bool asynchronous);
    /// What a metadata event says of names. False where it says something else. `late`: spans with another name were
    /// given before.
    bool rename(const ChromeEvent& event, bool& late);
    /// Sets the service and the resource of a span.
    static void describe(ChromeThread& thread, SpanSink& sink, SpanRecord& span);

    void begin(OpenSlice slice) { m_open[slice.track].push_back(std::move(slice)); }
    /// Ends the last slice of that name on the track, or the last one where no name is given.
    bool end(std::uint64_t track, std::string_view name, OpenSlice& ended);
    const std::unordered_map<std::uint64_t, std::vector<OpenSlice>>& open() const { return m_open; }
    /// All of them, in the order of the input.
    std::vector<OpenSlice> takeOpen();

private:
    std::unordered_map<std::string, std::unique_ptr<ChromeProcess>> m_processes;
    std::unordered_map<std::string, std::unique_ptr<ChromeThread>> m_threads;
    std::unordered_map<std::uint64_t, std::vector<OpenSlice>> m_open;
    ChromeThread* m_last = nullptr;
    std::string m_key;
};

} // namespace arcscope

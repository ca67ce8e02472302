#include "chrometracks.h"

#include "jsontokens.h"

#include <algorithm>
#include <iterator>

namespace arcscope
{

ChromeThread* ChromeTracks::thread(const ChromeEvent& event)
{
    if (m_last && m_last->processId == event.process && m_last->threadId == event.thread)
        return m_last;
    m_key.assign(event.process).append("\n").append(event.thread);
    std::unique_ptr<ChromeThread>& thread = m_threads[m_key];
    if (!thread) {
        std::unique_ptr<ChromeProcess>& process = m_processes[std::string(event.process)];
        if (!process)
            process = std::make_unique<ChromeProcess>();
        thread = std::make_unique<ChromeThread>();
        thread->processId = event.process;
        thread->threadId = event.thread;
        thread->process = process.get();
    }
    m_last = thread.get();
    return m_last;
}

std::uint64_t ChromeTracks::trackOf(const ChromeEvent& event, bool asynchronous)
{
    std::string key;
    const auto add = [&key](std::string_view text) { key.append(text).append("\n"); };
    add(asynchronous ? "id" : "thread");
    if (!asynchronous || event.localId)
        add(event.process);
    if (asynchronous) {
        add(event.category);
        add(event.scope);
        add(event.id);
    } else {
        add(event.thread);
    }
    return hashOf(std::string_view(key));
}

bool ChromeTracks::rename(const ChromeEvent& event, bool& late)
{
    late = false;
    if ((event.name != "process_name" && event.name != "thread_name") || event.newName.empty())
        return false;
    ChromeThread* const named = thread(event);
    const bool process = event.name == "process_name";
    std::string& name = process ? named->process->name : named->name;
    if (name == event.newName)
        return true;
    name = event.newName;
    for (auto& [key, each] : m_threads) {
        if (process ? each->process == named->process : each.get() == named) {
            late = late || each->used;
            each->resource = {};
            each->service = {};
            each->used = false;
        }
    }
    return true;
}

void ChromeTracks::describe(ChromeThread& thread, SpanSink& sink, SpanRecord& span)
{
    if (!thread.resource) {
        std::string json = "{";
        const auto add = [&json](std::string_view key, std::string_view value) {
            if (!value.empty())
                json.append(json.size() > 1 ? ",\"" : "\"").append(key).append("\":\"").append(escapedJson(value)) +=
                    '"';
        };
        add("pid", thread.processId);
        add("tid", thread.threadId);
        add("process_name", thread.process->name);
        add("thread_name", thread.name);
        thread.resource = sink.intern(json + '}');
        if (!thread.process->name.empty())
            thread.service = sink.intern(thread.process->name);
    }
    thread.used = true;
    span[SpanText::Resource] = thread.resource;
    if (!span[SpanText::Service])
        span[SpanText::Service] = thread.service;
}

std::vector<OpenSlice> ChromeTracks::takeOpen()
{
    std::vector<OpenSlice> all;
    for (auto& [track, open] : m_open)
        std::move(open.begin(), open.end(), std::back_inserter(all));
    m_open.clear();
    std::sort(all.begin(), all.end(), [](const OpenSlice& a, const OpenSlice& b) { return a.byte < b.byte; });
    return all;
}

bool ChromeTracks::end(std::uint64_t track, std::string_view name, OpenSlice& ended)
{
    const auto found = m_open.find(track);
    if (found == m_open.end())
        return false;
    std::vector<OpenSlice>& open = found->second;
    const auto slice = std::find_if(open.rbegin(), open.rend(), [&](const OpenSlice& each) {
        return name.empty() || each.name.empty() || each.name == name;
    });
    if (slice == open.rend())
        return false;
    ended = std::move(*slice);
    open.erase(std::next(slice).base());
    if (open.empty())
        m_open.erase(found);
    return true;
}

} // namespace arcscope

// RecordsAhead: splits an input and reads its records on a thread of its own, while those before are worked on.
#pragma once

#include "batchbelt.h"
#include "batchtexts.h"
#include "format.h"
#include "recordkeeper.h"
#include "splitter.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace arcscope
{

/// Copies of short texts, for as long as their batch.
class BatchMemory
{
public:
    std::string_view keep(std::string_view text)
    {
        if (text.empty())
            return {};
        auto* const kept = static_cast<char*>(m_memory.allocate(text.size(), 1));
        std::copy(text.begin(), text.end(), kept);
        return {kept, text.size()};
    }
    /// The same for lists of texts, which records seldom have: without one a record needs no destructor, which would
    /// touch its memory once more.
    const std::vector<std::string>* keep(std::vector<std::string>&& texts)
    {
        return texts.empty() ? nullptr : &m_lists.emplace_back(std::move(texts));
    }
    void clear()
    {
        m_memory.release();
        if (!m_lists.empty())
            m_lists.clear();
    }

private:
    std::pmr::monotonic_buffer_resource m_memory;
    std::deque<std::vector<std::string>> m_lists;
};

/// Pulls the events of a JsonSplitter, each with what `Reader` made of it. Everything comes in the order and with the
/// ids and ledger rows that reading one record after the other would give. A source that is not prompt, and what is no
/// longer than a batch, is read without a thread.
///
/// Reader is one object, used on one thread at a time:
///     Reader(SpanSink& sink, More... more);  // the sink is for texts and ledger rows only; their ids hold for one
///                                              // record: nothing may be kept that was made of them
///     struct Record { … void translate(const TextMap&); };  // of every StringId and Id in it
///     /// False for an event that is not its business. Views in the record may point into event.value and `memory`.
///     bool read(const SplitEvent& event, BatchMemory& memory, Record& record);
template <typename Reader>
class RecordsAhead
{
public:
    using Record = typename Reader::Record;
    /// `place` says for the offset of an event where that lies in the file; empty: there.
    template <typename... More>
    RecordsAhead(ReadJob& job, SplitPaths paths, std::function<std::uint64_t(std::uint64_t)> place, More&&... more)
        : m_sink(job.sink)
        , m_keeper(dynamic_cast<RecordKeeper*>(&job.sink))
        , m_place(std::move(place))
        , m_batched(job.input.prompt())
        , m_window(job.input, job.control)
        , m_split(m_window, std::move(paths))
        , m_records(job.sink)
        , m_reader(m_records, std::forward<More>(more)...)
        , m_belt([this](Batch& batch) { return fill(batch); })
    {
    }
    ~RecordsAhead()
    {
        if (m_keeper)
            m_keeper->lend({}, nullptr);
    }

    /// Fills the event, and `record` where the reader made one of it, else null; both are valid until the next call.
    /// False at the end. Error: as JsonSplitter::next().
    Result<bool> next(SplitEvent& event, Record*& record)
    {
        while (!m_batch || m_next == m_batch->items.size()) {
            if (m_batch && (!m_batch->more || !*m_batch->more))
                return m_batch->more;
            if (m_batch && m_batched)
                m_belt.start();
            m_batch = m_belt.next();
            m_next = 0;
            if (m_batched)
                m_texts.begin(m_batch->texts);
        }
        const Item& item = m_batch->items[m_next];
        const std::size_t before = m_next++ == 0 ? 0 : m_batch->items[m_next - 2].issues;
        event = item.event;
        m_lent = m_batched && item.window != none ? &m_batch->windows[item.window] : &m_nothing;
        if (m_keeper && m_batched)
            m_keeper->lend(event.value, window());
        record = item.record == none ? nullptr : &m_batch->records[item.record];
        if (m_batched) {
            m_texts.need(item.texts, m_sink);
            for (std::size_t i = before; i < item.issues; ++i)
                m_sink.report(std::move(m_batch->issues[i]));
            if (record)
                record->translate(m_texts);
        }
        return true;
    }

    /// What keeps the value of the last event where it lies, until next(); null: it has to be copied.
    const std::shared_ptr<const char[]>& window() const { return *m_lent; }

    /// What the reader has seen so far; only behind the end.
    const Reader& reader() const { return m_reader; }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    /// Enough that to hand it over costs nothing, few enough that it is still in the processor's caches.
    static constexpr std::size_t batchBytes = std::size_t(1) << 20;
    static constexpr std::size_t batchItems = 8'192;

    struct Item {
        SplitEvent event;
        std::size_t record = none; ///< index
        std::size_t window = none; ///< index
        std::size_t texts = 0;     ///< that the batch has with this record
        std::size_t issues = 0;
    };
    struct Batch {
        std::vector<Item> items;
        std::vector<Record> records;
        std::shared_ptr<const StringSegment> texts;
        std::vector<ImportIssue> issues;
        std::vector<std::shared_ptr<const char[]>> windows; ///< in which the values lie
        BatchMemory memory;
        Result<bool> more = true;
    };

    bool fill(Batch& batch)
    {
        batch.items.clear();
        batch.records.clear();
        batch.windows.clear();
        batch.memory.clear();
        if (m_batched) {
            m_records.beginBatch();
            batch.items.reserve(batchItems); // of the memory only what is used is touched
            batch.records.reserve(batchItems);
        }
        const std::size_t most = m_batched ? batchItems : 1;
        for (std::size_t bytes = 0; batch.items.size() < most && bytes < batchBytes;) {
            SplitEvent event;
            batch.more = m_split.next(event);
            if (!batch.more || !*batch.more)
                break;
            bytes += add(batch, event);
        }
        batch.texts = m_records.takeTexts();
        batch.issues = m_records.takeIssues();
        return batch.more && *batch.more;
    }

    /// How many bytes of the input it holds.
    std::size_t add(Batch& batch, SplitEvent event)
    {
        if (m_place)
            event.offset = m_place(event.offset);
        event.key = batch.memory.keep(event.key);
        if (m_batched && !event.value.empty() && (batch.windows.empty() || !m_window.liesIn(batch.windows.back())))
            batch.windows.push_back(m_window.buffer());
        const bool read = m_reader.read(event, batch.memory, batch.records.emplace_back());
        if (!read)
            batch.records.pop_back();
        batch.items.push_back({event, read ? batch.records.size() - 1 : none,
                               event.value.empty() ? none : batch.windows.size() - 1, m_records.texts(),
                               m_records.issues()});
        return event.value.size();
    }

    SpanSink& m_sink;
    RecordKeeper* const m_keeper; ///< what the sink is too, or null
    std::function<std::uint64_t(std::uint64_t)> m_place;
    const bool m_batched;
    // of the thread that fills
    WindowReader m_window;
    JsonSplitter m_split;
    RecordSink m_records;
    Reader m_reader;
    // of the other one
    Batch* m_batch = nullptr;
    std::size_t m_next = 0;
    const std::shared_ptr<const char[]> m_nothing;
    const std::shared_ptr<const char[]>* m_lent = &m_nothing; ///< of the batch, for the last event
    TextMap m_texts;
    BatchBelt<Batch> m_belt; ///< last: its thread uses the others
};

} // namespace arcscope

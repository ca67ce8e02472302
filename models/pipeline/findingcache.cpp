#include "findingcache.h"

#include "workspace.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr std::array stamped{SpanColumn::SpanForm,    SpanColumn::SpanHigh,    SpanColumn::SpanLow,
                             SpanColumn::ParentForm,  SpanColumn::ParentHigh,  SpanColumn::ParentLow,
                             SpanColumn::Start,       SpanColumn::Duration,    SpanColumn::Kind,
                             SpanColumn::Status,      SpanColumn::BlockLength, SpanColumn::StreamEvents,
                             columnOf(SpanText::Name)};

} // namespace

std::span<const SpanColumn> stampColumns()
{
    return stamped;
}

DigestValue stampOf(const Corpus& corpus, std::span<const Row> rows)
{
    ContentDigest digest(DigestKey{});
    std::array<std::int64_t, stamped.size()> values{};
    std::int64_t last = -1;
    for (const Row row : rows) {
        if (const std::int64_t trace = corpus.spans.at(SpanColumn::Trace, row); trace != last) {
            digest.add(corpus.traceIdText(static_cast<std::uint32_t>(trace)));
            last = trace;
        }
        for (std::size_t i = 0; i < stamped.size(); ++i)
            values[i] = corpus.spans.at(stamped[i], row);
        digest.add({reinterpret_cast<const char*>(values.data()), sizeof values});
    }
    return digest.value();
}

Result<void> FindingCache::load(Workspace& workspace)
{
    auto kept = foundTraces(workspace);
    if (!kept)
        return kept.error();
    const std::lock_guard lock(m_guard);
    for (FoundTrace& trace : *kept)
        m_entries.insert_or_assign(trace.stamp, Entry{std::move(trace.data), true, false});
    return {};
}

Result<void> FindingCache::save(Workspace& workspace)
{
    const std::lock_guard lock(m_guard);
    std::vector<FoundTrace> found;
    std::vector<DigestValue> gone;
    for (const auto& [stamp, entry] : m_entries) {
        if (entry.asked && !entry.kept)
            found.push_back({stamp, entry.data});
        else if (!entry.asked)
            gone.push_back(stamp);
    }
    if (found.empty() && gone.empty())
        return {};
    if (auto done = keepFoundTraces(workspace, found, gone); !done)
        return done;
    for (const DigestValue& stamp : gone)
        m_entries.erase(stamp);
    for (auto& [stamp, entry] : m_entries)
        entry = {std::move(entry.data), true, false};
    return {};
}

std::vector<DetectorFindings> FindingCache::find(const DigestValue& stamp, std::span<const Row> rows)
{
    std::string data;
    {
        const std::lock_guard lock(m_guard);
        const auto found = m_entries.find(stamp);
        if (found == m_entries.end())
            return {};
        found->second.asked = true;
        data = found->second.data;
    }
    return decodedFindings(data, rows).value_or(std::vector<DetectorFindings>());
}

void FindingCache::put(const DigestValue& stamp, const std::vector<DetectorFindings>& found, std::span<const Row> rows)
{
    auto data = encoded(found, rows);
    if (!data)
        return;
    const std::lock_guard lock(m_guard);
    m_entries.insert_or_assign(stamp, Entry{std::move(*data), false, true});
}

} // namespace arcscope

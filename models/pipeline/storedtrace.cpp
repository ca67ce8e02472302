#include "storedtrace.h"

#include "spancontent.h"
#include "streamcontent.h"
#include "workspace.h"

namespace arcscope
{
namespace
{

/// Records of a few hundred calls; decoded they take three times as much.
constexpr std::int64_t keptBytes = std::int64_t{32} << 20;
/// A record costs this beside its bytes: an empty one is not for nothing.
constexpr std::int64_t entryBytes = 512;

} // namespace

template <typename T>
template <typename Read>
std::shared_ptr<const T> StoredTrace::Recent<T>::get(Row row, std::int64_t size, Read read)
{
    const auto [found, isNew] = known.try_emplace(row);
    if (!isNew)
        return found->second;
    const std::shared_ptr<const T> what = found->second = read();
    order.emplace_back(row, size + entryBytes);
    for (bytes += size + entryBytes; bytes > keptBytes && order.size() > 1; order.pop_front()) {
        bytes -= order.front().second;
        known.erase(order.front().first);
    }
    return what;
}

StoredTrace::StoredTrace(Workspace& workspace, const Corpus& corpus, std::vector<Row> rows)
    : m_workspace(workspace)
    , m_corpus(corpus)
    , m_rows(std::move(rows))
{
}

std::int64_t StoredTrace::recordBytes(Row row) const
{
    return m_corpus.spans.at(SpanColumn::BlockLength, row);
}

void StoredTrace::missed(const Error& error)
{
    if (!m_unread)
        m_unread = error;
}

std::shared_ptr<const SpanContent> StoredTrace::content(Row row)
{
    return m_contents.get(row, recordBytes(row), [&]() -> std::shared_ptr<const SpanContent> {
        auto details = loadDetails(m_workspace, m_corpus, row);
        if (details)
            return std::make_shared<const SpanContent>(std::move(details->content));
        missed(details.error());
        return nullptr;
    });
}

std::shared_ptr<const StreamAnalysis> StoredTrace::stream(Row row)
{
    return m_streams.get(row, recordBytes(row), [&]() -> std::shared_ptr<const StreamAnalysis> {
        auto stream = loadStream(m_workspace, m_corpus, row);
        if (!stream)
            missed(stream.error());
        return stream && !stream->model->events().empty() ? std::make_shared<const StreamAnalysis>(std::move(*stream))
                                                          : nullptr;
    });
}

} // namespace arcscope

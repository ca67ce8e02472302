// StoredTrace: one trace, read out of a workspace as detectors ask for it.
#pragma once

#include "detector.h"
#include "result.h"

#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace arcscope
{

class Workspace;

class StoredTrace : public TraceReading
{
public:
    /// Both must live as long. `rows`: those of one trace.
    StoredTrace(Workspace& workspace, const Corpus& corpus, std::vector<Row> rows);

    const Corpus& corpus() const override { return m_corpus; }
    std::span<const Row> rows() const override { return m_rows; }
    std::shared_ptr<const SpanContent> content(Row row) override;
    std::shared_ptr<const StreamAnalysis> stream(Row row) override;
    /// Why the first record or stream could not be read, if any: what was made of the trace lacks what was in it.
    const std::optional<Error>& unread() const { return m_unread; }

private:
    /// What was read last, up to some bytes of records.
    template <typename T>
    struct Recent {
        std::unordered_map<Row, std::shared_ptr<const T>> known; ///< null: it cannot be read
        std::deque<std::pair<Row, std::int64_t>> order;
        std::int64_t bytes = 0;

        template <typename Read>
        std::shared_ptr<const T> get(Row row, std::int64_t size, Read read);
    };

    std::int64_t recordBytes(Row row) const;
    void missed(const Error& error);

    Workspace& m_workspace;
    const Corpus& m_corpus;
    std::vector<Row> m_rows;
    Recent<SpanContent> m_contents;
    Recent<StreamAnalysis> m_streams;
    std::optional<Error> m_unread;
};

} // namespace arcscope

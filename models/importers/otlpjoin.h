// OtlpJoin: puts the log records of GenAI calls into the spans that they tell of, wherever in the input these are.
#pragma once

#include "jsonvalue.h"
#include "spanrecord.h"

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace arcscope
{

/// Stands between a reader and its sink. A span that log records belong to is given again at the end of the input, with
/// the log records behind it in its record (flag LogsJoined), and replaces what was given before.
class OtlpJoin final : public SpanSink
{
public:
    explicit OtlpJoin(SpanSink& sink)
        : m_sink(sink)
    {
    }

    StringId intern(std::string_view text) override { return m_sink.intern(text); }
    /// A span; or, with the flag LogsJoined, a log record as OtlpLogReader gives it: the row below its span that it is
    /// where that is not found.
    Row add(const SpanRecord& span, std::string_view record) override;
    void addStream(Row span, PackedStream stream) override { m_sink.addStream(span, std::move(stream)); }
    void report(ImportIssue issue) override { m_sink.report(std::move(issue)); }

    /// The input has ended. Logs whose span was not found become rows, with one row in the ledger.
    void finish();

private:
    /// Bytes of spans that are kept in case log records follow, and of log records.
    static constexpr std::size_t maxHeldBytes = std::size_t(64) << 20;
    /// The same of spans that have their messages themselves: only what was streamed may still follow for them.
    static constexpr std::size_t maxWholeBytes = std::size_t(8) << 20;
    using Key = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t>;
    struct Held {
        SpanRecord span;
        std::string record;
    };

    void addLog(SpanRecord row, std::string_view record);
    bool join(const Held& held, const std::vector<Held>& logs);
    static ImportIssue noneAlone();
    void giveAlone(const std::vector<Held>& logs);

    SpanSink& m_sink;
    JsonParser m_parser;
    std::map<Key, Held> m_spans;
    std::map<Key, std::vector<Held>> m_logs;
    std::size_t m_spanBytes = 0;
    std::size_t m_wholeBytes = 0;
    std::size_t m_logBytes = 0;
    ImportIssue m_alone = noneAlone();
};

} // namespace arcscope

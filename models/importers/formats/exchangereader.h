// ExchangeReader: the exchanges of one recording of HTTP as the model calls and tool calls of one trace.
#pragma once

#include "httpexchange.h"

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// The calls have the order of the recording, and the times that it has. A tool call is given with the result that a
/// later request sends for it; the vendor's ids pair them, and names in their order where a vendor has no ids. What is
/// no model call is counted in the ledger. Where a request is sent again as it was after its answer broke off, what was
/// shown of that answer is withdrawn at the time of the second (reason retry, inferred).
class ExchangeReader
{
public:
    /// `fileName` names the trace.
    ExchangeReader(SpanSink& sink, std::string_view fileName);

    /// `record` is what decodeExchange() gets: the bytes of the exchange, or what stands for them.
    void take(const JsonObject& exchange, std::string_view record, std::int64_t line, std::int64_t byte);
    void finish();

    IssueTally& tally() { return m_tally; }

private:
    void takeResults(const std::vector<Message>& messages);
    void keep(std::vector<AskedCall> calls);
    void giveRoot();
    void takeBack(std::uint64_t request, Nanos time);
    void keepCut(std::uint64_t request, const StreamedResponse& response);

    /// Tool calls that wait for their results; the oldest are given without one where there are more.
    static constexpr std::size_t maxWaiting = 10'000;

    SpanSink& m_sink;
    std::string m_file;
    IssueTally m_tally;
    SpanRecord m_root;
    std::deque<AskedCall> m_waiting;
    std::set<std::string, std::less<>> m_callIds;
    std::map<std::string, std::size_t, std::less<>> m_named; ///< results without an id seen in the latest request
    /// What was shown of an answer that broke off: a retraction for each of its blocks.
    struct Cut {
        Row row = 0;
        std::vector<StreamEvent> shown;
    };
    std::map<std::uint64_t, Cut> m_cut; ///< by the hash of what was asked
    std::uint64_t m_number = 0;
    std::uint64_t m_untimed = 0;
};

/// What a record of an exchange says, or of one of its tool calls.
SpanContent decodeExchange(std::string_view record);

} // namespace arcscope

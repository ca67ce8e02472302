// SpanIssues: the ledger rows about the span that is being read, with its place in the input.
#pragma once

#include "jsonvalue.h"
#include "spanrecord.h"
#include "streamrules.h"

#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

/// Used for one span after the other.
class SpanIssues
{
public:
    explicit SpanIssues(SpanSink& sink)
        : m_sink(sink)
    {
    }

    /// Where the next span begins.
    void begin(std::uint64_t offset, std::uint64_t line);
    void report(Severity severity, IssueKind kind, std::string message, std::uint64_t count = 1);
    void reportStream(std::vector<StreamDefect> defects);
    /// What was wrong with the JSON: no more than a warning where the span is kept.
    void reportDefects(JsonParser& parser, bool kept);
    /// Says which times are measured, and reports those that are missing or contradict each other.
    void checkTimes(SpanRecord& span);

private:
    SpanSink& m_sink;
    std::uint64_t m_offset = 0;
    std::uint64_t m_line = 0;
};

} // namespace arcscope

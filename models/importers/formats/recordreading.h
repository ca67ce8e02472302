// What readers of JSON records share: the loop over an input, the values of a stored record, folded ledger rows.
#pragma once

#include "content.h"
#include "format.h"
#include "jsonvalue.h"
#include "splitter.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace arcscope
{

/// Gives every event of the splitter but defects, which go to the ledger.
Result<void> readSplit(ReadJob& job, const SplitPaths& paths, const std::function<void(const SplitEvent& event)>& take);

/// Gives every top-level value, and what lies at `paths`, parsed. What is broken in one goes to the ledger after it.
Result<void> readRecords(ReadJob& job, const SplitPaths& paths,
                         const std::function<void(const JsonValue& value, const SplitEvent& event)>& take);

/// Gives every top-level JSON value of a stored record, parsed.
void eachValue(std::string_view record, const std::function<void(const JsonValue& value)>& take);

/// Counts equal findings of one file, so that each is one ledger row.
class IssueTally
{
public:
    void add(Severity severity, IssueKind kind, std::string message, std::int64_t line = -1, std::int64_t byte = -1,
             std::uint64_t count = 1);
    /// Hands over what was counted.
    void report(SpanSink& sink);

private:
    /// Messages may contain words of the input: beyond this many different ones they are counted under their kind.
    static constexpr std::size_t maxDifferent = 200;
    std::map<std::pair<IssueKind, std::string>, ImportIssue> m_issues;
};

/// Appends a member of a record as an attribute; objects are flattened ("usage.input_tokens"), arrays stay JSON.
void addAttribute(std::vector<Attribute>& attributes, std::string_view key, const JsonValue& value);

/// The time that an ISO 8601 text stands for; noTime for anything else. A missing zone is counted in `tally`.
Nanos readTime(std::string_view text, IssueTally& tally);

} // namespace arcscope

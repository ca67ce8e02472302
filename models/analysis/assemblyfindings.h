// Findings: what assembling has to tell, equal things of one source file in one entry.
#pragma once

#include "spanindex.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

namespace arcscope
{

/// One thread. Entries come out in the same order whatever order they are added in.
class Findings
{
public:
    explicit Findings(const PatchedColumns& columns)
        : m_columns(columns)
    {
    }

    void add(Severity severity, IssueKind kind, Row row, const char* message, std::uint64_t count = 1)
    {
        AssemblyIssue& issue = m_issues[{kind, severity, m_columns.at(SpanColumn::Source, row)}];
        if (issue.count == 0)
            issue = {severity, kind, row, 0, message};
        issue.row = std::min(issue.row, row);
        issue.count += count;
    }
    /// As if what others found had been added here.
    void addAll(const Findings& others)
    {
        for (const auto& [key, found] : others.m_issues) {
            const auto [issue, isNew] = m_issues.try_emplace(key, found);
            if (isNew)
                continue;
            issue->second.row = std::min(issue->second.row, found.row);
            issue->second.count += found.count;
        }
    }
    std::vector<AssemblyIssue> take() const
    {
        std::vector<AssemblyIssue> issues;
        for (const auto& [key, issue] : m_issues)
            issues.push_back(issue);
        return issues;
    }

private:
    const PatchedColumns& m_columns;
    std::map<std::tuple<IssueKind, Severity, std::int64_t>, AssemblyIssue> m_issues;
};

} // namespace arcscope

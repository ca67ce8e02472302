// Ledger rows: folded while an import runs, then stored.
#pragma once

#include "issue.h"
#include "sqlite.h"

#include <map>
#include <tuple>
#include <vector>

namespace arcscope
{

/// Distinct rows that one kind of issue of one file may have; what comes beyond is counted in the last of them.
inline constexpr std::size_t maxIssuesPerKind = 1'000;

/// Folds equal issues: same file, severity, kind and message. The first one's place stays.
class LedgerBuilder
{
public:
    void beginFile(std::string name) { m_file = std::move(name); }
    void report(ImportIssue issue);
    const std::vector<ImportIssue>& issues() const { return m_issues; }
    Result<void> write(Database& database);

private:
    using Key = std::tuple<std::string, Severity, IssueKind, std::string>;

    std::string m_file;
    std::vector<ImportIssue> m_issues;
    std::map<Key, std::size_t> m_places;
    std::map<std::pair<std::string, IssueKind>, std::size_t> m_distinct;
};

/// `assembled`: found by putting the corpus together, replaced by the next import.
Result<void> writeIssues(Database& database, const std::vector<ImportIssue>& issues, bool assembled);

} // namespace arcscope

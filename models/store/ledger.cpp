#include "ledger.h"

namespace arcscope
{

void LedgerBuilder::report(ImportIssue issue)
{
    if (issue.file.empty())
        issue.file = m_file;
    Key key{issue.file, issue.severity, issue.kind, issue.message};
    auto place = m_places.find(key);
    if (place == m_places.end()) {
        std::size_t& distinct = m_distinct[{issue.file, issue.kind}];
        if (distinct >= maxIssuesPerKind) {
            std::get<3>(key) = "more of this kind, not listed one by one";
            place = m_places.find(key);
        }
        if (place == m_places.end()) {
            ++distinct;
            issue.message = std::get<3>(key);
            m_places.emplace(std::move(key), m_issues.size());
            m_issues.push_back(std::move(issue));
            return;
        }
    }
    m_issues[place->second].count += issue.count;
}

Result<void> LedgerBuilder::write(Database& database)
{
    auto written = writeIssues(database, m_issues, false);
    m_issues.clear();
    m_places.clear();
    m_distinct.clear();
    return written;
}

Result<void> writeIssues(Database& database, const std::vector<ImportIssue>& issues, bool assembled)
{
    auto insert = database.prepare(
        "insert into issues(severity, kind, file, line, byte, message, count, assembled) values(?,?,?,?,?,?,?,?)");
    if (!insert)
        return insert.error();
    for (const ImportIssue& issue : issues) {
        auto put = insert->bind(1, static_cast<std::int64_t>(issue.severity))
                       .bind(2, static_cast<std::int64_t>(issue.kind))
                       .bind(3, issue.file)
                       .bind(4, issue.line)
                       .bind(5, issue.byte)
                       .bind(6, issue.message)
                       .bind(7, static_cast<std::int64_t>(issue.count))
                       .bind(8, std::int64_t{assembled ? 1 : 0})
                       .run();
        if (!put)
            return put;
    }
    return {};
}

} // namespace arcscope

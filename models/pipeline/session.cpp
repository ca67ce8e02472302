#include "session.h"

#include <fstream>

namespace arcscope
{

bool isWorkspace(const std::string& path)
{
    constexpr std::string_view magic("SQLite format 3\0", 16);
    std::ifstream file(path, std::ios::binary);
    std::string head(magic.size(), '\0');
    return file.read(head.data(), static_cast<std::streamsize>(head.size())) && head == magic;
}

Result<Session> openSession(const std::vector<std::string>& paths, std::span<const SpanColumn> columns,
                            const Control& control, const ChunkObserver& observer, const ImportOptions& options)
{
    const bool existing = paths.size() == 1 && isWorkspace(paths.front());
    auto workspace = existing ? Workspace::open(paths.front()) : Workspace::createTemporary();
    if (!workspace)
        return workspace.error();
    std::optional<ImportReport> report;
    if (!existing) {
        auto imported = importInto(workspace->path(), paths, control, observer, options);
        if (!imported)
            return imported.error();
        report = std::move(*imported);
    }
    auto corpus = workspace->loadCorpus(columns, control);
    if (!corpus)
        return corpus.error();
    return Session{std::move(*workspace), std::move(*corpus), std::move(report)};
}

} // namespace arcscope

#include "session.h"

#include "clockskew.h"

#include <array>
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

Result<std::vector<std::string>> alignByEstimates(Session& session, const Control& control)
{
    constexpr std::array needed{SpanColumn::Start,          SpanColumn::Duration,  SpanColumn::Flags,
                                SpanColumn::Provenance,     SpanColumn::ParentRow, SpanColumn::Trace,
                                columnOf(SpanText::Service)};
    Corpus& corpus = session.corpus;
    if (auto loaded = session.workspace.loadColumns(corpus, needed, control); !loaded)
        return loaded.error();
    const auto clocks = estimateClocks(corpus, control);
    if (!clocks)
        return clocks.error();
    std::vector<std::string> sentences;
    for (const ServiceClock& clock : *clocks) {
        if (clock.offset != 0)
            sentences.push_back(clockText(clock, corpus.strings[clock.service], corpus.strings[clock.reference]));
    }
    corpus = alignClocks(corpus, offsetsOf(*clocks));
    return sentences;
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

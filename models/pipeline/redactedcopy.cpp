#include "redactedcopy.h"

#include <algorithm>
#include <fstream>
#include <map>

namespace arcscope
{
namespace
{

/// The name of a source without its folders, in characters that any file may have.
std::string nameOf(std::string source, Redactor* redactor)
{
    constexpr std::size_t longest = 100;
    source.erase(0, source.find_last_of("/\\!") + 1); // npos + 1 is 0
    if (redactor)
        redactor->strike(source, {}, "file name");
    std::replace_if(
        source.begin(), source.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '/' || c == '\\' || c == ':' || c == '!'; },
        '_');
    if (source.empty() || source.front() == '.' || source.size() > longest)
        source = "redacted.jsonl";
    return source;
}

} // namespace

Result<void> RedactedCopy::write(Session& session, std::span<const Row> rows, Redactor* redactor,
                                 const Control& control)
{
    auto folder = TemporaryFolder::create();
    if (!folder)
        return folder.error();
    m_folder = std::move(*folder);
    const auto sources = session.workspace.sources();
    if (!sources)
        return sources.error();
    std::map<std::int64_t, std::vector<Row>> bySource;
    for (const Row row : rows) {
        const auto trace = static_cast<std::uint32_t>(session.corpus.spans.at(SpanColumn::Trace, row));
        bySource[session.corpus.traces.at(TraceColumn::Source, trace)].push_back(row);
    }
    if (bySource.empty())
        bySource[-1] = {};
    for (const auto& [source, chosen] : bySource) {
        const bool known = source >= 0 && source < static_cast<std::int64_t>(sources->size());
        const std::string name = nameOf(known ? (*sources)[static_cast<std::size_t>(source)].name : "", redactor);
        std::string path = m_folder->path() + '/' + name;
        for (int number = 2; std::find(m_paths.begin(), m_paths.end(), path) != m_paths.end(); ++number)
            path = m_folder->path() + '/' + std::to_string(number) + '-' + name;
        const auto lines = exportedLines(session, chosen, redactor, control);
        if (!lines)
            return lines.error();
        std::ofstream file(path, std::ios::binary);
        file << *lines;
        file.close();
        if (!file)
            return Error{ErrorCode::Unreadable, path + " cannot be written"};
        m_paths.push_back(std::move(path));
    }
    return {};
}

} // namespace arcscope

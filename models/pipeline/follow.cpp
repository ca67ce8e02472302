#include "follow.h"

#include "format.h"
#include "inputimport.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

namespace arcscope
{
namespace
{

using Found = FollowedFile::Found;

/// Whether bytes that come behind what is there can be read as they are.
bool canGrow(const InputFile& file)
{
    std::error_code ignored;
    if (file.archive || file.path == "-" || !std::filesystem::is_regular_file(file.path, ignored))
        return false;
    char head[4]{};
    std::ifstream(file.path, std::ios::binary).read(head, sizeof(head));
    const std::string_view magic(head, sizeof(head));
    return !magic.starts_with("\x1f\x8b") && !magic.starts_with("\x28\xb5\x2f\xfd");
}

InputFile inputOf(const FilePart& part)
{
    InputFile input{part.path, part.path, part.last - part.first, 0, nullptr};
    input.firstByte = part.first;
    input.lastByte = part.last;
    input.linesBefore = part.lines;
    return input;
}

ImportIssue noteOf(const std::string& path, Found found)
{
    ImportIssue issue;
    issue.severity = Severity::Info;
    issue.kind = IssueKind::TruncatedFile;
    issue.file = path;
    issue.message = found == Found::Another
                        ? "another file took its place while it was followed; what it said before is kept"
                        : "it was cut or written anew while it was followed; what it said before is kept";
    return issue;
}

} // namespace

/// What one look at all files found.
struct Follow::Changes {
    std::vector<InputFile> fixed;                       ///< inputs that are read once
    std::vector<std::pair<FollowedFile*, Found>> files; ///< with something new
    std::vector<ImportIssue> issues;
};

Follow::Follow(std::vector<std::string> paths, std::vector<SpanColumn> columns)
    : m_paths(std::move(paths))
    , m_columns(std::move(columns))
{
}

bool Follow::linesStandAlone(const std::string& path) const
{
    const auto format = m_formats.find(path);
    const ImportFormat* known = format == m_formats.end() ? nullptr : formatNamed(format->second);
    return known && known->linesStandAlone;
}

Result<Follow::Changes> Follow::look(const Control& control)
{
    Changes changes;
    std::vector<std::string> there;
    std::error_code ignored;
    m_missing.clear();
    for (const std::string& path : m_paths) {
        if (path == "-" || std::filesystem::exists(path, ignored))
            there.push_back(path);
        else if (m_missing.empty())
            m_missing = path;
    }
    auto inputs = expandInputs(there, changes.issues, control);
    if (!inputs && inputs.error().code != ErrorCode::NotFound) // which is one that went at this moment
        return inputs.error();
    if (!m_session && (!inputs || inputs->empty()))
        return Error{ErrorCode::NotFound,
                     m_missing.empty() ? "there is no file to follow" : m_missing + ": there is no such file"};
    m_watched = there;
    for (InputFile& input : inputs ? *inputs : std::vector<InputFile>()) {
        const auto known = m_files.find(input.path);
        if (known == m_files.end() && !canGrow(input)) {
            changes.fixed.push_back(std::move(input));
            continue;
        }
        if (std::find(m_watched.begin(), m_watched.end(), input.path) == m_watched.end())
            m_watched.push_back(input.path);
        FollowedFile& file = known == m_files.end()
                                 ? m_files.emplace(input.path, FollowedFile(input.path)).first->second
                                 : known->second;
        const auto found = file.look(control);
        if (!found)
            return found.error();
        if (*found == Found::Another || *found == Found::Cut) {
            m_keeps = true;
            changes.issues.push_back(noteOf(input.path, *found));
        }
        if (*found != Found::Nothing && *found != Found::Gone)
            changes.files.emplace_back(&file, *found);
    }
    return changes;
}

Result<std::shared_ptr<Session>> Follow::finish(Workspace workspace, Result<ImportReport> report,
                                                const Control& control)
{
    if (!report)
        return report.error();
    auto corpus = workspace.loadCorpus(m_columns, control);
    if (!corpus)
        return corpus.error();
    for (const ImportedFile& file : report->files)
        m_formats[file.name] = file.format;
    m_session = std::make_shared<Session>(Session{std::move(workspace), std::move(*corpus), std::move(*report)});
    return m_session;
}

Result<std::shared_ptr<Session>> Follow::readAll(Changes changes, const Control& control)
{
    auto workspace = Workspace::createTemporary();
    if (!workspace)
        return workspace.error();
    InputList inputs{std::move(changes.fixed), std::move(changes.issues), m_paths};
    for (const auto& [path, file] : m_files)
        inputs.files.push_back(inputOf(file.whole()));
    std::sort(inputs.files.begin(), inputs.files.end(),
              [](const InputFile& a, const InputFile& b) { return a.name < b.name; });
    auto report = importInputs(workspace->path(), std::move(inputs), control);
    return finish(std::move(*workspace), std::move(report), control);
}

Result<std::shared_ptr<Session>> Follow::readChanges(Changes changes, const Control& control)
{
    auto workspace = m_session->workspace.copyToTemporary();
    if (!workspace)
        return workspace.error();
    InputList inputs{{}, std::move(changes.issues), m_paths};
    for (const auto& [file, found] : changes.files) {
        const FilePart added = file->added();
        const bool alone = found == Found::Grown && added.first > 0 && linesStandAlone(file->path());
        inputs.files.push_back(inputOf(alone ? added : file->whole()));
    }
    auto report = importInputs(workspace->path(), std::move(inputs), control);
    return finish(std::move(*workspace), std::move(report), control);
}

Result<std::shared_ptr<Session>> Follow::step(const Control& control)
{
    auto changes = look(control);
    if (!changes)
        return changes.error();
    if (m_session && changes->files.empty())
        return std::shared_ptr<Session>();
    const bool wholeFiles = std::any_of(changes->files.begin(), changes->files.end(), [&](const auto& change) {
        return change.second == Found::Grown && change.first->added().first > 0 &&
               !linesStandAlone(change.first->path());
    });
    // Reading all files again leaves no earlier readings behind; it is no way where files have lost something.
    return !m_session || (wholeFiles && !m_keeps) ? readAll(std::move(*changes), control)
                                                  : readChanges(std::move(*changes), control);
}

} // namespace arcscope

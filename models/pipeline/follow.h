// Follow: a corpus of files that others are still writing, brought up to date step by step.
#pragma once

#include "followedfile.h"
#include "session.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace arcscope
{

/// One thread at a time. Files that are packed, members of archives and pipes are read once; in folders that were named
/// new files count, too. Nothing is ever taken away: what a file said before it was cut or replaced stays.
///
/// Each step that finds something gives a session of its own: those before stay as they are for who uses them.
class Follow
{
public:
    /// `columns`: of the corpora that are given.
    Follow(std::vector<std::string> paths, std::vector<SpanColumn> columns);

    /// The first step reads everything, the next ones what came; null where nothing did. Where every line of a format
    /// stands for itself only the new ones are read; other files are read again as a whole. Error: a path cannot be
    /// followed, nothing is there at the first step, Cancelled, Store.
    Result<std::shared_ptr<Session>> step(const Control& control);
    /// Files and folders whose changes matter.
    const std::vector<std::string>& watched() const { return m_watched; }
    /// A path that was there and is gone at the moment; empty: none is.
    const std::string& missing() const { return m_missing; }

private:
    struct Changes;

    Result<Changes> look(const Control& control);
    Result<std::shared_ptr<Session>> readAll(Changes changes, const Control& control);
    Result<std::shared_ptr<Session>> readChanges(Changes changes, const Control& control);
    Result<std::shared_ptr<Session>> finish(Workspace workspace, Result<ImportReport> report, const Control& control);
    bool linesStandAlone(const std::string& path) const;

    std::vector<std::string> m_paths;
    std::vector<SpanColumn> m_columns;
    std::map<std::string, FollowedFile> m_files;
    std::map<std::string, std::string> m_formats; ///< by the name of a source
    std::vector<std::string> m_watched;
    std::string m_missing;
    std::shared_ptr<Session> m_session; ///< the last one given
    bool m_keeps = false;               ///< it has what the files do not say any more
};

} // namespace arcscope

#include "notefile.h"

#include "notetransfer.h"

namespace arcscope
{
namespace
{

Result<PlaceAnchor> anchorHere(const QStringList& paths)
{
    std::vector<std::string> all;
    for (const QString& path : paths)
        all.push_back(path.toStdString());
    return anchorOf(all);
}

} // namespace

Result<void> writeNotesFile(const KeptNotes& notes, const QStringList& paths, const QString& file)
{
    const auto anchor = anchorHere(paths);
    return anchor ? writeNotesFile(notes, *anchor, file.toStdString()) : Result<void>(anchor.error());
}

Result<KeptNotes> readNotesFile(const QStringList& paths, const QString& file)
{
    const auto anchor = anchorHere(paths);
    return anchor ? readNotesFile(file.toStdString(), *anchor) : Result<KeptNotes>(anchor.error());
}

Result<void> writeStoryFile(const Story& story, const QStringList& paths, const QString& file)
{
    const auto anchor = anchorHere(paths);
    return anchor ? writeStoryFile(story, *anchor, file.toStdString()) : Result<void>(anchor.error());
}

Result<Story> readStoryFile(const QStringList& paths, const QString& file)
{
    const auto anchor = anchorHere(paths);
    return anchor ? readStoryFile(file.toStdString(), *anchor) : Result<Story>(anchor.error());
}

} // namespace arcscope

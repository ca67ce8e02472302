#include "notefile.h"

#include "notesjson.h"
#include "wholefile.h"

#include <QFile>

namespace arcscope
{
namespace
{

constexpr qint64 largestFile = qint64(64) << 20;

Result<std::string> bytesOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::NotFound, path.toStdString() + ": " + file.errorString().toStdString()};
    if (file.size() > largestFile)
        return Error{ErrorCode::Malformed, path.toStdString() + ": a file of notes is not larger than 64 MB"};
    return file.readAll().toStdString();
}

template <typename T>
Result<T> parsed(const QString& path, Result<T> (*parse)(std::string_view))
{
    const auto bytes = bytesOf(path);
    if (!bytes)
        return bytes.error();
    auto read = parse(*bytes);
    return read ? std::move(read) : Result<T>(within(read.error(), path.toStdString()));
}

} // namespace

Result<void> writeNotesFile(const KeptNotes& notes, const QString& file)
{
    return writeWhole(file.toStdString(), notesJson(notes));
}

Result<KeptNotes> readNotesFile(const QString& file)
{
    return parsed(file, parseNotes);
}

Result<void> writeStoryFile(const Story& story, const QString& file)
{
    return writeWhole(file.toStdString(), storyText(story));
}

Result<Story> readStoryFile(const QString& file)
{
    return parsed(file, parseStory);
}

} // namespace arcscope

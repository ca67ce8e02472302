#include "notetransfer.h"

#include "notesjson.h"
#include "wholefile.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace arcscope
{
namespace
{

constexpr std::uintmax_t largestFile = std::uintmax_t{64} << 20;

template <typename T>
Result<T> parsed(const std::string& path, Result<T> (*parse)(std::string_view))
{
    const auto bytes = wholeFile(path);
    if (!bytes)
        return bytes.error();
    auto read = parse(*bytes);
    return read ? std::move(read) : Result<T>(within(read.error(), path));
}

} // namespace

Result<std::string> wholeFile(const std::string& path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return Error{ErrorCode::NotFound, path + ": this is a folder"};
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{ErrorCode::NotFound, path + ": " + std::strerror(errno)};
    const auto size = std::filesystem::file_size(path, error); // of a pipe it is not known
    if (!error && size > largestFile)
        return Error{ErrorCode::Malformed, path + ": a file of this kind is not larger than 64 MB"};
    return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<void> writeNotesFile(KeptNotes notes, const PlaceAnchor& anchor, const std::string& file)
{
    makePortable(notes, anchor);
    return writeWhole(file, notesJson(notes));
}

Result<KeptNotes> readNotesFile(const std::string& file, const PlaceAnchor& anchor)
{
    auto notes = parsed(file, parseNotes);
    if (notes)
        makeLocal(*notes, anchor);
    return notes;
}

Result<void> writeStoryFile(Story story, const PlaceAnchor& anchor, const std::string& file)
{
    KeptNotes notes;
    notes.story = std::move(story);
    makePortable(notes, anchor);
    return writeWhole(file, storyText(notes.story));
}

Result<Story> readStoryFile(const std::string& file, const PlaceAnchor& anchor)
{
    auto story = parsed(file, parseStory);
    if (!story)
        return story;
    KeptNotes notes;
    notes.story = std::move(*story);
    makeLocal(notes, anchor);
    return std::move(notes.story);
}

} // namespace arcscope

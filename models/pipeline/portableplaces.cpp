#include "portableplaces.h"

#include "session.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace arcscope
{
namespace
{

/// Behind these an id begins.
constexpr auto idWords = std::to_array<std::string_view>({"trace:", "/span:", "cause:"});
constexpr std::string_view here = "./";

using Translate = std::string (*)(std::string_view, const PlaceAnchor&);

/// How much of an id is the folder; npos: it is none of a file there.
std::size_t folderIn(std::string_view id, const PlaceAnchor& anchor)
{
    if (!anchor.folder.empty())
        return id.starts_with(anchor.folder) ? anchor.folder.size() : std::string_view::npos;
    const bool ofFile = !anchor.file.empty() && id.starts_with(anchor.file) &&
                        (id.size() == anchor.file.size() ||
                         std::string_view("#!/").find(id[anchor.file.size()]) != std::string_view::npos);
    return ofFile ? 0 : std::string_view::npos;
}

/// Gives behind each word `with` in the place of what `length` says.
template <typename Length>
std::string replaced(std::string_view text, std::string_view with, Length length)
{
    std::string out;
    while (!text.empty()) {
        const auto word =
            std::find_if(idWords.begin(), idWords.end(), [&](std::string_view each) { return text.starts_with(each); });
        if (word == idWords.end()) {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        out += *word;
        text.remove_prefix(word->size());
        if (const std::size_t gone = length(text); gone != std::string_view::npos) {
            out += with;
            text.remove_prefix(gone);
        }
    }
    return out;
}

void translate(ViewState& state, const PlaceAnchor& anchor, Translate as)
{
    state.trace = as(state.trace, anchor);
    state.span = as(state.span, anchor);
    state.chosen = as(state.chosen, anchor);
}

void translate(KeptNotes& notes, const PlaceAnchor& anchor, Translate as)
{
    if (anchor == PlaceAnchor())
        return;
    constexpr std::string_view traceWord = "trace:";
    const auto id = [&](std::string& text) {
        text = as(std::string(traceWord) + text, anchor).substr(traceWord.size());
    };
    const auto key = [&](std::string& text) { text = as(text, anchor); };
    for (Annotation& each : notes.annotations)
        key(each.place);
    for (KeptVerdict& each : notes.verdicts)
        key(each.finding);
    for (ArcReview& each : notes.arcs.reviews)
        key(each.arc);
    for (StitchDecision& each : notes.arcs.stitches) {
        key(each.earlier);
        key(each.later);
    }
    for (ReplayMatch& each : notes.replays.matches) {
        id(each.base);
        id(each.candidate);
    }
    for (StoryStep& each : notes.story.steps)
        translate(each.state, anchor, as);
}

std::string folderOf(const std::string& path)
{
    return path.substr(0, path.find_last_of('/') + 1); // npos + 1 is 0
}

PlaceAnchor anchorOfSources(const std::vector<SourceFile>& sources)
{
    PlaceAnchor anchor;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const std::string name = sources[i].name.substr(0, sources[i].name.find('!')); // an archive and its member
        const std::string folder = folderOf(name);
        if (i == 0)
            anchor = {folder, folder.empty() && sources.size() == 1 ? name : std::string()};
        while (!folder.starts_with(anchor.folder))
            anchor.folder = folderOf(anchor.folder.substr(0, anchor.folder.size() - 1));
    }
    return anchor;
}

} // namespace

PlaceAnchor anchorOfPath(const std::string& path)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return {path.ends_with('/') ? path : path + '/', {}};
    const std::string folder = folderOf(path);
    return {folder, folder.empty() ? path : std::string()};
}

Result<PlaceAnchor> anchorOf(const std::vector<std::string>& paths)
{
    if (paths.size() == 1 && isWorkspace(paths.front())) {
        auto workspace = Workspace::open(paths.front());
        if (!workspace)
            return workspace.error();
        const auto sources = workspace->sources();
        return sources ? Result<PlaceAnchor>(anchorOfSources(*sources)) : Result<PlaceAnchor>(sources.error());
    }
    for (const std::string& path : paths) {
        std::error_code ignored;
        if (path != "-" && std::filesystem::exists(path, ignored))
            return anchorOfPath(path);
    }
    return PlaceAnchor();
}

std::string portablePlace(std::string_view text, const PlaceAnchor& anchor)
{
    return replaced(text, here, [&](std::string_view id) { return folderIn(id, anchor); });
}

std::string localPlace(std::string_view text, const PlaceAnchor& anchor)
{
    if (anchor == PlaceAnchor())
        return std::string(text);
    return replaced(text, anchor.folder,
                    [](std::string_view id) { return id.starts_with(here) ? here.size() : std::string_view::npos; });
}

void makePortable(KeptNotes& notes, const PlaceAnchor& anchor)
{
    translate(notes, anchor, &portablePlace);
}

void makeLocal(KeptNotes& notes, const PlaceAnchor& anchor)
{
    translate(notes, anchor, &localPlace);
}

void makePortable(ViewState& state, const PlaceAnchor& anchor)
{
    translate(state, anchor, &portablePlace);
}

void makeLocal(ViewState& state, const PlaceAnchor& anchor)
{
    translate(state, anchor, &localPlace);
}

} // namespace arcscope

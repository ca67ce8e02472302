// Places whose ids are names of files, told without folders: notes and links hold for the same files elsewhere.
#pragma once

#include "keptnotes.h"
#include "result.h"
#include "viewstate.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Where the names of files that ids begin with are told from. Empty: ids stay as they are.
struct PlaceAnchor {
    std::string folder; ///< with the slash at its end; empty: names have none
    std::string file;   ///< the only one that counts where there is no folder

    bool operator==(const PlaceAnchor&) const = default;
};

/// The folder that is the path, or that it lies in; as it was given.
PlaceAnchor anchorOfPath(const std::string& path);
/// The same for what is opened together: of the first path that is there; of a workspace the folder that all its
/// sources share. Error: Store.
Result<PlaceAnchor> anchorOf(const std::vector<std::string>& paths);

/// "trace:/home/ann/run.json#1" is "trace:./run.json#1" in what is kept beside run.json and in what leaves; also in
/// keys of findings and arcs. Other ids stay.
std::string portablePlace(std::string_view text, const PlaceAnchor& anchor);
std::string localPlace(std::string_view text, const PlaceAnchor& anchor);

void makePortable(KeptNotes& notes, const PlaceAnchor& anchor);
void makeLocal(KeptNotes& notes, const PlaceAnchor& anchor);
void makePortable(ViewState& state, const PlaceAnchor& anchor);
void makeLocal(ViewState& state, const PlaceAnchor& anchor);

} // namespace arcscope

// `arcscope:` links: a state of a window on content that is told by its digest, never by a path.
#pragma once

#include "result.h"
#include "viewstate.h"

#include <string>
#include <string_view>

namespace arcscope
{

/// "arcscope:open?sha256=…&content=…&name=…&view=…&trace=…&span=…&part=…&from=…&to=…&left=…&right=…&filter=…&chosen=…":
/// values
/// are percent-encoded, times are nanoseconds, what is empty is left out.
struct StateLink {
    std::string sha256; ///< of what was opened (openingDigest()): 64 lower-case hex digits
    std::string
        content;      ///< of what was read of it (corpusDigest()), so that a workspace of it is known; empty: the same
    std::string name; ///< of the file, for people only: nothing is opened by it
    ViewState state;

    /// Whether it leads to what has these: openingDigest() and, where it is known, corpusDigest().
    bool isOf(std::string_view opened, std::string_view read) const;
    bool operator==(const StateLink&) const = default;
};

inline constexpr std::string_view linkScheme = "arcscope:";
inline constexpr std::size_t longestLink = 16'384;

/// True for a text that wants to be such a link, also where parseLink() refuses it.
bool isLink(std::string_view text);

/// The name loses its folders.
std::string linkText(const StateLink& link);

/// Also "arcscope://open?…", as browsers write it. Error: Malformed, with the byte where that helps; Unsupported for a
/// word that this version does not know: a link is understood as a whole or not at all.
Result<StateLink> parseLink(std::string_view text);

} // namespace arcscope

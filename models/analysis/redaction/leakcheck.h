// The leak check: looks for everything that was taken out in everything that leaves, in every notation it may hide in.
#pragma once

#include "packedbytes.h"
#include "redactor.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Something that leaves: a file, or a member of one.
struct LeavingPiece {
    std::string name;
    std::string_view bytes;
};

struct Leak {
    std::string kind; ///< of the value; the value itself is not told
    std::string rule;
    std::string piece;
    std::string way;      ///< "as it is", "base64", "split over strings of content", "unpacked, JSON"
    std::size_t byte = 0; ///< of the piece, or of what it was unpacked to
    /// Ids of spans of OTLP that hold it, as far as that can be told.
    std::vector<std::string> spans;
};

/// Empty: none was found. What is looked for as whole words only stands in the words of every file, too: it is struck,
/// and not looked for here.
std::vector<Leak> findLeaks(const Redactor& redactor, const std::vector<LeavingPiece>& pieces,
                            const UnpackBytes& unpack = {});
/// How many of the values that were met are looked for so.
std::size_t valuesLookedFor(const Redactor& redactor, LookedFor where);

} // namespace arcscope

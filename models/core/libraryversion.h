// A library that the program is linked with, for people who report a fault.
#pragma once

#include <string>

namespace arcscope
{

struct LibraryVersion {
    std::string name;
    std::string version; ///< of the library that runs; of its headers where it has no other

    bool operator==(const LibraryVersion&) const = default;
};

} // namespace arcscope

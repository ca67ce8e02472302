// What can be read, for people who ask.
#pragma once

#include <string>
#include <vector>

namespace arcscope
{

struct Readable {
    std::string name;  ///< as `info` and the ledger name it
    std::string title; ///< for people
};

/// The formats, in the order in which they are asked.
std::vector<Readable> readableFormats();
/// The mappings that come with the program, then those saved in `folder` (userMappingFolder()) that can be used.
std::vector<Readable> readableMappings(const std::string& folder);

} // namespace arcscope

// YAML as the JSON that it stands for, so that one reader serves both.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope
{

/// What a YAML text stands for, or why it stands for nothing.
struct YamlJson {
    std::string json;
    std::string error;     ///< empty: all is well
    std::int64_t line = 0; ///< of the error, from 0, within the text
};

/// Containers nested deeper are refused.
inline constexpr std::size_t maxYamlDepth = 256;

/// The first document of the text. A scalar with the tag binary becomes {"base64": text}; plain scalars are numbers,
/// true, false or null exactly where JSON would write them so, all else is a string. Aliases are written out, up to
/// `limit` bytes of JSON in all: what would be longer is refused.
YamlJson yamlToJson(std::string_view text, std::size_t limit);

} // namespace arcscope

// What a shell can offer for the value of an option.
#pragma once

#include "options.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct DescribedValue {
    bool wanted = false;            ///< the option takes a value
    bool repeated = false;          ///< the option may be given several times
    bool isFile = false;            ///< "FILE", "FILE.html", "WORK.arcscope"
    std::vector<std::string> words; ///< "dark|light"; empty where any text will do
};

DescribedValue describedValue(const OptionSpec& option);

/// The option without its dashes.
std::string_view bareName(const OptionSpec& option);
inline bool isLong(const OptionSpec& option)
{
    return option.name.starts_with("--");
}

/// `text` with `escape` before every character of `special`.
std::string escaped(std::string_view text, std::string_view special, std::string_view escape = "\\");
/// `text` in single quotes, as every shell reads it.
std::string quoted(std::string_view text);

} // namespace arcscope

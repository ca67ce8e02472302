// Splitting the arguments of a sub-command into options and operands.
#pragma once

#include "result.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// One option of a sub-command; `value` names what follows it, empty for a switch. Where it ends in "..." the option
/// may be given several times: its values are one, with commas between.
struct OptionSpec {
    std::string_view name;
    std::string_view value;
    std::string_view help;
};

struct Options {
    std::map<std::string, std::string, std::less<>> values; ///< switches have an empty value
    std::vector<std::string> operands;

    bool has(std::string_view name) const { return values.find(name) != values.end(); }
    std::string get(std::string_view name) const
    {
        const auto found = values.find(name);
        return found == values.end() ? std::string() : found->second;
    }
};

/// The value of an option that is a number, nothing where it is not given. Error: Usage.
Result<std::optional<double>> numberOption(const Options& options, std::string_view name);

/// "--name value", "--name=value" and "-o value"; "--" ends the options; "-" is an operand. Error: Usage, naming the
/// option.
Result<Options> readOptions(std::span<const std::string> arguments, std::span<const OptionSpec> specs);

} // namespace arcscope

#include "options.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace arcscope
{

Result<std::optional<double>> numberOption(const Options& options, std::string_view name)
{
    constexpr double largest = 1e12;
    if (!options.has(name))
        return std::optional<double>();
    const std::string text = options.get(name);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !(std::abs(value) < largest))
        return Error{ErrorCode::Usage, std::string(name) + " is a number"};
    return std::optional<double>(value);
}

Result<Options> readOptions(std::span<const std::string> arguments, std::span<const OptionSpec> specs)
{
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "--") {
            options.operands.insert(options.operands.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                    arguments.end());
            break;
        }
        if (argument.size() < 2 || argument[0] != '-') {
            options.operands.push_back(argument);
            continue;
        }
        const std::size_t equals = argument.starts_with("--") ? argument.find('=') : std::string::npos;
        const std::string name = argument.substr(0, equals);
        const auto spec = std::find_if(specs.begin(), specs.end(), [&](const OptionSpec& s) { return s.name == name; });
        if (spec == specs.end())
            return Error{ErrorCode::Usage, "unknown option " + name};
        if (spec->value.empty()) {
            if (equals != std::string::npos)
                return Error{ErrorCode::Usage, name + " takes no value"};
            options.values[name] = {};
        } else if (equals != std::string::npos || i + 1 < arguments.size()) {
            std::string& value = options.values[name];
            const bool more = spec->value.ends_with("...") && !value.empty();
            value = (more ? value + ',' : std::string()) +
                    (equals != std::string::npos ? argument.substr(equals + 1) : arguments[++i]);
        } else {
            return Error{ErrorCode::Usage,
                         std::string(name).append(" needs a value: ").append(name).append(" ").append(spec->value)};
        }
    }
    return options;
}

} // namespace arcscope

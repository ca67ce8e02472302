#include "windowrequest.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string_view>

namespace arcscope
{
namespace
{

constexpr OptionSpec options[] = {
    {"--follow", "", "show what others write to the files, as it comes"},
    {"--align-clocks", "", "shift the times of services whose clocks are off, as calls between them say"},
    {"--sample", "", "open the bundled sample incident"},
    {"--new-instance", "", "a window of its own, also where one is open already"},
    {"--no-session", "", "without what was open when the window was last closed"},
};

/// What every program of the toolkit understands, with one dash or two; true where a value follows.
constexpr std::pair<std::string_view, bool> toolkitOptions[] = {
    {"platform", true},        {"platformpluginpath", true},
    {"platformtheme", true},   {"plugin", true},
    {"qwindowgeometry", true}, {"qwindowicon", true},
    {"qwindowtitle", true},    {"display", true},
    {"geometry", true},        {"session", true},
    {"style", true},           {"stylesheet", true},
    {"reverse", false},
};

/// How many arguments an option of the toolkit takes up, itself included; 0 for every other argument.
std::size_t toolkitWords(std::string_view argument)
{
    if (!argument.starts_with('-'))
        return 0;
    argument.remove_prefix(argument.starts_with("--") ? 2 : 1);
    const std::size_t equals = argument.find('=');
    for (const auto& [name, hasValue] : toolkitOptions) {
        if (argument.substr(0, equals) == name)
            return hasValue && equals == std::string_view::npos ? 2 : 1;
    }
    return 0;
}

/// The path of a "file:" address of this machine, with its %XX as bytes; anything else as it is.
std::string pathOf(const std::string& operand)
{
    constexpr std::string_view scheme = "file://";
    if (!operand.starts_with(scheme))
        return operand;
    const std::size_t slash = operand.find('/', scheme.size());
    const std::string host = operand.substr(scheme.size(), slash - scheme.size());
    if (slash == std::string::npos || (!host.empty() && host != "localhost"))
        return operand;
    std::string path;
    for (std::size_t i = slash; i < operand.size(); ++i) {
        constexpr int hex = 16;
        unsigned char byte = 0;
        const char* digits = operand.data() + i + 1;
        if (operand[i] == '%' && i + 2 < operand.size() &&
            std::from_chars(digits, digits + 2, byte, hex).ptr == digits + 2) {
            path += static_cast<char>(byte);
            i += 2;
        } else {
            path += operand[i];
        }
    }
    return path;
}

bool isThere(const std::string& path)
{
    std::error_code error;
    return path == "-" || path.starts_with("arcscope:") ||
           std::filesystem::symlink_status(path, error).type() != std::filesystem::file_type::not_found;
}

} // namespace

std::span<const OptionSpec> windowOptions()
{
    return options;
}

Result<WindowRequest> readWindowRequest(std::span<const std::string> arguments)
{
    std::vector<std::string> ours;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--") {
            ours.insert(ours.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i), arguments.end());
            break;
        }
        if (const std::size_t words = toolkitWords(arguments[i]); words > 0)
            i += words - 1;
        else
            ours.push_back(arguments[i]);
    }
    auto read = readOptions(ours, options);
    if (!read)
        return read.error();
    WindowRequest request;
    request.sample = read->has("--sample");
    request.follow = read->has("--follow");
    request.alignClocks = read->has("--align-clocks");
    request.newInstance = read->has("--new-instance");
    request.noSession = read->has("--no-session");
    for (const std::string& operand : read->operands)
        request.paths.push_back(pathOf(operand));
    if (request.sample && !request.paths.empty())
        return Error{ErrorCode::Usage, "--sample opens the sample, and no file beside it"};
    // Where some are there, the window names the others.
    if (request.paths.empty() || std::any_of(request.paths.begin(), request.paths.end(), isThere))
        return request;
    const std::string& first = request.paths.front();
    if (first.find_first_of("/.") == std::string::npos)
        return Error{ErrorCode::Usage, "there is neither a command nor a file “" + first + "”"};
    return Error{ErrorCode::NotFound, first + ": there is no such file or folder; check the path"};
}

} // namespace arcscope

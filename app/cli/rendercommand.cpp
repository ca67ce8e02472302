#include "command.h"

#include <charconv>
#include <optional>

namespace arcscope
{
namespace
{

constexpr OptionSpec renderOptions[] = {
    {"--view", "NAME", "the view to draw: arcs, outcomes, timeline, tools, stream, findings, stops, lens:NAME"},
    {"--trace", "ID", "one trace (default: the whole corpus, or its only trace)"},
    {"--span", "ID", "the span to select and show"},
    {"--at", "MS", "of a stream: so many milliseconds after the request (default: its end)"},
    {"--size", "WxH", "width, and the most height of the lanes (default: 1600x8000)"},
    {"--theme", "dark|light", "colours (default: light)"},
    {"-o", "FILE.png|svg|pdf", "where to write the picture"},
    mappingOption,
    alignClocksOption};
constexpr int smallest = 100;
constexpr int largest = 20'000;

std::optional<int> readSize(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < smallest || value > largest)
        return std::nullopt;
    return value;
}

int runRender(const Options& options, const Control&, const CommandEnvironment& environment)
{
    RenderRequest request;
    request.paths = options.operands;
    request.view = options.get("--view");
    request.trace = options.get("--trace");
    request.span = options.get("--span");
    request.output = options.get("-o");
    request.mapping = options.get(mappingOption.name);
    request.alignClocks = options.has(alignClocksOption.name);
    if (request.paths.empty())
        return wrongUsage("render", "which file?", environment);
    if (request.view.empty())
        return wrongUsage("render", "--view says what to draw", environment);
    if (!request.output.ends_with(".png") && !request.output.ends_with(".svg") && !request.output.ends_with(".pdf"))
        return wrongUsage("render", "-o needs a file that ends in .png, .svg or .pdf", environment);
    if (const std::string size = options.get("--size"); !size.empty()) {
        const std::size_t cross = size.find('x');
        const auto width = readSize(size.substr(0, cross));
        const auto height = cross == std::string::npos ? std::nullopt : readSize(size.substr(cross + 1));
        if (!width || !height)
            return wrongUsage("render", "--size is WxH, each from 100 to 20000", environment);
        request.width = *width;
        request.maxHeight = *height;
    }
    const auto at = numberOption(options, "--at");
    if (!at)
        return wrongUsage("render", at.error().message, environment);
    request.at = *at;
    if (const std::string theme = options.get("--theme"); !theme.empty()) {
        if (theme != "dark" && theme != "light")
            return wrongUsage("render", "--theme is dark or light", environment);
        request.dark = theme == "dark";
    }
    return environment.render(request, environment.out, environment.err);
}

} // namespace

Command renderCommand()
{
    return {"render", "PATH... --view NAME -o FILE", "draw a view into a picture, without a display", renderOptions,
            runRender};
}

} // namespace arcscope

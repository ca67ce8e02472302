#include "command.h"
#include "redactedcopy.h"
#include "redactionoptions.h"

#include <charconv>
#include <optional>

namespace arcscope
{
namespace
{

constexpr OptionSpec renderOptions[] = {
    {"--view", "NAME", "the view to draw: arcs, outcomes, timeline, tools, stream, findings, stops, replay, lens:NAME"},
    {"--trace", "ID", "one trace (default: the whole corpus, or its only trace)"},
    {"--span", "ID", "the span to select and show"},
    {"--at", "MS", "of a stream: so many milliseconds after the request (default: its end)"},
    {"--size", "WxH", "width, and the most height of the lanes (default: 1600x8000)"},
    {"--theme", "dark|light", "colours (default: light)"},
    {"-o", "FILE.png|svg|pdf", "where to write the picture"},
    {redactOption.name, "", "draw what is left when what is personal or secret is replaced"},
    strikeOption,
    strikeFieldOption,
    subjectOption,
    alsoOption,
    keepOption,
    keepFieldsOption,
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

/// Draws a copy out of which everything was taken: no view can show it.
int renderRedacted(RenderRequest request, const Options& options, const Control& control,
                   const CommandEnvironment& environment)
{
    auto rules = redactionRulesOf(options);
    if (!rules)
        return wrongUsage("render", rules.error().message, environment);
    auto session = openSession(request.paths, otlpExportColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const auto rows = selectedRows(*session, {}, control);
    if (!rows)
        return failed(rows.error(), environment);
    Redactor redactor(std::move(*rules));
    RedactedCopy copy;
    if (const auto collected = collectRows(*session, *rows, redactor, control); !collected)
        return failed(collected.error(), environment);
    if (const auto written = copy.write(*session, *rows, &redactor, control); !written)
        return failed(written.error(), environment);
    request.paths = {copy.path()};
    request.mapping.clear();
    return environment.render(request, environment.out, environment.err);
}

int runRender(const Options& options, const Control& control, const CommandEnvironment& environment)
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
    if (!options.has(redactOption.name))
        return environment.render(request, environment.out, environment.err);
    return renderRedacted(request, options, control, environment);
}

} // namespace

Command renderCommand()
{
    return {"render", "PATH... --view NAME -o FILE", "draw a view into a picture, without a display", renderOptions,
            runRender};
}

} // namespace arcscope

#include "command.h"
#include "leavingoptions.h"
#include "redactedcopy.h"
#include "temporaryfolder.h"
#include "viewchoice.h"
#include "wholefile.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

namespace arcscope
{
namespace
{

constexpr auto renderOptions = joinedOptions(
    std::to_array<OptionSpec>({
        {"--view", "NAME",
         "the view to draw: arcs, outcomes, timeline, tools, stream, spans, findings, stops, replay, lens:NAME"},
        {"--trace", "ID", "one trace (default: the whole corpus, or its only trace)"},
        {"--span", "ID", "the span to select and show"},
        {"--chosen", "WHAT", "of arcs and findings, which one: arc:KEY, finding:KEY, as links and --json tell them"},
        {"--at", "MS", "of a stream: so many milliseconds after the request (default: its end)"},
        {"--size", "WxH", "width, and the most height of the lanes (default: 1600x8000)"},
        {"--scale", "1..4", "of a PNG: pixels for each of these (default: 2)"},
        {"--theme", "dark|light", "colours (default: light)"},
        {"-o", "FILE.png|svg|pdf|html", "where to write the picture; .html: with the rows of the view as a table"},
    }),
    strikingOptions, std::to_array<OptionSpec>({mappingOption, alignClocksOption}));
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

/// A picture without its pixels: of a PNG the other chunks, which hold texts; all of any other.
std::string withoutPixels(std::string bytes)
{
    constexpr std::size_t signature = 8;
    if (!bytes.starts_with("\x89PNG"))
        return bytes;
    std::string rest;
    for (std::size_t at = signature; at + 12 <= bytes.size();) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i)
            length = length << 8 | static_cast<unsigned char>(bytes[at + i]);
        const std::size_t whole = std::min(length + 12, bytes.size() - at);
        if (bytes.compare(at + 4, 4, "IDAT") != 0)
            rest.append(bytes, at, whole);
        at += whole;
    }
    return rest;
}

/// Draws a copy out of which everything was taken: no view can show it.
int renderRedacted(RenderRequest request, LeavingRequest asked, const Options& options, const Control& control,
                   const CommandEnvironment& environment)
{
    auto [leaving, status] = begunLeaving("render", std::move(asked), control, environment);
    if (!leaving)
        return status;
    RedactedCopy copy;
    if (const auto written = copy.write(leaving->session, leaving->rows, leaving->strikes(), control); !written)
        return failed(written.error(), environment);
    const auto folder = TemporaryFolder::create();
    if (!folder)
        return failed(folder.error(), environment);
    const std::string target = request.output;
    request.output = (*folder)->path() + "/picture" + target.substr(target.rfind('.'));
    for (std::string* const id : {&request.trace, &request.span, &request.chosen}) {
        if (Redactor* const redactor = leaving->strikes())
            redactor->strike(*id, {}, "id");
    }
    request.paths = copy.paths();
    request.mapping.clear();
    request.provenance = leaving->provenance;
    request.removed = leaving->manifest();
    const int drawn = environment.render(request, environment.out, environment.err);
    if (drawn != ExitDone)
        return drawn;
    std::ifstream file(request.output, std::ios::binary);
    const std::string picture{std::istreambuf_iterator<char>(file), {}};
    if (!isClean(*leaving, {{target, withoutPixels(picture)}}, environment))
        return ExitLeak;
    if (const auto written = writeWhole(target, picture); !written)
        return failed(written.error(), environment);
    return manifestWritten(*leaving, options, status, environment);
}

int runRender(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    auto asked = leavingRequestOf(options);
    if (!asked)
        return wrongUsage("render", asked.error().message, environment);
    asked->selection = {}; // --trace says what is shown
    RenderRequest request;
    request.paths = options.operands;
    request.view = options.get("--view");
    request.trace = options.get("--trace");
    request.span = options.get("--span");
    request.chosen = options.get("--chosen");
    request.output = options.get("-o");
    request.mapping = options.get(mappingOption.name);
    request.alignClocks = options.has(alignClocksOption.name);
    if (request.view.empty())
        return wrongUsage("render", "--view says what to draw", environment);
    const auto chosen = parseViewChoice(request.chosen);
    const std::string_view chosenIn = !chosen                                 ? ""
                                      : chosen->of == ViewChoice::Of::Arc     ? "arcs"
                                      : chosen->of == ViewChoice::Of::Finding ? "findings"
                                                                              : "";
    if (!request.chosen.empty() && (chosenIn.empty() || request.view != chosenIn))
        return wrongUsage("render", "--chosen is arc:KEY with --view arcs, or finding:KEY with --view findings",
                          environment);
    constexpr std::string_view endings[] = {".png", ".svg", ".pdf", ".html"};
    if (std::none_of(std::begin(endings), std::end(endings),
                     [&](std::string_view each) { return request.output.ends_with(each); }))
        return wrongUsage("render", "-o needs a file that ends in .png, .svg, .pdf or .html", environment);
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
    const auto scale = numberOption(options, "--scale");
    if (!scale || (*scale && (**scale < 1 || **scale > 4)))
        return wrongUsage("render", "--scale is a number from 1 to 4", environment);
    request.scale = scale->value_or(request.scale);
    if (const std::string theme = options.get("--theme"); !theme.empty()) {
        if (theme != "dark" && theme != "light")
            return wrongUsage("render", "--theme is dark or light", environment);
        request.dark = theme == "dark";
    }
    if (!asked->redacts)
        return environment.render(request, environment.out, environment.err);
    return renderRedacted(request, std::move(*asked), options, control, environment);
}

} // namespace

Command renderCommand()
{
    return {"render", "PATH... --view NAME -o FILE", "draw a view into a picture or a page, without a display",
            renderOptions, runRender};
}

} // namespace arcscope

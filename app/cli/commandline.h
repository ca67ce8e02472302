// The command line: sub-commands over the headless core, without Qt and without a display.
#pragma once

#include "exportprovenance.h"
#include "result.h"

#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

/// Exit statuses that scripts may rely on.
enum ExitStatus : int {
    ExitDone = 0,
    ExitUsage = 2,          ///< wrong usage
    ExitNothingRead = 3,    ///< no span was read
    ExitRecordsRefused = 4, ///< done, but records were refused; they are listed
    ExitLeak = 5,           ///< nothing was written: what was to be removed would have left
};

/// What `render` asks for. Sizes in pixels.
struct RenderRequest {
    std::vector<std::string> paths;
    std::string view;
    std::string trace;  ///< id as the source writes it; empty: the whole corpus, or its only trace
    std::string span;   ///< id of the span to select and show; empty: none
    std::string chosen; ///< "arc:KEY" or "finding:KEY", in the view that has it; empty: the one that it has first
    std::string output; ///< FILE.png, .svg, .pdf or .html
    double scale = 2;   ///< of a PNG: pixels a logical one, 1 to 4
    int width = 1600;
    int maxHeight = 8'000; ///< of the lanes; what is left out the picture says
    bool dark = false;
    std::optional<double> at; ///< of a stream: milliseconds after the request, or events
    bool alignClocks = false;
    std::string mapping;                        ///< file by which every JSON and CSV file is read; empty: none
    std::optional<ExportProvenance> provenance; ///< of what the paths are a copy of; nothing: of the paths
    std::string removed;                        ///< JSON of what was taken out of that copy
};

struct PrintedPage;

/// What commands talk to. `render` draws, it writes problems to `err` and gives an exit status; `pdf` gives the bytes
/// of a page on paper. Both need Qt, which this library does not: they may be empty.
struct CommandEnvironment {
    std::ostream& out;
    std::ostream& err;
    std::function<int(const RenderRequest&, std::ostream& out, std::ostream& err)> render;
    bool errIsTerminal = false; ///< progress is shown there
    std::function<Result<std::string>(const PrintedPage&)> pdf = {};
};

/// True where the arguments ask for a sub-command, for help or for the version: nothing that needs a window.
bool isCommand(std::span<const std::string> arguments);

/// Runs `arguments` (without the program's name) and returns the exit status.
int runCommand(std::span<const std::string> arguments, const CommandEnvironment& environment);

} // namespace arcscope

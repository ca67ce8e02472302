#include "chartsvg.h"
#include "command.h"
#include "leavingoptions.h"
#include "postmortem.h"

#include <ostream>

namespace arcscope
{
namespace
{

constexpr auto postmortemOptions =
    joinedOptions(std::to_array<OptionSpec>({
                      {"-o", "FILE.html|pdf", "where to write"},
                      {"--title", "TEXT", "what it is about"},
                      {"--summary", "TEXT", "a paragraph below the title"},
                      {"--start", "TIME", "when it began, ISO 8601 (default: inferred)"},
                      {"--complaint", "TIME", "when somebody first complained (default: inferred)"},
                  }),
                  selectionOptions, strikingOptions, std::to_array<OptionSpec>({mappingOption}));

Result<Nanos> timeOption(const Options& options, std::string_view name)
{
    const std::string text = options.get(name);
    if (text.empty())
        return noTime;
    const auto time = parseIsoTime(text);
    return time ? Result<Nanos>(time->time)
                : Result<Nanos>(Error{ErrorCode::Usage, std::string(name) + " is a time as 2026-03-11T12:00:00Z"});
}

/// What would leave on paper, for the leak check: a PDF packs its texts into glyphs.
std::vector<LeavingPiece> piecesOf(const PrintedPage& page, const std::string& target, std::string& pictures)
{
    for (const FlatChart& chart : page.charts)
        pictures += svgOf(chart);
    return {{target, page.html}, {target, page.foot}, {target, pictures}, {target, page.title}};
}

int runPostmortem(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    const std::string target = options.get("-o");
    auto request = leavingRequestOf(options);
    const auto begin = timeOption(options, "--start");
    const auto complaint = timeOption(options, "--complaint");
    for (const Error* error : {request ? nullptr : &request.error(), begin ? nullptr : &begin.error(),
                               complaint ? nullptr : &complaint.error()}) {
        if (error)
            return wrongUsage("postmortem", error->message, environment);
    }
    const bool onPaper = target.ends_with(".pdf");
    if (target.empty())
        return wrongUsage("postmortem", "-o FILE.html or FILE.pdf says where to write", environment);
    if (onPaper && !environment.pdf)
        return wrongUsage("postmortem", "there is nothing here that writes PDF", environment);
    auto along = goingAlong(options);
    if (!along)
        return failed(along.error(), environment);
    request->along = [&](const Corpus& corpus, std::span<const Row> rows, Redactor* redactor) -> Result<void> {
        chooseAlong(*along, corpus, rows, redactor);
        for (const char* said : {"--title", "--summary"})
            alsoTakenOutOf(options.get(said), redactor);
        return {};
    };
    auto [leaving, status] = begunLeaving("postmortem", std::move(*request), control, environment);
    if (!leaving)
        return status;
    const auto made = makePostmortem(*leaving, {options.get("--title"), options.get("--summary"), *begin, *complaint},
                                     std::move(*along), control);
    if (!made)
        return failed(made.error(), environment);
    std::string bytes;
    if (onPaper) {
        const PrintedPage page = printedPage(*made, *leaving);
        std::string pictures;
        if (!isClean(*leaving, piecesOf(page, target, pictures), environment))
            return ExitLeak;
        auto pdf = environment.pdf(page);
        if (!pdf)
            return failed(pdf.error(), environment);
        bytes = std::move(*pdf);
    } else {
        bytes = screenPage(*made, *leaving);
    }
    const int done = letOut(*leaving, target, bytes, options, status, environment);
    if (done != status)
        return done;
    environment.out << counted(made->report.entries.size(), "finding") << ", "
                    << counted(made->report.changes.size(), "change") << " in " << target << removedText(*leaving)
                    << '\n';
    return status;
}

} // namespace

Command postmortemCommand()
{
    return {"postmortem", "PATH... -o FILE.html|pdf [--where FILTER]",
            "one page that tells an incident: when, what changed, before and after, findings with quotes",
            postmortemOptions, runPostmortem};
}

} // namespace arcscope

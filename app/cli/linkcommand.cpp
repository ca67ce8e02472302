#include "annotations.h"
#include "command.h"
#include "corpusdigest.h"
#include "filter.h"
#include "foundplaces.h"
#include "openingdigest.h"
#include "portableplaces.h"
#include "statelink.h"
#include "viewchoice.h"

#include <filesystem>
#include <ostream>

namespace arcscope
{
namespace
{

constexpr OptionSpec linkOptions[] = {
    {"--view", "NAME", "arcs, timeline, tools, stream, tree, stops, findings, outcomes, lenses, replay"},
    {"--trace", "ID", "the trace that is shown alone"},
    {"--span", "ID", "the span that is selected"},
    {"--event", "N", "the moment of its stream"},
    {"--from", "TIME", "the time that is marked, ISO 8601"},
    {"--to", "TIME", "its end"},
    {"--filter", "FILTER", "what is looked for"},
    {"--chosen", "WHAT", "what is chosen in the view: arc:KEY, finding:KEY, lens:NAME"},
    {"--follow", "LINK", "which of the paths the link leads to; opens nothing else"},
    mappingOption};

int refused(std::string_view message, const CommandEnvironment& environment)
{
    return wrongUsage("link", message, environment);
}

std::vector<SpanColumn> placeColumns()
{
    return {SpanColumn::Trace, SpanColumn::SpanForm, SpanColumn::SpanHigh, SpanColumn::SpanLow, SpanColumn::Flags};
}

/// The state that the options describe, in places of the corpus.
Result<ViewState> stateOf(const Options& options, const Corpus& corpus)
{
    ViewState state;
    state.view = options.get("--view");
    state.filter = options.get("--filter");
    state.chosen = options.get("--chosen");
    if (!parseViewChoice(state.chosen))
        return Error{ErrorCode::Usage, "--chosen is arc:KEY, finding:KEY or lens:NAME"};
    if (const auto parsed = parseFilter(state.filter); parsed.error)
        return Error{ErrorCode::Usage, "--filter: " + parsed.error->message};
    for (const bool first : {true, false}) {
        const std::string text = options.get(first ? "--from" : "--to");
        const auto time = parseIsoTime(text);
        if (!text.empty() && !time)
            return Error{ErrorCode::Usage, "--from and --to are times like 2026-01-02T03:04:05Z"};
        if (time)
            (first ? state.range.start : state.range.end) = time->time;
    }
    if ((state.range.start == noTime) != (state.range.end == noTime) || state.range.end < state.range.start)
        return Error{ErrorCode::Usage, "--from and --to are given together, the later one last"};
    if (const std::string trace = options.get("--trace"); !trace.empty()) {
        state.trace = "trace:" + trace;
        if (!findPlaces(corpus, std::vector{state.trace}).front().trace)
            return Error{ErrorCode::Usage, "no trace has the id " + trace};
    }
    const std::string span = options.get("--span");
    for (Row row = 0; row < corpus.spans.rows() && !span.empty() && state.span.empty(); ++row) {
        const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
        if (!corpus.spans.flagged(row, SpanFlag::Superseded) && corpus.idText(corpus.spans.spanId(row)) == span &&
            (state.trace.empty() || placeOfTrace(corpus, trace) == state.trace))
            state.span = placeOfSpan(corpus, row);
    }
    if (!span.empty() && state.span.empty())
        return Error{ErrorCode::Usage, "no span of what is chosen has the id " + span};
    if (const std::string event = options.get("--event"); !event.empty()) {
        state.part = "event:" + event;
        if (state.span.empty() || !parsePlacePart(state.part))
            return Error{ErrorCode::Usage, "--event is a number of --span"};
    }
    return state;
}

int make(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    const auto digest = openingDigest(options.operands, control);
    if (!digest)
        return failed(digest.error(), environment);
    auto session = openSession(options.operands, placeColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    auto state = stateOf(options, session->corpus);
    if (!state)
        return refused(state.error().message, environment);
    const auto content = corpusDigest(session->workspace, control);
    if (!content)
        return failed(content.error(), environment);
    const auto anchor = anchorOf(options.operands);
    if (!anchor)
        return failed(anchor.error(), environment);
    makePortable(*state, *anchor);
    std::filesystem::path path = options.operands.front();
    if (path.filename().empty())
        path = path.parent_path();
    environment.out << linkText({*digest, *content == *digest ? std::string() : *content, path.filename().string(),
                                 std::move(*state)})
                    << '\n';
    return ExitDone;
}

void say(const StateLink& link, const CommandEnvironment& environment)
{
    const auto line = [&](const char* word, const std::string& value) {
        if (!value.empty())
            environment.out << word << ": " << printable(value) << '\n';
    };
    line("view", link.state.view);
    line("trace", link.state.trace);
    line("span", link.state.span);
    line("part", link.state.part);
    if (link.state.range.recorded())
        line("range", isoText(link.state.range.start) + " to " + isoText(link.state.range.end));
    line("filter", link.state.filter);
    line("chosen", link.state.chosen);
}

/// Each path is an opening of its own, and all of them are one.
std::vector<std::vector<std::string>> openingsOf(const std::vector<std::string>& paths)
{
    std::vector<std::vector<std::string>> openings;
    for (const std::string& path : paths)
        openings.push_back({path});
    if (paths.size() > 1)
        openings.push_back(paths);
    return openings;
}

int arrive(StateLink link, const std::vector<std::string>& paths, const Session& session,
           const CommandEnvironment& environment)
{
    const auto anchor = anchorOf(paths);
    if (!anchor)
        return failed(anchor.error(), environment);
    makeLocal(link.state, *anchor);
    for (const std::string& path : paths)
        environment.out << "file: " << printable(path) << '\n';
    say(link, environment);
    const std::vector<std::string> places{link.state.trace, link.state.span};
    const std::vector<FoundPlace> found = findPlaces(session.corpus, places);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!places[i].empty() && !found[i].trace)
            environment.err << "arcscope: the link names " << printable(places[i]) << ", which is not there\n";
    }
    return ExitDone;
}

/// Digests of files are compared first: what was read of them takes longer.
int follow(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    const auto link = parseLink(options.get("--follow"));
    if (!link)
        return refused(link.error().message, environment);
    const auto openings = openingsOf(options.operands);
    for (const bool read : {false, true}) {
        for (const std::vector<std::string>& paths : openings) {
            const auto digest = openingDigest(paths, control);
            if (!digest && digest.error().code == ErrorCode::Cancelled)
                return failed(digest.error(), environment);
            if (!digest && !read && paths.size() == 1)
                environment.err << "arcscope: " << printable(digest.error().message) << '\n';
            if (!digest || (!read && !link->isOf(*digest, {})))
                continue;
            auto session = openSession(paths, placeColumns(), control, {}, importOptionsOf(options));
            if (!session && session.error().code == ErrorCode::Cancelled)
                return failed(session.error(), environment);
            const auto content =
                session ? corpusDigest(session->workspace, control) : Result<std::string>(session.error());
            if (content && link->isOf(*digest, *content))
                return arrive(*link, paths, *session, environment);
        }
    }
    environment.err << "arcscope: none of these has the content that the link leads to";
    if (!link->name.empty())
        environment.err << " (\"" << printable(link->name) << "\" where it was made)";
    environment.err << ": SHA-256 " << link->sha256 << '\n';
    return ExitNothingRead;
}

int runLink(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return refused("to which files?", environment);
    return options.has("--follow") ? follow(options, control, environment) : make(options, control, environment);
}

} // namespace

Command linkCommand()
{
    return {"link", "PATH... [--trace ID] [--span ID] [--view NAME] | PATH... --follow LINK",
            "a link to a state of what is in the files, told by their content", linkOptions, runLink};
}

} // namespace arcscope

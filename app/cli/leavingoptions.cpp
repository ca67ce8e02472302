#include "leavingoptions.h"

#include "leavingnotes.h"
#include "notesjson.h"
#include "notetransfer.h"
#include "portableplaces.h"
#include "wholefile.h"

#include <algorithm>

namespace arcscope
{
namespace
{

Result<const Recognizer*> knownKind(const std::string& kind)
{
    if (const Recognizer* one = recognizerOf(kind))
        return one;
    std::string kinds;
    for (const Recognizer& one : recognizers())
        kinds.append(kinds.empty() ? "" : ", ").append(one.kind);
    return Error{ErrorCode::Usage, "no kind of value is called " + kind + "; there are " + kinds};
}

Result<RedactionRules> rulesOf(const Options& options)
{
    RedactionRules rules;
    for (const std::string& kind : valuesOf(options, "--also")) {
        const auto one = knownKind(kind);
        if (!one)
            return one.error();
        if (std::find(rules.asked.begin(), rules.asked.end(), *one) == rules.asked.end())
            rules.asked.push_back(*one);
    }
    for (const std::string& kind : valuesOf(options, "--keep")) {
        const auto one = knownKind(kind);
        if (!one)
            return one.error();
        rules.asked.erase(std::remove(rules.asked.begin(), rules.asked.end(), *one), rules.asked.end());
    }
    rules.personalFields = !options.has("--keep-fields");
    rules.fields = valuesOf(options, "--strike-field");
    rules.texts = valuesOf(options, "--strike");
    rules.subjects = valuesOf(options, "--subject");
    for (const auto* const given : {&rules.texts, &rules.subjects}) {
        for (const std::string& value : *given) {
            if (RemovedValue{value, {}, {}}.lookedFor() == LookedFor::Nowhere)
                return Error{ErrorCode::Usage, "“" + value + "” is too short to be told from what else is written so"};
        }
    }
    rules.tags = valuesOf(options, "--strike-tag");
    if (const std::string filter = options.get("--strike-where"); !filter.empty())
        rules.filters.push_back(filter);
    return rules;
}

/// Empty where none is given.
Result<std::string> viewOf(const Options& options)
{
    const std::string given = options.get("--view");
    if (given.empty())
        return std::string();
    const bool isFile = !given.starts_with('{');
    const auto text = isFile ? wholeFile(given) : Result<std::string>(given);
    if (!text)
        return text.error();
    const auto view = parseView(*text);
    return view ? text : Result<std::string>(within(view.error(), isFile ? given : "--view"));
}

} // namespace

std::vector<std::string> valuesOf(const Options& options, std::string_view name)
{
    std::vector<std::string> values;
    std::string one;
    const auto take = [&] {
        one.erase(0, std::min(one.find_first_not_of(' '), one.size()));
        if (!one.empty())
            values.push_back(std::move(one));
        one.clear();
    };
    const std::string all = options.get(name);
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (all[at] == '\\' && at + 1 < all.size() && all[at + 1] == ',')
            one += all[++at];
        else if (all[at] == ',')
            take();
        else
            one += all[at];
    }
    take();
    return values;
}

Result<LeavingRequest> leavingRequestOf(const Options& options)
{
    if (options.operands.empty())
        return Error{ErrorCode::Usage, "which files?"};
    if (options.has(redactOption.name) && options.has(noRedactOption.name))
        return Error{ErrorCode::Usage, "--redact or --no-redact, not both"};
    auto rules = rulesOf(options);
    if (!rules)
        return rules.error();
    for (const char* target : {"-o", "--manifest"}) {
        if (const auto free = writesNoneOf(options.operands, options.get(target)); !free)
            return free.error();
    }
    LeavingRequest request;
    request.paths = options.operands;
    request.import = importOptionsOf(options);
    request.selection = {options.get("--where"), valuesOf(options, "--trace"), options.has("--spans-only")};
    request.rules = std::move(*rules);
    request.redacts = !options.has(noRedactOption.name);
    return request;
}

Result<GoingAlong> goingAlong(const Options& options)
{
    auto notes = keptBeside(options.operands);
    if (!notes)
        return notes.error();
    const auto anchor = anchorOf(options.operands);
    if (!anchor)
        return anchor.error();
    makeLocal(*notes, *anchor);
    auto view = viewOf(options);
    return view ? Result<GoingAlong>(GoingAlong{std::move(*notes), std::move(*view), *anchor})
                : Result<GoingAlong>(view.error());
}

BegunLeaving begunLeaving(std::string_view command, LeavingRequest request, const Control& control,
                          const CommandEnvironment& environment)
{
    auto session = openSession(request.paths, otlpExportColumns(), control, {}, request.import);
    if (!session)
        return {std::nullopt, failed(session.error(), environment)};
    const auto status = statusOf(*session, environment);
    if (!status || *status == ExitNothingRead)
        return {std::nullopt, status ? *status : failed(status.error(), environment)};
    auto begun = beginLeaving(std::move(*session), std::move(request), control);
    if (!begun)
        return {std::nullopt, begun.error().code == ErrorCode::Usage
                                  ? wrongUsage(command, begun.error().message, environment)
                                  : failed(begun.error(), environment)};
    return {std::move(*begun), *status};
}

bool isClean(const Leaving& leaving, const std::vector<LeavingPiece>& pieces, const CommandEnvironment& environment)
{
    if (!leaving.redactor)
        return true;
    const auto clean = checkLeaks(*leaving.redactor, pieces);
    if (!clean)
        failed(clean.error(), environment);
    return clean.has_value();
}

int letOut(const Leaving& leaving, const std::string& target, std::string_view bytes, const Options& options,
           int status, const CommandEnvironment& environment)
{
    if (!isClean(leaving, {{target, bytes}}, environment))
        return ExitLeak;
    if (const auto written = writeWhole(target, bytes); !written)
        return failed(written.error(), environment);
    return manifestWritten(leaving, options, status, environment);
}

int manifestWritten(const Leaving& leaving, const Options& options, int status, const CommandEnvironment& environment)
{
    const std::string manifest = options.get("--manifest");
    if (!leaving.redactor || manifest.empty())
        return status;
    const auto written = writeWhole(manifest, leaving.manifest());
    return written ? status : failed(written.error(), environment);
}

std::string removedText(const Leaving& leaving)
{
    if (!leaving.redactor)
        return {};
    const auto& removed = leaving.redactor->removed();
    const auto values = std::count_if(removed.begin(), removed.end(),
                                      [](const auto& one) { return one.struck > 0 && one.rule != folderRule; });
    return ", redacted: " + counted(leaving.redactor->struck(), "place") + ", " +
           counted(static_cast<std::uint64_t>(values), "value");
}

} // namespace arcscope

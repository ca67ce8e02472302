#include "command.h"
#include "leavingoptions.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <ostream>

namespace arcscope
{
namespace
{

constexpr auto redactOptions =
    joinedOptions(std::to_array<OptionSpec>({
                      {"--preview", "", "tell what would be taken out; nothing is written (required)"},
                      {"--values", "", "show the values themselves, not masked"},
                      {"--json", "", "one JSON object, schema arcscope.redaction/1"},
                  }),
                  selectionOptions, strikingOptions, std::to_array<OptionSpec>({mappingOption}));

/// First and last character and the length: enough to tell which one is meant.
std::string masked(const std::string& value)
{
    constexpr std::size_t leastShown = 6;
    if (value.size() < leastShown)
        return "(" + counted(value.size(), "byte") + ")";
    std::size_t first = 1;
    while (first < value.size() && (static_cast<unsigned char>(value[first]) & 0xC0) == 0x80)
        ++first;
    std::size_t last = value.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(value[last]) & 0xC0) == 0x80)
        --last;
    return value.substr(0, first) + "…" + value.substr(last) + " (" + counted(value.size(), "byte") + ")";
}

/// A span in which somebody is named who was asked for.
struct NamingSpan {
    std::string file;
    std::string trace;
    std::string span;
    std::string name;
    std::uint64_t times = 0;
};

std::uint64_t subjectsStruck(const Redactor& redactor)
{
    std::uint64_t times = 0;
    for (const RemovedValue& one : redactor.removed())
        times += one.rule == "subject" ? one.struck : 0;
    return times;
}

/// Strikes everything, span by span where people are asked for.
Result<std::vector<NamingSpan>> struckSpans(Leaving& leaving, const Control& control)
{
    Redactor& redactor = *leaving.redactor;
    const auto nowhere = [](std::string_view) {};
    std::vector<NamingSpan> naming;
    if (redactor.rules().subjects.empty()) {
        const auto struck = exportRows(leaving.session, leaving.rows, &redactor, nowhere, control);
        return struck ? Result<std::vector<NamingSpan>>(naming) : Result<std::vector<NamingSpan>>(struck.error());
    }
    const auto sources = leaving.session.workspace.sources();
    if (!sources)
        return sources.error();
    const Corpus& corpus = leaving.session.corpus;
    const auto shown = [&](std::string_view text) {
        const auto known = redactor.knownIn(text);
        const bool says = std::any_of(known.begin(), known.end(), [&](const KnownValues::Found& hit) {
            return redactor.removed()[hit.id].kind != "folder"; // who asks knows where the files are
        });
        return says ? std::string("(struck)") : std::string(text);
    };
    for (const Row row : leaving.rows) {
        const std::uint64_t before = subjectsStruck(redactor);
        const auto struck = exportRows(leaving.session, std::span(&row, 1), &redactor, nowhere, control);
        if (!struck)
            return struck.error();
        const std::uint64_t times = subjectsStruck(redactor) - before;
        if (times == 0)
            continue;
        const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
        const auto source = corpus.traces.at(TraceColumn::Source, trace);
        const bool known = source >= 0 && source < static_cast<std::int64_t>(sources->size());
        naming.push_back({known ? shown((*sources)[static_cast<std::size_t>(source)].name) : std::string(),
                          shown(corpus.traceIdText(trace)), shown(corpus.idText(corpus.spans.spanId(row))),
                          shown(corpus.text(SpanText::Name, row)), times});
    }
    return naming;
}

void printNaming(const std::vector<NamingSpan>& naming, std::ostream& out)
{
    std::map<std::string, std::size_t> files;
    for (const NamingSpan& one : naming)
        ++files[one.file];
    out << "\nspans that name the people asked for: " << naming.size() << '\n';
    for (const auto& [file, spans] : files)
        out << "    " << printable(file) << ": " << counted(spans, "span") << '\n';
    constexpr std::size_t mostShown = 50;
    for (std::size_t i = 0; i < naming.size() && i < mostShown; ++i)
        out << "    span " << printable(naming[i].span) << " of trace " << printable(naming[i].trace) << "  "
            << printable(naming[i].name) << "  x" << naming[i].times << '\n';
    if (naming.size() > mostShown)
        out << "    and " << naming.size() - mostShown << " more; --json has all\n";
}

std::string_view reachOf(const RemovedValue& one)
{
    switch (one.lookedFor()) {
    case LookedFor::Everywhere:
        return "everywhere";
    case LookedFor::WholeWords:
        return "whole words";
    case LookedFor::Beginnings:
        return "beginnings of paths";
    case LookedFor::Nowhere:
        break;
    }
    return "its field";
}

void print(const Redactor& redactor, bool values, std::ostream& out)
{
    std::map<std::string, std::vector<const RemovedValue*>> rules;
    for (const RemovedValue& one : redactor.removed()) {
        if (one.struck > 0)
            rules[one.rule].push_back(&one);
    }
    for (const auto& [rule, removed] : rules) {
        std::uint64_t times = 0;
        for (const RemovedValue* one : removed)
            times += one->struck;
        out << printable(rule) << ": " << counted(removed.size(), "value") << ", " << counted(times, "place") << '\n';
        constexpr std::size_t mostShown = 20;
        for (std::size_t i = 0; i < removed.size() && i < mostShown; ++i)
            out << "    " << printable(values ? removed[i]->value : masked(removed[i]->value)) << "  x"
                << removed[i]->struck
                << (removed[i]->lookedFor() == LookedFor::Everywhere
                        ? std::string()
                        : "  (short: " + std::string(reachOf(*removed[i])) + " only)")
                << '\n';
        if (removed.size() > mostShown)
            out << "    and " << removed.size() - mostShown << " more\n";
    }
    if (rules.empty())
        out << "nothing to take out\n";
    out << "\nwhere\n";
    std::map<std::string, std::uint64_t> places;
    for (const auto& [where, count] : redactor.tally()) {
        if (where.first != folderRule)
            places[where.second] += count;
    }
    for (const auto& [place, count] : places)
        out << "    " << printable(place) << "  x" << count << '\n';
}

/// The manifest, with every value that is struck.
std::string previewJson(const Leaving& leaving, const std::vector<NamingSpan>& naming, bool values)
{
    using Json = nlohmann::ordered_json;
    Json json = Json::parse(leaving.manifest());
    json["traces"] = leaving.provenance.traces;
    json["spans"] = leaving.provenance.spans;
    json["values"] = Json::array();
    for (const RemovedValue& one : leaving.redactor->removed()) {
        if (one.struck > 0)
            json["values"].push_back({{"rule", one.rule},
                                      {"kind", one.kind},
                                      {"value", values ? one.value : masked(one.value)},
                                      {"times", one.struck},
                                      {"looked_for", reachOf(one)}});
    }
    if (!leaving.redactor->rules().subjects.empty())
        json["named_in"] = Json::array();
    for (const NamingSpan& one : naming)
        json["named_in"].push_back(
            {{"file", one.file}, {"trace", one.trace}, {"span", one.span}, {"name", one.name}, {"times", one.times}});
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

int runRedact(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    auto request = leavingRequestOf(options);
    if (!request)
        return wrongUsage("redact", request.error().message, environment);
    if (!options.has("--preview") || !request->redacts)
        return wrongUsage("redact",
                          "only --preview; to write a redacted copy: arcscope export PATH... --as otlp -o FILE",
                          environment);
    auto [leaving, status] = begunLeaving("redact", std::move(*request), control, environment);
    if (!leaving)
        return status;
    const auto naming = struckSpans(*leaving, control);
    if (!naming)
        return failed(naming.error(), environment);
    if (options.has("--json")) {
        environment.out << previewJson(*leaving, *naming, options.has("--values"));
        return status;
    }
    print(*leaving->redactor, options.has("--values"), environment.out);
    if (!leaving->redactor->rules().subjects.empty())
        printNaming(*naming, environment.out);
    environment.out << "\nFound by patterns, names of fields and texts that were given: no proof that nothing else is "
                       "there.\n";
    return status;
}

} // namespace

Command redactCommand()
{
    return {"redact", "PATH... --preview [--where FILTER]", "what would be taken out before something leaves",
            redactOptions, runRedact};
}

} // namespace arcscope

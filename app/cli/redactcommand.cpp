#include "command.h"
#include "redactionoptions.h"
#include "traceexport.h"

#include <nlohmann/json.hpp>

#include <map>
#include <ostream>

namespace arcscope
{
namespace
{

constexpr OptionSpec redactOptions[] = {
    {"--preview", "", "tell what would be taken out; nothing is written (required)"},
    {"--values", "", "show the values themselves, not masked"},
    {"--json", "", "one JSON object, schema arcscope.redaction/1"},
    {"--where", "FILTER", "traces that have a span that matches"},
    {"--trace", "ID...", "these traces"},
    strikeOption,
    strikeFieldOption,
    subjectOption,
    alsoOption,
    keepOption,
    keepFieldsOption,
    mappingOption};

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
                << removed[i]->struck << '\n';
        if (removed.size() > mostShown)
            out << "    and " << removed.size() - mostShown << " more\n";
    }
    if (rules.empty())
        out << "nothing to take out\n";
    out << "\nwhere\n";
    std::map<std::string, std::uint64_t> places;
    for (const auto& [where, count] : redactor.tally())
        places[where.second] += count;
    for (const auto& [place, count] : places)
        out << "    " << printable(place) << "  x" << count << '\n';
    out << "\nFound by patterns, names of fields and texts that were given: no proof that nothing else is there.\n";
}

int runRedact(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("redact", "which files?", environment);
    if (!options.has("--preview"))
        return wrongUsage("redact",
                          "only --preview; to write a redacted copy: arcscope export PATH... --as otlp -o FILE",
                          environment);
    auto rules = redactionRulesOf(options);
    if (!rules)
        return wrongUsage("redact", rules.error().message, environment);
    auto session = openSession(options.operands, otlpExportColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const auto rows = selectedRows(*session, {options.get("--where"), valuesOf(options, "--trace"), false}, control);
    if (!rows)
        return rows.error().code == ErrorCode::Usage ? wrongUsage("redact", rows.error().message, environment)
                                                     : failed(rows.error(), environment);
    Redactor redactor(std::move(*rules));
    if (const auto collected = collectRows(*session, *rows, redactor, control); !collected)
        return failed(collected.error(), environment);
    if (const auto struck = exportRows(
            *session, *rows, &redactor, [](std::string_view) {}, control);
        !struck)
        return failed(struck.error(), environment);
    if (options.has("--json"))
        environment.out << redactionManifest(redactor);
    else
        print(redactor, options.has("--values"), environment.out);
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command redactCommand()
{
    return {"redact", "PATH... --preview [--where FILTER]", "what would be taken out before something leaves",
            redactOptions, runRedact};
}

} // namespace arcscope

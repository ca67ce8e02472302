#include "command.h"
#include "leavingoptions.h"

#include <nlohmann/json.hpp>

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

/// The manifest, with every value that is struck.
std::string previewJson(const Leaving& leaving, bool values)
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
                                      {"times", one.struck}});
    }
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
    if (const auto struck = exportRows(
            leaving->session, leaving->rows, leaving->strikes(), [](std::string_view) {}, control);
        !struck)
        return failed(struck.error(), environment);
    if (options.has("--json"))
        environment.out << previewJson(*leaving, options.has("--values"));
    else
        print(*leaving->redactor, options.has("--values"), environment.out);
    return status;
}

} // namespace

Command redactCommand()
{
    return {"redact", "PATH... --preview [--where FILTER]", "what would be taken out before something leaves",
            redactOptions, runRedact};
}

} // namespace arcscope

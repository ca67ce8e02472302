#include "command.h"
#include "contradictions.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec compareTextOptions[] = {
    {"--within", "", "both are of one response or conversation; of one FILE: its sentences with each other"},
    {"--text", "", "A and B are the texts themselves, not files"},
    {"--batch", "FILE", "JSON Lines of objects with \"a\", \"b\" and, if wanted, \"id\"; one JSON object a line"},
    {"--rules", "", "the rules, each with two claims that it is for and two that it must leave alone"},
    {"--json", "", "one JSON object, schema arcscope.compare/1"}};

Result<std::string> contentsOf(const std::string& path)
{
    if (path == "-")
        return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (!file)
        return Error{ErrorCode::Unreadable, path + " cannot be read"};
    return text;
}

/// Two texts, or one that is compared with itself, and what was found.
struct TextComparison {
    std::string_view a;
    std::string_view b;
    PairOrigin origin = PairOrigin::Apart;
    Contradictions result;
};

TextComparison compare(std::string_view a, std::string_view b, PairOrigin origin)
{
    return {a, b, origin, findContradictions(a, b, origin)};
}

Json toJson(ByteRange range)
{
    return {{"from", range.from}, {"to", range.to}};
}

Json toJson(ByteRange range, std::string_view text)
{
    Json json = toJson(range);
    json["text"] = text.substr(static_cast<std::size_t>(range.from), static_cast<std::size_t>(range.to - range.from));
    return json;
}

Json toJson(const Contradiction::Slot& slot)
{
    return {{"type", name(slot.type)},
            {"unit", slot.unit.empty() ? Json() : Json(slot.unit)},
            {"a", slot.a},
            {"b", slot.b}};
}

/// As `arcscope findings` names levels.
std::string_view levelWord(PairTier tier)
{
    return tier == PairTier::Finding ? "finding" : "check";
}

Json toJson(const Contradiction& found, const TextComparison& texts)
{
    Json json{{"rule", found.rule->name},
              {"title", found.rule->title},
              {"level", levelWord(found.tier)},
              {"strength", found.strength},
              {"a", toJson(found.a, texts.a)},
              {"b", toJson(found.b, texts.b)},
              {"differs_a", toJson(found.differsA, texts.a)},
              {"differs_b", toJson(found.differsB, texts.b)},
              {"slot", Json()},
              {"coverage_a", found.coverageA},
              {"coverage_b", found.coverageB},
              {"other_rules", found.otherRules},
              {"aligned", Json::array()},
              {"guards", Json::array()},
              {"why", found.why}};
    if (found.slot)
        json["slot"] = toJson(*found.slot);
    for (const auto& [left, right] : found.aligned)
        json["aligned"].push_back({{"a", toJson(left)}, {"b", toJson(right)}});
    for (const Contradiction::Guard& guard : found.guards)
        json["guards"].push_back({{"name", guard.name}, {"stops", guard.stops}});
    return json;
}

Json toJson(const TextComparison& comparison)
{
    const auto& found = comparison.result.found;
    Json json{{"schema", "arcscope.compare/1"},
              {"level", found.empty() ? "none" : levelWord(found.front().tier)},
              {"rule", found.empty() ? Json() : Json(found.front().rule->name)},
              {"slots", Json::array()},
              {"within", comparison.origin == PairOrigin::OneText},
              {"sentences_a", comparison.result.sentencesA},
              {"sentences_b", comparison.result.sentencesB},
              {"pairs", comparison.result.pairs},
              {"contradictions", Json::array()}};
    for (const Contradiction& each : found) {
        json["contradictions"].push_back(toJson(each, comparison));
        if (each.slot)
            json["slots"].push_back(toJson(*each.slot));
    }
    return json;
}

std::string quoted(std::string_view text, ByteRange range)
{
    return printable(
        text.substr(static_cast<std::size_t>(range.from), static_cast<std::size_t>(range.to - range.from)));
}

void print(const TextComparison& comparison, std::ostream& out)
{
    const auto& found = comparison.result.found;
    const auto findings = std::ranges::count(found, PairTier::Finding, &Contradiction::tier);
    out << counted(static_cast<std::uint64_t>(findings), "finding") << ", "
        << counted(found.size() - static_cast<std::size_t>(findings), "hint") << " in "
        << counted(comparison.result.pairs, "pair") << " of sentences\n";
    for (const Contradiction& each : found) {
        out << '\n'
            << name(each.tier) << ' ' << each.rule->name << ": " << each.rule->title << '\n'
            << "  A " << quoted(comparison.a, each.a) << '\n'
            << "  B " << quoted(comparison.b, each.b) << '\n'
            << "  " << printable(each.why) << '\n';
        for (const Contradiction::Guard& guard : each.guards) {
            if (guard.stops)
                out << "  but " << guard.title << '\n';
        }
    }
}

void printRules(std::ostream& out)
{
    for (const PairRule& rule : pairRules()) {
        out << rule.name << " (" << levelWord(rule.tier) << "): " << rule.title << '\n'
            << "    fires:     " << rule.fires[0] << '\n'
            << "       against " << rule.fires[1] << '\n'
            << "    stays out: " << rule.quiet[0] << '\n'
            << "       against " << rule.quiet[1] << '\n';
    }
}

/// One line a pair, also where a line cannot be read: it says so then.
int runBatch(const std::string& path, PairOrigin origin, const CommandEnvironment& environment)
{
    const auto text = contentsOf(path);
    if (!text)
        return failed(text.error(), environment);
    bool refused = false;
    std::string_view rest = *text;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        const Json record = Json::parse(line, nullptr, false);
        const auto textAt = [&](const char* key) {
            const auto member = record.is_object() ? record.find(key) : record.end();
            return record.is_object() && member != record.end() && member->is_string()
                       ? std::optional(member->get<std::string>())
                       : std::nullopt;
        };
        const auto a = textAt("a");
        const auto b = textAt("b");
        Json told{{"line", number}};
        if (record.is_object() && record.contains("id"))
            told["id"] = record["id"];
        if (a && b) {
            told.update(toJson(compare(*a, *b, origin)));
        } else {
            told["error"] = "no object with the texts a and b";
            refused = true;
        }
        environment.out << told.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    }
    return refused ? ExitRecordsRefused : ExitDone;
}

int runCompareText(const Options& options, const Control&, const CommandEnvironment& environment)
{
    const PairOrigin origin = options.has("--within") ? PairOrigin::OneText : PairOrigin::Apart;
    const bool oneText = origin == PairOrigin::OneText;
    const auto& operands = options.operands;
    if (options.has("--rules")) {
        printRules(environment.out);
        return ExitDone;
    }
    if (options.has("--batch")) {
        if (!operands.empty() || options.has("--text"))
            return wrongUsage("compare-text", "--batch takes its texts from FILE only", environment);
        return runBatch(options.get("--batch"), origin, environment);
    }
    if (operands.size() != 2 && !(oneText && operands.size() == 1))
        return wrongUsage("compare-text", oneText ? "which text, or which two?" : "which two texts?", environment);
    std::vector<std::string> texts;
    for (const std::string& operand : operands) {
        auto text = options.has("--text") ? Result<std::string>(operand) : contentsOf(operand);
        if (!text)
            return failed(text.error(), environment);
        texts.push_back(std::move(*text));
    }
    const TextComparison comparison =
        texts.size() == 1 ? TextComparison{texts[0], texts[0], origin, findContradictionsWithin(texts[0])}
                          : compare(texts[0], texts[1], origin);
    if (options.has("--json"))
        environment.out << toJson(comparison).dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    else
        print(comparison, environment.out);
    return ExitDone;
}

} // namespace

Command compareTextCommand()
{
    return {"compare-text", "A B [--within] [--json]",
            "statements of two texts that cannot both hold, and why; findings and hints", compareTextOptions,
            runCompareText};
}

} // namespace arcscope

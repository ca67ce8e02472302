// Results of tools that look other than all before them, and answers that take an empty result for a fact.
#include "detector.h"
#include "emptyresults.h"
#include "resultshape.h"
#include "toolthresholds.h"
#include "traceclaims.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"shape.path_added", FindingLevel::Finding, "A result of a tool has a member that none before it had.",
     "after 40 results {\"price\": …}: {\"price\": …, \"confidence\": 0.4}",
     "a member that comes and goes, or the next key of a map"},
    {"shape.path_removed", FindingLevel::Finding, "A result of a tool lacks a member that all before it had.",
     "after 40 results with “price”: one without", "“discount”, which was in some of them only"},
    {"shape.type_changed", FindingLevel::Finding, "A member of a result has a type that it never had.",
     "“price” was a number 40 times, and is a text", "“price” was a number or a text before"},
    {"shape.null_new", FindingLevel::Check, "A member of a result is null for the first time.",
     "“seats” was a number 40 times, and is null", "“seats” was null before"},
    {"shape.enum_new", FindingLevel::Check, "A text that had few values, each often, has another one.",
     "“status” was “in_stock” or “sold_out” 60 times, and is “available”",
     "“city” with its 5th value, and others to come"},
    {"shape.became_text", FindingLevel::Finding, "A tool that always answered in JSON answers in text.",
     "after 40 objects: “<html>Bad gateway</html>”", "a result that is marked as an error"},
    {"tool.empty_result_then_assertion", FindingLevel::Check,
     "A look-up finds nothing, and the next answer states something of what was looked for.",
     "search(“ORD-7”) gives []; the answer: “ORD-7 arrives on Monday.”", "“I could not find ORD-7.”"},
});

/// Versions of the tool or its server, as the span records them: "mcp.protocol.version 2025-11-25".
std::string versionsOf(TraceReading& trace, Row row)
{
    const auto content = trace.content(row);
    if (!content)
        return {};
    std::string text;
    const auto add = [&](const Attribute& attribute) {
        const std::string_view key = attribute.key;
        const bool version = key.ends_with("version") || key.ends_with("definition_hash") || key.ends_with("build");
        const bool ofTool = key.find("tool") != key.npos || key.find("mcp") != key.npos ||
                            key.find("server") != key.npos || key == "service.version";
        if (version && ofTool && attribute.value.size() <= 100 && attribute.value.find('\n') == std::string::npos)
            text += (text.empty() ? "" : "; ") + attribute.key + ' ' + attribute.value;
    };
    std::ranges::for_each(content->attributes, add);
    std::ranges::for_each(content->resource, add);
    return text;
}

/// A fact is "COUNT\nVERSIONS\nSHAPE": results in a row that look alike; without a shape they are text.
void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    const double mapShare = toolThresholds(trace.settings()).mapShare;
    const TraceClaims& claims = trace.claims();
    struct Last {
        std::size_t fact = 0;
        std::size_t count = 0;
        std::string rest;
    };
    std::map<std::string, Last> last;
    for (const ToolUse& use : claims.uses()) {
        if (use.result == ToolUse::none || use.tool.empty() || use.failed)
            continue;
        const SaidText& result = claims.texts()[use.result];
        if (result.failed || result.text.empty() || saysError(result.text) ||
            result.text.size() >= TraceClaims::longestText)
            continue;
        const auto shape = shapeOf(result.text, mapShare);
        // Where no service is named, tools of sources in different formats are different ones.
        std::string source(trace.corpus().text(SpanText::Service, result.row));
        if (source.empty())
            source = trace.corpus().text(SpanText::Format, result.row);
        const std::string key = source + '\n' + use.tool;
        std::string rest = versionsOf(trace, result.row) + '\n' + (shape ? encoded(*shape) : std::string());
        Last& known = last[key];
        if (known.count > 0 && known.rest == rest) {
            into[known.fact].value = std::to_string(++known.count) + '\n' + rest;
            continue;
        }
        known = {into.size(), 1, std::move(rest)};
        TraceFact& fact = into.emplace_back();
        fact.key = key;
        fact.value = "1\n" + known.rest;
        fact.place.row = result.row;
        fact.place.time = result.time;
        fact.place.text = result.place;
        fact.place.quote = quoted(result.text);
    }
}

/// A fact, read.
struct Results {
    const TraceFact* fact = nullptr;
    std::size_t count = 1;
    std::string_view versions;
    std::optional<ResultShape> shape;
};

Results resultsOf(const TraceFact& fact)
{
    Results results{&fact, 1, {}, {}};
    std::string_view rest = fact.value;
    std::from_chars(rest.data(), rest.data() + rest.size(), results.count);
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    results.versions = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!rest.empty())
        results.shape = decodedShape(rest);
    return results;
}

/// Whether a later result shows the change, too; nothing: it does not tell.
std::optional<bool> shows(const ShapeChange& change, const Results& results)
{
    using Kind = ShapeChange::Kind;
    if (change.kind == Kind::BecameText)
        return !results.shape;
    if (!results.shape)
        return std::nullopt;
    const auto found = results.shape->find(change.path);
    const auto parent = results.shape->find(std::string_view(change.path).substr(0, change.path.rfind('/')));
    if (parent == results.shape->end())
        return std::nullopt;
    if (change.kind == Kind::PathRemoved)
        return found == results.shape->end() || !found->second.everywhere;
    if (found == results.shape->end())
        return change.kind == Kind::PathAdded ? std::optional(false) : std::nullopt;
    if (change.kind == Kind::PathAdded)
        return true;
    if (change.kind == Kind::EnumNew)
        return found->second.words.contains(change.now);
    return typesText(found->second.types) == change.now ||
           (change.kind == Kind::NullNew && (found->second.types & static_cast<std::uint8_t>(ShapeType::Null)) != 0);
}

/// Values that keep coming are names or places and no enumeration, and so are those that are written like names.
bool isOpenSet(const ShapeChange& change, std::span<const Results> later)
{
    const std::string& word = change.now;
    if (!word.empty() && word.front() >= 'A' && word.front() <= 'Z' &&
        std::ranges::any_of(word, [](char c) { return c >= 'a' && c <= 'z'; }))
        return true;
    constexpr std::size_t mostOthers = 1;
    std::set<std::string_view> others;
    for (const Results& results : later) {
        const auto found = results.shape ? results.shape->find(change.path) : ResultShape::const_iterator{};
        if (!results.shape || found == results.shape->end())
            continue;
        for (const std::string& each : found->second.words) {
            // `before` lists the known ones, each with its count behind it.
            if (each != word && (", " + change.before).find(", " + each + " (") == std::string::npos)
                others.insert(each);
        }
    }
    return others.size() > mostOthers;
}

std::string sentenceOf(const ShapeChange& change, std::string_view tool)
{
    using Kind = ShapeChange::Kind;
    const std::string path = change.path.empty() ? "the whole result" : "“" + change.path + "”";
    const std::string of = " of " + std::string(tool);
    const std::string times = std::to_string(change.seen);
    switch (change.kind) {
    case Kind::PathAdded:
        return path + of + " is new: " + times + " results before had no such member.";
    case Kind::PathRemoved:
        return path + of + " is missing: all of " + times + " results before had it.";
    case Kind::TypeChanged:
        return path + of + " is " + change.now + ": " + change.before + " in " + times + " results before.";
    case Kind::NullNew:
        return path + of + " is null for the first time in " + times + " results.";
    case Kind::EnumNew:
        return path + of + " has the new value “" + change.now + "” after " + times + " results with " + change.before +
               '.';
    case Kind::BecameText:
        break;
    }
    return "A result" + of + " is text: " + times + " results before were JSON.";
}

void add(const ShapeChange& change, std::span<const Results> all, std::size_t at, std::string_view tool, bool ordered,
         std::vector<Finding>& into)
{
    using Kind = ShapeChange::Kind;
    // Which of them came first nobody knows: that some have a member or a value and others have not is no change.
    if (!ordered && (change.kind == Kind::PathAdded || change.kind == Kind::EnumNew))
        return;
    if (change.kind == Kind::EnumNew && isOpenSet(change, all.subspan(at + 1)))
        return;
    std::size_t later = 0;
    std::size_t showing = 0;
    for (std::size_t i = at + 1; i < all.size(); ++i) {
        if (const auto one = shows(change, all[i])) {
            later += all[i].count;
            showing += *one ? all[i].count : 0;
        }
    }
    showing += all[at].count - 1;
    later += all[at].count - 1;
    const bool stays = later >= 2 && showing * 5 >= later * 4;
    Finding& finding = into.emplace_back();
    finding.rule = ruleOf(change.kind);
    const bool hard =
        change.kind == Kind::PathRemoved || change.kind == Kind::TypeChanged || change.kind == Kind::BecameText;
    finding.level = stays ? FindingLevel::Finding : hard || later == 0 ? FindingLevel::Check : FindingLevel::Signal;
    if (const DetectorRule* const rule = ruleNamed(finding.rule))
        finding.level = std::min(finding.level, rule->level);
    // Traces stand in the order of their files: what is in the first ones need not have come first.
    if (!ordered)
        finding.level = FindingLevel::Signal;
    finding.weight = stays && ordered ? FindingWeight::Warning : FindingWeight::Note;
    finding.strength = stays ? 0.9 : 0.5;
    finding.what = sentenceOf(change, tool);
    finding.cause = std::string(tool) + change.path;
    finding.places.push_back(all[at].fact->place);
    finding.facts.push_back({"path", change.path.empty() ? "the whole result" : change.path});
    if (!change.before.empty())
        finding.facts.push_back({"before", change.before});
    finding.facts.push_back({"now", change.now});
    finding.facts.push_back(
        {"since then", later == 0 ? "no further result"
                                  : std::to_string(showing) + " of " + std::to_string(later) + " results are like it"});
    if (!ordered)
        finding.facts.push_back({"order", "of the files: no times are recorded"});
    const std::string_view now = all[at].versions;
    const std::string_view before = at > 0 ? all[at - 1].versions : std::string_view();
    if (!now.empty() || !before.empty())
        finding.facts.push_back({"version recorded", now == before
                                                         ? "unchanged: " + std::string(now)
                                                         : (before.empty() ? "none" : std::string(before)) + " → " +
                                                               (now.empty() ? "none" : std::string(now))});
    else
        finding.facts.push_back({"version recorded", "none"});
}

void conclude(const Corpus& corpus, std::span<const TraceFact> facts, const DetectorSettings& settings,
              std::vector<Finding>& into)
{
    std::map<std::string_view, std::vector<Results>> byTool;
    for (const TraceFact& fact : facts)
        byTool[fact.key].push_back(resultsOf(fact));
    const ToolThresholds thresholds = toolThresholds(settings);
    for (auto& [key, all] : byTool) {
        const auto timeOf = [](const Results& results) { return results.fact->place.time; };
        const bool timed = std::ranges::none_of(all, [&](const Results& results) { return timeOf(results) == noTime; });
        const auto traceOf = [&](const Results& results) {
            return corpus.spans.at(SpanColumn::Trace, results.fact->place.row);
        };
        const bool ordered = timed || std::ranges::all_of(all, [&, &first = all.front()](const Results& results) {
                                 return traceOf(results) == traceOf(first);
                             });
        if (timed)
            std::ranges::stable_sort(all, {}, timeOf);
        ShapeHistory history(thresholds);
        const std::string_view tool = key.substr(key.find('\n') + 1);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const ResultShape* const shape = all[i].shape ? &*all[i].shape : nullptr;
            for (const ShapeChange& change : history.changesOf(shape))
                add(change, all, i, tool, ordered, into);
            for (std::size_t n = 0; n < all[i].count; ++n)
                history.learn(shape);
        }
    }
}

void run(TraceReading& trace, std::vector<Finding>& into)
{
    findAssertionsOfNothing(trace.claims(), into);
}

} // namespace

Detector toolShapes()
{
    return {"tool-shapes", 4, rules, run, collect, nullptr, toolSettings("shape"), conclude};
}

} // namespace arcscope

#include "streamcalls.h"

#include "streamdetail.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr std::size_t mostViolations = 20;
constexpr Nanos clockGrain = millisecond;

constexpr std::array<std::string_view, 3> callIdKeys{"id", "call_id", "tool_call.id"};

const ToolSchema* schemaFor(const TextBlock& block, std::span<const ToolSchema> schemas)
{
    return block.type == BlockType::ToolCall ? schemaOf(schemas, block.name) : answerSchema(schemas);
}

StreamFinding findingIn(const StreamJson& json, StreamRule rule, FindingWeight weight, std::uint32_t event)
{
    StreamFinding finding;
    finding.rule = rule;
    finding.weight = weight;
    finding.event = event;
    finding.block = json.block;
    return finding;
}

std::string violationText(const SchemaViolation& violation)
{
    const std::string where = violation.pointer.empty() ? "the document" : violation.pointer;
    return where + " is not what its schema asks for: expected " + violation.expected + ", found " + violation.found;
}

/// "/items/3/price" as "/items/#/price".
std::string anyIndex(const std::string& pointer)
{
    std::string path;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        const std::size_t end = std::min(pointer.find('/', i + 1), pointer.size());
        const bool index = pointer[i] == '/' && end > i + 1 && pointer.find_first_not_of("0123456789", i + 1) >= end;
        path += index ? "/#" : pointer.substr(i, end - i);
        i = end - 1;
    }
    return path;
}

} // namespace

std::string_view callIdOf(const StreamModel& model, const TextBlock& block)
{
    for (const std::uint32_t event : {block.opened, block.firstEvent}) {
        if (event == noEvent)
            continue;
        for (const std::string_view key : callIdKeys) {
            if (const std::string_view id = detailValue(model.events()[event].detail, key); !id.empty())
                return id;
        }
    }
    return {};
}

std::vector<DocumentCheck> checkDocuments(const StreamModel& model, const std::vector<StreamJson>& json,
                                          std::span<const ToolSchema> schemas)
{
    std::vector<DocumentCheck> checks(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
        const ToolSchema* const asked = schemaFor(model.blocks()[json[i].block], schemas);
        if (!asked || json[i].story.prefix().state() != JsonState::Complete)
            continue;
        JsonStory schema;
        schema.feed(asked->schema);
        schema.finish();
        auto check = checkSchema(schema, json[i].story);
        if (!check)
            continue;
        checks[i].checked = true;
        checks[i].violations = std::move(check->violations);
        checks[i].notChecked = std::move(check->notChecked);
    }
    return checks;
}

std::vector<StreamFinding> schemaFindings(const StreamModel& model, const std::vector<StreamJson>& json,
                                          std::span<const DocumentCheck> checks)
{
    std::vector<StreamFinding> found;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const bool call = model.blocks()[json[i].block].type == BlockType::ToolCall;
        const std::size_t count = std::min(checks[i].violations.size(), mostViolations);
        for (const SchemaViolation& violation : std::span(checks[i].violations).first(count)) {
            const JsonNode& node = json[i].story.node(violation.node);
            found.push_back(findingIn(json[i], StreamRule::JsonSchema,
                                      call ? FindingWeight::Severe : FindingWeight::Warning,
                                      json[i].eventOf(std::max(node.closed, node.opened))));
            found.back().what = violationText(violation);
            found.back().cause = documentCause(model, json[i]) + anyIndex(violation.pointer);
        }
    }
    return found;
}

std::vector<StreamFinding> earlyRuns(const StreamModel& model, const std::vector<StreamJson>& json,
                                     std::span<const ToolRun> runs)
{
    std::vector<StreamFinding> found;
    for (const StreamJson& document : json) {
        const TextBlock& block = model.blocks()[document.block];
        const std::string_view id = block.type == BlockType::ToolCall ? callIdOf(model, block) : std::string_view();
        const auto run = std::find_if(runs.begin(), runs.end(), [&](const ToolRun& each) {
            return !id.empty() && each.call == id && each.start != noTime;
        });
        const std::uint32_t whole = document.whole();
        const Nanos time = whole == noEvent ? noTime : model.clock(whole);
        if (run == runs.end() || document.withdrawn || time == noTime || run->start + clockGrain >= time)
            continue;
        found.push_back(findingIn(document, StreamRule::JsonPrematureUse, FindingWeight::Severe,
                                  std::min(whole, model.eventAt(run->start))));
        found.back().evidence = run->sameClock ? StreamEvidence::Observed : StreamEvidence::Inferred;
        found.back().cause = documentCause(model, document);
        found.back().what = "its tool began to run " + durationText(time - run->start) +
                            " before the arguments were whole" +
                            (run->sameClock ? "" : ", by the clock of another service");
    }
    return found;
}

} // namespace arcscope

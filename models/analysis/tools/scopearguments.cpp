// Arguments that the definition of their tool does not know: a server that was not told so leaves them out.
#include "jsonread.h"
#include "scoperules.h"
#include "toolschemas.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// A whole JSON document, or nothing.
bool readWhole(JsonStory& story, std::string_view text)
{
    story.feed(text);
    return story.finish() == JsonState::Complete;
}

/// Names of arguments that the schema of an object neither has nor leaves open; empty also where it cannot tell.
std::vector<std::string> unknownArguments(std::string_view schema, std::string_view arguments)
{
    JsonStory asked;
    JsonStory given;
    if (!readWhole(asked, schema) || !readWhole(given, arguments))
        return {};
    JsonReading definition(asked);
    JsonReading document(given);
    const JsonIndex properties = definition.member(0, "properties");
    if (document.kind(0) != JsonKind::Object || properties < 0 || definition.kind(properties) != JsonKind::Object ||
        definition.members(properties).empty())
        return {};
    // What further members there may be is told elsewhere in it.
    for (const std::string_view open : {"patternProperties", "allOf", "anyOf", "oneOf", "$ref", "if"}) {
        if (definition.member(0, open) >= 0)
            return {};
    }
    const JsonIndex others = definition.member(0, "additionalProperties");
    if (others >= 0 && definition.text(others) != "false")
        return {};
    std::vector<std::string> unknown;
    for (const auto& [name, value] : document.members(0)) {
        if (!definition.members(properties).contains(name))
            unknown.emplace_back(name);
    }
    return unknown;
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "“" : ", “") + name + "”";
    return text;
}

} // namespace

void checkArguments(ScopeChecks& checks)
{
    Row asker = noRow;
    std::vector<ToolSchema> schemas;
    for (const TreeCall& call : checks.tree.calls) {
        if (call.kind != CallKind::Tool || call.asker == noRow || call.arguments.row == noRow)
            continue;
        if (call.asker != asker) {
            asker = call.asker;
            const auto content = checks.trace.content(asker);
            schemas = content ? toolSchemasIn(content->attributes) : std::vector<ToolSchema>();
        }
        const ToolSchema* const schema = schemaOf(schemas, call.tool);
        if (!schema)
            continue;
        const std::vector<std::string> unknown = unknownArguments(schema->schema, checks.textOf(call.arguments));
        if (unknown.empty())
            continue;
        Finding& finding = checks.add("tool.args_unknown_to_definition", FindingLevel::Finding,
                                      callName(call) + " was given " + listed(unknown) +
                                          ", which the definition that was sent with the request does not have.");
        finding.weight = FindingWeight::Note;
        finding.cause = call.tool + '/' + listed(unknown);
        finding.places = {checks.placeOf(call), checks.placeOf(call.asker)};
        finding.facts = {{"not in the definition", listed(unknown)}, {"how it went", std::string(name(call.outcome))}};
    }
}

} // namespace arcscope

// What the rules for call trees share: places, and the text that a place leads to.
#include "scoperules.h"

namespace arcscope
{
namespace
{

constexpr std::size_t shortQuote = 200;

const std::string* textAt(const SpanContent& content, const TextPlace& place)
{
    const auto partOf = [&](const std::vector<Message>& messages) -> const std::string* {
        if (place.message >= messages.size() || place.part >= messages[place.message].parts.size())
            return nullptr;
        return &messages[place.message].parts[place.part].text;
    };
    switch (place.of) {
    case TextPlace::Of::Input:
        return partOf(content.input);
    case TextPlace::Of::Output:
        return partOf(content.output);
    case TextPlace::Of::ToolArguments:
        return &content.toolArguments;
    case TextPlace::Of::ToolResult:
        return &content.toolResult;
    case TextPlace::Of::StatusMessage:
        return &content.statusMessage;
    default:
        return nullptr;
    }
}

} // namespace

std::string callName(const TreeCall& call)
{
    if (!call.tool.empty())
        return call.tool;
    return call.kind == CallKind::Agent ? "an agent" : "a tool";
}

double millisecondsOf(Nanos length)
{
    return static_cast<double>(length) / static_cast<double>(millisecond);
}

FindingPlace ScopeChecks::placeOf(Row row) const
{
    FindingPlace place;
    place.row = row;
    place.time = spans().start(row);
    return place;
}

FindingPlace ScopeChecks::placeOf(Row row, TextPlace text) const
{
    FindingPlace place = placeOf(row);
    const auto content = trace.content(row);
    const std::string* const words = content ? textAt(*content, text) : nullptr;
    if (!words)
        return place;
    place.text = text;
    place.quote = quoted(*words, shortQuote);
    return place;
}

FindingPlace ScopeChecks::placeOf(const TreeCall& call) const
{
    for (const CallText& text : {call.arguments, call.asked, call.result}) {
        if (text.row != noRow)
            return placeOf(text.row, text.place);
    }
    return placeOf(call.span != noRow ? call.span : call.asker);
}

std::string ScopeChecks::textOf(const CallText& text) const
{
    const auto content = text.row == noRow ? nullptr : trace.content(text.row);
    const std::string* const words = content ? textAt(*content, text.place) : nullptr;
    return words ? *words : std::string();
}

Finding& ScopeChecks::add(std::string_view rule, FindingLevel level, std::string what)
{
    Finding& finding = into.emplace_back();
    finding.rule = rule;
    finding.level = level;
    finding.what = std::move(what);
    finding.evidence = StreamEvidence::Observed;
    return finding;
}

} // namespace arcscope

// Calls in a row that could have run together.
#include "jsonread.h"
#include "proselines.h"
#include "scoperules.h"
#include "toolwords.h"

#include <algorithm>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::size_t shortestValue = 3;
constexpr std::size_t mostText = 1'000'000;

bool isRead(const TreeCall& call)
{
    return call.kind == CallKind::Tool && effectOf(call.tool) == ToolEffect::Reads && call.start != noTime &&
           call.end != noTime && call.outcome == CallOutcome::Ok;
}

/// Words and numbers of a text: what arguments could have been taken from.
std::set<std::string, std::less<>> wordsOf(std::string_view text)
{
    std::set<std::string, std::less<>> words;
    std::string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && prose::isWordByte(text[i])) {
            word += text[i];
            continue;
        }
        if (word.size() >= shortestValue)
            words.insert(prose::lower(word));
        word.clear();
    }
    return words;
}

/// The words of all values of arguments, without the names of members.
std::set<std::string, std::less<>> valuesOf(std::string_view arguments)
{
    JsonStory story;
    story.feed(arguments.substr(0, mostText));
    if (story.finish() != JsonState::Complete)
        return wordsOf(arguments);
    JsonReading reading(story);
    std::set<std::string, std::less<>> values;
    for (JsonIndex i = 0; i < story.size(); ++i) {
        if (reading.kind(i) == JsonKind::String || reading.kind(i) == JsonKind::Number)
            values.merge(wordsOf(reading.text(i)));
    }
    return values;
}

class Serial
{
public:
    explicit Serial(ScopeChecks& checks)
        : m_checks(checks)
    {
    }

    void run()
    {
        for (const CallScope& scope : m_checks.tree.scopes) {
            if (scope.of == CallScope::Of::Message && scope.calls.size() >= 2)
                checkMessage(scope);
        }
        checkTurns();
    }

private:
    /// Asked for in one message, and run one after the other.
    void checkMessage(const CallScope& scope)
    {
        Nanos sum = 0;
        Nanos longest = 0;
        std::vector<const TreeCall*> calls;
        for (const std::uint32_t index : scope.calls) {
            const TreeCall& call = m_checks.call(index);
            if (!isRead(call) || (!calls.empty() && call.start < calls.back()->end))
                return;
            // Each ran as soon as it had been written: the message was not whole yet.
            if (!calls.empty() && call.askedAt != noTime && call.start < call.askedAt)
                return;
            calls.push_back(&call);
            sum += call.end - call.start;
            longest = std::max(longest, call.end - call.start);
        }
        if (millisecondsOf(sum - longest) < m_checks.limits.serialMs)
            return;
        Finding& finding =
            m_checks.add("tool.serial_independent", FindingLevel::Finding,
                         std::to_string(calls.size()) + " reads that one message asks for ran in turn: " +
                             durationText(sum - longest) + " could be saved.");
        finding.weight = FindingWeight::Note;
        finding.places = {m_checks.placeOf(*calls.front()), m_checks.placeOf(*calls.back())};
        finding.facts = {{"recoverable, ms", std::to_string((sum - longest) / millisecond)},
                         {"in turn", durationText(sum)},
                         {"together", durationText(longest)},
                         {"why they do not depend on each other", "one message asks for all of them"}};
    }

    std::string textOf(const CallText& text) const
    {
        const auto content = text.row == noRow ? nullptr : m_checks.trace.content(text.row);
        if (!content)
            return {};
        if (text.place.of == TextPlace::Of::ToolArguments)
            return content->toolArguments;
        if (text.place.of == TextPlace::Of::ToolResult)
            return content->toolResult;
        const auto& messages = text.place.of == TextPlace::Of::Input ? content->input : content->output;
        const bool there =
            text.place.message < messages.size() && text.place.part < messages[text.place.message].parts.size();
        return there ? messages[text.place.message].parts[text.place.part].text : std::string();
    }

    /// Each the only call of its message, of turns that follow each other.
    void checkTurns()
    {
        const TreeCall* before = nullptr;
        for (const CallScope& scope : m_checks.tree.scopes) {
            const bool single = scope.of == CallScope::Of::Message && scope.calls.size() == 1;
            const TreeCall* const call = single ? &m_checks.call(scope.calls.front()) : nullptr;
            if (!call || !isRead(*call)) {
                before = nullptr;
                continue;
            }
            if (before && isNext(*before, *call))
                checkPair(*before, *call);
            before = call;
        }
    }

    /// The later one is asked for by the call that was first given the earlier one's result.
    static bool isNext(const TreeCall& before, const TreeCall& call)
    {
        return !before.receipts.empty() && before.receipts.front().row == call.asker && call.start >= before.end;
    }

    void checkPair(const TreeCall& before, const TreeCall& call)
    {
        const Nanos saved = std::min(before.end - before.start, call.end - call.start);
        if (millisecondsOf(saved) < m_checks.limits.serialMs || before.argumentsKey == call.argumentsKey)
            return;
        const std::string arguments = textOf(call.arguments);
        const std::string result = textOf(before.result);
        if (arguments.empty() || result.empty() || result.size() > mostText)
            return;
        const auto values = valuesOf(arguments);
        const auto known = wordsOf(result);
        const auto own = valuesOf(textOf(before.arguments));
        const bool depends = std::ranges::any_of(
            values, [&](const std::string& value) { return known.contains(value) && !own.contains(value); });
        if (depends || values.empty())
            return;
        Finding& finding = m_checks.add("tool.serial_independent", FindingLevel::Signal,
                                        callName(call) + " uses nothing of what " + callName(before) +
                                            " returned: together they could save " + durationText(saved) + '.');
        finding.weight = FindingWeight::Note;
        finding.evidence = StreamEvidence::Inferred;
        finding.strength = 0.4;
        finding.cause = before.tool + '/' + call.tool;
        finding.places = {m_checks.placeOf(call), m_checks.placeOf(before)};
        finding.facts = {
            {"recoverable, ms", std::to_string(saved / millisecond)},
            {"why they may not depend on each other",
             "both only read, and no value of the later one's arguments stands in the earlier one's result"},
            {"not known", "whether the model decided on the later one because of the earlier one"}};
    }

    ScopeChecks& m_checks;
};

} // namespace

void checkSerial(ScopeChecks& checks)
{
    Serial(checks).run();
}

} // namespace arcscope

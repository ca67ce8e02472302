#include "rescues.h"

#include "callroles.h"
#include "calltree.h"
#include "jsonprefix.h"
#include "proselines.h"
#include "rescueflags.h"
#include "toolwords.h"

#include <algorithm>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::size_t tellingResult = 80; ///< bytes: shorter results are the same by chance

bool isJson(std::string_view text)
{
    JsonPrefix prefix;
    prefix.feed(prose::trimmed(text));
    return prefix.finish() == JsonState::Complete;
}

class Ledger
{
public:
    explicit Ledger(TraceReading& trace)
        : m_trace(trace)
        , m_corpus(trace.corpus())
        , m_spans(trace.corpus().spans)
    {
    }

    std::vector<Rescue> run()
    {
        for (const Row row : m_trace.rows())
            read(row);
        addCalls();
        std::ranges::stable_sort(m_rescues, {}, [](const Rescue& rescue) { return rescue.place.time; });
        for (Rescue& rescue : m_rescues)
            finish(rescue);
        return std::move(m_rescues);
    }

private:
    Nanos endOf(Row row) const { return m_spans.range(row).end; }

    Rescue& add(RescueKind kind, Row row, std::string cause, bool measured)
    {
        Rescue& rescue = m_rescues.emplace_back();
        rescue.kind = kind;
        rescue.measured = measured;
        rescue.cause = std::move(cause);
        rescue.place.row = row;
        rescue.place.time = endOf(row);
        return rescue;
    }

    void read(Row row)
    {
        const std::string_view requested = m_corpus.text(SpanText::ModelRequested, row);
        const std::string_view served = m_corpus.text(SpanText::ModelServed, row);
        const bool model = m_spans.kind(row) == SpanKind::ModelCall;
        if (model && !requested.empty() && !served.empty() && isOtherModel(requested, served))
            add(RescueKind::OtherModel, row, std::string(requested) + " → " + std::string(served), false);
        const auto content = m_trace.content(row);
        if (!content)
            return;
        for (Rescue& rescue : flaggedRescues(*content, row, endOf(row)))
            m_rescues.push_back(std::move(rescue));
        if (model)
            readModelCall(row, *content);
    }

    /// Made again below the same span with the same input, after one that failed.
    void readModelCall(Row row, const SpanContent& content)
    {
        if (!answerText(content).empty() && asksNothing(content))
            m_answers.push_back(row);
        if (content.input.empty())
            return;
        std::string input;
        for (const Message& message : content.input) {
            for (const Part& part : message.parts)
                input += part.text + '\n';
        }
        Row& before = m_failed.try_emplace({m_spans.parent(row), hashOf(input)}, noRow).first->second;
        if (before != noRow) {
            const auto failed = m_trace.content(before);
            std::string cause(m_corpus.text(SpanText::ErrorType, before));
            if (cause.empty() && failed)
                cause = quoted(failed->statusMessage, 120);
            add(RescueKind::Retry, row, std::move(cause), true);
        }
        before = m_spans.status(row) == SpanStatus::Error ? row : noRow;
    }
    static bool asksNothing(const SpanContent& content)
    {
        return std::ranges::none_of(content.output, [](const Message& message) {
            return std::ranges::any_of(message.parts, [](const Part& part) { return part.kind == PartKind::ToolCall; });
        });
    }

    void addCalls()
    {
        const CallTree& tree = m_trace.calls();
        std::map<std::string_view, const TreeCall*> last; // with a result that tells something, by tool
        for (const TreeCall& call : tree.calls) {
            if (call.kind != CallKind::Tool)
                continue;
            const Row row = call.span != noRow ? call.span : call.result.row != noRow ? call.result.row : call.asker;
            if (row == noRow)
                continue;
            if (call.retryOf != TreeCall::none)
                addRetry(call, tree.calls[call.retryOf], row);
            addRepair(call, row);
            addReuse(call, last, row);
        }
    }

    void addRetry(const TreeCall& call, const TreeCall& failed, Row row)
    {
        std::string cause = failed.span == noRow ? "" : std::string(m_corpus.text(SpanText::ErrorType, failed.span));
        if (cause.empty())
            cause = quoted(textOf(failed.result), 120);
        add(RescueKind::Retry, row, std::move(cause), call.span != noRow && failed.span != noRow);
    }

    /// The model wrote no JSON, and the tool was given some.
    void addRepair(const TreeCall& call, Row row)
    {
        const bool both = call.asked.row != noRow && call.arguments.row != noRow &&
                          call.arguments.place.of == TextPlace::Of::ToolArguments;
        if (!both)
            return;
        const std::string asked = textOf(call.asked);
        const std::string given = textOf(call.arguments);
        const bool meant = !asked.empty() && prose::trimmed(asked).starts_with('{');
        if (meant && !isJson(asked) && isJson(given))
            add(RescueKind::JsonRepair, row, "the call as the model wrote it is no JSON", false).place.quote =
                quoted(asked, 120);
    }

    /// A look-up that gives, byte for byte, what the one before gave for other arguments.
    void addReuse(const TreeCall& call, std::map<std::string_view, const TreeCall*>& last, Row row)
    {
        if (effectOf(call.tool) != ToolEffect::Reads || call.resultKey == 0 || call.outcome != CallOutcome::Ok)
            return;
        const std::string result = textOf(call.result);
        if (result.size() < tellingResult || isEmptyResult(result) || tellsFailure(result.substr(0, 400)))
            return;
        const auto [before, isFirst] = last.try_emplace(call.tool, &call);
        const bool same = !isFirst && before->second->resultKey == call.resultKey && call.argumentsKey != 0 &&
                          before->second->argumentsKey != call.argumentsKey &&
                          before->second->asker != call.asker; // side by side they are asked the same in other words
        if (same)
            add(RescueKind::Reused, row, "the same result as for other arguments before", false);
        before->second = &call;
    }

    std::string textOf(const CallText& text) const
    {
        const auto content = text.row == noRow ? nullptr : m_trace.content(text.row);
        if (!content)
            return {};
        if (text.place.of == TextPlace::Of::ToolArguments)
            return content->toolArguments;
        if (text.place.of == TextPlace::Of::ToolResult)
            return content->toolResult;
        const auto& messages = text.place.of == TextPlace::Of::Input ? content->input : content->output;
        if (text.place.message >= messages.size() || text.place.part >= messages[text.place.message].parts.size())
            return {};
        return messages[text.place.message].parts[text.place.part].text;
    }

    void finish(Rescue& rescue) const
    {
        for (const Row answer : m_answers) {
            const Nanos end = endOf(answer);
            const bool after = rescue.place.time == noTime || end == noTime || end >= rescue.place.time;
            if (after || answer == rescue.place.row) {
                rescue.output = answer;
                break;
            }
        }
        const auto content = rescue.output == noRow ? nullptr : m_trace.content(rescue.output);
        rescue.told = content && tellsFailure(answerText(*content));
        for (Row up = rescue.place.row; up != noRow; up = m_spans.parent(up))
            rescue.told = rescue.told || m_spans.status(up) == SpanStatus::Error;
    }

    TraceReading& m_trace;
    const Corpus& m_corpus;
    const SpanTable& m_spans;
    std::vector<Rescue> m_rescues;
    std::vector<Row> m_answers;                            ///< model calls that answer with text and ask for no tool
    std::map<std::pair<Row, std::uint64_t>, Row> m_failed; ///< by what is around them and what they were given
};

/// Without the provider before it: "openai/gpt-4o", "us.anthropic.claude-x", "models/gemini-x"; in lower case.
std::string bareModel(std::string_view model)
{
    if (const std::size_t at = model.rfind('/'); at != model.npos)
        model.remove_prefix(at + 1);
    for (const std::string_view vendor : {"anthropic.", "meta.", "amazon.", "mistral.", "cohere.", "openai."}) {
        if (const std::size_t at = model.find(vendor); at != model.npos)
            model.remove_prefix(at + vendor.size());
    }
    std::string bare = prose::lower(model);
    std::ranges::replace(bare, '.', '-');
    std::ranges::replace(bare, '@', '-');
    std::ranges::replace(bare, ':', '-');
    for (const std::string_view end : {"-latest", "-preview", "-0", "-v1", "-free", "-beta"}) {
        if (bare.ends_with(end))
            bare.resize(bare.size() - end.size());
    }
    return bare;
}

/// Deployments, routers and aliases have names of their own: only what is named as families of models are can be
/// another model than the one that was asked for.
bool isModelName(std::string_view bare)
{
    constexpr auto families = std::to_array<std::string_view>(
        {"gpt-",      "chatgpt-",  "o1",      "o3",       "o4",    "davinci", "babbage", "curie",
         "claude",    "gemini",    "gemma",   "palm",     "llama", "mistral", "mixtral", "codestral",
         "ministral", "magistral", "command", "deepseek", "qwen",  "qwq",     "grok",    "phi-",
         "nova",      "titan",     "jamba",   "sonar",    "glm",   "kimi",    "yi-"});
    return std::ranges::any_of(families, [&](std::string_view family) { return bare.starts_with(family); });
}

/// The name without numbers that stand for a version: "davinci" of "davinci-002" and "davinci-2023-07-21-v2".
std::string_view stemOf(std::string_view bare)
{
    for (std::size_t at = bare.rfind('-'); at != bare.npos && at > 0; at = bare.rfind('-', at - 1)) {
        const std::string_view part = bare.substr(at + 1);
        const std::string_view digits = part.starts_with('v') ? part.substr(1) : part;
        if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos)
            break;
        bare = bare.substr(0, at);
    }
    return bare;
}

bool hasDate(std::string_view bare)
{
    return std::ranges::count_if(bare, [](char c) { return c >= '0' && c <= '9'; }) >= 8;
}

/// "-2024-08-06", "-20241022", "-0613", "-v2-0": a version of the model in front of it.
bool isVersion(std::string_view rest)
{
    if (rest.empty())
        return true;
    if (rest.front() != '-')
        return false;
    bool digits = false;
    for (const char c : rest.substr(1)) {
        const bool digit = c >= '0' && c <= '9';
        digits = digits || digit;
        if (!digit && c != '-' && c != 'v')
            return rest.find("-preview") == 0 || rest.find("-exp") == 0 || rest.find("-latest") == 0;
    }
    return digits;
}

std::vector<std::string_view> nameParts(std::string_view bare)
{
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= bare.size();) {
        const std::size_t end = std::min(bare.find('-', at), bare.size());
        if (end > at && bare.substr(at, end - at) != "latest")
            parts.push_back(bare.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

/// What vendors call models of another size or for another task that have the same first name.
bool isOtherVariant(std::string_view part)
{
    constexpr auto variants = std::to_array<std::string_view>(
        {"mini",  "nano",  "micro",  "lite",     "tiny",  "small",    "medium",   "large",  "pro",    "max",
         "plus",  "ultra", "turbo",  "flash",    "air",   "fast",     "haiku",    "sonnet", "opus",   "instruct",
         "chat",  "base",  "vision", "audio",    "image", "realtime", "thinking", "search", "codex",  "code",
         "coder", "embed", "deep",   "research", "vl",    "distill",  "reasoner", "guard",  "premier"});
    const bool sized =
        part.size() > 1 && (part.ends_with('b') || part.ends_with('k')) && part[0] >= '0' && part[0] <= '9';
    return sized || std::ranges::find(variants, part) != variants.end();
}

/// "gpt-35-turbo" and "gpt-3.5-turbo-0125": the same signs, but for what separates them and a day.
bool isSpelledAs(std::string_view shorter, std::string_view longer)
{
    std::string a(shorter);
    std::string b(longer);
    std::erase(a, '-');
    std::erase(b, '-');
    constexpr std::size_t day = 4; // digits
    const bool dated = b.size() >= a.size() + day && b.find_first_not_of("0123456789", a.size()) == b.npos;
    return b.starts_with(a) && (b.size() == a.size() || dated);
}

/// What was asked for is a short name of what answered: all its parts come there in the same order, and no other one
/// is that of another variant. "gemini-flash-latest" is "gemini-2.5-flash-preview-09-2025", "gpt-4o" no "gpt-4o-mini".
bool isShortFor(std::string_view shorter, std::string_view longer)
{
    const std::vector<std::string_view> wanted = nameParts(shorter);
    std::size_t met = 0;
    bool variant = false;
    for (const std::string_view part : nameParts(longer)) {
        if (met < wanted.size() && part == wanted[met])
            ++met;
        else
            variant = variant || isOtherVariant(part);
    }
    return !wanted.empty() && met == wanted.size() && !variant;
}

} // namespace

std::string_view name(RescueKind kind)
{
    constexpr std::array<std::string_view, rescueKindCount> names{"retry",         "other model", "JSON repair",
                                                                  "reused result", "default",     "fallback"};
    return names[static_cast<std::size_t>(kind)];
}

bool isOtherModel(std::string_view requested, std::string_view served)
{
    const std::string bare = bareModel(requested);
    return isModelName(bare) && !isSameModel(requested, served) && !isShortFor(bare, bareModel(served)) &&
           !isSpelledAs(bare, bareModel(served));
}

bool isSameModel(std::string_view requested, std::string_view served)
{
    const std::string a = bareModel(requested);
    const std::string b = bareModel(served);
    const std::string& shorter = a.size() < b.size() ? a : b;
    const std::string& longer = a.size() < b.size() ? b : a;
    if (longer.starts_with(shorter) && isVersion(std::string_view(longer).substr(shorter.size())))
        return true;
    // A short number, and the day on which that version was made.
    return stemOf(a) == stemOf(b) && stemOf(a).size() > 3 && hasDate(a) != hasDate(b) &&
           (hasDate(a) ? b : a).size() == stemOf(a).size() + 4;
}

std::vector<Rescue> rescuesOf(TraceReading& trace)
{
    return Ledger(trace).run();
}

RescueCounts countsOf(const Corpus& corpus, const std::vector<std::vector<Rescue>>& rescued)
{
    RescueCounts counts;
    std::map<std::uint32_t, bool> tasks; // whether all of their traces are clean
    for (std::uint32_t trace = 0; trace < rescued.size(); ++trace) {
        for (const Rescue& rescue : rescued[trace])
            ++(rescue.measured ? counts.measured : counts.inferred)[static_cast<std::size_t>(rescue.kind)];
        const bool clean = rescued[trace].empty();
        ++counts.traces;
        counts.cleanTraces += clean ? 1 : 0;
        const auto task = static_cast<std::uint32_t>(corpus.traces.at(TraceColumn::Task, trace));
        if (task != 0) {
            const auto known = tasks.try_emplace(task, true).first;
            known->second = known->second && clean;
        }
    }
    counts.tasks = tasks.size();
    counts.cleanTasks =
        static_cast<std::size_t>(std::ranges::count_if(tasks, [](const auto& task) { return task.second; }));
    return counts;
}

} // namespace arcscope

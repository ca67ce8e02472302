#include "wholespans.h"

#include "jsonrewrite.h"
#include "personalfields.h"
#include "scantext.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr int deepestJson = 6;
/// Shorter lines stand elsewhere for other reasons.
constexpr std::size_t leastCopied = 24;
/// Smaller numbers in what is said tell of nobody.
constexpr std::size_t leastDigits = 5;

/// Fields of OTLP whose values say what a span is.
constexpr auto plainFields = std::to_array<std::string_view>({"name",
                                                              "key",
                                                              "traceState",
                                                              "version",
                                                              "schemaUrl",
                                                              "severityText",
                                                              "gen_ai.operation.name",
                                                              "gen_ai.provider.name",
                                                              "gen_ai.system",
                                                              "gen_ai.request.model",
                                                              "gen_ai.response.model",
                                                              "gen_ai.response.finish_reasons",
                                                              "gen_ai.output.type",
                                                              "gen_ai.tool.name",
                                                              "gen_ai.tool.type",
                                                              "gen_ai.tool.call.id",
                                                              "gen_ai.agent.name",
                                                              "gen_ai.prompt.name",
                                                              "gen_ai.prompt.version",
                                                              "openinference.span.kind",
                                                              "error.type",
                                                              "service.name",
                                                              "service.version",
                                                              "telemetry.sdk.name",
                                                              "telemetry.sdk.language",
                                                              "telemetry.sdk.version",
                                                              "exception.type"});

/// Fields of arcscope.span that are said; its others are facts.
constexpr auto saidFacts = std::to_array<std::string_view>({"text", "detail", "media", "notes", "user", "tenant"});
constexpr std::string_view factsField = "arcscope.span";

/// What keeps calls and results together, as vendors write it.
constexpr auto callIds = std::to_array<std::string_view>(
    {"call_", "toolu_", "tooluse_", "tool_", "chatcmpl-", "msg_", "fc_", "resp_", "run-"});

enum class Of : std::uint8_t { Span, Said, Facts };

template <std::size_t Count>
bool isOneOf(std::string_view field, const std::array<std::string_view, Count>& fields)
{
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

bool isCallId(std::string_view text)
{
    return isPlainWord(text) && std::any_of(callIds.begin(), callIds.end(),
                                            [&](std::string_view beginning) { return text.starts_with(beginning); });
}

/// A part of a name that a word of its own begins: "token" in "inputTokens" and "input_tokens", "count" not in
/// "account".
bool hasWord(std::string_view field, std::string_view word)
{
    const std::string name = lowered(field);
    for (std::size_t at = name.find(word); at != std::string::npos; at = name.find(word, at + 1)) {
        if (!isAsciiLetter(byteBefore(name, at)) || field[at] != name[at])
            return true;
    }
    return false;
}

/// Numbers of OTLP are texts: counts stay, others may be of accounts.
bool isCount(std::string_view field, std::string_view text)
{
    constexpr auto counted = std::to_array<std::string_view>(
        {"token", "usage", "count", "cost", "duration", "latency", "time", "index", "sequence"});
    if (text.find_first_not_of("0123456789.-") != std::string_view::npos)
        return false;
    return text.size() < leastDigits ||
           std::any_of(counted.begin(), counted.end(), [&](std::string_view word) { return hasWord(field, word); });
}

/// What came before a scalar.
struct Before {
    std::string attribute; ///< name of the last one of OTLP, which is no member of a span itself
    std::string field;     ///< of the last value
};

/// Of messages as they are kept beside what OTLP can say: whose they are, and what they call.
bool isOfMessage(const JsonScalar& scalar, const Before& before)
{
    return (scalar.field == "name" && (before.field == "role_text" || before.field == "text")) ||
           (scalar.field == "id" && before.field == "name" && !isCallId(scalar.text));
}

bool stays(const JsonScalar& scalar, Of of, const Before& before)
{
    if (scalar.kind == JsonScalar::Kind::Key || scalar.text.empty() || isStructural(scalar.field, scalar.text))
        return true;
    const bool isNumber = scalar.kind == JsonScalar::Kind::Number;
    switch (of) {
    case Of::Span:
        return isCount(scalar.field, scalar.text) ||
               (isNumber && scalar.text.find_first_of(".eE") != std::string_view::npos) ||
               (isOneOf(scalar.field, plainFields) && !(scalar.field == "name" && before.attribute == "name"));
    case Of::Said:
        return isNumber ? scalar.text.size() < leastDigits
                        : (isVocabulary(scalar.field) && isPlainWord(scalar.text)) || isCallId(scalar.text);
    case Of::Facts:
        return isNumber || (!isOneOf(scalar.field, saidFacts) && !isOfMessage(scalar, before));
    }
    return false;
}

/// Notes what a scalar is for those behind it.
void pass(const JsonScalar& scalar, Before& before)
{
    if (scalar.kind == JsonScalar::Kind::String && scalar.field == "key")
        before.attribute = scalar.text;
    if (scalar.kind != JsonScalar::Kind::Key)
        before.field = scalar.field;
}

Of inside(const JsonScalar& scalar, Of of)
{
    return of == Of::Span && scalar.field == factsField ? Of::Facts : of == Of::Facts ? Of::Facts : Of::Said;
}

/// Calls `visit` with each line without the blanks around it, and the bytes before it.
template <typename Visit>
void eachLine(std::string_view text, Visit visit)
{
    constexpr std::string_view blanks = " \t\r\n";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = std::min(text.find_first_not_of(blanks, at), text.size());
        const std::size_t end = std::min(text.find('\n', from), text.size());
        std::size_t to = end;
        while (to > from && blanks.find(text[to - 1]) != std::string_view::npos)
            --to;
        if (from < to)
            visit(text.substr(from, to - from), from);
        at = end + 1;
    }
}

void collect(std::string_view json, std::string_view rule, Redactor& redactor, Of of, int depth)
{
    Before before;
    visitJson(json, [&](const JsonScalar& scalar) {
        const std::string text(scalar.text);
        const Before here = before;
        pass(scalar, before);
        if (scalar.kind == JsonScalar::Kind::String && depth < deepestJson && looksLikeJson(text)) {
            collect(text, rule, redactor, inside(scalar, of), depth + 1);
        } else if (scalar.kind == JsonScalar::Kind::String && !stays(scalar, of, here)) {
            eachLine(text, [&](std::string_view line, std::size_t) {
                if (line.size() >= leastCopied)
                    redactor.addValue(line, "text", rule);
            });
        }
    });
}

bool strike(std::string& json, std::string_view rule, Redactor& redactor, Of of, int depth)
{
    bool any = false;
    Before before;
    const auto change = [&](const JsonScalar& scalar, std::string& changed) {
        std::string text(scalar.text);
        const Before here = before;
        pass(scalar, before);
        const std::string place(scalar.field);
        if (scalar.kind == JsonScalar::Kind::String && depth < deepestJson && looksLikeJson(text)) {
            if (!strike(text, rule, redactor, inside(scalar, of), depth + 1))
                return false;
            changed = std::move(text);
            return any = true;
        }
        if (stays(scalar, of, here))
            return false;
        changed = text;
        eachLine(text, [&](std::string_view line, std::size_t from) {
            changed.replace(from, line.size(), redactor.struckWhole(line, rule, place));
        });
        any = any || changed != text;
        return changed != text;
    };
    std::string rewritten;
    if (!rewriteJson(json, change, rewritten) || !any)
        return false;
    json = std::move(rewritten);
    return true;
}

} // namespace

bool hasTag(std::string_view json, std::string_view tag)
{
    const std::size_t equals = tag.find('=');
    const std::string_view key = tag.substr(0, equals);
    const std::string_view value = equals == std::string_view::npos ? std::string_view() : tag.substr(equals + 1);
    bool found = false;
    const auto look = [&](const JsonScalar& scalar) {
        if (scalar.kind == JsonScalar::Kind::Key)
            return;
        found = found || (equals == std::string_view::npos
                              ? scalar.field == "key" && sourceName(scalar.text) == key
                              : sourceName(scalar.field) == key && lowered(scalar.text) == lowered(value));
    };
    visitJson(json, look, JsonLiterals::Told);
    return found;
}

void collectWhole(std::string_view json, std::string_view rule, Redactor& redactor)
{
    collect(json, rule, redactor, Of::Span, 0);
}

bool strikeWhole(std::string& json, std::string_view rule, Redactor& redactor)
{
    return strike(json, rule, redactor, Of::Span, 0);
}

bool strikeSaid(std::string& json, std::string_view rule, Redactor& redactor)
{
    return strike(json, rule, redactor, Of::Said, 0);
}

} // namespace arcscope

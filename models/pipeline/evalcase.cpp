#include "evalcase.h"

#include "jsonrewrite.h"
#include "redactor.h"
#include "session.h"
#include "sha256.h"
#include "spancontent.h"
#include "wholespans.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

std::string_view typeOf(PartKind kind)
{
    constexpr std::array<std::string_view, 7> names{"text",    "reasoning", "tool_call", "tool_result",
                                                    "refusal", "media",     "other"};
    return names[static_cast<std::size_t>(kind)];
}

Json orNull(std::string_view text)
{
    return text.empty() ? Json() : Json(text);
}

Json messagesJson(const std::vector<Message>& messages)
{
    constexpr std::array<std::string_view, 5> roles{"system", "user", "assistant", "tool", "other"};
    Json all = Json::array();
    for (const Message& message : messages) {
        Json one{{"role", message.role == Role::Other && !message.roleText.empty()
                              ? std::string_view(message.roleText)
                              : roles[static_cast<std::size_t>(message.role)]},
                 {"parts", Json::array()}};
        if (!message.name.empty())
            one["name"] = message.name;
        for (const Part& part : message.parts) {
            Json piece{{"type", typeOf(part.kind)}, {"text", part.kind == PartKind::Media ? part.media : part.text}};
            if (!part.name.empty())
                piece["tool"] = part.name;
            if (!part.id.empty())
                piece["id"] = part.id;
            if (part.failed)
                piece["failed"] = true;
            one["parts"].push_back(std::move(piece));
        }
        all.push_back(std::move(one));
    }
    return all;
}

/// Definitions of tools as the record has them, in any convention that names them so.
Json toolsOf(const SpanContent& content)
{
    for (const Attribute& attribute : content.attributes) {
        for (const std::string_view key : {"gen_ai.tool.definitions", "tools", "request.tools", "ai.prompt.tools",
                                           "llm.request.functions", "gen_ai.request.tools"}) {
            if (attribute.key != key)
                continue;
            Json read = Json::parse(attribute.value, nullptr, false);
            return read.is_discarded() ? Json(attribute.value) : read;
        }
    }
    return {};
}

/// Rows of the subtree of a span, in pre-order; the span first.
std::vector<Row> subtreeOf(const Corpus& corpus, Row top)
{
    std::vector<Row> rows;
    bool inside = false;
    std::int64_t depth = 0;
    for (const Row row : corpus.rowsOf(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, top)))) {
        const std::int64_t at = corpus.spans.at(SpanColumn::Depth, row);
        if (row == top) {
            inside = true;
            depth = at;
        } else if (inside && at <= depth) {
            break;
        }
        if (inside)
            rows.push_back(row);
    }
    return rows;
}

/// Results that stand in messages, with the calls that asked for them.
void addResults(const std::vector<Message>& messages, Json& results)
{
    for (const Message& message : messages) {
        for (const Part& part : message.parts) {
            if (part.kind == PartKind::ToolCall)
                results.push_back({{"tool", orNull(part.name)},
                                   {"id", orNull(part.id)},
                                   {"arguments", part.text},
                                   {"result", Json()},
                                   {"failed", false}});
            if (part.kind != PartKind::ToolResult || part.id.empty())
                continue;
            for (Json& one : results) {
                if (one["id"] == part.id && one["result"].is_null()) {
                    one["result"] = part.text;
                    one["failed"] = part.failed;
                }
            }
        }
    }
}

/// What a span that is struck whole says is in all of these.
void strikeAll(Json& json, const std::string& rule, Redactor& redactor)
{
    for (Json* const said : {&json["input"], &json["tool_results"], &json["recorded"]["output"]}) {
        std::string text = said->dump(-1, ' ', false, Json::error_handler_t::replace);
        if (strikeSaid(text, rule, redactor))
            *said = Json::parse(text, nullptr, false);
    }
}

} // namespace

Result<std::string> evalCase(Session& session, const EvalCaseRequest& request, Redactor* redactor)
{
    const Corpus& corpus = session.corpus;
    std::vector<Row> calls;
    std::vector<Row> tools;
    for (const Row row : subtreeOf(corpus, request.row)) {
        if (corpus.spans.kind(row) == SpanKind::ModelCall)
            calls.push_back(row);
        else if (corpus.spans.kind(row) == SpanKind::ToolCall)
            tools.push_back(row);
    }
    if (calls.empty())
        return Error{ErrorCode::Usage, "the span has no model call to make a case of"};
    const auto first = loadDetails(session.workspace, corpus, calls.front());
    const auto last = loadDetails(session.workspace, corpus, calls.back());
    if (!first || !last)
        return first ? last.error() : first.error();
    Json results = Json::array();
    for (const Row row : tools) {
        const auto details = loadDetails(session.workspace, corpus, row);
        if (!details)
            return details.error();
        results.push_back({{"tool", orNull(corpus.text(SpanText::Tool, row))},
                           {"id", orNull(corpus.text(SpanText::ToolCallId, row))},
                           {"arguments", details->content.toolArguments},
                           {"result", details->content.toolResult},
                           {"failed", details->content.toolFailed}});
    }
    if (tools.empty() && calls.size() > 1)
        addResults(last->content.input, results);
    const Row call = calls.back();
    std::string_view stop = corpus.text(SpanText::StopReason, call);
    if (stop.empty() && !last->content.output.empty())
        stop = last->content.output.back().stopReason;
    const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, request.row));
    Json json{{"schema", "arcscope.case/1"},
              {"id", Json()},
              {"source",
               {{"trace", orNull(corpus.traceIdText(trace))},
                {"span", orNull(corpus.idText(corpus.spans.spanId(request.row)))},
                {"ticket", orNull(request.ticket)}}},
              {"model",
               {{"requested", orNull(corpus.text(SpanText::ModelRequested, call))},
                {"served", orNull(corpus.text(SpanText::ModelServed, call))},
                {"provider", orNull(corpus.text(SpanText::Provider, call))}}},
              {"prompt",
               {{"name", orNull(corpus.text(SpanText::PromptName, call))},
                {"version", orNull(corpus.text(SpanText::PromptVersion, call))}}},
              {"input", messagesJson(first->content.input)},
              {"tools", toolsOf(first->content)},
              {"tool_results", std::move(results)},
              {"recorded", {{"output", messagesJson(last->content.output)}, {"stop_reason", orNull(stop)}}},
              {"expected", orNull(request.expected)},
              {"forbidden", orNull(request.forbidden)},
              {"category", orNull(request.category)},
              {"redacted", redactor != nullptr}};
    if (redactor) {
        for (const Row row : subtreeOf(corpus, request.row)) {
            if (const std::string rule = redactor->ruleOfRow(row); !rule.empty())
                strikeAll(json, rule, *redactor);
        }
    }
    const auto text = [](const Json& of) { return of.dump(2, ' ', false, Json::error_handler_t::replace); };
    std::string body = text(json);
    if (redactor)
        redactor->strike(body, {}, {});
    Json made = Json::parse(body, nullptr, false);
    if (made.is_discarded())
        return Error{ErrorCode::Malformed, "the case cannot be written as JSON"};
    made["id"] = sha256Of(text(made["input"]) + text(made["tools"]) + text(made["recorded"]));
    return text(made) + "\n";
}

} // namespace arcscope

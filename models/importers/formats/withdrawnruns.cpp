#include "withdrawnruns.h"

#include "messageparts.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::string_view detail = R"({"reason":"rollback","evidence":"declared"})";
constexpr std::string_view removeAll = "__remove_all__";

/// As messages stand in runs: by themselves, or as LangChain writes objects.
JsonObject messageIn(const JsonElement& value, std::string& type)
{
    JsonObject message;
    if (value.get(message) != simdjson::SUCCESS)
        return {};
    type = memberText(message, {"type", "role"});
    JsonElement kwargs;
    JsonElement path;
    JsonArray steps;
    JsonObject inner;
    if (type != "constructor" || !findMember(message, {"kwargs"}, kwargs) || kwargs.get(inner) != simdjson::SUCCESS)
        return message;
    if (findMember(message, {"id"}, path) && path.get(steps) == simdjson::SUCCESS && steps.size() > 0)
        type = textOf(steps.at(steps.size() - 1).value_unsafe());
    return inner;
}

struct Listed {
    std::string id;
    bool removes = false;
};

std::vector<Listed> messagesOf(const JsonObject& run, std::string_view side)
{
    std::vector<Listed> all;
    JsonElement value;
    JsonObject state;
    JsonArray list;
    if (!findMember(run, {side}, value) || value.get(state) != simdjson::SUCCESS ||
        !findMember(state, {"messages"}, value) || value.get(list) != simdjson::SUCCESS)
        return all;
    for (const JsonElement element : list) {
        if (!element.is_object())
            continue;
        std::string type;
        const JsonObject message = messageIn(element, type);
        all.push_back({memberText(message, {"id"}), type == "remove" || type == "RemoveMessage"});
    }
    return all;
}

/// The first message of generations, which lie in a list or in a list of lists.
bool answerIn(const JsonElement& value, JsonElement& found, int depth = 0)
{
    JsonArray list;
    JsonObject object;
    constexpr int deepest = 2;
    if (depth <= deepest && value.get(list) == simdjson::SUCCESS)
        return list.size() > 0 && answerIn(list.at(0).value_unsafe(), found, depth + 1);
    return value.get(object) == simdjson::SUCCESS && findMember(object, {"message"}, found) && found.is_object();
}

/// The run that an id of a message names: "run-ID-0", "run--ID-0", "lc_run--ID".
std::string_view runIn(std::string_view message)
{
    constexpr std::size_t idLength = 36;
    for (const std::string_view prefix : {"lc_run--", "run--", "run-"}) {
        if (message.starts_with(prefix) && message.size() >= prefix.size() + idLength)
            return message.substr(prefix.size(), idLength);
    }
    return {};
}

} // namespace

void WithdrawnRuns::add(const SpanRecord& span, Row row, std::string_view id, std::string_view record,
                        const RunStream& stream)
{
    if (span.kind == SpanKind::ModelCall)
        addAnswer(span, row, id, record, stream);
    if (record.find("\"remove\"") != std::string_view::npos || record.find("RemoveMessage") != std::string_view::npos)
        addRemovals(record, span.end);
    if (span.status == SpanStatus::Error || span.status == SpanStatus::Cancelled) {
        simdjson::dom::parser parser;
        JsonElement element;
        JsonObject run;
        if (record.find("UserRollback") != std::string_view::npos &&
            parser.parse(record.data(), record.size()).get(element) == simdjson::SUCCESS &&
            element.get(run) == simdjson::SUCCESS && memberText(run, {"error"}).starts_with("UserRollback"))
            m_rollbacks.push_back({span.trace, span.end});
    }
}

void WithdrawnRuns::addAnswer(const SpanRecord& span, Row row, std::string_view id, std::string_view record,
                              const RunStream& stream)
{
    Answer answer{span.trace, row, span.end, {}, stream.shown(), !stream.empty(), false};
    simdjson::dom::parser parser;
    JsonElement element;
    JsonObject run;
    JsonObject outputs;
    std::string message;
    if (parser.parse(record.data(), record.size()).get(element) == simdjson::SUCCESS &&
        element.get(run) == simdjson::SUCCESS && findMember(run, {"outputs"}, element) &&
        element.get(outputs) == simdjson::SUCCESS && findMember(outputs, {"generations"}, element) &&
        answerIn(element, element)) {
        std::string type;
        JsonElement content;
        const JsonObject body = messageIn(element, type);
        message = memberText(body, {"id"});
        if (!answer.known && findMember(body, {"content"}, content)) {
            answer.text = joinedText(content);
            answer.known = m_bytes + answer.text.size() <= maxKeptBytes;
            if (answer.known)
                m_bytes += answer.text.size();
            else
                answer.text = std::string();
        }
    }
    if (!answer.known)
        return;
    const auto [place, isNew] = m_places.try_emplace(hashOf(id), m_answers.size());
    const std::size_t at = place->second;
    if (isNew)
        m_answers.push_back(std::move(answer));
    if (!message.empty())
        m_places[hashOf(std::string_view(message))] = at;
}

void WithdrawnRuns::addRemovals(std::string_view record, Nanos time)
{
    simdjson::dom::parser parser;
    JsonElement element;
    JsonObject run;
    if (parser.parse(record.data(), record.size()).get(element) != simdjson::SUCCESS ||
        element.get(run) != simdjson::SUCCESS)
        return;
    const std::vector<Listed> given = messagesOf(run, "outputs");
    for (std::size_t i = 0; i < given.size(); ++i) {
        if (!given[i].removes)
            continue;
        if (given[i].id != removeAll) {
            m_removals.push_back({given[i].id, time});
            continue;
        }
        for (const Listed& before : messagesOf(run, "inputs")) {
            const auto kept = [&](const Listed& one) { return !one.removes && one.id == before.id; };
            if (!before.id.empty() && std::none_of(given.begin() + static_cast<std::ptrdiff_t>(i), given.end(), kept))
                m_removals.push_back({before.id, time});
        }
    }
}

void WithdrawnRuns::withdraw(Answer& answer, Nanos time, SpanSink& sink)
{
    if (std::exchange(answer.withdrawn, true))
        return;
    StreamWriter writer;
    if (answer.shown.empty() && !answer.text.empty()) {
        StreamEvent chunk;
        chunk.kind = StreamEventKind::Chunk;
        chunk.text = answer.text;
        writer.add(chunk);
        chunk.text = {};
        chunk.to = static_cast<std::int64_t>(answer.text.size());
        answer.shown.push_back(chunk);
    }
    for (StreamEvent& shown : answer.shown) {
        shown.kind = StreamEventKind::Retract;
        shown.time = time == noTime || answer.end == noTime ? time : std::max(time, answer.end);
        shown.from = 0;
        shown.detail = detail;
        writer.add(shown);
    }
    if (writer.count() > 0)
        sink.addStream(answer.row, writer.take());
}

void WithdrawnRuns::give(SpanSink& sink)
{
    for (const Removal& removal : m_removals) {
        auto place = m_places.find(hashOf(std::string_view(removal.message)));
        if (const std::string_view run = runIn(removal.message); place == m_places.end() && !run.empty())
            place = m_places.find(hashOf(run));
        if (place != m_places.end())
            withdraw(m_answers[place->second], removal.time, sink);
    }
    for (const Rollback& rollback : m_rollbacks) {
        for (Answer& answer : m_answers) {
            if (answer.trace == rollback.trace)
                withdraw(answer, rollback.time, sink);
        }
    }
}

} // namespace arcscope

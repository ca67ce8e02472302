// Chats of VS Code: the session as one JSON value (as it is exported, and as it was stored), or as the log of changes
// in which it is stored now, {"kind":0,"v":session}, then {"kind":1|2|3,"k":path,"v":…,"i":…}, one a line. A request is
// a span, its response a stream without times. Taken back is
// - by a part clearToPreviousToolInvocation what stands behind the last tool: with reason 1 (filter) and 2 (copyright)
//   content_filter, else superseded, declared;
// - by a change what its parts no longer say (superseded, observed); a part that has grown says more of the same;
// - by errorDetails with responseIsFiltered or responseIsRedacted the response (content_filter, declared);
// - a request that is undone: shouldBeRemovedOnSend (rollback, declared), or by a change that cuts it off (observed).
#include "format.h"
#include "probe.h"
#include "source.h"
#include "streamreading.h"
#include "vscoderequest.h"

#include <deque>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "vscode-chat";

bool changeOf(const JsonObject& value, ChatChange& change)
{
    JsonElement kind;
    std::uint64_t number = 0;
    if (!findMember(value, {"kind"}, kind) || kind.get(number) != simdjson::SUCCESS || number > 3)
        return false;
    change = static_cast<ChatChange>(number);
    return true;
}

std::vector<JsonElement> pathOf(const JsonObject& entry)
{
    std::vector<JsonElement> path;
    JsonElement value;
    JsonArray steps;
    if (findMember(entry, {"k"}, value) && value.get(steps) == simdjson::SUCCESS) {
        for (const JsonElement step : steps)
            path.push_back(step);
    }
    return path;
}

std::int64_t cutOf(const JsonObject& entry)
{
    JsonElement value;
    std::int64_t at = -1;
    return findMember(entry, {"i"}, value) && value.get(at) == simdjson::SUCCESS ? at : -1;
}

/// The requests of one file.
class ChatReader
{
public:
    explicit ChatReader(ReadJob& job)
        : m_job(job)
    {
    }

    Result<void> read()
    {
        const auto done = readSplit(m_job, SplitPaths(), [&](const SplitEvent& event) {
            if (event.kind == SplitKind::Value)
                take(event.value, static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
        });
        give();
        m_tally.report(m_job.sink);
        return done;
    }

private:
    void take(std::string_view text, std::int64_t line, std::int64_t byte)
    {
        JsonElement element;
        JsonObject object;
        if (m_parser.parse(text.data(), text.size()).get(element) != simdjson::SUCCESS ||
            element.get(object) != simdjson::SUCCESS) {
            m_tally.add(Severity::Error, IssueKind::MalformedRecord, "a value that is no JSON object", line, byte);
            return;
        }
        ChatChange change = ChatChange::Initial;
        JsonObject session;
        if (!changeOf(object, change))
            begin(object, byte);
        else if (change == ChatChange::Initial && findObject(object, "v", session))
            begin(session, byte);
        else if (m_begun)
            apply(change, object, text, line, byte);
        else
            m_tally.add(Severity::Warning, IssueKind::MissingField,
                        "a change to a session whose beginning is not there", line, byte);
    }

    void begin(const JsonObject& session, std::int64_t byte)
    {
        // The log was written anew: it holds all that there is.
        if (m_begun)
            give();
        m_begun = true;
        m_session = memberText(session, {"sessionId"});
        JsonElement requests;
        if (findMember(session, {"requests"}, requests))
            push(requests, byte);
    }

    void push(const JsonElement& list, std::int64_t byte)
    {
        JsonArray requests;
        if (list.get(requests) != simdjson::SUCCESS)
            return;
        for (const JsonElement element : requests) {
            JsonObject object;
            m_here.push_back(m_requests.size());
            VsCodeRequest& request = m_requests.emplace_back();
            request.response().byte = byte;
            if (element.get(object) == simdjson::SUCCESS)
                request.set(object);
            else
                m_tally.add(Severity::Warning, IssueKind::MalformedRecord, "a request that is no JSON object", -1,
                            byte);
            keep(request, simdjson::minify(element));
        }
    }

    void apply(ChatChange change, const JsonObject& entry, std::string_view text, std::int64_t line, std::int64_t byte)
    {
        const std::vector<JsonElement> path = pathOf(entry);
        JsonElement value;
        const bool given = findMember(entry, {"v"}, value);
        if (path.empty() || textOf(path[0]) != "requests")
            return;
        if (path.size() == 1) {
            const std::int64_t cut = change == ChatChange::Push ? cutOf(entry) : 0;
            for (; cut >= 0 && m_here.size() > static_cast<std::size_t>(cut); m_here.pop_back()) {
                VsCodeRequest& request = m_requests[m_here.back()];
                request.remove();
                keep(request, text.size() < maxKept ? text : std::string_view());
            }
            if (given)
                push(value, byte);
            return;
        }
        std::uint64_t at = 0;
        if (path[1].get(at) != simdjson::SUCCESS || at >= m_here.size()) {
            m_tally.add(Severity::Warning, IssueKind::BadValue, "a change to a request that is not there", line, byte);
            return;
        }
        VsCodeRequest& request = m_requests[m_here[at]];
        request.change(change, std::span(path).subspan(2), given ? &value : nullptr, cutOf(entry));
        keep(request, text);
    }

    void keep(VsCodeRequest& request, std::string_view text)
    {
        std::string& record = request.response().record;
        if (record.size() + text.size() > maxRecordBytes) {
            m_tally.add(Severity::Warning, IssueKind::OversizedRecord,
                        "the changes of a request are kept up to the limit of a record", -1, request.response().byte);
            return;
        }
        if (!record.empty())
            record += '\n';
        record += text;
    }

    void give()
    {
        const std::string name = m_session.empty() ? m_job.fileName : m_session;
        for (VsCodeRequest& request : m_requests)
            request.give(m_job.sink, m_tally, toId(m_job.sink, name), m_session,
                         m_job.fileName + '#' + std::to_string(++m_given));
        m_requests.clear();
        m_here.clear();
    }

    static constexpr std::size_t maxKept = 4'096; ///< of a change that only removes

    ReadJob& m_job;
    IssueTally m_tally;
    simdjson::dom::parser m_parser;
    std::deque<VsCodeRequest> m_requests;
    std::vector<std::size_t> m_here; ///< those that the session has, in its order
    std::string m_session;
    std::uint64_t m_given = 0;
    bool m_begun = false;
};

Result<void> readChat(ReadJob& job)
{
    return ChatReader(job).read();
}

SpanContent decodeChat(std::string_view record, std::string_view)
{
    SpanContent content;
    VsCodeRequest request;
    simdjson::dom::parser parser;
    bool tool = false;
    eachValue(record, [&](const JsonValue& value) {
        const std::string text(value.raw());
        JsonElement element;
        JsonObject object;
        if (parser.parse(text).get(element) != simdjson::SUCCESS || element.get(object) != simdjson::SUCCESS)
            return;
        ChatChange change = ChatChange::Initial;
        JsonElement given;
        if (memberText(object, {"type"}) == "tool_use" && hasMember(object, "arguments")) {
            tool = true;
            content.toolArguments = memberText(object, {"arguments"});
        } else if (!changeOf(object, change)) {
            request.set(object);
        } else if (const std::vector<JsonElement> path = pathOf(object); path.size() > 1) {
            const bool has = findMember(object, {"v"}, given);
            request.change(change, std::span(path).subspan(2), has ? &given : nullptr, cutOf(object));
        } else {
            request.remove();
        }
    });
    if (!tool)
        request.addTo(content);
    return content;
}

int sniffChat(const Probe& probe)
{
    const ProbeValue* first = probe.first();
    if (!first)
        return 0;
    for (const char* const prefix : {"", "v/"}) {
        const std::string at(prefix);
        if (at == "v/" && !first->hasNumber("kind"))
            continue;
        if (first->hasString(at + "responderUsername") &&
            (first->hasArray(at + "requests") || first->has(at + "initialLocation") || first->cut()))
            return 93;
        if (first->hasString(at + "requests/*/requestId") && first->has(at + "requests/*/message") &&
            (first->has(at + "requests/*/variableData") || first->hasArray(at + "requests/*/response")))
            return 93;
    }
    return 0;
}

} // namespace

ImportFormat vscodeChat()
{
    return {formatName, "VS Code chat", sniffChat, readChat, decodeChat};
}

} // namespace arcscope

#include "codexdecoding.h"
#include "codexsession.h"
#include "probe.h"

namespace arcscope
{
namespace
{

bool isLineType(std::string_view type)
{
    return type == "session_meta" || type == "turn_context" || type == "response_item" || type == "event_msg" ||
           type == "compacted";
}

/// What the first versions wrote, before the lines: one document of the session and its items.
bool isDocument(const Probe& probe)
{
    return probe.has("session/id") && probe.has("session/timestamp") && probe.has("items/*/type");
}

int sniffCodexRollout(const Probe& probe)
{
    if (isDocument(probe) && probe.has("session/instructions"))
        return 90;
    for (const ProbeValue& value : probe.values()) {
        if (isLineType(value.text("type")) && value.hasObject("payload") && value.hasString("timestamp"))
            return 95;
        const bool isHeader = value.hasString("id") && value.hasString("timestamp") && value.has("instructions");
        if (isHeader && !value.has("type") && probe.isLines() &&
            (probe.anyText("record_type", "state") || probe.anyText("type", "message")))
            return 90;
    }
    return 0;
}

Result<void> readCodexRollout(ReadJob& job)
{
    CodexSession session(job.sink, job.fileName);
    const bool document = isDocument(Probe::of(job.input));
    const auto done = readRecords(job, document ? SplitPaths{"session", "items/*"} : SplitPaths(),
                                  [&](const JsonValue& value, const SplitEvent& event) {
                                      if (!document || event.target >= 0)
                                          session.take(value, event);
                                  });
    session.finish();
    return done;
}

SpanContent decodeCodexRollout(std::string_view record, std::string_view)
{
    SpanContent content;
    eachValue(record, [&](const JsonValue& value) {
        bool line = false;
        std::string_view type;
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "payload" && member.isObject()) {
                line = true;
                addCodexEvent(member, content);
            } else if (key == "type") {
                type = member.text();
            }
        });
        if (line)
            return;
        if (type.ends_with("_call")) {
            addCodexCall(value.raw(), content);
        } else {
            JsonParser again;
            addCodexEvent(again.parseCopy(value.raw()), content);
        }
    });
    return content;
}

} // namespace

ImportFormat codexRollout()
{
    return {"codex-rollout", "Codex session (rollout)", sniffCodexRollout, readCodexRollout, decodeCodexRollout};
}

} // namespace arcscope

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

int sniffCodexRollout(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        if (isLineType(value.text("type")) && value.hasObject("payload") && value.hasString("timestamp"))
            return 95;
    }
    return 0;
}

Result<void> readCodexRollout(ReadJob& job)
{
    CodexSession session(job.sink, job.fileName);
    const auto done = readRecords(job, SplitPaths(),
                                  [&](const JsonValue& value, const SplitEvent& event) { session.take(value, event); });
    session.finish();
    return done;
}

SpanContent decodeCodexRollout(std::string_view record, std::string_view)
{
    SpanContent content;
    eachValue(record, [&](const JsonValue& value) {
        bool line = false;
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "payload" && member.isObject()) {
                line = true;
                addCodexEvent(member, content);
            }
        });
        if (!line)
            addCodexCall(value.raw(), content);
    });
    return content;
}

} // namespace

ImportFormat codexRollout()
{
    return {"codex-rollout", "Codex session (rollout)", sniffCodexRollout, readCodexRollout, decodeCodexRollout};
}

} // namespace arcscope

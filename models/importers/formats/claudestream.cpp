#include "claudesession.h"
#include "probe.h"

namespace arcscope
{
namespace
{

/// Lines as the program and its SDK print them, or a list of them. Session files have names of another spelling.
int sniffClaudeStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        for (const std::string at : {"", "*/"}) {
            const std::string_view type = value.text(at + "type");
            if ((type == "assistant" || type == "user") && value.has(at + "parent_tool_use_id") &&
                value.has(at + "message/content"))
                return 90;
            if (type == "system" && value.text(at + "subtype") == "init" && value.hasString(at + "model"))
                return 80;
        }
    }
    return 0;
}

Result<void> readClaudeStream(ReadJob& job)
{
    ClaudeSession session(job.sink, job.fileName.empty() ? "stream" : job.fileName);
    const auto done = readRecords(job, SplitPaths{"*"}, [&](const JsonValue& value, const SplitEvent& event) {
        session.take(value, static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
    });
    session.finish();
    return done;
}

} // namespace

ImportFormat claudeStream()
{
    return {"claude-stream", "Claude Code stream", sniffClaudeStream, readClaudeStream, decodeClaudeCode};
}

} // namespace arcscope

#include "codexdecoding.h"
#include "codextuisession.h"
#include "messagejson.h"
#include "probe.h"

namespace arcscope
{
namespace
{

int sniffCodexTuiLog(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        const std::string_view way = value.text("dir");
        if ((way == "meta" || way == "to_tui" || way == "from_tui") && value.hasString("kind") && value.hasString("ts"))
            return 95;
    }
    return 0;
}

Result<void> readCodexTuiLog(ReadJob& job)
{
    CodexTuiSession session(job.sink, job.fileName);
    const auto done = readRecords(job, SplitPaths(),
                                  [&](const JsonValue& value, const SplitEvent& event) { session.take(value, event); });
    session.finish();
    return done;
}

/// What the user ordered.
void addOrder(const JsonValue& payload, SpanContent& content)
{
    payload.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "items") {
            Message& message = content.input.emplace_back();
            message.role = Role::User;
            message.roleText = "user";
            appendParts(member.raw(), message.parts, content.notes);
        } else {
            addAttribute(content.attributes, key, member);
        }
    });
}

SpanContent decodeCodexTuiLog(std::string_view record, std::string_view)
{
    SpanContent content;
    bool toolRecord = false;
    eachValue(record, [&](const JsonValue& value) {
        bool line = false;
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "dir")
                line = true;
            if (key != "payload") {
                if (line && key != "kind" && key != "dir" && content.attributes.size() < 100)
                    addAttribute(content.attributes, key, member);
                return;
            }
            std::string event;
            std::string order;
            member.eachMember([&](std::string_view name, const JsonValue& inner) {
                if (name == "msg" && inner.isObject())
                    event = inner.raw();
            });
            JsonParser again;
            if (!event.empty())
                addCodexEvent(again.parseCopy(event), content, !toolRecord);
            else
                addOrder(again.parseCopy(member.raw()), content);
        });
        if (!line) {
            toolRecord = true;
            addCodexCall(value.raw(), content);
        }
    });
    return content;
}

} // namespace

ImportFormat codexTuiLog()
{
    return {"codex-tui-log", "Codex session (log of its window)", sniffCodexTuiLog, readCodexTuiLog, decodeCodexTuiLog};
}

} // namespace arcscope

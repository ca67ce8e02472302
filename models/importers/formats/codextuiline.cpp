#include "codextuisession.h"

namespace arcscope
{
namespace
{

void readPayload(const JsonValue& payload, CodexTuiLine& line)
{
    payload.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "id")
            line.id = member.text();
        else if (key == "type")
            line.opType = member.text();
        else if (key == "decision")
            line.decision = member.text();
        else if (key == "msg" && member.isObject())
            line.event = readCodexEvent(member);
    });
}

} // namespace

CodexTuiLine readCodexTuiLine(const JsonValue& value)
{
    CodexTuiLine line;
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "ts")
            line.time = member.text();
        else if (key == "kind")
            line.kind = member.text();
        else if (key == "model")
            line.model = member.text();
        else if (key == "model_provider_id")
            line.provider = member.text();
        else if (key == "payload" && member.isObject())
            readPayload(member, line);
    });
    return line;
}

} // namespace arcscope

// Conversations for tests, a line for each turn: "User: …", "Assistant: …", "Calls: TOOL", "Result: …", "Failed: …".
#pragma once

#include "conversation.h"
#include "turnsignals.h"

#include <cassert>
#include <string_view>

namespace arcscope::testing
{

inline void addTurn(Conversation& conversation, Role role, PartKind kind, std::string_view text)
{
    Turn& turn = conversation.turns.emplace_back();
    turn.row = static_cast<Row>(conversation.turns.size());
    turn.role = role;
    turn.kind = kind;
    if (kind == PartKind::ToolCall)
        turn.tool = text;
    else
        turn.text = text;
    turn.words = hashOf(text);
    if (conversation.threads.empty())
        conversation.threads.emplace_back();
    conversation.threads[0].push_back(static_cast<std::uint32_t>(conversation.turns.size() - 1));
}

/// Of one thread.
inline Conversation conversationIn(std::string_view lines)
{
    struct Speaker {
        std::string_view begins;
        Role role;
        PartKind kind;
    };
    constexpr Speaker speakers[] = {
        {"User: ", Role::User, PartKind::Text},           {"Assistant: ", Role::Assistant, PartKind::Text},
        {"Calls: ", Role::Assistant, PartKind::ToolCall}, {"Result: ", Role::Tool, PartKind::ToolResult},
        {"Failed: ", Role::Tool, PartKind::ToolResult},
    };
    Conversation conversation;
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
        [[maybe_unused]] bool known = false;
        for (const Speaker& speaker : speakers) {
            if (!line.starts_with(speaker.begins))
                continue;
            known = true;
            addTurn(conversation, speaker.role, speaker.kind, line.substr(speaker.begins.size()));
            conversation.turns.back().failed = speaker.begins == "Failed: ";
        }
        assert(known);
    }
    return conversation;
}

inline std::vector<TurnSignal> signalsIn(std::string_view lines, const DetectorSettings& settings = {})
{
    const Conversation conversation = conversationIn(lines);
    return conversation.threads.empty() ? std::vector<TurnSignal>()
                                        : turnSignals(conversation, conversation.threads[0], settings);
}

} // namespace arcscope::testing

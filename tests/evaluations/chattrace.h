// Recorded conversations of an agent with tools (arrays of chat messages) as traces that detectors can read.
#pragma once

#include "agentprose.h"
#include "tracescript.h"

namespace arcscope::evaluation
{

/// A message of a conversation, as its file has it.
struct ChatMessage {
    struct Call {
        std::string id;
        std::string tool;
        std::string arguments;
    };
    std::string role;
    std::string content;
    std::string call; ///< of a tool's message
    std::vector<Call> calls;
};

struct Chat {
    std::string id;
    std::string task;
    std::vector<ChatMessage> messages;
};

/// Records with "traj", one a line or in one array. Those without an "id" are numbered by their place.
inline std::vector<Chat> chatsOf(const std::string& path)
{
    std::vector<Chat> chats;
    const auto read = [&](JsonReading& reading, JsonIndex record) {
        const JsonStory& story = reading.story();
        Chat& chat = chats.emplace_back();
        chat.id = textOf(reading, "id", record);
        if (chat.id.empty())
            chat.id = std::to_string(chats.size() - 1);
        chat.task = textOf(reading, "group", record);
        const JsonIndex messages = reading.member(record, "traj");
        for (JsonIndex i = story.firstChild(messages); i >= 0; i = story.nextSibling(i)) {
            ChatMessage& message = chat.messages.emplace_back();
            message.role = textOf(reading, "role", i);
            message.content = textOf(reading, "content", i);
            message.call = textOf(reading, "tool_call_id", i);
            const JsonIndex calls = reading.member(i, "tool_calls");
            const bool several = calls >= 0 && reading.kind(calls) == JsonKind::Array;
            for (JsonIndex j = several ? story.firstChild(calls) : -1; j >= 0; j = story.nextSibling(j)) {
                const JsonIndex function = reading.member(j, "function");
                message.calls.push_back({textOf(reading, "id", j), textOf(reading, "name", function),
                                         textOf(reading, "arguments", function)});
            }
        }
    };
    for (const JsonStory& story : recordsOf(path)) {
        JsonReading reading(story);
        if (reading.kind(0) != JsonKind::Array) {
            read(reading, 0);
            continue;
        }
        for (JsonIndex record = story.firstChild(0); record >= 0; record = story.nextSibling(record))
            read(reading, record);
    }
    return chats;
}

/// One model call for each message of the assistant, which is given what came since the one before; its output is
/// message 0. Spans have the names m0, m1, … of their messages.
inline testing::TraceScript scriptOf(const Chat& chat, std::size_t messages)
{
    std::string lines = "t root - agent 0-1000000\n";
    for (std::size_t i = 0; i < messages; ++i) {
        if (chat.messages[i].role == "assistant")
            lines += "t m" + std::to_string(i) + " root model " + std::to_string(10 * i + 1) + "-" +
                     std::to_string(10 * i + 5) + "\n";
    }
    testing::TraceScript script(lines);
    std::vector<Message> before;
    for (std::size_t i = 0; i < messages; ++i) {
        const ChatMessage& from = chat.messages[i];
        if (from.role != "assistant") {
            before.push_back(from.role == "tool"
                                 ? testing::returned(from.call, from.content)
                                 : testing::said(from.role == "system" ? Role::System : Role::User, from.content));
            continue;
        }
        SpanContent& content = script.content("m" + std::to_string(i));
        content.input = std::move(before);
        before.clear();
        content.output.push_back(testing::said(Role::Assistant, from.content));
        for (const ChatMessage::Call& call : from.calls)
            content.output.push_back(testing::asked(call.tool, call.id, call.arguments));
    }
    return script;
}

} // namespace arcscope::evaluation

// VsCodeRequest: one request of a chat of VS Code with its response, as the session's file has it or as its log of
// changes makes it.
#pragma once

#include "streamedresponse.h"

#include "messageparts.h"

namespace arcscope
{

/// What an entry of the log does to the value at a path.
enum class ChatChange : std::uint8_t {
    Initial = 0,
    Set = 1,
    Push = 2, ///< appended, where `i` is given in place of what stands there and behind
    Delete = 3,
};

class VsCodeRequest
{
public:
    VsCodeRequest();

    /// The whole request.
    void set(const JsonObject& request);
    /// A change below the request: `path` leads to what is changed.
    void change(ChatChange change, std::span<const JsonElement> path, const JsonElement* value, std::int64_t from);
    /// It is no longer in the session.
    void remove();

    const std::string& id() const { return m_id; }
    StreamedResponse& response() { return m_response; }
    void give(SpanSink& sink, IssueTally& tally, Id trace, std::string_view session, std::string_view fallbackId);
    void addTo(SpanContent& content) const;

private:
    struct Part {
        BlockType type = BlockType::Other;
        std::string item; ///< of its block; empty: shows nothing
        std::string callId;
    };
    struct Shown;

    void member(std::string_view key, const JsonElement& value);
    /// `list` may be null.
    void setParts(const JsonElement* list, std::size_t from, bool replace);
    void setPart(std::size_t at, const JsonElement& value);
    void withdraw(const Part& part, std::string_view why);
    void clear(const JsonObject& part, std::size_t at);
    void takeTool(const JsonObject& part, StreamBlock& call);
    void takeState(const JsonElement& value);
    void takeResult(const JsonObject& result);

    StreamedResponse m_response;
    std::vector<Part> m_parts;
    std::uint64_t m_blocks = 0;
    std::string m_id;
    std::string m_asked;
    std::string m_agent;
    std::string m_model;
    std::string m_usage;
    Nanos m_start = noTime;
    Nanos m_end = noTime;
    Nanos m_took = noTime;
    Nanos m_firstProgress = noTime;
};

} // namespace arcscope

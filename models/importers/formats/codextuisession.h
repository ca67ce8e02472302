// CodexTuiSession: puts the records that the window of Codex logs together into spans with their streams.
#pragma once

#include "agentlog.h"
#include "codexevent.h"
#include "codexrollback.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// A record of the log: {ts, dir, kind, …}; what the agent says is payload.msg of kind codex_event.
struct CodexTuiLine {
    std::string_view time;
    std::string_view kind;
    std::string_view model;
    std::string_view provider;
    std::string_view id;     ///< of the turn
    std::string_view opType; ///< of an order by the user
    std::string_view decision;
    CodexEvent event;
};

CodexTuiLine readCodexTuiLine(const JsonValue& line);

/// Takes records in the order of the file, whose times may go back by moments (two threads write it). A call of the
/// model ends with the last that it put out; it begins, inferred, when the turn or the call before it was complete.
/// Deltas are kept in the stream of the call, output of commands in the stream of the tool. Text is taken back by
/// thread_rolled_back (see CodexRollback), and by stream_error, after which the program asks the model again: what was
/// not complete comes once more from its beginning (reason retry, inferred).
class CodexTuiSession
{
public:
    CodexTuiSession(SpanSink& sink, std::string_view fallbackId)
        : m_log(sink, "Codex", fallbackId)
    {
    }

    void take(const JsonValue& line, const SplitEvent& at);
    void finish();

private:
    /// A block of the present call whose text is still to be compared with the whole that follows.
    struct Block {
        BlockType type = BlockType::Text;
        std::string text;
        bool compared = false;
        std::int64_t length = 0; ///< of all its deltas
    };

    void codexEvent(const CodexTuiLine& line, std::string_view raw, Nanos time);
    void order(const CodexTuiLine& line, std::string_view raw, Nanos time);
    void configure(const CodexEvent& event, std::string_view raw);
    void startTurn(std::string_view id, std::string_view raw, Nanos time);
    void endTurn(const CodexEvent& event, std::string_view raw, Nanos time);
    void giveTurn();
    void openCall(Nanos time);
    void giveModelCall();
    void delta(const CodexEvent& event, BlockType type, Nanos time);
    void restart(Nanos time);
    void whole(const CodexEvent& event, BlockType type, std::string_view raw, Nanos time);
    void askTool(const CodexEvent& event, std::string_view raw, Nanos time);
    void beginTool(const CodexEvent& event, std::string_view raw, Nanos time);
    void toolOutput(const CodexEvent& event, Nanos time);
    void endTool(const CodexEvent& event, std::string_view raw, Nanos time);
    void askApproval(const CodexEvent& event, std::string_view raw, Nanos time);
    void giveApproval();
    void count(const CodexEvent& event, std::string_view raw, Nanos time);
    std::string freshId(std::string_view what);
    Id parent() const;

    AgentLog m_log;
    std::string m_started; ///< the record session_start, until its session is configured
    StringId m_provider;
    std::string m_model;
    HeldSpan m_turn;
    bool m_inTurn = false;
    std::string m_turnId;
    std::string m_diff; ///< the last turn_diff
    std::uint64_t m_turns = 0;
    std::uint64_t m_numbered = 0;
    std::optional<HeldSpan> m_call;
    std::vector<Block> m_blocks; ///< of the call
    std::uint64_t m_calls = 0;
    Nanos m_given = noTime; ///< when the model could begin
    CodexRollback m_rollback;
    std::uint64_t m_rollbacks = 0;
    std::optional<HeldSpan> m_approval;
    std::string m_lastTotal;
    Nanos m_before = noTime; ///< of the record before
};

} // namespace arcscope

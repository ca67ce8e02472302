// CodexSession: puts the lines of a Codex rollout together into spans.
#pragma once

#include "agentlog.h"
#include "codexevent.h"
#include "codexrollback.h"

#include <string>
#include <vector>

namespace arcscope
{

/// Takes lines in the order of the file. Below the session (the line session_meta) lie its turns, below a turn its
/// calls of the model and of tools and what the user wrote. A call of the model is the run of items that it put out up
/// to its token_count; it begins, inferred, when the last of what it was given was written. What the same file says
/// twice, as an item and as an event, is one span. CodexRollback has what thread_rolled_back takes back.
class CodexSession
{
public:
    CodexSession(SpanSink& sink, std::string_view fallbackId)
        : m_log(sink, "Codex", fallbackId)
    {
    }

    void take(const JsonValue& record, const SplitEvent& at);
    void finish();

private:
    /// A text that a model or user wrote, as an event or as an item; the other one is still to come.
    struct Said {
        std::uint64_t text = 0; ///< hash
        bool event = false;
        std::string raw;
        Nanos time = noTime;
        std::int64_t line = -1;
        std::int64_t byte = -1;
    };
    struct Call {
        HeldSpan held;
        bool open = false;    ///< items still belong to it
        bool counted = false; ///< its usage was read
        bool there = false;
    };
    static constexpr std::size_t maxSaid = 1'000;

    void meta(const CodexLine& line, std::string_view raw, Nanos time);
    void context(const CodexEvent& event, std::string_view raw, Nanos time);
    void item(const CodexEvent& event, std::string_view raw, Nanos time);
    void event(const CodexEvent& event, std::string_view raw, Nanos time);
    void startTurn(std::string_view id, Nanos time, bool recorded);
    void endTurn();
    void finishTurn(const CodexEvent& event, std::string_view raw, Nanos time);
    void message(const CodexEvent& event, std::string_view raw, Nanos time);
    void output(const CodexEvent& event, std::string_view raw, Nanos time);
    void askTool(const CodexEvent& event, Nanos time);
    void answerTool(const CodexEvent& event, std::string_view raw, Nanos time);
    void endTool(const CodexEvent& event, std::string_view raw, Nanos time);
    void count(const CodexEvent& event, std::string_view raw, Nanos time);
    void giveModelCall();
    void give(HeldSpan& call);
    void rollBack(const CodexEvent& event, std::string_view raw, Nanos time);
    bool pair(std::string_view text, bool event, std::string_view raw, Nanos time);
    void giveSaid();
    Id parent() const;
    std::string freshId(std::string_view what);

    AgentLog m_log;
    HeldSpan m_turn;
    bool m_inTurn = false;
    bool m_recordedTurn = false; ///< it has a record of its own start
    bool m_turnUsed = false;     ///< the model has put something out in it
    std::string m_turnId;
    std::string m_model;
    StringId m_provider;
    std::uint64_t m_turns = 0;
    std::uint64_t m_numbered = 0; ///< spans of the turn that were named by their number
    Call m_call;
    HeldSpan m_firstCall; ///< of the turn: its time to first token comes with the turn's end
    bool m_hasFirst = false;
    std::uint64_t m_calls = 0; ///< of the model, in this turn
    Nanos m_given = noTime;    ///< when the last of what the model is given was written
    RawUsage m_total;
    bool m_hasTotal = false;
    CodexRollback m_rollback;
    std::uint64_t m_rollbacks = 0;
    std::vector<Said> m_said;
    std::vector<std::string> m_searches; ///< ends of searches whose item comes next
};

} // namespace arcscope

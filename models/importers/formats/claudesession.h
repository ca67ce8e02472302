// ClaudeSession: puts the records of a Claude Code session file together into spans.
#pragma once

#include "claudeline.h"
#include "claudewithdrawal.h"
#include "content.h"
#include "recordreading.h"
#include "spanrecord.h"
#include "streamedresponse.h"

#include <list>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// Takes records in the order of the file. Spans are held until they are complete, at most `maxHeldBytes` of records.
///
/// Trace = session. Below the session: a model call per message id (its lines are its record), what the user wrote,
/// calls of tools (from the line that asked to the line with the result), and sub-agents below the call that started
/// them, as the span "agent:ID", which the session's file and the sub-agent's file both describe. A call has a stream
/// where stream_event records tell of it, and where its answer was taken back (see ClaudeWithdrawal).
class ClaudeSession
{
public:
    explicit ClaudeSession(SpanSink& sink)
        : m_sink(sink)
    {
    }
    /// Of a stream as the program prints it: records need no session, uuid or time, and name the call whose sub-agent
    /// they are from. `name` stands for a session that is not named.
    ClaudeSession(SpanSink& sink, std::string name)
        : m_sink(sink)
        , m_stream(std::move(name))
    {
    }

    void take(const JsonValue& record, std::int64_t lineNumber, std::int64_t byte);
    /// The input has ended.
    void finish();

private:
    static constexpr std::size_t maxHeldBytes = std::size_t(64) << 20;

    struct Held {
        SpanRecord span;
        std::string record;
        std::string usage;
        std::uint64_t lines = 0;
        std::int64_t line = -1;
        std::uint64_t lastUuid = 0;                 ///< hash of the uuid of its last line
        std::vector<std::uint64_t> blockLines;      ///< for each of its blocks the hash of its line's uuid
        std::string opening;                        ///< the record that began its stream
        std::unique_ptr<StreamedResponse> streamed; ///< what the events of its stream said
        std::size_t streamedBytes = 0;
        ClaudeWithdrawals withdrawals;
    };
    /// Spans by their key, first come first out.
    struct HeldSpans {
        std::list<std::pair<std::string, Held>> inOrder;
        std::unordered_map<std::string, std::list<std::pair<std::string, Held>>::iterator> byKey;

        Held* find(const std::string& key);
        Held& add(const std::string& key);
        void erase(const std::string& key);
    };
    struct Group {
        std::string session;
        std::string agent; ///< empty: the session itself
        SpanRecord span;
        bool used = false;
    };
    struct Seen {
        Nanos time = noTime;
        std::uint32_t group = 0;
    };

    static std::string keyOf(std::string_view session, std::string_view id);
    void completeOfStream(ClaudeLine& line);
    std::uint32_t groupOf(const ClaudeLine& line);
    std::uint32_t group(std::string_view session, std::string_view agent);
    void startAgent(std::string_view session, std::string_view agent, std::string_view call, Provenance known,
                    Nanos time);
    void assistant(const ClaudeLine& line, std::string_view raw, std::uint32_t group, Nanos time);
    void user(const ClaudeLine& line, std::string_view raw, std::uint32_t group, Nanos time);
    Held& callOf(const ClaudeLine& line, std::string_view id, std::string_view model, std::uint32_t group, Nanos time);
    void streamEvent(const ClaudeLine& line, std::string_view raw, std::uint32_t group, Nanos time);
    void withdraw(std::string_view key, ClaudeWithdrawal withdrawal);
    void withdrawLines(const ClaudeLine& line, Nanos time);
    void ended(const ClaudeLine& line, std::uint32_t group);
    void retried(const ClaudeLine& line, std::uint32_t group, Nanos time);
    Held* streaming(std::uint32_t group);
    PackedStream streamOf(Held& call) const;
    void askTool(const ClaudeLine& line, const ClaudeBlock& block, std::uint32_t group, Nanos time);
    void answerTool(const ClaudeLine& line, const ClaudeBlock& block, std::string_view raw, std::uint32_t group,
                    Nanos time);
    void moment(const ClaudeLine& line, std::string_view raw, std::uint32_t group, Nanos time, std::string_view name,
                SpanStatus status);
    void interruptCall(const ClaudeLine& line);
    void note(const ClaudeLine& line);
    SpanRecord spanIn(std::uint32_t group) const;
    void giveCall(Held& call);
    void giveTool(Held& tool);
    void bound();

    SpanSink& m_sink;
    std::string m_stream; ///< empty: the records of a session file
    std::string m_madeUuid;
    std::uint64_t m_records = 0;
    IssueTally m_tally;
    std::vector<Group> m_groups;
    std::map<std::pair<std::string, std::string>, std::uint32_t> m_groupNames;
    std::unordered_map<std::uint64_t, Seen> m_seen; ///< by hash of uuid
    ClaudeHistory m_history;
    std::unordered_map<std::uint32_t, std::string> m_streaming; ///< by group: the key of the call that streams
    std::unordered_map<std::uint64_t, std::string> m_tasks;     ///< call id by hash of its prompt
    std::unordered_map<std::string, std::string> m_agentTypes;  ///< by call id
    HeldSpans m_calls;
    HeldSpans m_tools;
    std::size_t m_heldBytes = 0;
    std::int64_t m_line = -1;
    std::int64_t m_byte = -1;
};

/// As ImportFormat::decode, of what a ClaudeSession gave.
SpanContent decodeClaudeCode(std::string_view record, std::string_view resource);

} // namespace arcscope

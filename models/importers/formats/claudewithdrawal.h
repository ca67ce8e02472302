// What a later record of a Claude Code session or stream says of an earlier answer: that it is void.
//
// Read are, of a stream, `supersedes` (uuids) of an assistant message (reason superseded, declared) and the system
// message model_refusal_fallback with retracted_message_uuids, in session files retractedMessageUuids (reason fallback,
// declared); of a session file also a rewind, where a prompt hangs below the same record as an earlier prompt: the
// answers below the earlier one are void (reason rollback, inferred). Saying it twice changes nothing.
#pragma once

#include "stream.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

struct ClaudeWithdrawal {
    std::uint64_t line = 0; ///< hash of the uuid of the one line that is void; 0: the whole message
    std::string reason;
    std::string evidence;
    std::string by; ///< uuid of the record that says so
    Nanos time = noTime;

    /// JSON of reason and evidence, as a stream event has it.
    std::string detail() const;
    /// The line that is appended to the record of the message: {"type":"withdrawn",…}.
    std::string record() const;
};

/// Those of one message: one for a line, or one for all lines.
class ClaudeWithdrawals
{
public:
    /// Of two that cover the same line the first one stays.
    void add(ClaudeWithdrawal withdrawal);
    /// The one that covers this line, or null.
    const ClaudeWithdrawal* find(std::uint64_t line) const;
    const std::vector<ClaudeWithdrawal>& all() const { return m_all; }

private:
    std::vector<ClaudeWithdrawal> m_all;
    std::unordered_map<std::uint64_t, std::size_t> m_byLine;
};

/// The stream of a message of which only the lines are recorded: its blocks, each behind the time of its line, and what
/// was taken back of them.
PackedStream withdrawnStream(std::string_view record, const ClaudeWithdrawals& withdrawals);

/// Which record hangs below which, and of which model call it is a part. About 100 bytes a record.
class ClaudeHistory
{
public:
    /// `parent`: 0 for none. Gives the calls that this prompt abandons: those below the prompt that hung last below the
    /// same record, each once; none where more than 5,000 records lie between the two. Cost: the records between.
    std::vector<std::string> add(std::uint64_t uuid, std::uint64_t parent, bool prompt);
    /// A record that was added is a line of this call.
    void setCall(std::uint64_t uuid, std::string_view call);
    /// The call that a record is a line of; empty for none.
    std::string_view callOf(std::uint64_t uuid) const;

private:
    struct Record {
        std::uint64_t uuid = 0;
        std::uint64_t parent = 0;
        std::uint32_t call = 0; ///< of m_calls; 0 is none
    };
    std::vector<Record> m_records;
    std::unordered_map<std::uint64_t, std::uint32_t> m_prompts; ///< the last one below each record
    std::unordered_map<std::uint64_t, std::uint32_t> m_byUuid;
    std::vector<std::string> m_calls{std::string()};
};

} // namespace arcscope

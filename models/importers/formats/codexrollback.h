// CodexRollback: the calls of a Codex session's last turns, until a record thread_rolled_back{num_turns} takes them
// back.
//
// The record voids that many turns of the user, the last ones first: all that the model said in them is withdrawn
// (reason rollback, observed) at the record's time. What was rolled back is gone: the next record counts from the turn
// before.
#pragma once

#include "spanrecord.h"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace arcscope
{

class CodexRollback
{
public:
    /// A turn begins; those without anything of the user do not count.
    void beginTurn();
    void setByUser() { m_byUser = true; }
    /// A call of the model was handed over. `record`: its lines, where it has no stream of its own.
    void add(Row row, std::string record);
    /// The same for one that has: what can be taken back of it, a retraction a block.
    void add(Row row, std::vector<StreamEvent> blocks);
    /// Takes the last turns back. False where more were named than are known.
    bool rollBack(SpanSink& sink, std::int64_t turns, Nanos time);

private:
    /// Sessions go back a turn or two, and the oldest are given up for memory.
    static constexpr std::size_t maxBytes = std::size_t(32) << 20;
    static constexpr std::size_t maxCalls = 100'000;

    struct Call {
        std::uint64_t turn = 0;
        Row row = 0;
        std::string record;
        std::vector<StreamEvent> blocks;
    };
    void keep(Call call);

    std::deque<Call> m_calls;
    std::vector<std::uint64_t> m_turns; ///< numbers of those that the user began
    std::size_t m_bytes = 0;
    std::uint64_t m_turn = 0;
    bool m_byUser = false;
};

} // namespace arcscope

// MappedCalls: calls of tools between the element that asks for them and the one that answers.
#pragma once

#include "mappedspan.h"

#include <functional>
#include <list>
#include <optional>
#include <unordered_map>

namespace arcscope
{

struct MappedCall {
    std::string id;
    std::string name;
    std::string record; ///< the call's own JSON
    MappedParent parent;
    std::int64_t byte = -1;
};

/// In the order in which they were asked for. Bounded: the oldest are given up.
class MappedCalls
{
public:
    using Give = std::function<void(const MappedCall& call)>;

    /// Calls out of a list of them, or one; `parent` is that of the element that asks.
    void ask(std::string_view json, const MappedParent& parent, std::int64_t byte, const Give& unanswered);
    std::optional<MappedCall> answer(std::string_view id);
    /// All that were not answered.
    void giveUp(const Give& unanswered);

private:
    static constexpr std::size_t mostCalls = 100'000;
    static constexpr std::size_t mostBytes = std::size_t(32) << 20;
    void hold(MappedCall call, const Give& unanswered);

    std::list<MappedCall> m_waiting;
    std::unordered_map<std::string, std::list<MappedCall>::iterator> m_byId;
    std::size_t m_bytes = 0;
};

} // namespace arcscope

#include "mappedcalls.h"

#include "messagejson.h"

namespace arcscope
{

void MappedCalls::hold(MappedCall call, const Give& unanswered)
{
    while (!m_waiting.empty() && (m_waiting.size() >= mostCalls || m_bytes + call.record.size() > mostBytes)) {
        MappedCall oldest = std::move(m_waiting.front());
        m_bytes -= oldest.record.size();
        const auto known = m_byId.find(oldest.id);
        if (known != m_byId.end() && known->second == m_waiting.begin())
            m_byId.erase(known);
        m_waiting.pop_front();
        unanswered(oldest);
    }
    m_bytes += call.record.size();
    m_waiting.push_back(std::move(call));
    if (!m_waiting.back().id.empty())
        m_byId.insert_or_assign(m_waiting.back().id, std::prev(m_waiting.end()));
}

void MappedCalls::ask(std::string_view json, const MappedParent& parent, std::int64_t byte, const Give& unanswered)
{
    JsonParser parser;
    const auto take = [&](const JsonValue& value) {
        if (!value.isObject())
            return;
        MappedCall call{{}, {}, std::string(value.raw()), parent, byte};
        std::vector<Part> parts;
        std::vector<std::string> notes;
        appendCalls(call.record, parts, notes);
        if (!parts.empty()) {
            call.id = parts.front().id;
            call.name = parts.front().name;
        }
        hold(std::move(call), unanswered);
    };
    const JsonValue list = parser.parseCopy(json);
    if (list.isArray())
        list.eachElement(take);
    else
        take(list);
}

std::optional<MappedCall> MappedCalls::answer(std::string_view id)
{
    const auto found = m_byId.find(std::string(id));
    if (found == m_byId.end())
        return {};
    MappedCall call = std::move(*found->second);
    m_bytes -= call.record.size();
    m_waiting.erase(found->second);
    m_byId.erase(found);
    return call;
}

void MappedCalls::giveUp(const Give& unanswered)
{
    for (const MappedCall& call : m_waiting)
        unanswered(call);
    m_waiting.clear();
    m_byId.clear();
    m_bytes = 0;
}

} // namespace arcscope

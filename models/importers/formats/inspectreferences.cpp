#include "inspectreferences.h"

#include "recordreading.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// As a whole string: the scheme, and what it was called in the first version.
constexpr std::string_view schemes[] = {"\"attachment://", "\"tc://"};

/// Calls visit(begin, end, key) for every string that is a reference; `begin` to `end` with its quotes.
template <typename Visit>
void eachReference(std::string_view json, Visit visit)
{
    for (std::size_t at = json.find("://"); at != std::string_view::npos; at = json.find("://", at + 3)) {
        for (const std::string_view scheme : schemes) {
            const std::size_t end = at + 3;
            if (end < scheme.size() || json.substr(end - scheme.size(), scheme.size()) != scheme ||
                (end > scheme.size() && json[end - scheme.size() - 1] == '\\'))
                continue;
            const std::size_t quote = json.find_first_of("\"\\", end);
            if (quote != std::string_view::npos && json[quote] == '"')
                visit(end - scheme.size(), quote + 1, std::string(json.substr(end, quote - end)));
        }
    }
}

} // namespace

void InspectReferences::attachments(std::string_view json)
{
    JsonParser parser;
    parser.parseCopy(json).eachMember([&](std::string_view key, const JsonValue& value) {
        if (value.isString())
            m_bytes += (m_texts[std::string(key)] = value.raw()).size();
    });
}

void InspectReferences::messages(std::string_view json)
{
    JsonParser parser;
    parser.parseCopy(json).eachElement([&](const JsonValue& value) { m_messages.emplace_back(value.raw()); });
    m_bytes += json.size();
}

std::int64_t InspectReferences::count(const std::vector<InspectRange>& pooled) const
{
    const auto all = static_cast<std::int64_t>(m_messages.size());
    std::int64_t found = 0;
    for (const InspectRange& range : pooled)
        found += std::min(range.end, all) - std::min(range.begin, all);
    return found;
}

bool InspectReferences::addTexts(std::string_view json, std::map<std::string, std::string_view>& texts,
                                 std::size_t& room) const
{
    bool all = true;
    eachReference(json, [&](std::size_t, std::size_t, const std::string& key) {
        const auto found = m_texts.find(key);
        if (found == m_texts.end() || found->second.size() > room) {
            all = false;
        } else if (texts.emplace(key, found->second).second) {
            room -= found->second.size();
        }
    });
    return all;
}

std::string InspectReferences::joined(std::string_view event, const std::vector<InspectRange>& pooled, bool& missing)
{
    m_bytes += event.size();
    const std::size_t most = std::min(maxAddedBytes, maxAddedBytes + m_bytes * maxGrowth - m_added);
    std::size_t room = most;
    std::map<std::string, std::string_view> texts;
    missing = !addTexts(event, texts, room);
    std::string inputs;
    for (const InspectRange& range : pooled) {
        for (std::int64_t i = range.begin; i < range.end; ++i) {
            const auto place = static_cast<std::size_t>(i);
            if (place >= m_messages.size() || m_messages[place].size() >= room) {
                missing = true;
                break;
            }
            room -= m_messages[place].size() + 1;
            missing = !addTexts(m_messages[place], texts, room) || missing;
            inputs.append(inputs.empty() ? "" : ",").append(m_messages[place]);
        }
    }
    m_added += most - room;
    std::string record(event);
    if (!texts.empty()) {
        record += "\n{\"attachments\":{";
        bool first = true;
        for (const auto& [key, text] : texts)
            record.append(std::exchange(first, false) ? "\"" : ",\"").append(key).append("\":").append(text);
        record += "}}";
    }
    if (!inputs.empty())
        record.append("\n{\"pooled\":[").append(inputs).append("]}");
    return record;
}

std::string resolvedRecord(std::string_view record, std::string& inputs)
{
    std::string first;
    std::map<std::string, std::string> texts;
    bool isFirst = true;
    eachValue(record, [&](const JsonValue& value) {
        if (std::exchange(isFirst, false)) {
            first = value.raw();
            return;
        }
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "pooled")
                inputs = member.raw();
            else if (key == "attachments")
                member.eachMember(
                    [&](std::string_view name, const JsonValue& text) { texts[std::string(name)] = text.raw(); });
        });
    });
    const auto resolve = [&texts](const std::string& json) {
        std::string out;
        std::size_t from = 0;
        eachReference(json, [&](std::size_t begin, std::size_t end, const std::string& key) {
            const auto found = texts.find(key);
            if (found == texts.end() || begin < from || out.size() > 4 * InspectReferences::maxAddedBytes)
                return;
            out.append(json, from, begin - from).append(found->second);
            from = end;
        });
        return out.append(json, from);
    };
    if (texts.empty())
        return first;
    inputs = resolve(inputs);
    return resolve(first);
}

} // namespace arcscope

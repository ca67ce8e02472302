#include "jsonread.h"

#include <charconv>
#include <limits>
#include <vector>

namespace arcscope
{

namespace
{

constexpr std::size_t shownBytes = 60;

/// A value that from_chars does not take: too large, or too near to 0, which its exponent or leading zeros show.
long double outOfRange(std::string_view written)
{
    const std::size_t exponent = written.find_first_of("eE");
    const bool small =
        exponent == std::string_view::npos ? written.find("0.") <= 1 : written.substr(exponent + 1).starts_with('-');
    const long double value = small ? 0.0L : std::numeric_limits<long double>::infinity();
    return written.starts_with('-') ? -value : value;
}

/// ~1 and ~0 of a token of a JSON Pointer as / and ~.
std::string keyOf(std::string_view token)
{
    std::string key;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool escape = token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
        key += !escape ? token[i] : token[i + 1] == '0' ? '~' : '/';
        i += escape ? 1 : 0;
    }
    return key;
}

std::string shortened(std::string_view text)
{
    if (text.size() <= shownBytes)
        return std::string(text);
    std::size_t size = shownBytes;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0u) == 0x80u)
        --size;
    return std::string(text.substr(0, size)) + "…";
}

} // namespace

const JsonReading::Members& JsonReading::members(JsonIndex object)
{
    const auto [entry, isNew] = m_members.try_emplace(object);
    if (isNew && kind(object) == JsonKind::Object) {
        for (JsonIndex child = m_story.firstChild(object); child >= 0; child = m_story.nextSibling(child))
            entry->second.insert_or_assign(m_story.node(child).key, child);
    }
    return entry->second;
}

JsonIndex JsonReading::member(JsonIndex object, std::string_view name)
{
    const Members& all = members(object);
    const auto found = all.find(name);
    return found == all.end() ? -1 : found->second;
}

JsonIndex JsonReading::count(JsonIndex index) const
{
    JsonIndex children = 0;
    for (JsonIndex child = m_story.firstChild(index); child >= 0; child = m_story.nextSibling(child))
        ++children;
    return children;
}

std::string JsonReading::text(JsonIndex index) const
{
    return valueAt(m_story, index, m_story.prefix().bytes());
}

bool JsonReading::isTrue(JsonIndex index) const
{
    return kind(index) == JsonKind::Bool && writtenAt(m_story, index, m_story.prefix().bytes()) == "true";
}

std::optional<long double> JsonReading::number(JsonIndex index) const
{
    if (kind(index) != JsonKind::Number)
        return std::nullopt;
    const std::string_view written = writtenAt(m_story, index, m_story.prefix().bytes());
    long double value = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    return error == std::errc::result_out_of_range ? outOfRange(written) : value;
}

JsonIndex JsonReading::element(JsonIndex array, std::string_view ordinal) const
{
    JsonIndex child = m_story.firstChild(array);
    while (child >= 0 && std::to_string(m_story.node(child).ordinal) != ordinal)
        child = m_story.nextSibling(child);
    return child;
}

std::optional<JsonIndex> JsonReading::find(std::string_view pointer)
{
    JsonIndex at = 0;
    while (!pointer.empty()) {
        if (pointer.front() != '/')
            return std::nullopt;
        pointer.remove_prefix(1);
        const std::string_view token = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(token.size());
        const JsonIndex next = kind(at) == JsonKind::Object ? member(at, keyOf(token)) : element(at, token);
        if (next < 0)
            return std::nullopt;
        at = next;
    }
    return at;
}

std::string JsonReading::described(JsonIndex index) const
{
    std::string kindName(name(kind(index)));
    switch (kind(index)) {
    case JsonKind::Object:
        return "object with " + std::to_string(count(index)) + (count(index) == 1 ? " member" : " members");
    case JsonKind::Array:
        return "array of " + std::to_string(count(index));
    case JsonKind::String:
        return "string “" + shortened(text(index)) + "”";
    case JsonKind::Null:
        return kindName;
    case JsonKind::Number:
    case JsonKind::Bool:
        break;
    }
    return kindName + ' ' + shortened(text(index));
}

std::optional<bool> equalValues(JsonReading& a, JsonIndex left, JsonReading& b, JsonIndex right, std::size_t& steps)
{
    if (steps == 0)
        return std::nullopt;
    --steps;
    if (a.kind(left) != b.kind(right))
        return false;
    switch (a.kind(left)) {
    case JsonKind::Null:
        return true;
    case JsonKind::Number:
        return a.number(left) == b.number(right);
    case JsonKind::Bool:
        return a.isTrue(left) == b.isTrue(right);
    case JsonKind::String:
        return a.text(left) == b.text(right);
    case JsonKind::Array: {
        JsonIndex x = a.story().firstChild(left);
        JsonIndex y = b.story().firstChild(right);
        for (; x >= 0 && y >= 0; x = a.story().nextSibling(x), y = b.story().nextSibling(y)) {
            const auto equal = equalValues(a, x, b, y, steps);
            if (!equal || !*equal)
                return equal;
        }
        return x < 0 && y < 0;
    }
    case JsonKind::Object:
        break;
    }
    const JsonReading::Members& xs = a.members(left);
    if (xs.size() != b.members(right).size())
        return false;
    for (const auto& [key, x] : xs) {
        const JsonIndex y = b.member(right, key);
        if (y < 0)
            return false;
        const auto equal = equalValues(a, x, b, y, steps);
        if (!equal || !*equal)
            return equal;
    }
    return true;
}

} // namespace arcscope

// Reading a whole JSON document out of its story: members by name, numbers, equality, and a value in a few words.
#pragma once

#include "jsonstory.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>

namespace arcscope
{

/// A story whose document is Complete and that is fed no more. Keeps the names of the objects that were asked for.
class JsonReading
{
public:
    explicit JsonReading(const JsonStory& story)
        : m_story(story)
    {
    }

    using Members = std::map<std::string_view, JsonIndex>;

    const JsonStory& story() const { return m_story; }
    JsonKind kind(JsonIndex index) const { return m_story.node(index).kind; }
    /// By name; of duplicates the last one, as most parsers have it.
    const Members& members(JsonIndex object);
    JsonIndex member(JsonIndex object, std::string_view name); ///< -1: none, or no object
    JsonIndex count(JsonIndex index) const;                    ///< of elements or members, duplicates included
    std::string text(JsonIndex index) const;                   ///< a string unescaped, anything else as written
    bool isTrue(JsonIndex index) const;
    /// Rounded to the mantissa of long double (64 bits on x86); what lies outside its range is infinite or 0.
    std::optional<long double> number(JsonIndex index) const;
    /// The node that a JSON Pointer (RFC 6901) leads to; of duplicate keys to the last one.
    std::optional<JsonIndex> find(std::string_view pointer);
    /// "string “abc”", "number 12", "array of 3": at most 60 bytes of a value.
    std::string described(JsonIndex index) const;

private:
    JsonIndex element(JsonIndex array, std::string_view ordinal) const;

    const JsonStory& m_story;
    std::unordered_map<JsonIndex, Members> m_members;
};

/// Equal as JSON Schema means it: numbers by value, objects without order. Every pair of values that is looked at takes
/// one from `steps`; nothing once they are used up.
std::optional<bool> equalValues(JsonReading& a, JsonIndex left, JsonReading& b, JsonIndex right, std::size_t& steps);

} // namespace arcscope

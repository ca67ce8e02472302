#include "canonicalkey.h"

#include "ids.h"
#include "jsonread.h"
#include "proselines.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace arcscope
{
namespace
{

constexpr std::uint64_t mixed(std::uint64_t hash, std::uint64_t next)
{
    hash = (hash ^ next) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

/// Unlike kinds are unlike values.
constexpr std::uint64_t seedOf(JsonKind kind)
{
    return mixed(0x51ed270b0a1f2c3du, static_cast<std::uint64_t>(kind) + 1);
}

std::uint64_t numberKey(std::string_view written)
{
    constexpr std::int64_t exact = std::int64_t(1) << 53;
    const char* const end = written.data() + written.size();
    std::int64_t whole = 0;
    const auto integer = std::from_chars(written.data(), end, whole);
    if (integer.ptr == end && integer.ec == std::errc() && (whole > exact || whole < -exact))
        return static_cast<std::uint64_t>(whole);
    double value = 0;
    const auto real = std::from_chars(written.data(), end, value);
    if (real.ec != std::errc() || (integer.ptr == end && integer.ec != std::errc()))
        return hashOf(written);
    return std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
}

/// From the last value to the first, so that what is within a value is known before it.
class Keys
{
public:
    explicit Keys(const JsonStory& story)
        : m_story(story)
        , m_keys(static_cast<std::size_t>(story.size()))
    {
        for (JsonIndex i = story.size() - 1; i >= 0; --i)
            m_keys[static_cast<std::size_t>(i)] = keyOf(i);
    }

    std::uint64_t root() const { return m_keys.front(); }

private:
    std::uint64_t keyOf(JsonIndex index) const
    {
        const JsonNode& node = m_story.node(index);
        const std::uint64_t seed = seedOf(node.kind);
        switch (node.kind) {
        case JsonKind::Object:
            return membersKey(index, seed);
        case JsonKind::Array:
            return elementsKey(index, seed);
        case JsonKind::String:
            return mixed(seed, hashOf(valueAt(m_story, index, m_story.prefix().bytes())));
        case JsonKind::Number:
            return mixed(seed, numberKey(prose::trimmed(writtenAt(m_story, index, m_story.prefix().bytes()))));
        case JsonKind::Bool:
        case JsonKind::Null:
            break;
        }
        return mixed(seed, hashOf(prose::trimmed(writtenAt(m_story, index, m_story.prefix().bytes()))));
    }

    std::uint64_t elementsKey(JsonIndex array, std::uint64_t key) const
    {
        for (JsonIndex child = m_story.firstChild(array); child >= 0; child = m_story.nextSibling(child))
            key = mixed(key, m_keys[static_cast<std::size_t>(child)]);
        return key;
    }

    std::uint64_t membersKey(JsonIndex object, std::uint64_t key) const
    {
        std::vector<std::pair<std::string_view, JsonIndex>> members;
        for (JsonIndex child = m_story.firstChild(object); child >= 0; child = m_story.nextSibling(child))
            members.emplace_back(m_story.node(child).key, child);
        std::sort(members.begin(), members.end());
        for (std::size_t i = 0; i < members.size(); ++i) {
            // Of equal names the last one counts, as most parsers have it.
            if (i + 1 < members.size() && members[i + 1].first == members[i].first)
                continue;
            key = mixed(mixed(key, hashOf(members[i].first)), m_keys[static_cast<std::size_t>(members[i].second)]);
        }
        return key;
    }

    const JsonStory& m_story;
    std::vector<std::uint64_t> m_keys; ///< by node
};

bool maybeDocument(std::string_view text)
{
    const char first = text.front();
    const char last = text.back();
    return (first == '{' && last == '}') || (first == '[' && last == ']') || (first == '"' && last == '"');
}

} // namespace

std::uint64_t canonicalKey(std::string_view text)
{
    std::string unwrapped;
    text = prose::trimmed(text);
    // A document may stand in a string, and that in a string once more.
    for (int level = 0; level < 3 && text.size() > 1 && text.size() <= longestCanonical && maybeDocument(text);
         ++level) {
        JsonStory story;
        story.feed(text);
        if (story.finish() != JsonState::Complete)
            break;
        if (story.node(0).kind != JsonKind::String)
            return std::max<std::uint64_t>(Keys(story).root(), 1);
        unwrapped = valueAt(story, 0, story.prefix().bytes());
        text = prose::trimmed(unwrapped);
    }
    return hashOf(text);
}

} // namespace arcscope

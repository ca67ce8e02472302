// What results of one tool had in common so far, and how the next one differs.
#include "resultshape.h"
#include "toolthresholds.h"

#include <algorithm>
#include <array>

namespace arcscope
{

/// A path as far as it is known.
struct ShapeHistory::Known {
    std::size_t seen = 0;    ///< results with it
    std::size_t objects = 0; ///< results with an object there that is no map
    std::size_t lastNew = 0; ///< `objects` when the last new key came
    std::size_t keys = 0;    ///< different keys
    std::uint8_t types = 0;
    bool required = true; ///< so far every object had it
    bool map = false;
    bool other = false; ///< it had texts that are no words
    std::map<std::string, std::size_t, std::less<>> words;
    std::size_t texts = 0;    ///< results in which it had words
    std::size_t lastWord = 0; ///< `texts` when the last new word came
    std::size_t members = 0;  ///< of all objects together: how often any of its keys was there
};

namespace
{

std::string parentOf(std::string_view path)
{
    return std::string(path.substr(0, path.rfind('/')));
}

constexpr auto nullBit = static_cast<std::uint8_t>(ShapeType::Null);
constexpr auto textBit = static_cast<std::uint8_t>(ShapeType::Text);
constexpr auto objectBit = static_cast<std::uint8_t>(ShapeType::Object);
constexpr std::size_t leastOfEachWord = 3;
/// The share of its known keys that an object has: below it they come and go, as the options of an article do.
constexpr double leastOfKeys = 0.3;

} // namespace

std::string_view ruleOf(ShapeChange::Kind kind)
{
    constexpr std::array<std::string_view, 6> names{"shape.path_added", "shape.path_removed", "shape.type_changed",
                                                    "shape.null_new",   "shape.enum_new",     "shape.became_text"};
    return names[static_cast<std::size_t>(kind)];
}

ShapeHistory::ShapeHistory(const ToolThresholds& thresholds)
    : m_warmUp(thresholds.warmUp)
    , m_enumMost(thresholds.enumMost)
    , m_enumSeen(thresholds.enumSeen)
{
}

ShapeHistory::~ShapeHistory() = default;
ShapeHistory::ShapeHistory(ShapeHistory&&) noexcept = default;

std::vector<ShapeChange> ShapeHistory::changesOf(const ResultShape* shape) const
{
    std::vector<ShapeChange> changes;
    if (static_cast<double>(m_results - m_texts) < m_warmUp)
        return changes;
    if (!shape) {
        if (m_texts == 0)
            changes.push_back({ShapeChange::Kind::BecameText, {}, "JSON", "text", m_results});
        return changes;
    }
    if (m_texts * 10 > m_results) // what a command prints, for example: JSON by chance
        return changes;
    addNew(*shape, changes);
    for (const auto& [path, now] : *shape) {
        if (const auto known = m_known.find(path); known != m_known.end())
            addOther(path, now, known->second, changes);
    }
    addMissing(*shape, changes);
    return changes;
}

/// Keys that are new: only below what is known, and where keys do not keep coming.
void ShapeHistory::addNew(const ResultShape& shape, std::vector<ShapeChange>& into) const
{
    for (const auto& [path, now] : shape) {
        const auto parent = m_known.find(parentOf(path));
        const auto above = shape.find(parentOf(path));
        if (m_known.contains(path) || path.ends_with("/*") || parent == m_known.end() || above == shape.end())
            continue;
        const Known& object = parent->second;
        const bool settled =
            static_cast<double>(object.objects) >= m_warmUp &&
            object.objects - object.lastNew >= static_cast<std::size_t>(m_warmUp) / 2 &&
            object.keys * 2 < object.objects &&
            static_cast<double>(object.members) >= leastOfKeys * static_cast<double>(object.keys * object.objects);
        if (settled && !object.map && !above->second.map)
            into.push_back({ShapeChange::Kind::PathAdded, path, {}, typesText(now.types), object.objects});
    }
}

bool ShapeHistory::isEnumeration(const Known& known) const
{
    return !known.other && known.types == textBit && static_cast<double>(known.texts) >= m_enumSeen &&
           static_cast<double>(known.words.size()) <= m_enumMost && (known.texts - known.lastWord) * 2 >= known.texts &&
           std::ranges::all_of(known.words, [](const auto& each) { return each.second >= leastOfEachWord; });
}

void ShapeHistory::addOther(const std::string& path, const ShapePath& now, const Known& known,
                            std::vector<ShapeChange>& into) const
{
    using Kind = ShapeChange::Kind;
    if (static_cast<double>(known.seen) < m_warmUp)
        return;
    const auto fresh = static_cast<std::uint8_t>(now.types & ~known.types);
    if ((fresh & ~nullBit) != 0 && (known.types & ~nullBit) != 0)
        into.push_back({Kind::TypeChanged, path, typesText(known.types), typesText(now.types), known.seen});
    else if ((fresh & nullBit) != 0)
        into.push_back({Kind::NullNew, path, typesText(known.types), "null", known.seen});
    if (!isEnumeration(known))
        return;
    for (const std::string& word : now.words) {
        if (known.words.contains(word))
            continue;
        std::string before;
        for (const auto& [each, count] : known.words)
            before += (before.empty() ? "" : ", ") + each + " (" + std::to_string(count) + ")";
        into.push_back({Kind::EnumNew, path, std::move(before), word, known.texts});
    }
}

void ShapeHistory::addMissing(const ResultShape& shape, std::vector<ShapeChange>& into) const
{
    for (const auto& [path, known] : m_known) {
        if (path.empty() || !known.required || static_cast<double>(known.seen) < m_warmUp || path.ends_with("/*"))
            continue;
        const auto parent = shape.find(parentOf(path));
        if (parent == shape.end() || (parent->second.types & objectBit) == 0 || parent->second.map)
            continue;
        const auto now = shape.find(path);
        if (now == shape.end() || !now->second.everywhere)
            into.push_back({ShapeChange::Kind::PathRemoved, path, typesText(known.types), "missing", known.seen});
    }
}

void ShapeHistory::learn(const ResultShape* result)
{
    ++m_results;
    if (!result) {
        ++m_texts;
        return;
    }
    const ResultShape& shape = *result;
    for (const auto& [path, now] : shape) {
        const auto [entry, isNew] = m_known.try_emplace(path);
        Known& known = entry->second;
        if (isNew && !path.empty()) {
            const auto parent = m_known.find(parentOf(path));
            if (parent != m_known.end() && !path.ends_with("/*")) {
                // Its objects had no such key before: they are no longer counted as having it always.
                known.required = parent->second.objects <= 1;
                parent->second.lastNew = parent->second.objects;
                ++parent->second.keys;
            }
        }
        ++known.seen;
        known.types |= now.types;
        known.map = known.map || now.map;
        known.required = known.required && now.everywhere;
        if ((now.types & objectBit) != 0 && !now.map)
            ++known.objects;
        const bool hasText = (now.types & textBit) != 0;
        if (hasText && now.words.empty())
            known.other = true;
        if (hasText && !now.words.empty())
            ++known.texts;
        for (const std::string& word : now.words) {
            if (++known.words[word] == 1)
                known.lastWord = known.texts;
        }
        if (const auto parent = m_known.find(parentOf(path)); !path.empty() && parent != m_known.end())
            ++parent->second.members;
    }
    for (auto& [path, known] : m_known) {
        const auto parent = shape.find(parentOf(path));
        if (!path.empty() && parent != shape.end() && (parent->second.types & objectBit) != 0 && !parent->second.map &&
            !shape.contains(path))
            known.required = false;
    }
}

} // namespace arcscope

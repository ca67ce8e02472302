#include "jsondiff.h"

#include "finding.h"
#include "ids.h"
#include "jsonread.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>

namespace arcscope
{
namespace
{

/// Larger texts are compared by lines: a JSON value takes a hundred times its bytes.
constexpr std::size_t mostJsonBytes = std::size_t{8} << 20;
/// Cells of a table of common parts: 8 MB.
constexpr std::size_t mostCells = std::size_t{4} << 20;

/// Stand for each other, or -1 on the side where there is none.
struct Pair {
    std::int32_t before = -1;
    std::int32_t after = -1;
    bool equal = false;
};

using Hashes = std::vector<std::uint64_t>;

/// What lies between equal parts: the first with the first, and so on.
void pairUp(std::int32_t& before, std::int32_t beforeEnd, std::int32_t& after, std::int32_t afterEnd,
            std::vector<Pair>& into)
{
    while (before < beforeEnd && after < afterEnd)
        into.push_back({before++, after++, false});
    while (before < beforeEnd)
        into.push_back({before++, -1, false});
    while (after < afterEnd)
        into.push_back({-1, after++, false});
}

/// The longest common subsequence of the middle parts, added to `into` as pairs that are equal.
void alignMiddle(const Hashes& a, std::int32_t from, std::int32_t to, const Hashes& b, std::int32_t bFrom,
                 std::int32_t bTo, std::vector<Pair>& into)
{
    const auto rows = static_cast<std::size_t>(to - from);
    const auto columns = static_cast<std::size_t>(bTo - bFrom);
    if (rows == 0 || columns == 0 || rows > mostCells / columns)
        return;
    // The shorter of two sequences that fit has at most 2,048 elements.
    std::vector<std::uint16_t> common((rows + 1) * (columns + 1), 0);
    const auto cell = [&](std::size_t row, std::size_t column) -> std::uint16_t& {
        return common[row * (columns + 1) + column];
    };
    const auto same = [&](std::size_t row, std::size_t column) {
        return a[static_cast<std::size_t>(from) + row] == b[static_cast<std::size_t>(bFrom) + column];
    };
    for (std::size_t row = rows; row-- > 0;) {
        for (std::size_t column = columns; column-- > 0;)
            cell(row, column) = same(row, column) ? static_cast<std::uint16_t>(cell(row + 1, column + 1) + 1)
                                                  : std::max(cell(row + 1, column), cell(row, column + 1));
    }
    for (std::size_t row = 0, column = 0; row < rows && column < columns;) {
        if (same(row, column))
            into.push_back(
                {from + static_cast<std::int32_t>(row++), bFrom + static_cast<std::int32_t>(column++), true});
        else if (cell(row + 1, column) >= cell(row, column + 1))
            ++row;
        else
            ++column;
    }
}

std::vector<Pair> align(const Hashes& a, const Hashes& b)
{
    const auto size = static_cast<std::int32_t>(a.size());
    const auto otherSize = static_cast<std::int32_t>(b.size());
    std::int32_t head = 0;
    while (head < size && head < otherSize && a[static_cast<std::size_t>(head)] == b[static_cast<std::size_t>(head)])
        ++head;
    std::int32_t tail = 0;
    while (tail < size - head && tail < otherSize - head &&
           a[static_cast<std::size_t>(size - tail - 1)] == b[static_cast<std::size_t>(otherSize - tail - 1)])
        ++tail;
    std::vector<Pair> equal;
    for (std::int32_t i = 0; i < head; ++i)
        equal.push_back({i, i, true});
    alignMiddle(a, head, size - tail, b, head, otherSize - tail, equal);
    for (std::int32_t i = tail; i > 0; --i)
        equal.push_back({size - i, otherSize - i, true});
    std::vector<Pair> pairs;
    std::int32_t before = 0;
    std::int32_t after = 0;
    for (const Pair& pair : equal) {
        pairUp(before, pair.before, after, pair.after, pairs);
        pairs.push_back(pair);
        before = pair.before + 1;
        after = pair.after + 1;
    }
    pairUp(before, size, after, otherSize, pairs);
    return pairs;
}

/// Collects differences up to a number.
class Changes
{
public:
    Changes(TextDifference& into, std::size_t most)
        : m_into(into)
        , m_most(most)
    {
    }

    bool full() const { return m_into.changes.size() >= m_most; }
    void add(ChangeKind kind, std::string place, std::string_view before, std::string_view after)
    {
        if (full()) {
            ++m_into.more;
            return;
        }
        m_into.changes.push_back({kind, std::move(place), quoted(before, changeBytes), quoted(after, changeBytes)});
    }

private:
    TextDifference& m_into;
    std::size_t m_most;
};

/// A document with a number for each value that is equal for equal values.
struct Document {
    explicit Document(std::string_view text)
        : complete(isWhole(story, text))
        , reading(story)
    {
        if (complete)
            hashAll();
    }

    std::string_view written(JsonIndex index) const
    {
        return writtenAt(story, index, static_cast<std::int64_t>(story.text().size()));
    }
    std::vector<JsonIndex> elements(JsonIndex array) const
    {
        std::vector<JsonIndex> all;
        for (JsonIndex each = story.firstChild(array); each >= 0; each = story.nextSibling(each))
            all.push_back(each);
        return all;
    }
    std::uint64_t hash(JsonIndex index) const { return hashes[static_cast<std::size_t>(index)]; }

    JsonStory story;
    bool complete;
    JsonReading reading;
    Hashes hashes;

private:
    static bool isWhole(JsonStory& story, std::string_view text)
    {
        static_cast<void>(story.feed(text));
        return story.finish() == JsonState::Complete;
    }

    static std::uint64_t mixed(std::uint64_t a, std::uint64_t b)
    {
        const std::array<std::uint64_t, 2> both{a, b};
        return hashOf(std::string_view(reinterpret_cast<const char*>(both.data()), sizeof(both)));
    }

    /// What is within a value stands behind it.
    void hashAll()
    {
        hashes.resize(static_cast<std::size_t>(story.size()));
        for (JsonIndex index = story.size(); index-- > 0;)
            hashes[static_cast<std::size_t>(index)] =
                mixed(static_cast<std::uint64_t>(story.node(index).kind), hashOfValue(index));
    }

    std::uint64_t hashOfValue(JsonIndex index)
    {
        switch (story.node(index).kind) {
        case JsonKind::Object: {
            std::uint64_t sum = 0; // without order
            for (const auto& [key, member] : reading.members(index))
                sum += mixed(hashOf(key), hash(member));
            return sum;
        }
        case JsonKind::Array: {
            std::uint64_t sum = 0;
            for (const JsonIndex each : elements(index))
                sum = mixed(sum, hash(each));
            return sum;
        }
        case JsonKind::Number: {
            std::array<char, 64> digits{};
            const int length = std::snprintf(digits.data(), digits.size(), "%.21Lg", reading.number(index).value_or(0));
            return hashOf(std::string_view(digits.data(), static_cast<std::size_t>(length)));
        }
        default:
            return hashOf(reading.text(index));
        }
    }
};

class JsonComparison
{
public:
    JsonComparison(Document& before, Document& after, Changes& changes)
        : m_before(before)
        , m_after(after)
        , m_changes(changes)
    {
    }

    /// The depth is that of a document: at most 1,000.
    void compare(JsonIndex before, JsonIndex after)
    {
        if (m_before.hash(before) == m_after.hash(after))
            return;
        const JsonKind kind = m_before.story.node(before).kind;
        if (kind != m_after.story.node(after).kind || (kind != JsonKind::Object && kind != JsonKind::Array))
            m_changes.add(ChangeKind::Changed, jsonPointer(m_after.story, after), m_before.written(before),
                          m_after.written(after));
        else if (kind == JsonKind::Object)
            compareMembers(before, after);
        else
            compareElements(before, after);
    }

private:
    void removed(JsonIndex index)
    {
        m_changes.add(ChangeKind::Removed, jsonPointer(m_before.story, index), m_before.written(index), {});
    }
    void added(JsonIndex index)
    {
        m_changes.add(ChangeKind::Added, jsonPointer(m_after.story, index), {}, m_after.written(index));
    }

    void compareMembers(JsonIndex before, JsonIndex after)
    {
        const JsonReading::Members old = m_before.reading.members(before);
        const JsonReading::Members now = m_after.reading.members(after);
        auto left = old.begin();
        auto right = now.begin();
        while (left != old.end() || right != now.end()) {
            if (right == now.end() || (left != old.end() && left->first < right->first))
                removed((left++)->second);
            else if (left == old.end() || right->first < left->first)
                added((right++)->second);
            else
                compare((left++)->second, (right++)->second);
        }
    }

    void compareElements(JsonIndex before, JsonIndex after)
    {
        const std::vector<JsonIndex> old = m_before.elements(before);
        const std::vector<JsonIndex> now = m_after.elements(after);
        const auto hashesOf = [](const Document& document, std::span<const JsonIndex> values) {
            Hashes hashes;
            for (const JsonIndex value : values)
                hashes.push_back(document.hash(value));
            return hashes;
        };
        for (const Pair& pair : align(hashesOf(m_before, old), hashesOf(m_after, now))) {
            if (pair.equal)
                continue;
            if (pair.after < 0)
                removed(old[static_cast<std::size_t>(pair.before)]);
            else if (pair.before < 0)
                added(now[static_cast<std::size_t>(pair.after)]);
            else
                compare(old[static_cast<std::size_t>(pair.before)], now[static_cast<std::size_t>(pair.after)]);
        }
    }

    Document& m_before;
    Document& m_after;
    Changes& m_changes;
};

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void compareLines(std::string_view before, std::string_view after, Changes& changes)
{
    const std::vector<std::string_view> old = linesOf(before);
    const std::vector<std::string_view> now = linesOf(after);
    const auto hashesOf = [](std::span<const std::string_view> lines) {
        Hashes hashes;
        for (const std::string_view line : lines)
            hashes.push_back(hashOf(line));
        return hashes;
    };
    for (const Pair& pair : align(hashesOf(old), hashesOf(now))) {
        if (pair.equal)
            continue;
        const std::string place = std::to_string((pair.after < 0 ? pair.before : pair.after) + 1);
        const std::string_view from = pair.before < 0 ? std::string_view() : old[static_cast<std::size_t>(pair.before)];
        const std::string_view to = pair.after < 0 ? std::string_view() : now[static_cast<std::size_t>(pair.after)];
        changes.add(pair.after < 0    ? ChangeKind::Removed
                    : pair.before < 0 ? ChangeKind::Added
                                      : ChangeKind::Changed,
                    place, from, to);
    }
}

} // namespace

TextDifference textDifference(std::string_view before, std::string_view after, std::size_t most)
{
    TextDifference difference;
    Changes changes(difference, most);
    if (std::max(before.size(), after.size()) <= mostJsonBytes) {
        Document old(before);
        Document now(after);
        if (old.complete && now.complete) {
            difference.json = true;
            JsonComparison(old, now, changes).compare(0, 0);
            return difference;
        }
    }
    compareLines(before, after, changes);
    return difference;
}

std::string_view name(ChangeKind kind)
{
    constexpr std::array<std::string_view, 3> names{"added", "removed", "changed"};
    return names[static_cast<std::size_t>(kind)];
}

} // namespace arcscope

#include "resultshape.h"

#include "jsonread.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr std::size_t mostBytes = 1'000'000;
constexpr std::size_t mostWords = 12;
constexpr std::size_t longestWord = 32;
constexpr int deepest = 12;

constexpr std::uint8_t bitOf(ShapeType type)
{
    return static_cast<std::uint8_t>(type);
}

ShapeType typeOf(JsonKind kind)
{
    switch (kind) {
    case JsonKind::Object:
        return ShapeType::Object;
    case JsonKind::Array:
        return ShapeType::Array;
    case JsonKind::String:
        return ShapeType::Text;
    case JsonKind::Number:
        return ShapeType::Number;
    case JsonKind::Bool:
        return ShapeType::Bool;
    default:
        return ShapeType::Null;
    }
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Could be a value of an enumeration: "in_stock", "Basic Economy".
bool isWord(std::string_view text)
{
    return text.size() >= 2 && text.size() <= longestWord && isLetter(text.front()) &&
           std::ranges::all_of(text, [](char c) { return isLetter(c) || c == '_' || c == '-' || c == ' '; });
}

class Shaper
{
public:
    Shaper(const JsonStory& story, double mapShare)
        : m_reading(story)
        , m_mapShare(mapShare)
    {
    }

    ResultShape run()
    {
        add({}, 0, 0);
        for (const auto& [path, count] : m_present)
            m_shape[path].everywhere = count >= m_objects[path.substr(0, path.rfind('/'))];
        for (auto& [path, shape] : m_shape) {
            if (m_otherTexts.contains(path))
                shape.words.clear();
        }
        return std::move(m_shape);
    }

private:
    bool isMap(const JsonReading::Members& members) const
    {
        const auto ids = std::ranges::count_if(members, [](const auto& each) { return isIdLike(each.first); });
        return !members.empty() && static_cast<double>(ids) >= m_mapShare * static_cast<double>(members.size());
    }

    void add(const std::string& path, JsonIndex index, int depth)
    {
        if (depth > deepest || (m_shape.size() >= mostShapePaths && !m_shape.contains(path)))
            return;
        const JsonKind kind = m_reading.kind(index);
        ShapePath& shape = m_shape[path];
        shape.types |= bitOf(typeOf(kind));
        if (kind == JsonKind::String) {
            const std::string text = m_reading.text(index);
            if (isWord(text) && shape.words.size() < mostWords)
                shape.words.insert(text);
            else if (!text.empty() && !shape.words.contains(text))
                m_otherTexts.insert(path);
        } else if (kind == JsonKind::Array) {
            const JsonStory& story = m_reading.story();
            for (JsonIndex i = story.firstChild(index); i >= 0; i = story.nextSibling(i))
                add(path + "/*", i, depth + 1);
        } else if (kind == JsonKind::Object) {
            const JsonReading::Members members = m_reading.members(index);
            const bool map = isMap(members);
            shape.map = shape.map || map;
            m_objects[path] += map ? 0 : 1;
            for (const auto& [key, value] : members) {
                const std::string child = path + '/' + (map ? "*" : pointerToken(key));
                if (!map)
                    ++m_present[child];
                add(child, value, depth + 1);
            }
        }
    }

    JsonReading m_reading;
    double m_mapShare;
    ResultShape m_shape;
    std::set<std::string, std::less<>> m_otherTexts;           ///< paths with texts that are no words
    std::map<std::string, std::size_t, std::less<>> m_objects; ///< that are no maps, by their path
    std::map<std::string, std::size_t, std::less<>> m_present; ///< members of them
};

std::string_view firstLine(std::string_view& text, char end)
{
    const std::size_t at = text.find(end);
    const std::string_view line = text.substr(0, at);
    text.remove_prefix(at == text.npos ? text.size() : at + 1);
    return line;
}

/// Of keys: what ends a field of the encoding does not stand in it.
std::string plain(std::string_view path)
{
    std::string out(path);
    std::ranges::replace_if(
        out, [](char c) { return c == '\t' || c == '\n'; }, ' ');
    return out;
}

} // namespace

bool isIdLike(std::string_view key)
{
    if (std::ranges::any_of(key, isDigit))
        return true;
    return key.size() >= 16 && std::ranges::all_of(key, [](char c) {
               return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
           });
}

std::string typesText(std::uint8_t types)
{
    constexpr std::array<std::string_view, 6> names{"object", "array", "text", "number", "boolean", "null"};
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if ((types >> i & 1U) != 0)
            text += (text.empty() ? "" : " or ") + std::string(names[i]);
    }
    return text;
}

std::optional<ResultShape> shapeOf(std::string_view result, double mapShare)
{
    const std::size_t begin = result.find_first_not_of(" \t\r\n");
    if (begin == result.npos || (result[begin] != '{' && result[begin] != '[') || result.size() > mostBytes)
        return std::nullopt;
    JsonStory story;
    story.feed(result);
    if (story.finish() != JsonState::Complete)
        return std::nullopt;
    return Shaper(story, mapShare).run();
}

std::string encoded(const ResultShape& shape)
{
    std::string text;
    for (const auto& [path, each] : shape) {
        text += plain(path) + '\t' + static_cast<char>('@' + each.types) + (each.everywhere ? '+' : '-') +
                (each.map ? 'm' : '.');
        for (const std::string& word : each.words)
            text += '\t' + word;
        text += '\n';
    }
    return text;
}

ResultShape decodedShape(std::string_view text)
{
    ResultShape shape;
    while (!text.empty()) {
        std::string_view line = firstLine(text, '\n');
        ShapePath& path = shape[std::string(firstLine(line, '\t'))];
        const std::string_view facts = firstLine(line, '\t');
        if (facts.size() != 3)
            continue;
        path.types = static_cast<std::uint8_t>(facts[0] - '@');
        path.everywhere = facts[1] == '+';
        path.map = facts[2] == 'm';
        while (!line.empty())
            path.words.emplace(firstLine(line, '\t'));
    }
    return shape;
}

} // namespace arcscope

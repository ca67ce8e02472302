// The shape of a tool's results: which paths there are in them and of which types, told of one and learned from many.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct ToolThresholds;

/// One path of a result: keys as in a JSON Pointer (RFC 6901), "*" for all elements of an array and all values of a
/// map.
struct ShapePath {
    std::uint8_t types = 0;                   ///< bits of ShapeType
    bool everywhere = true;                   ///< every object in which it could be has it
    bool map = false;                         ///< an object whose keys are data
    std::set<std::string, std::less<>> words; ///< short texts there, as far as all of them are such

    bool operator==(const ShapePath&) const = default;
};

enum class ShapeType : std::uint8_t { Object = 1, Array = 2, Text = 4, Number = 8, Bool = 16, Null = 32 };

/// What one result looks like; "" is the whole.
using ResultShape = std::map<std::string, ShapePath, std::less<>>;

inline constexpr std::size_t mostShapePaths = 400; ///< what lies beyond is not looked at

/// Nothing where the text is no JSON object or array. O(bytes).
std::optional<ResultShape> shapeOf(std::string_view result, double mapShare);

/// As text for a fact, and back.
std::string encoded(const ResultShape& shape);
ResultShape decodedShape(std::string_view text);

/// Whether a key names a thing rather than an attribute: it has a digit, or is long and hexadecimal.
bool isIdLike(std::string_view key);

/// How a result differs from all before it.
struct ShapeChange {
    enum class Kind : std::uint8_t { PathAdded, PathRemoved, TypeChanged, NullNew, EnumNew, BecameText };
    Kind kind = Kind::PathAdded;
    std::string path;
    std::string before; ///< types or values
    std::string now;
    std::size_t seen = 0; ///< results that the former holds for

    bool operator==(const ShapeChange&) const = default;
};

/// The rule that tells of it: "shape.path_added".
std::string_view ruleOf(ShapeChange::Kind kind);

/// The history of the results of one tool.
class ShapeHistory
{
public:
    explicit ShapeHistory(const ToolThresholds& thresholds);
    ~ShapeHistory();
    ShapeHistory(ShapeHistory&&) noexcept;
    ShapeHistory& operator=(ShapeHistory&&) = delete;

    /// How a result differs from all that were learned. Null: it is no JSON.
    std::vector<ShapeChange> changesOf(const ResultShape* shape) const;
    void learn(const ResultShape* shape);

private:
    struct Known;

    bool isEnumeration(const Known& known) const;
    void addNew(const ResultShape& shape, std::vector<ShapeChange>& into) const;
    void addOther(const std::string& path, const ShapePath& now, const Known& known,
                  std::vector<ShapeChange>& into) const;
    void addMissing(const ResultShape& shape, std::vector<ShapeChange>& into) const;

    double m_warmUp;
    double m_enumMost;
    double m_enumSeen;
    std::size_t m_results = 0;
    std::size_t m_texts = 0; ///< of them, those that are no JSON
    std::map<std::string, Known, std::less<>> m_known;
};

/// "text or null"
std::string typesText(std::uint8_t types);

} // namespace arcscope

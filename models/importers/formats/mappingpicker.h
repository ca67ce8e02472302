// MappingPicker: the values at many paths of one element, found in one walk over it.
#pragma once

#include "jsonvalue.h"
#include "mappingpath.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// A value of a JSON record, or a field of a CSV row. Lives as long as the parser's record or the row.
class PickedValue
{
public:
    PickedValue() = default;
    explicit PickedValue(const JsonValue& json)
        : m_json(json)
    {
    }
    static PickedValue ofField(std::string_view field);

    /// Neither missing nor null, and no empty text.
    bool recorded() const;
    bool isField() const { return m_isField; }
    const JsonValue& json() const { return m_json; }
    /// Strings without quotes and escapes; anything else as it is written.
    std::string_view text() const;
    /// Text that can be parsed: containers, and strings that hold JSON.
    std::string_view jsonText() const;
    /// As JSON: a field as a string.
    std::string raw() const;

private:
    JsonValue m_json;
    std::string_view m_field;
    bool m_isField = false;
};

class MappingPicker
{
public:
    /// The place where the value of a path will be. Of steps that stand for many values only those before them count.
    std::size_t add(const MappingPath& path);

    /// Fills `values`, one for each place.
    void pick(const JsonValue& element, std::vector<PickedValue>& values);
    /// The same for a row of CSV.
    void pick(const std::vector<std::string>& columns, const std::vector<std::string_view>& fields,
              std::vector<PickedValue>& values);
    /// Adds the names of members that were seen and that no path leads to; of so many at most.
    void addUnused(const std::string& prefix, std::set<std::string>& names) const;
    std::size_t size() const { return m_places; }

private:
    static constexpr std::size_t mostUnused = 1'000;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    struct Node {
        std::map<std::string, std::size_t, std::less<>> members;
        std::map<std::size_t, std::size_t> elements;
        std::size_t place = none;
        std::string path;
        std::set<std::string, std::less<>> unused;
    };
    std::size_t below(std::size_t node, const MappingStep& step);
    void walk(std::size_t node, const PickedValue& value, std::vector<PickedValue>& values);
    void enter(std::size_t node, const JsonValue& value, std::vector<PickedValue>& values);
    void notUsed(Node& node, std::string_view key);
    JsonParser& innerParser();

    std::vector<Node> m_nodes = std::vector<Node>(1);
    std::size_t m_places = 0;
    std::size_t m_unused = 0;
    std::vector<std::unique_ptr<JsonParser>> m_inner; ///< of texts that hold JSON
    std::size_t m_innerUsed = 0;
};

} // namespace arcscope

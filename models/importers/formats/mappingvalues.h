// MappingScope: what the rules of a mapping can see of one element and of what lies around it.
#pragma once

#include "mapping.h"
#include "mappingpicker.h"

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// A level made ready: one picker for all paths of its rules.
class MappingPlaces
{
public:
    /// Collects the paths that the rules of `level` and of all levels below it take from here.
    explicit MappingPlaces(const MappingLevel& level);

    MappingPicker picker;
    /// The place of a path of this level; it is known.
    std::size_t at(const MappingPath& path) const { return m_places.at(&path); }

private:
    void addRule(const MappingRule& rule, int up);
    void addValue(const MappingValue& value, int up);
    void addPath(const MappingPath& path, int up);

    std::unordered_map<const MappingPath*, std::size_t> m_places;
};

/// Members of the document beside the records, as far as rules name them.
class MappingDocument
{
public:
    void take(std::string_view key, std::string_view value);
    /// The text at a path that begins with a member; empty for none.
    std::string find(const MappingPath& path) const;

private:
    static constexpr std::size_t mostMembers = 64;
    static constexpr std::size_t longestMember = std::size_t(1) << 16;
    std::map<std::string, std::string, std::less<>> m_members;
};

/// One element and its surroundings. Texts live until the scope is cleared.
struct MappingScope {
    const MappingPlaces* places = nullptr;
    const MappingScope* outer = nullptr;
    const MappingDocument* document = nullptr;
    std::string_view fileStem;
    std::string key;
    std::uint64_t number = 0;
    std::vector<PickedValue> values;
    mutable std::deque<std::string> kept;

    PickedValue value(const MappingPath& path) const;
    /// The text that a rule's value stands for; empty for none.
    std::string_view text(const MappingValue& value) const;
    bool holds(const MappingCondition& condition) const;

private:
    std::string_view recorded(const MappingValue& value) const;
    std::string_view textAt(const MappingPath& path) const;
};

/// Equal as written, or as numbers.
bool sameScalar(std::string_view a, std::string_view b);

} // namespace arcscope

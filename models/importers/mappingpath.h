// MappingPath: where in a record, its surroundings or the file a value lies, as mapping files write it.
#pragma once

#include "result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct MappingStep {
    enum class Kind : std::uint8_t {
        Key,
        Index,    ///< [3]: one element of an array
        Elements, ///< []: each element of an array
        Members,  ///< {}: each member of an object
    };
    Kind kind = Kind::Key;
    std::string key;
    std::size_t index = 0;

    bool operator==(const MappingStep&) const = default;
};

/// "info.task.user_id", "choices[0].text", "traj[]", "\"a.b\".c", ".", "^.model", "$.session", "@key".
struct MappingPath {
    enum class Base : std::uint8_t {
        Element,  ///< what the rule is for; with `up` > 0 what lies around it
        Document, ///< $: a member of the document beside the records, before them
        Key,      ///< @key: under which a member was found
        Number,   ///< @number: of the element in its array, of a record in its file, counted from 1
        File,     ///< @file: the name of the file without folder and ending
    };
    Base base = Base::Element;
    int up = 0; ///< number of '^'
    std::vector<MappingStep> steps;

    /// The element itself.
    bool isWhole() const { return base == Base::Element && steps.empty(); }
    /// Whether it stands for several values.
    bool isMany() const;
    bool operator==(const MappingPath&) const = default;
};

/// Steps that a path has at most.
inline constexpr std::size_t maxMappingSteps = 32;

/// Reads a path. Error: Malformed, with the column and what was expected there.
Result<MappingPath> parseMappingPath(std::string_view text);

/// A path in its shortest spelling.
std::string mappingPathText(const MappingPath& path);

} // namespace arcscope

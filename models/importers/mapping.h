// Mapping: a small declarative file that says which spans the records of any JSON, JSON Lines or CSV file are.
// mapping.md describes the file.
#pragma once

#include "content.h"
#include "mappingpath.h"
#include "result.h"
#include "span.h"
#include "spancolumns.h"
#include "usage.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace arcscope
{

/// Of a number that is a time or a length. Without one a time has to be RFC 3339 text.
enum class MappingUnit : std::uint8_t { None, Seconds, Milliseconds, Microseconds, Nanoseconds };

/// What a rule fills a field with.
struct MappingValue {
    std::vector<MappingPath> paths; ///< the first that is recorded
    std::optional<std::string> constant;
    /// Text with values in it: each path follows its text. Not recorded where one of them is not.
    std::vector<std::pair<std::string, std::optional<MappingPath>>> text;
    std::vector<std::pair<std::string, std::string>> words; ///< what recorded values stand for
    std::optional<std::string> otherwise;                   ///< what a value stands for that is none of them
    MappingUnit unit = MappingUnit::None;

    bool given() const { return !paths.empty() || constant || !text.empty(); }
};

/// Messages at a place: what appendMessages() reads. `role` is that of those that name none.
struct MappingMessages {
    MappingPath path;
    Role role = Role::Other;
};

/// True where the value at the path is one of those wanted (any recorded value where there are none), or, negated,
/// where it is not.
struct MappingCondition {
    MappingPath path;
    std::vector<std::string> wanted;
    bool negated = false;
};

struct MappingUsage {
    std::optional<MappingPath> object;                       ///< of any vendor, for readUsage()
    std::array<MappingValue, rawUsageMembers.size()> counts; ///< in their order
    UsageDialect dialect = UsageDialect::Inclusive;
};

struct MappingLevel;

/// What one element is.
struct MappingRule {
    std::vector<MappingCondition> when; ///< all of them
    bool skip = false;                  ///< knowingly left out
    bool span = true;                   ///< false: only what lies below is spans
    MappingValue kind;
    MappingValue status;
    MappingValue trace;
    MappingValue id;
    MappingValue parent;
    MappingValue start;
    MappingValue end;
    MappingValue duration;
    MappingValue firstToken;
    MappingValue cost;
    std::array<MappingValue, spanTextCount> texts;
    MappingUsage usage;
    std::vector<MappingMessages> input;
    std::vector<MappingMessages> output;
    std::optional<MappingPath> arguments;
    std::optional<MappingPath> result;
    std::optional<MappingPath> calls;   ///< the calls that this element asks for
    std::optional<MappingPath> answers; ///< the id of the call that it answers
    std::vector<MappingLevel> children;
    std::string content; ///< the part of the rule that decoding needs, compact JSON
};

/// Where lengths are recorded and times are not: elements lie one after another.
enum class MappingSequence : std::uint8_t { None, FromStart, UntilEnd };

/// Elements and what they are; the first rule whose conditions hold.
struct MappingLevel {
    MappingPath each;
    std::vector<std::pair<std::string, MappingPath>> zip; ///< parallel arrays, made one object for each place in them
    MappingSequence sequence = MappingSequence::None;
    std::vector<MappingRule> rules;
};

/// By what a file is recognised. Empty: by nothing, it has to be asked for.
struct MappingMatch {
    std::vector<MappingPath> has;     ///< all of them, in one of the first values
    std::vector<std::string> columns; ///< all of them, in the header of a CSV file
    std::string file;                 ///< the name without folder: "*.csv"
};

struct Mapping {
    std::string name;  ///< stable: letters, digits, '-', '_' and '.'
    std::string title; ///< for people
    MappingMatch matches;
    MappingLevel records;
};

/// The longest mapping file.
inline constexpr std::size_t maxMappingBytes = std::size_t(1) << 20;

/// Reads a mapping. Error: Malformed, with the file, the place in it ("spans[0].start.unit") and what was expected.
Result<Mapping> parseMapping(std::string_view text, std::string_view fileName);

/// The same from a file on disk.
Result<Mapping> readMappingFile(const std::string& path);

/// All mappings of a folder (its .json files), in the order of their names. Those that cannot be read are named in
/// `problems`. A folder that is not there has none.
std::vector<Mapping> readMappingFolder(const std::string& folder, std::vector<std::string>& problems);

/// Reads the content of one rule back (MappingRule::content).
Result<MappingRule> parseMappingContent(std::string_view content);

/// "s", "ms", "us", "ns", "rfc3339".
std::string_view name(MappingUnit unit);

} // namespace arcscope

// MappingDraft: a mapping in the making, from a look at a file to its text, and what it would give.
#pragma once

#include "control.h"
#include "issue.h"
#include "result.h"
#include "span.h"
#include "times.h"
#include "usage.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// A value that records have.
struct DraftField {
    std::string path;                 ///< as mappings write it
    std::vector<std::string> samples; ///< of the first records, cut; empty where it is not recorded
    bool always = true;               ///< every record that was looked at has it
};

/// The first records of a file.
struct FilePreview {
    bool table = false;                   ///< CSV
    std::vector<std::string> recordPaths; ///< where the records may be, the likeliest first
    std::string records;                  ///< the one that was read
    std::uint64_t recordCount = 0;        ///< looked at
    std::vector<DraftField> fields;
};

/// Records that are looked at, fields that are told apart, and bytes of a sample.
inline constexpr std::size_t previewRecords = 50;
inline constexpr std::size_t previewFields = 300;
inline constexpr std::size_t previewSampleBytes = 200;

/// Whether the file can be mapped: it holds JSON, or text in columns.
bool isMappable(const std::string& path);

/// Looks at a file. `records`: one of FilePreview::recordPaths; empty: the likeliest. Error: it cannot be read, or
/// holds nothing that a mapping could describe.
Result<FilePreview> previewFile(const std::string& path, const std::string& records, const Control& control = {});

/// What a field can mean: a word, and whether it needs a unit.
struct DraftMeaning {
    std::string_view word; ///< "start", "input_tokens", …
    bool point = false;    ///< a point in time
    bool length = false;   ///< a length of time
};
std::span<const DraftMeaning> draftMeanings(); ///< the first: not used
/// "rfc3339", "s", "ms", "us", "ns".
std::span<const std::string_view> draftUnits();

struct DraftChoice {
    std::size_t meaning = 0; ///< index into draftMeanings()
    std::size_t unit = 0;    ///< index into draftUnits()
};

/// What the names and first values of fields suggest, one for each.
std::vector<DraftChoice> guessChoices(const FilePreview& preview);

struct MappingDraft {
    std::string name;
    SpanKind kind = SpanKind::Other;
    FilePreview preview;
    std::vector<DraftChoice> choices;
};

/// The mapping file.
std::string mappingText(const MappingDraft& draft);

/// A name for the mapping of this file: letters, digits and '-'.
std::string draftName(std::string_view path);

struct TriedSpan {
    std::string name;
    SpanKind kind = SpanKind::Other;
    Nanos start = noTime;
    Nanos length = -1;
    std::string model;
    std::int64_t input = noTokens;
    std::int64_t output = noTokens;
};

struct MappingTrial {
    std::uint64_t spans = 0;
    std::uint64_t traces = 0;
    std::vector<TriedSpan> first;
    std::vector<ImportIssue> issues;
};

/// Imports the first `records` of the file by this mapping into a workspace that goes again.
Result<MappingTrial> tryMapping(const std::string& path, const std::string& text, std::uint64_t records,
                                const Control& control = {});

} // namespace arcscope

// StreamRules: what a recorded stream has to keep to; recording.md explains each rule to those who write recorders.
#pragma once

#include "issue.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class RecordingRule : std::uint8_t {
    SequenceOrder,
    SequenceGap,
    SequenceRepeated,
    SequenceMissing,
    TimeGoesBack,
    UnknownEvent,
    UnknownUnit,
    UnknownWord,
    BadNumber,
    MissingAttribute,
    BlockTypeChanges,
    OffsetBeyondText,
    OffsetInsideCharacter,
    LengthDiffers,
    AcceptWithoutDraft,
    AcceptEndUnknown,
    CountsDiffer,
    DraftUnsettled,
    RetractOfNothing,
    RetractBeforeCommit,
    RetractUnexplained,
    CommitGoesBack,
    ContentAfterEnd,
    NoTerminalEvent,
};
inline constexpr std::size_t streamRuleCount = 24;

/// "sequence-gap" and so on; stable.
std::string_view word(RecordingRule rule);

/// One way in which a stream breaks a rule, and how often it does. The message begins with the rule's word.
struct StreamDefect {
    RecordingRule rule = RecordingRule::SequenceGap;
    Severity severity = Severity::Warning;
    std::string message;
    std::uint64_t count = 1;
};

/// Counts what is wrong with one stream or several.
class StreamDefects
{
public:
    void add(RecordingRule rule, std::uint64_t count = 1) { m_counts[static_cast<std::size_t>(rule)] += count; }
    /// Hands over those that were counted, in the order of the rules.
    std::vector<StreamDefect> take();

private:
    std::array<std::uint64_t, streamRuleCount> m_counts{};
};

} // namespace arcscope

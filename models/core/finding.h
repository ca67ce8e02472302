// A finding: something in a trace that is wrong, or worth a look, with the places that show it.
#pragma once

#include "spantable.h"
#include "streammodel.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// How much a rule's word is worth, as measured.
enum class FindingLevel : std::uint8_t {
    Signal,  ///< may be of use to somebody who looks for it
    Check,   ///< often right: a person has to decide
    Finding, ///< nearly always right
};

/// How bad it is where it is right.
enum class FindingWeight : std::uint8_t { Note, Warning, Severe };

/// A text of a span, as its decoded content has it.
struct TextPlace {
    enum class Of : std::uint8_t {
        None, ///< not of a text, or of the recorded stream
        Input,
        Output,
        ToolArguments,
        ToolResult,
        StatusMessage,
        Attribute, ///< `message` counts the attributes
    };
    Of of = Of::None;
    std::uint32_t message = 0; ///< of Input and Output
    std::uint32_t part = 0;

    bool operator==(const TextPlace&) const = default;
};

/// Bytes of a quote that a view marks.
struct QuoteMark {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::int32_t link = differs; ///< marks of one number stand for each other in two quotes

    static constexpr std::int32_t differs = -1; ///< this is what differs
    bool operator==(const QuoteMark&) const = default;
};

/// The longest quote, in bytes.
inline constexpr std::size_t maxQuote = 400;

/// A place in a trace that a finding shows. All text is untrusted.
struct FindingPlace {
    Row row = noRow;
    std::uint32_t event = noEvent; ///< of the stream of the span; noEvent: not in a stream
    Nanos time = noTime;           ///< when it was there to be seen; noTime: not recorded
    TextPlace text;
    std::int64_t from = -1; ///< bytes of the text that the quote is of; -1: the quote is of no text, or of all of it
    std::int64_t to = -1;
    std::string quote; ///< at most maxQuote bytes of it
    std::vector<QuoteMark> marks;

    bool operator==(const FindingPlace&) const = default;
};

/// What speaks for a finding: "rule: number differs", "guards checked: …", "why no rewording: …".
struct FindingFact {
    std::string label;
    std::string text;

    bool operator==(const FindingFact&) const = default;
};

struct Finding {
    std::string rule; ///< "retract.semantic"
    FindingLevel level = FindingLevel::Finding;
    FindingWeight weight = FindingWeight::Warning;
    StreamEvidence evidence = StreamEvidence::Observed;
    double strength = 1;     ///< 0 to 1: how clearly the rule holds
    Nanos exposure = noTime; ///< how long a user had it in sight; noTime: not recorded, or never
    std::string what;        ///< one sentence
    /// Findings of one rule with the same cause, in whatever traces, are one entry of a list; empty: it stands alone.
    /// In words that later imports do not change.
    std::string cause;
    /// The id of the trace (of a session, its first) that shows it; empty: several do. The search sets it. A verdict on
    /// a cause counts within it: what another trace shows later is open again.
    std::string scope;
    std::vector<FindingPlace> places; ///< at least one; the first is where to go
    std::vector<FindingFact> facts;   ///< in the order in which they are to be read

    bool operator==(const Finding&) const = default;
};

std::string_view name(FindingLevel level);   ///< "signal", "check", "finding"
std::string_view name(FindingWeight weight); ///< "note", "warning", "severe"
std::string_view name(TextPlace::Of of); ///< "none", "input", "output", "arguments", "result", "status", "attribute"

/// The text up to `most` bytes, not cut inside a character.
std::string quoted(std::string_view text, std::size_t most = maxQuote);

} // namespace arcscope

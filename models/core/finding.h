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

/// A place in a trace that a finding shows. All text is untrusted.
struct FindingPlace {
    Row row = noRow;
    std::uint32_t event = noEvent; ///< of the stream of the span; noEvent: not in a stream
    Nanos time = noTime;           ///< when it was there to be seen; noTime: not recorded
    std::string quote;             ///< at most 400 bytes of it

    bool operator==(const FindingPlace&) const = default;
};

struct Finding {
    std::string rule; ///< "retract.semantic"
    FindingLevel level = FindingLevel::Finding;
    FindingWeight weight = FindingWeight::Warning;
    StreamEvidence evidence = StreamEvidence::Observed;
    double strength = 1;              ///< 0 to 1: how clearly the rule holds
    Nanos exposure = noTime;          ///< how long a user had it in sight; noTime: not recorded, or never
    std::string what;                 ///< one sentence
    std::string cause;                ///< findings of one rule with the same cause are one entry of a list
    std::vector<FindingPlace> places; ///< at least one; the first is where to go

    bool operator==(const Finding&) const = default;
};

std::string_view name(FindingLevel level);   ///< "signal", "check this", "finding"
std::string_view name(FindingWeight weight); ///< "note", "warning", "severe"

} // namespace arcscope

// RecordedEvent: one event of a recorded stream as its attributes say it.
#pragma once

#include "stream.h"

#include <cstdint>
#include <string>

namespace arcscope
{

enum class OffsetUnit : std::uint8_t {
    Bytes, ///< of UTF-8
    Utf16,
    CodePoints,
    Tokens,  ///< cannot be found in the text
    Unknown, ///< a word that is none of these
};

struct RecordedEvent {
    StreamEvent event; ///< its text and detail are those below; its range is recorded in `unit` until it is settled
    std::string text;
    std::string detail; ///< members of an object, without its braces
    std::string stream; ///< its id
    std::string branch;
    std::string draft; ///< id of the draft that it offers or settles
    std::int64_t sequence = -1;
    Nanos monotonic = noTime;
    std::int64_t recordedFrom = -1;
    std::int64_t recordedTo = -1;
    std::int64_t recordedBlock = -1; ///< its index, which may be another in `event`
    std::int64_t drafted = -1;       ///< counts of tokens; -1: not recorded
    std::int64_t accepted = -1;
    std::int64_t rejected = -1;
    OffsetUnit unit = OffsetUnit::Bytes;
    bool unitNamed = false;
    bool blockTyped = false;
    bool content = false;   ///< has some, also an empty one
    bool unknown = false;   ///< its name is
    bool broken = false;    ///< an end that was not the protocol's
    bool explained = false; ///< a retraction with reason and evidence
    bool badNumber = false;
    bool badWord = false;
};

} // namespace arcscope

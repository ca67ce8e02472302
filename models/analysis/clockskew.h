// How far the clocks of services are apart, from calls between them: what a caller waits for lies inside of its wait.
#pragma once

#include "clockoffset.h"
#include "control.h"
#include "result.h"
#include "spantable.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

/// What is known of the clock of one service.
struct ServiceClock {
    StringId service;
    StringId reference;       ///< the service whose clock all of its group are compared with; itself: the reference
    Nanos offset = 0;         ///< to be added to its times; 0 where no disagreement is shown
    Nanos bound = 0;          ///< the offset lies within this of the truth, if the agreeing pairs are right
    std::uint64_t pairs = 0;  ///< calls between it and the service that it was compared with
    std::uint64_t agreed = 0; ///< of these, the calls that one offset explains; the others contradict it
    Row row = noRow;          ///< the first of the spans that it is told from
};

/// Services that call each other, or are called, across a border; the others are not in it. In the order of their
/// names' first spans. Nothing is changed.
///
/// Method: a call that is waited for lies inside of its caller's span (Jaeger's clock skew adjuster rests on the same).
/// Every such pair bounds the offset between two clocks from both sides; the offsets that the most pairs allow are
/// found as Marzullo's algorithm does it, which NTP uses to choose among servers, and like NTP the middle of the
/// interval is taken. Services that do not call each other are compared through those between them.
///
/// No offset is given where the recorded times allow 0, where no more than half of the pairs agree, and where all that
/// speaks for it is that fewer than three calls end after their caller: nobody may have waited for those. Spans that
/// are longer than their caller, synthetic or without measured times say nothing.
///
/// `parentRow` and `flags` are those of an Assembly; needs Start, Duration, Provenance and Service. Error: Cancelled.
Result<std::vector<ServiceClock>> estimateClocks(const SpanTable& spans, std::span<const std::int32_t> parentRow,
                                                 std::span<const std::uint32_t> flags, const Control& control);
/// Of a corpus that is put together and as recorded; also needs ParentRow and Flags.
Result<std::vector<ServiceClock>> estimateClocks(const Corpus& corpus, const Control& control);

/// The offsets that are not 0.
ClockOffsets offsetsOf(const std::vector<ServiceClock>& clocks);

/// "the clock of stock is 2.00 s ahead of that of shop (± 3.00 ms, from 12 of 12 calls)"
std::string clockText(const ServiceClock& clock, std::string_view service, std::string_view reference);

/// The corpus with the times of these services shifted; empty offsets give it back as recorded. `recorded` has times as
/// recorded. Traces and the order of siblings follow, and what lies outside of its parent; shifted spans have the flag
/// ClockAligned and inferred times. Spans whose time would leave the range of Nanos keep theirs. Needs Start, Duration,
/// Flags, Provenance, ParentRow, Trace and Service.
Corpus alignClocks(const Corpus& recorded, const ClockOffsets& clocks);

/// The start that the source has.
Nanos recordedStart(const Corpus& corpus, Row row);

} // namespace arcscope

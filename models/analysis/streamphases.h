// When a stream waited, thought, wrote and ended, as far as its times and those of its span tell.
#pragma once

#include "streammarks.h"

#include <vector>

namespace arcscope
{

/// What the span of a stream records.
struct StreamSpanTimes {
    Nanos start = noTime;      ///< the request was sent
    Nanos end = noTime;        ///< the call was over
    Nanos firstToken = noTime; ///< stated by the source
};

/// The moments between which the phases lie; noTime: not recorded.
struct StreamMoments {
    Nanos sent = noTime;
    Nanos firstEvent = noTime;
    Nanos firstContent = noTime;  ///< a chunk or draft of any block
    Nanos firstVisible = noTime;  ///< of a block that users read: no reasoning, no arguments
    Nanos firstArgument = noTime; ///< of a tool call
    Nanos lastContent = noTime;
    Nanos terminal = noTime;  ///< the event that ends the protocol
    Nanos over = noTime;      ///< the end of the span, else the last event
    bool endRecorded = false; ///< `over` is the end of the span
    bool hasTerminal = false; ///< there is a terminal event, with or without time

    /// Time to first token in the sense asked for; noTime where one end is not recorded.
    Nanos sinceSent(Nanos moment) const;
};

StreamMoments momentsOf(const StreamModel& model, const StreamSpanTimes& span);

/// Phases in order, without those that have no length. Where no chunk has a time but the first token is stated: two.
/// Empty where the span has no times either.
std::vector<StreamPhase> phasesOf(const StreamMoments& moments, const StreamSpanTimes& span);

} // namespace arcscope

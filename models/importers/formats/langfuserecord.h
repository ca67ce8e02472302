// A Langfuse record (observation, trace or score) in any of its spellings, as facts of a span.
#pragma once

#include "recordreading.h"
#include "spanrecord.h"

#include <string>
#include <string_view>

namespace arcscope
{

enum class LangfuseKind : std::uint8_t { Observation, Trace, Score };

/// What is gathered of one span over all its records; later values replace earlier ones where they are recorded.
struct LangfuseSpan {
    SpanRecord span;
    LangfuseKind kind = LangfuseKind::Observation;
    std::string trace;
    std::string record;           ///< its records, one after another
    bool carriesIdentity = false; ///< a trace with session, user, input or output: worth a span of its own
};

/// Reads one record into `into`. `traceId`: for records that stand inside a trace and do not name it.
void readLangfuse(const JsonValue& record, LangfuseKind kind, std::string_view traceId, SpanSink& sink,
                  IssueTally& tally, LangfuseSpan& into);

/// Which of the three a top-level record is, by its members; `known`: false where it is none.
LangfuseKind langfuseKindOf(std::string_view record, bool& known);

/// A key in the spelling of the API: "parent_observation_id" is "parentObservationId".
std::string langfuseKey(std::string_view key);

} // namespace arcscope

// How long the server, or the library that called it, says each part of a call took.
#pragma once

#include "content.h"
#include "streammarks.h"
#include "streamphases.h"

#include <span>
#include <vector>

namespace arcscope
{

/// Durations of one call, from its usage events and the attributes of its span: Groq (`queue_time`, `prompt_time`,
/// `completion_time`, in seconds), Ollama (`load_duration`, `prompt_eval_duration`, `eval_duration`, in nanoseconds),
/// llama.cpp (`prompt_ms`, `predicted_ms`), vLLM (`gen_ai.latency.time_in_queue`, `…time_in_model_prefill`,
/// `…time_in_model_decode`, in seconds), HAR (`timings.blocked`, `.dns`, `.connect`, `.send`, `.wait`, `.receive`, in
/// milliseconds). Where a call has both, those of the server. Their sizes are declared; they lie one behind the other
/// from the request on, where that is not recorded up to the first content, and where that is not either from the first
/// event on. Without times of events they lie from 0 on.
std::vector<StreamPhase> statedPhases(const StreamModel& model, std::span<const Attribute> attributes,
                                      const StreamMoments& moments);

} // namespace arcscope

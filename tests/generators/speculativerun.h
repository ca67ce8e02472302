// SpeculativeRun: a text drawn by speculative sampling and recorded while it is drawn.
#pragma once

#include "runclock.h"
#include "speculativesampler.h"
#include "streamfile.h"

#include <string>
#include <vector>

namespace arcscope::speculation
{

enum class Surface { Chat, Code, Voice };

struct RunOptions {
    Surface surface = Surface::Chat;
    std::size_t draft = 4;    ///< tokens in a draft
    std::size_t length = 120; ///< tokens of the whole text
    std::uint64_t seed = 1;
    bool renderDrafts = true;          ///< shown before they are verified; otherwise only what is accepted is
    RunTime verification = 40'000'000; ///< one run of the target model; the draft model needs a tenth for a token
};

struct SpeculativeRun {
    std::vector<SpeculativeStep> steps;
    std::string text; ///< what stays
    StreamFile file;
};

/// The tokenised text and both models, made of a text.
struct ModelPair {
    /// Of a text that has tokens.
    explicit ModelPair(TokenText text);

    TokenText text;
    NgramModel draft;  ///< two tokens
    NgramModel target; ///< four tokens
};

/// Draws from the beginning of a line on. The text depends on models, seed, draft and length only, times on the clock
/// too.
SpeculativeRun speculate(const ModelPair& models, const RunOptions& options, RunClock& clock);

std::string_view name(Surface surface); ///< "chat", "code", "voice"

} // namespace arcscope::speculation

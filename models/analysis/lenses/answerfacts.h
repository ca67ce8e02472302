// What the texts of a model call say, in a few numbers that can be kept: its system prompt, its input and its answer.
#pragma once

#include "detector.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

inline constexpr std::string_view callFactsDetector = "call-facts";

/// What an answer looks like.
enum class AnswerForm : std::uint8_t {
    NotRecorded, ///< no output is recorded
    Nothing,     ///< no text and no call
    CallOnly,
    Prose,
    List,       ///< half of its lines or more are items
    TableRows,  ///< a third of its lines or more are rows
    Code,       ///< half of its lines or more lie in blocks
    WholeJson,  ///< one whole document, in a fence or without
    BrokenJson, ///< was to be one: begins like JSON, stands in a json fence, or JSON was asked for
};
inline constexpr int answerFormCount = 9;
std::string_view name(AnswerForm form); ///< "not recorded", "nothing", "call only", "prose", "list", …

/// 32 minima of hashed words (MinHash: A. Broder, On the resemblance and containment of documents, 1997).
using WordSketch = std::array<std::uint16_t, 32>;

struct CallFacts {
    Row row = noRow;
    std::uint64_t system = 0; ///< of the system prompt; 0: not recorded
    std::uint64_t input = 0;  ///< of the whole input with sampling parameters and tools; 0: not, or not wholly recorded
    std::uint64_t output = 0; ///< of the answer's text and calls; 0: not recorded, or nothing
    std::int64_t characters = -1; ///< of the answer's text; -1: not recorded
    std::int64_t calls = -1;      ///< asked for in the answer
    AnswerForm form = AnswerForm::NotRecorded;
    WordSketch sketch{};                ///< of the answer's text, where it has any and `input` is known
    std::vector<std::uint64_t> history; ///< of answers within its input, the last 64; only where a prompt version is
                                        ///< recorded for the call
    std::uint64_t said = 0;             ///< of the answer's text as a later history would have it; 0: none
};

/// A passage of a system prompt: a sentence, or a line without a full stop.
struct PromptFragment {
    std::uint64_t hash = 0;
    std::string begin; ///< its first characters; untrusted

    bool operator==(const PromptFragment&) const = default;
};

struct SystemPrompt {
    std::uint64_t hash = 0;
    std::vector<PromptFragment> fragments; ///< at most mostFragments; the last stands for all that follow
    Row row = noRow;                       ///< a call that was given it
};
inline constexpr std::size_t mostFragments = 48;

TraceFact factOf(const CallFacts& call);
std::optional<CallFacts> callFactsOf(const TraceFact& fact);
TraceFact factOf(const SystemPrompt& prompt);
std::optional<SystemPrompt> systemPromptOf(const TraceFact& fact);

/// Of all facts of the detector, by row.
std::vector<CallFacts> callFactsIn(std::span<const TraceFact> facts);
/// Each prompt once.
std::vector<SystemPrompt> systemPromptsIn(std::span<const TraceFact> facts);

AnswerForm formOf(std::string_view text, bool jsonWanted);
WordSketch sketchOf(std::string_view text);
/// How many words of both are in both, of all that are in one, 0 to 1: an estimate with a standard error of at most
/// 0.09.
double similarity(const WordSketch& a, const WordSketch& b);
/// Passages, each without white space around it.
std::vector<PromptFragment> fragmentsOf(std::string_view text);

} // namespace arcscope

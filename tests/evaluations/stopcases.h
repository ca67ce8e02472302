// Model calls whose stop is known, because they were made that way.
#pragma once

#include "naturaltexts.h"
#include "stopsurvey.h"
#include "tracescript.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace arcscope::evaluation
{

struct StopCase {
    StopBucket truth = StopBucket::Unknown;
    std::string what;  ///< the recipe
    std::string facts; ///< of the span, as addSpans() reads them
    SpanContent content;
    struct Exchange {
        std::string tool;
        std::string arguments;
        std::string result;
    };
    std::vector<Exchange> before; ///< calls of tools that came first
    std::optional<PackedStream> stream;
};

/// Makes cases out of natural texts.
class StopCases
{
public:
    StopCases(const NaturalTexts& texts, std::uint64_t seed)
        : m_texts(texts)
        , m_random(seed)
    {
    }

    StopCase externalStop();
    StopCase degenerateLoop();
    StopCase declined();
    StopCase budgetCut();
    StopCase handoff();
    StopCase silentTruncation();
    StopCase falseCompletion();
    StopCase complete();
    StopCase unknown();

private:
    template <std::size_t N>
    std::string pick(const std::array<const char*, N>& all)
    {
        return all[m_random.below(static_cast<std::uint32_t>(N))];
    }
    StopCase document();
    StopCase itemList();
    StopCase made(StopBucket truth, const char* what, const std::string& word, std::string text);
    std::string cleanWord()
    {
        return pick(std::array{"end_turn", "stop", "STOP", "COMPLETE", "eos_token", "completed", "endTurn"});
    }
    std::string lengthWord()
    {
        return pick(std::array{"max_tokens", "length", "MAX_TOKENS", "max_output_tokens", "maxTokens"});
    }
    std::string callWord()
    {
        return pick(std::array{"tool_use", "tool_calls", "TOOL_CALL", "tool-calls", "STOP", "completed",
                               "function_call", "toolUse"});
    }
    std::string json(bool pretty);
    std::string list(int announced, int given);
    std::string table(std::size_t rows);
    std::string wholeText(std::string& what);
    std::string brokenText(std::string& what);
    std::string cutInside(const std::string& text);
    PackedStream streamOf(const std::string& text, const std::string& word, bool ends, bool error);
    void mayStream(StopCase& made, const std::string& word);

    const NaturalTexts& m_texts;
    bench::Random m_random;
};

} // namespace arcscope::evaluation

// What a model call is for, as names say it, and what it was asked with.
#pragma once

#include "content.h"
#include "spantable.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

enum class CallRole : std::uint8_t {
    None, ///< no name says
    Planner,
    Verifier, ///< a verifier, judge, grader, guard
    Extractor,
    Summariser,
    Critic, ///< criticises or reviews a draft
    Reviser,
    Drafter,
};

std::string_view name(CallRole role); ///< "planner", "verifier", …; "" of None

/// By the words of a name: "answer_verifier", "PlannerAgent".
CallRole roleNamed(std::string_view words);

/// A role and the span whose name, agent or prompt says it.
struct NamedRole {
    CallRole role = CallRole::None;
    Row row = noRow;
    std::string_view words; ///< lives as long as the corpus
};

/// Of a span, or of the nearest one around it of which a name says one. O(depth).
NamedRole roleOf(const Corpus& corpus, Row row);

/// A number that a request was made with ("temperature", "top_p", "seed"), where it is recorded: as an attribute, or in
/// one that holds the parameters as JSON.
std::optional<double> requestNumber(const SpanContent& content, std::string_view parameter);

/// Of a judgement as prose or JSON: true where it approves; nothing where it says neither, or both.
std::optional<bool> verdictOf(std::string_view text);

/// The texts of an output, joined by line ends; without calls and reasoning.
std::string answerText(const SpanContent& content);

} // namespace arcscope

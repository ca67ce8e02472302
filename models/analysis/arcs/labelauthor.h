// Who gave a label, and when, as the label itself says.
#pragma once

#include "content.h"
#include "times.h"

#include <span>
#include <string>
#include <string_view>

namespace arcscope
{

/// Whose attributes they are.
enum class LabelFields : std::uint8_t {
    OfLabel, ///< of an evaluation, annotation, assessment or score alone: a model among them is that of the judge
    OfSpan,  ///< of a span that has it among others
};

inline constexpr std::string_view personAuthor = "person";
inline constexpr std::string_view modelAuthor = "LLM judge";
inline constexpr std::string_view codeAuthor = "code";

/// Values of names that end in "judge", "judge.model", "grader", "evaluator.version", "rubric.version", "annotator",
/// and of labels alone "author", "source_id", "identifier", "model", in the order of the record, with a space between
/// them: "gpt-4o 2". Where none is recorded, what kind of judge: "LLM judge", "code". Of a person "person", with the
/// name behind it. Empty: not recorded.
std::string labelAuthorIn(std::span<const Attribute> fields, LabelFields whose, bool person);

/// It says more than what kind of judge it was.
bool isNamedAuthor(std::string_view author);

/// What "annotator_kind", "source", "source_type" and the like say: "HUMAN", "LLM", "EVAL"; empty: not recorded.
std::string labelSourceIn(std::span<const Attribute> fields);
/// "HUMAN" of Phoenix and MLflow, "ANNOTATION" of Langfuse, "app" of LangSmith.
bool isPersonsSource(std::string_view source);

/// When a label was given: the first of "label.date", "labelled_at", "annotated_at", "scored_at", "judged_at" and the
/// like that is a date as ISO 8601 writes it (of one without a zone, UTC) or a count since 1970 in s, ms, us or ns;
/// noTime: not recorded.
Nanos labelTimeIn(std::span<const Attribute> fields);

} // namespace arcscope

#include "labelauthor.h"

#include "arclabels.h"
#include "proselines.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace arcscope
{
namespace
{

constexpr std::size_t longestValue = 80;

/// The last words of names that say who judged.
constexpr auto judgeNames = std::to_array<std::string_view>(
    {"judge",           "judge id",          "judge name",     "judge model",     "judge version",  "grader",
     "grader id",       "grader model",      "grader version", "evaluator",       "evaluator id",   "evaluator name",
     "evaluator model", "evaluator version", "scorer model",   "scorer version",  "rubric version", "annotator",
     "annotator id",    "annotator name",    "reviewer",       "evaluation model"});
/// The same, where they are of a label alone.
constexpr auto ownNames = std::to_array<std::string_view>(
    {"author", "author id", "author name", "author user id", "source id", "identifier", "model", "model name"});
constexpr auto sourceKeys =
    std::to_array<std::string_view>({"annotator_kind", "annotatorKind", "source", "gen_ai.evaluation.source",
                                     "source.source_type", "source_type", "feedback_source.type"});
constexpr auto timeNames = std::to_array<std::string_view>(
    {"label date", "label time", "label timestamp", "labelled at", "labeled at", "annotated at", "annotation date",
     "scored at", "judged at", "graded at", "evaluated at", "feedback created at"});

/// The plain name ends in one of these words.
template <std::size_t count>
bool endsInOneOf(std::string_view plain, const std::array<std::string_view, count>& all)
{
    return std::ranges::any_of(all, [&](std::string_view words) {
        return plain.ends_with(words) &&
               (plain.size() == words.size() || plain[plain.size() - words.size() - 1] == ' ');
    });
}

/// "annotations.0.author": of an entry of a list, which is a label of its own.
bool isOfEntry(std::string_view key)
{
    for (std::size_t at = key.find('.'); at != key.npos; at = key.find('.', at + 1)) {
        const std::size_t end = std::min(key.find('.', at + 1), key.size());
        const std::string_view word = key.substr(at + 1, end - at - 1);
        if (!word.empty() && end < key.size() && word.find_first_not_of("0123456789") == word.npos)
            return true;
    }
    return false;
}

bool isText(const Attribute& attribute)
{
    return !attribute.value.empty() && attribute.type != AttributeType::Json && attribute.type != AttributeType::Null;
}

/// In the unit that makes it a time after 2001.
Nanos countOf(std::string_view text)
{
    constexpr std::int64_t second = 1'000'000'000;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || end != text.data() + text.size() || count < second)
        return noTime;
    return count < 100 * second           ? count * second
           : count < 100'000 * second     ? count * 1'000'000
           : count < 100'000'000 * second ? count * 1'000
                                          : count;
}

} // namespace

std::string labelSourceIn(std::span<const Attribute> fields)
{
    for (const std::string_view key : sourceKeys) {
        const auto found = std::ranges::find(fields, key, &Attribute::key);
        if (found != fields.end() && isText(*found))
            return found->value;
    }
    return {};
}

bool isPersonsSource(std::string_view source)
{
    const std::string word = prose::lower(source);
    return word == "human" || word == "annotation" || word == "user" || word == "app";
}

std::string labelAuthorIn(std::span<const Attribute> fields, LabelFields whose, bool person)
{
    std::string author(person ? personAuthor : "");
    for (const Attribute& attribute : fields) {
        if (!isText(attribute) || isOfEntry(attribute.key))
            continue;
        const std::string name = plainLabelName(attribute.key);
        // What the judged call asked for is no judge.
        const bool own = whose == LabelFields::OfLabel && !name.starts_with("gen ai request") &&
                         !name.starts_with("gen ai response");
        if (!endsInOneOf(name, judgeNames) && (!own || !endsInOneOf(name, ownNames)))
            continue;
        const std::string value = quoted(attribute.value, longestValue);
        if ((' ' + author + ' ').find(' ' + value + ' ') == std::string::npos)
            author += (author.empty() ? "" : " ") + value;
    }
    if (!author.empty() || whose == LabelFields::OfSpan)
        return author;
    const std::string source = plainLabelName(labelSourceIn(fields));
    if (source == "llm" || source == "llm judge" || source == "ai judge" || source == "model" || source == "eval")
        return std::string(modelAuthor);
    return std::string(source == "code" ? codeAuthor : "");
}

bool isNamedAuthor(std::string_view author)
{
    return !author.empty() && author != personAuthor && author != modelAuthor && author != codeAuthor;
}

Nanos labelTimeIn(std::span<const Attribute> fields)
{
    for (const Attribute& attribute : fields) {
        if (!isText(attribute) || !endsInOneOf(plainLabelName(attribute.key), timeNames))
            continue;
        const Nanos counted = countOf(attribute.value);
        const bool day = attribute.value.size() == 10;
        const auto read = parseIsoTime(attribute.value + (day ? "T00:00:00" : ""));
        if (counted != noTime || read)
            return counted != noTime ? counted : read->time;
    }
    return noTime;
}

} // namespace arcscope

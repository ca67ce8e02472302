#include "cancellation.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr auto words = std::to_array<std::string_view>({"cancelled", "canceled", "aborted", "interrupted"});

constexpr auto exceptions = std::to_array<std::string_view>(
    {"cancellederror", "cancelederror", "cancellationerror", "aborterror", "abortexception", "apiuseraborterror",
     "cancellationexception", "cancelledexception", "taskcanceledexception", "operationcanceledexception",
     "operationcancelledexception", "keyboardinterrupt"});

/// What libraries write when their caller has cancelled.
constexpr auto sentences =
    std::to_array<std::string_view>({"context canceled", "this operation was aborted", "the operation was aborted",
                                     "the user aborted a request", "request was aborted", "[request interrupted by"});

constexpr std::size_t longest = 60; ///< of what is looked at

std::string lower(std::string_view text)
{
    std::string out(text.substr(0, longest));
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

} // namespace

bool meansCancelled(std::string_view word)
{
    const std::string text = lower(word);
    return word.size() < longest && std::any_of(words.begin(), words.end(), [&](std::string_view known) {
               if (!text.ends_with(known))
                   return false;
               const std::size_t before = text.size() - known.size();
               return before == 0 || text[before - 1] == '_' || text[before - 1] == '-';
           });
}

bool isCancellation(std::string_view exceptionType)
{
    const auto at = exceptionType.find_last_of(".:$\\");
    const std::string name = lower(at == std::string_view::npos ? exceptionType : exceptionType.substr(at + 1));
    return std::find(exceptions.begin(), exceptions.end(), name) != exceptions.end();
}

Provenance cancellationIn(std::string_view statusMessage)
{
    const std::string text = lower(statusMessage);
    for (const std::string_view sentence : sentences) {
        if (text.starts_with(sentence))
            return Provenance::Inferred;
    }
    for (const std::string_view word : words) {
        if (text.starts_with(word) && (text.size() == word.size() || !isLetter(text[word.size()])))
            return Provenance::Declared;
    }
    return isCancellation(statusMessage.substr(0, statusMessage.find_first_of(":( "))) ? Provenance::Inferred
                                                                                       : Provenance::NotRecorded;
}

void setCancelled(SpanRecord& span, Provenance provenance)
{
    if (span.status == SpanStatus::Cancelled && span.provenance.of(Fact::Status) == Provenance::Declared)
        return;
    span.status = SpanStatus::Cancelled;
    span.provenance.set(Fact::Status, provenance);
}

} // namespace arcscope

// Places of findings about claims: a sentence or value of a text as a quote with what differs marked; what came before.
#pragma once

#include "contradictions.h"
#include "traceclaims.h"

namespace arcscope
{

/// The bytes of a text as a quote; `differs` are marked in it as far as they lie in it.
FindingPlace placeOf(const SaidText& said, ByteRange quote, std::span<const ByteRange> differs = {});
inline FindingPlace placeOf(const SaidText& said, ByteRange quote, ByteRange differs)
{
    return placeOf(said, quote, std::span(&differs, 1));
}

/// The bytes of a value in the text that the claim is of.
ByteRange bytesOf(const ClaimSentence& claim, std::size_t value);
/// Whether a text before that one, of anybody but the model, has the word, which is in lower case.
bool isSaidByOthers(const TraceClaims& claims, std::uint32_t text, std::string_view word);
/// The tools that were called before it, those that failed marked: "get_order, send_mail (failed)".
std::string callsBefore(const TraceClaims& claims, std::uint32_t text);

std::string_view partOf(std::string_view text, ByteRange range);

} // namespace arcscope

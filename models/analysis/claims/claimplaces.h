// Places of findings about claims: a sentence or value of a text as a quote with what differs marked.
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
std::string_view partOf(std::string_view text, ByteRange range);

} // namespace arcscope

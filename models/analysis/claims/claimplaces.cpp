#include "claimplaces.h"

#include "proselines.h"

#include <algorithm>
#include <set>

namespace arcscope
{

FindingPlace placeOf(const SaidText& said, ByteRange quote, std::span<const ByteRange> differs)
{
    FindingPlace place;
    place.row = said.row;
    place.time = said.time;
    place.text = said.place;
    place.from = quote.from;
    place.to = quote.to;
    place.quote = quoted(partOf(said.text, quote));
    for (const ByteRange& each : differs) {
        const std::int64_t from = each.from - quote.from;
        const std::int64_t to = std::min<std::int64_t>(each.to - quote.from, std::ssize(place.quote));
        if (from >= 0 && from < to)
            place.marks.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
    }
    return place;
}

ByteRange bytesOf(const ClaimSentence& claim, std::size_t value)
{
    const ClaimToken& token = claim.tokens[claim.valueTokens[value]];
    return {claim.from + token.from, claim.from + token.to};
}

bool isSaidByOthers(const TraceClaims& claims, std::uint32_t text, std::string_view word)
{
    const auto texts = claims.texts();
    return std::any_of(texts.begin(), texts.begin() + text, [&](const SaidText& said) {
        return said.author != ClaimAuthor::Model && prose::lower(said.text).find(word) != std::string::npos;
    });
}

std::string callsBefore(const TraceClaims& claims, std::uint32_t text)
{
    std::set<std::string> names;
    for (const ToolUse& use : claims.uses()) {
        if (std::min(use.arguments, use.result) < text)
            names.insert(use.tool + (use.failed ? " (failed)" : ""));
    }
    std::string all;
    for (const std::string& each : names)
        all += (all.empty() ? "" : ", ") + each;
    return all;
}

std::string_view partOf(std::string_view text, ByteRange range)
{
    return text.substr(static_cast<std::size_t>(range.from), static_cast<std::size_t>(range.to - range.from));
}

} // namespace arcscope

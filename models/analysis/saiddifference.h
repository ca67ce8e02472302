// Whether two wordings of the same place say something else: in a negation, a number, a name or an address.
#pragma once

#include <string>
#include <string_view>

namespace arcscope
{

/// What differs, in words ("a number: 41 against 39"); empty where nothing of the kind does. Compared are the numbers,
/// the negations of English, addresses (http, https, mailto), and names: words with digits, underscores, dots or
/// slashes within, or capitals behind their first letter. What only one of the two has differs where the other has
/// something of that kind, too, or for negations always. A rule of thumb over words: it understands nothing.
/// No pair rule of language/ stands in for it: those hold whole sentences of English against each other and first have
/// to show that both are of one thing. What a stream takes back may be half a sentence, a path or code, and is of one
/// thing with what came in its place.
std::string saidDifference(std::string_view before, std::string_view after);

} // namespace arcscope

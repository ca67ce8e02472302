// The arguments of a tool call that Gemini streams piece by piece, put together to one JSON value.
#pragma once

#include <string>
#include <string_view>

namespace arcscope
{

/// `pieces`: arrays of partialArgs ({"jsonPath":"$.a[0].b","stringValue":"x",…}) one behind the other, in their order.
/// Pieces of one path are joined where they are strings; otherwise the later one stays. Nothing where a path cannot be
/// followed: then the pieces themselves are all that is known.
std::string joinedArguments(std::string_view pieces);

} // namespace arcscope

// The digest by which links tell what was opened.
#pragma once

#include "control.h"
#include "result.h"

#include <string>
#include <vector>

namespace arcscope
{

/// SHA-256 of the bytes of a file, 64 digits; `bytes` is how many. Error: NotFound, Cancelled.
Result<std::string> sha256OfFile(const std::string& path, std::uint64_t& bytes, const Control& control);

/// Of one workspace its corpusDigest(); of one file that of its bytes, so that other tools tell it, too; of several
/// files, and of a folder, that of their digests in order, a line each: whatever they are called and wherever they lie.
/// Error: NotFound, Unsupported for standard input, Cancelled, Store.
Result<std::string> openingDigest(const std::vector<std::string>& paths, const Control& control);

} // namespace arcscope

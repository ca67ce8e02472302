// UTF-8 that comes in pieces whose ends do not mind its characters.
#pragma once

#include <string>

namespace arcscope
{

/// Takes off the end of `bytes` what begins a UTF-8 sequence and does not end it: at most three bytes.
std::string cutIncompleteUtf8(std::string& bytes);

} // namespace arcscope

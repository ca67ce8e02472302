// The libraries that readers use.
#pragma once

#include "libraryversion.h"

#include <vector>

namespace arcscope
{

std::vector<LibraryVersion> readerLibraries();

} // namespace arcscope

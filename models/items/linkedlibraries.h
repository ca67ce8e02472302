// The libraries that the program runs with, Qt first.
#pragma once

#include "libraryversion.h"

#include <vector>

namespace arcscope
{

std::vector<LibraryVersion> linkedLibraries();

} // namespace arcscope

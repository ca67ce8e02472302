// All libraries of the program but Qt.
#pragma once

#include "libraryversion.h"

#include <vector>

namespace arcscope
{

std::vector<LibraryVersion> libraries();

} // namespace arcscope

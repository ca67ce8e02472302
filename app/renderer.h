// Draws a view into a picture for the command line.
#pragma once

#include "commandline.h"

namespace arcscope
{

/// Needs a QApplication. Writes problems to `err`; gives an exit status.
int renderView(const RenderRequest& request, std::ostream& out, std::ostream& err);

} // namespace arcscope

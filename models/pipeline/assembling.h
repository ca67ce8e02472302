// Puts the corpus of an import together and writes what was found out into the workspace.
#pragma once

#include "assemble.h"
#include "spanwriter.h"

namespace arcscope
{

/// After SpanWriter::flush(). AssemblyHints::sameRecord is set here. Error: Cancelled, Store.
Result<void> assembleInto(SpanWriter& writer, const Control& control, AssemblyHints hints = {});

} // namespace arcscope

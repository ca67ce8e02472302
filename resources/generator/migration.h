// The same twelve tasks answered by two models, for comparing them.
#pragma once

#include "samplefiles.h"

namespace arcscope::samples
{

void writeMigration(SampleFiles& files, PlantedFacts& facts);

} // namespace arcscope::samples

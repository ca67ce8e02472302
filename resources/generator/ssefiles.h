// Two recorded provider streams, as the bytes came over the wire: in order, without times.
#pragma once

#include "samplefiles.h"

namespace arcscope::samples
{

void writeProviderStreams(SampleFiles& files, PlantedFacts& facts);

} // namespace arcscope::samples

// Sampling every stream of a workspace, each read once, on several threads.
#pragma once

#include "control.h"
#include "result.h"
#include "streamsample.h"

#include <string>

namespace arcscope
{

/// Streams of tools are left out. `corpus` is of that workspace and has the columns of sampleColumns(). In memory are
/// the samples, and on each thread one group of streams (about 256 KiB, or one stream) with the model of one. Progress
/// counts bytes as they are packed in the workspace. Also opens the workspace while another thread has it open. Error:
/// Cancelled, Store.
Result<StreamSamples> sampleStreams(const std::string& workspace, const Corpus& corpus, const Control& control);

} // namespace arcscope

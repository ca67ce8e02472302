// The rows of a call tree, with what each took and cost.
#pragma once

#include "calltree.h"
#include "tracespans.h"

namespace arcscope
{

struct Corpus;

/// Makes CallTree::nodes, and finds the critical path. Scopes and calls are complete.
void makeNodes(const Corpus& corpus, const TraceSpans& spans, CallTree& tree);

} // namespace arcscope

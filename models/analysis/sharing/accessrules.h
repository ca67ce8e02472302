// What can go wrong between reads and writes of one resource.
#pragma once

#include "accesses.h"

#include <functional>
#include <vector>

namespace arcscope
{

/// Of one resource, in order. At most 200 accesses before each are looked at.
using Accesses = std::vector<const Access*>;

/// workspace.lost_update: a write whose author has not seen what another one wrote since he last looked, and which
/// replaces it; or two writes that are based on one version. A write of the same value, of other fields, or behind
/// another read is none.
void findLostUpdates(const Accesses& accesses, std::vector<Finding>& into);

/// memory.stale_read: a read that began after a write had ended, and returned what had been there before it.
void findStaleReads(const Accesses& accesses, std::vector<Finding>& into);

/// Calls it with the accesses of each resource.
void eachResource(const std::vector<Access>& accesses, const std::function<void(const Accesses&)>& use);

/// Facts of the accesses of a trace that lie in a tenant, session or service: their key names it and the resource.
void collectAccesses(TraceReading& trace, std::vector<TraceFact>& into);

/// Of facts of all traces, with what is found between different ones only.
void concludeAccesses(const Corpus& corpus, std::span<const TraceFact> facts,
                      void (*find)(const Accesses&, std::vector<Finding>&), std::vector<Finding>& into);

} // namespace arcscope

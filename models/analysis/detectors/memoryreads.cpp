// Reads of a memory, state or any other resource that return what is not there any more.
#include "accessrules.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"memory.stale_read", FindingLevel::Check,
     "A read returns a value or version that a write had replaced before the read began.",
     "set(city, Bonn), set(city, Rome), get(city) returns Bonn", "set(city, Bonn), get(city) returns Bonn"},
});

void run(TraceReading& trace, std::vector<Finding>& into)
{
    eachResource(accessesOf(trace), [&](const Accesses& accesses) { findStaleReads(accesses, into); });
}

void conclude(const Corpus& corpus, std::span<const TraceFact> facts, std::vector<Finding>& into)
{
    concludeAccesses(corpus, facts, findStaleReads, into);
}

} // namespace

Detector memoryReads()
{
    return {"memory-reads", 1, rules, run, collectAccesses, conclude};
}

} // namespace arcscope

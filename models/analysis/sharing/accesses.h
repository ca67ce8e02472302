// Reads and writes of resources, as calls of tools show them.
#pragma once

#include "detector.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace arcscope
{

struct Access {
    bool write = false;
    bool checked = false;   ///< a write that fails where what it replaces is not there any more, or that only adds
    bool memory = false;    ///< the tool is named a memory, state or store
    std::string resource;   ///< "order 41", "/etc/hosts"
    std::string actor;      ///< the user, else the agent, of the span or the nearest around it; empty: not recorded
    std::string version;    ///< the one that a write is based on, or that a read returned
    std::string newVersion; ///< that a write returned
    /// Values by JSON Pointer (RFC 6901), as hashes: written, or as read. "" is the whole.
    std::vector<std::pair<std::string, std::uint64_t>> values;
    Nanos start = noTime;
    Nanos end = noTime;
    FindingPlace place;

    bool operator==(const Access&) const = default;
};

/// Of tool calls that succeeded and whose arguments are a JSON object that names a resource, in the order in which they
/// ended. The name of the tool says whether it reads or writes. Arguments and results above 1 MB are left out, and
/// values beyond the first 500 of each. O(text).
std::vector<Access> accessesOf(TraceReading& trace);

/// As text for a fact, and back. The place is not in it.
std::string encoded(const Access& access);
Access accessOf(std::string_view text, const FindingPlace& place);

/// The nearest text of that kind on the span and those around it.
std::string_view nearest(const Corpus& corpus, SpanText what, Row row);

} // namespace arcscope

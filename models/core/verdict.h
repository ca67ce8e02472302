// What a person says of a finding.
#pragma once

#include "times.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope
{

enum class FindingVerdict : std::uint8_t { Open, Confirmed, Dismissed };

struct KeptVerdict {
    std::string finding; ///< findingKey()
    FindingVerdict verdict = FindingVerdict::Open;
    std::string reason; ///< of a dismissal
    std::string note;
    Nanos changed = noTime;

    bool operator==(const KeptVerdict&) const = default;
};

std::string_view name(FindingVerdict verdict); ///< "open", "confirmed", "dismissed"

} // namespace arcscope

#include "format.h"
#include "probe.h"

namespace arcscope
{

const ImportFormat* formatNamed(std::string_view name)
{
    for (const ImportFormat& format : formats()) {
        if (format.name == name)
            return &format;
    }
    return nullptr;
}

const ImportFormat* sniff(const Probe& probe)
{
    const ImportFormat* best = nullptr;
    int bestScore = 0;
    for (const ImportFormat& format : formats()) {
        const int score = format.surest > bestScore ? format.sniff(probe) : 0;
        if (score > bestScore) {
            best = &format;
            bestScore = score;
        }
    }
    return best;
}

} // namespace arcscope

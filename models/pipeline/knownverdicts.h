// What an earlier replay says of two runs, taken over where the same runs are paired or anchored in another way.
#pragma once

#include "replaysearch.h"

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace arcscope
{

/// Those of these two runs; empty where there are none.
std::span<const StepAnchor> anchorsOf(std::span<const ReplayAnchors> all, std::uint32_t side, std::string_view base,
                                      std::string_view candidate);

class KnownVerdicts
{
public:
    /// Of ReplayRequest::known; both have to live as long.
    KnownVerdicts(const ReplayRequest& request, const ReplayPairing& pairing);

    /// Of these runs with the same anchors, and enters what was read of them; null: it is not known. On any thread, for
    /// runs that no other looks at.
    const ReplayVerdict* find(ReplayPairing& into, std::uint32_t base, std::uint32_t candidate) const;
    std::string idOf(std::uint32_t run) const;

private:
    using Key = std::array<std::uint32_t, 4>;
    static Key keyOf(const ReplayPairing& pairing, std::uint32_t base, std::uint32_t candidate);

    const ReplayRequest& m_request;
    const ReplayPairing& m_pairing;
    std::map<Key, std::uint32_t> m_at; ///< in the verdicts of what is known
};

} // namespace arcscope

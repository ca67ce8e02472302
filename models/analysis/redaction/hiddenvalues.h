// HiddenValues: tells quickly of most texts that none of many known values is in them, in whatever notation, so that
// only the others have to be read closely.
#pragma once

#include "knownvalues.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace arcscope
{

class HiddenValues
{
public:
    HiddenValues() = default;
    explicit HiddenValues(const KnownValues& values);

    /// Bytes behind digits of base64 or hexadecimal that begin like packed data or pictures.
    using Packed = std::function<void(std::string_view bytes)>;

    /// `values`: those it was made of. False: neither the text nor any reading of it that eachDecoding() gives in that
    /// depth holds one of them. True: one may be there. One pass over the text, where digits of base64 and hexadecimal
    /// are compared as they pass, and one over the stretches that another notation changes, so that the time is O(n)
    /// for each notation that is there, and no more where notations are rare.
    bool mayHold(const KnownValues& values, std::string_view text, int depth, bool edges = true,
                 const Packed& packed = {}) const;

private:
    friend class HiddenSearch;

    bool mayBegin64(std::uint32_t digits) const { return (m_heads64[digits / 64] >> (digits % 64) & 1) != 0; }
    void add64(std::uint32_t digits) { m_heads64[digits / 64] |= std::uint64_t{1} << (digits % 64); }

    std::vector<std::uint64_t> m_heads64; ///< four digits of base64 that the beginning of a value can be behind
};

} // namespace arcscope

// HashedValues: finds digests of known values in a text. Whoever has a digest without a key can test guesses: who makes
// a list of likely addresses reads them off.
#pragma once

#include "knownvalues.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// RFC 1321 and FIPS 180-4, as bytes.
std::string md5Bytes(std::string_view text);
std::string sha1Bytes(std::string_view text);

class HashedValues
{
public:
    static constexpr std::size_t most = 50'000; ///< values; further ones are not taken

    /// Its MD5, SHA-1 and SHA-256, as it is and in lower case.
    void add(std::string_view value, std::uint32_t id);
    bool empty() const { return m_ids.empty(); }
    /// Runs of hexadecimal digits, or of base64 without its padding, that are one of them; in order. O(n).
    std::vector<KnownValues::Found> find(std::string_view text) const;

private:
    std::unordered_map<std::string, std::uint32_t> m_ids; ///< by digest
    std::size_t m_values = 0;
};

} // namespace arcscope

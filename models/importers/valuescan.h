// ValueScan: finds where one JSON value ends, fed in pieces of any size, by counting brackets outside strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace arcscope
{

/// What has to be remembered between two blocks of 64 bytes.
struct ScanState {
    std::uint64_t depth = 0;        ///< brackets open
    std::uint64_t newlines = 0;     ///< line feeds passed
    std::uint64_t inString = 0;     ///< 0, or all bits set
    std::uint64_t escaped = 0;      ///< 1: a backslash makes the next byte an ordinary one
    std::uint64_t afterNewline = 0; ///< 1: the next byte is the first of a line

    bool operator==(const ScanState&) const = default;
};

enum class ScanStop : std::uint8_t {
    More,   ///< not decided by these bytes
    Closed, ///< the value ended
    Opener, ///< a { or [ begins a line, in a string or not: perhaps another value, and this one never ended
};

struct ScanResult {
    ScanStop stop = ScanStop::More;
    std::size_t at = 0; ///< bytes passed: behind the closing bracket, before the opener, or whole blocks
};

/// Scans whole blocks of 64 bytes inside a container; stops behind the bracket that brings depth to 0, or before an
/// opener (a second call from there goes past it). All kernels give the same results.
using ScanKernel = ScanResult (*)(ScanState& state, const char* data, std::size_t size);

ScanResult scanPortable(ScanState& state, const char* data, std::size_t size);
/// Null where it was not built or this processor cannot run it.
ScanKernel sse2ScanKernel();
ScanKernel avx2ScanKernel();
ScanKernel bestScanKernel();

/// The scan of one value at a time.
class ValueScan
{
public:
    explicit ValueScan(ScanKernel kernel)
        : m_kernel(kernel)
    {
    }

    /// A value begins with this byte.
    void begin(char first);
    /// `value`: the bytes from the first of the value (or from the last dropped()) on, of which scanned() have been
    /// seen. `last`: nothing follows.
    ScanStop feed(std::string_view value, bool last);
    /// Bytes of `value` seen; after Closed its size.
    std::size_t scanned() const { return m_scanned; }
    /// The seen bytes were taken away; feed() goes on with what followed them.
    void dropped() { m_scanned = 0; }
    /// Line feeds among the bytes seen since begin().
    std::uint64_t newlines() const { return m_state.newlines; }
    bool inString() const { return m_state.inString != 0; }

private:
    enum class Kind : std::uint8_t { Container, String, Bare };
    ScanStop feedContainer(std::string_view value, bool last);
    ScanStop feedString(std::string_view value);
    ScanStop feedBare(std::string_view value, bool last);

    ScanKernel m_kernel;
    ScanState m_state;
    std::size_t m_scanned = 0;
    Kind m_kind = Kind::Bare;
};

} // namespace arcscope

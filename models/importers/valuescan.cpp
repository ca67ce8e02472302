#include "valuescan.h"

#include "blockscan.h"

#include <array>

namespace arcscope
{
namespace
{

struct PortableBlock {
    static BlockMasks masks(const char* data)
    {
        BlockMasks all;
        for (unsigned i = 0; i < blockBytes; ++i) {
            const std::uint64_t bit = std::uint64_t(1) << i;
            switch (data[i]) {
            case '"':
                all.quote |= bit;
                break;
            case '\\':
                all.backslash |= bit;
                break;
            case '\n':
                all.newline |= bit;
                break;
            case '{':
            case '[':
                all.open |= bit;
                break;
            case '}':
            case ']':
                all.close |= bit;
                break;
            default:
                break;
            }
        }
        return all;
    }

    static std::uint64_t prefixXor(std::uint64_t bits)
    {
        for (unsigned shift = 1; shift < 64; shift *= 2)
            bits ^= bits << shift;
        return bits;
    }
};

bool endsBare(char byte)
{
    return static_cast<unsigned char>(byte) <= ' ' || std::string_view(",:]}[{\"").find(byte) != std::string_view::npos;
}

} // namespace

ScanResult scanPortable(ScanState& state, const char* data, std::size_t size)
{
    return scanBlocks<PortableBlock>(state, data, size);
}

ScanKernel bestScanKernel()
{
    if (const ScanKernel kernel = avx2ScanKernel())
        return kernel;
    if (const ScanKernel kernel = sse2ScanKernel())
        return kernel;
    return &scanPortable;
}

void ValueScan::begin(char first)
{
    m_state = {};
    m_scanned = 1;
    m_kind = Kind::Bare;
    if (first == '{' || first == '[') {
        m_kind = Kind::Container;
        m_state.depth = 1;
    } else if (first == '"') {
        m_kind = Kind::String;
        m_state.inString = ~std::uint64_t(0);
    }
}

ScanStop ValueScan::feed(std::string_view value, bool last)
{
    switch (m_kind) {
    case Kind::Container:
        return feedContainer(value, last);
    case Kind::String:
        return feedString(value);
    case Kind::Bare:
        break;
    }
    return feedBare(value, last);
}

ScanStop ValueScan::feedContainer(std::string_view value, bool last)
{
    const ScanResult whole = m_kernel(m_state, value.data() + m_scanned, value.size() - m_scanned);
    m_scanned += whole.at;
    if (whole.stop != ScanStop::More)
        return whole.stop;

    // The rest is scanned as a block filled up with spaces, and forgotten where it decides nothing and more will come.
    const std::string_view rest = value.substr(m_scanned);
    std::array<char, blockBytes> block;
    block.fill(' ');
    std::memcpy(block.data(), rest.data(), rest.size());
    ScanState state = m_state;
    const ScanResult part = m_kernel(state, block.data(), block.size());
    if (part.stop == ScanStop::More && !last)
        return ScanStop::More;
    m_state = state;
    m_scanned += part.stop == ScanStop::More ? rest.size() : part.at;
    return part.stop;
}

ScanStop ValueScan::feedString(std::string_view value)
{
    for (; m_scanned < value.size(); ++m_scanned) {
        const char byte = value[m_scanned];
        const bool firstOfLine = m_state.afterNewline != 0;
        m_state.afterNewline = 0;
        if (firstOfLine && (byte == '{' || byte == '['))
            return ScanStop::Opener;
        if (byte == '\n') {
            ++m_state.newlines;
            m_state.afterNewline = 1;
        }
        if (m_state.escaped != 0) {
            m_state.escaped = 0;
        } else if (byte == '\\') {
            m_state.escaped = 1;
        } else if (byte == '"') {
            m_state.inString = 0;
            ++m_scanned;
            return ScanStop::Closed;
        }
    }
    return ScanStop::More;
}

ScanStop ValueScan::feedBare(std::string_view value, bool last)
{
    while (m_scanned < value.size() && !endsBare(value[m_scanned]))
        ++m_scanned;
    return m_scanned < value.size() || last ? ScanStop::Closed : ScanStop::More;
}

} // namespace arcscope

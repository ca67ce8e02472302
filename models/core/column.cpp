#include "column.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

namespace arcscope
{
namespace
{

static_assert(std::endian::native == std::endian::little, "columns are stored as they lie in memory");

/// Appends the differences to `min`, through a small buffer: the vector would set all of its bytes to zero first.
template <typename T>
void narrow(std::span<const std::int64_t> values, std::int64_t min, std::vector<std::byte>& out)
{
    constexpr std::size_t most = 512;
    T offsets[most];
    out.reserve(values.size() * sizeof(T));
    while (!values.empty()) {
        const std::size_t count = std::min(most, values.size());
        for (std::size_t i = 0; i < count; ++i)
            offsets[i] = static_cast<T>(static_cast<std::uint64_t>(values[i]) - static_cast<std::uint64_t>(min));
        const auto bytes = std::as_bytes(std::span(offsets, count));
        out.insert(out.end(), bytes.begin(), bytes.end());
        values = values.subspan(count);
    }
}

int widthFor(std::uint64_t range)
{
    return range == 0 ? 0 : range <= 0xff ? 1 : range <= 0xffff ? 2 : range <= 0xffffffff ? 4 : 8;
}

} // namespace

Column encode(std::span<const std::int64_t> values)
{
    assert(values.size() <= chunkRows);
    Column column;
    if (values.empty())
        return column;
    std::int64_t min = values.front();
    std::int64_t max = min;
    for (const std::int64_t value : values) {
        min = std::min(min, value);
        max = std::max(max, value);
    }
    column.m_rows = static_cast<std::uint32_t>(values.size());
    column.m_min = min;
    column.m_max = max;
    column.m_width = widthFor(static_cast<std::uint64_t>(max) - static_cast<std::uint64_t>(min));
    std::vector<std::byte>& out = column.m_bytes;
    switch (column.m_width) {
    case 0:
        break;
    case 1:
        narrow<std::uint8_t>(values, min, out);
        break;
    case 2:
        narrow<std::uint16_t>(values, min, out);
        break;
    case 4:
        narrow<std::uint32_t>(values, min, out);
        break;
    default:
        narrow<std::uint64_t>(values, min, out);
        break;
    }
    return column;
}

Column sameColumn(std::uint32_t rows, std::int64_t value)
{
    assert(rows <= chunkRows);
    Column column;
    column.m_rows = rows;
    column.m_min = rows > 0 ? value : 0;
    column.m_max = column.m_min;
    return column;
}

bool Column::fromBytes(std::uint32_t rows, std::int64_t min, std::int64_t max, int width, std::vector<std::byte> bytes,
                       Column& column)
{
    const bool widthKnown = width == 0 || width == 1 || width == 2 || width == 4 || width == 8;
    if (!widthKnown || rows > chunkRows || min > max ||
        bytes.size() != std::size_t{rows} * static_cast<std::size_t>(width))
        return false;
    column.m_rows = rows;
    column.m_min = min;
    column.m_max = max;
    column.m_width = width;
    column.m_bytes = std::move(bytes);
    return true;
}

void Column::read(std::uint32_t first, std::span<std::int64_t> out) const
{
    assert(std::size_t{first} + out.size() <= m_rows);
    const auto widen = [&]<typename T>(T) {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = add(load<T>(first + static_cast<std::uint32_t>(i)));
    };
    switch (m_width) {
    case 0:
        std::fill(out.begin(), out.end(), m_min);
        break;
    case 1:
        widen(std::uint8_t{});
        break;
    case 2:
        widen(std::uint16_t{});
        break;
    case 4:
        widen(std::uint32_t{});
        break;
    default:
        widen(std::uint64_t{});
        break;
    }
}

} // namespace arcscope

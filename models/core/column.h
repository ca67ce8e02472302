// A column of integers, immutable: the one form in which spans lie in memory, on disk and in analysis.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace arcscope
{

/// Rows of one column chunk. 65,536 rows keep a chunk's zone map useful and its BLOB under 512 KiB.
inline constexpr std::uint32_t chunkRows = 65'536;

/// Up to chunkRows integers, stored as unsigned differences to the smallest one (frame of reference) in 0, 1, 2, 4 or 8
/// bytes each, little endian. `min` and `max` are the zone map: a scan skips the chunk where they decide.
class Column
{
public:
    Column() = default;
    /// Takes bytes as `bytes()` gave them; false where their number does not fit rows and width.
    static bool fromBytes(std::uint32_t rows, std::int64_t min, std::int64_t max, int width,
                          std::vector<std::byte> bytes, Column& column);

    std::uint32_t rows() const { return m_rows; }
    std::int64_t min() const { return m_min; }
    std::int64_t max() const { return m_max; }
    int width() const { return m_width; }
    std::span<const std::byte> bytes() const { return m_bytes; }

    std::int64_t operator[](std::uint32_t row) const
    {
        switch (m_width) {
        case 0:
            return m_min;
        case 1:
            return add(load<std::uint8_t>(row));
        case 2:
            return add(load<std::uint16_t>(row));
        case 4:
            return add(load<std::uint32_t>(row));
        default:
            return add(load<std::uint64_t>(row));
        }
    }

    /// Writes the values of rows [first, first + out.size()).
    void read(std::uint32_t first, std::span<std::int64_t> out) const;

private:
    template <typename T>
    std::uint64_t load(std::uint32_t row) const
    {
        T value;
        std::memcpy(&value, m_bytes.data() + std::size_t{row} * sizeof(T), sizeof(T));
        return value;
    }
    std::int64_t add(std::uint64_t offset) const
    {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(m_min) + offset);
    }

    friend Column encode(std::span<const std::int64_t> values);
    friend Column sameColumn(std::uint32_t rows, std::int64_t value);

    std::uint32_t m_rows = 0;
    int m_width = 0;
    std::int64_t m_min = 0;
    std::int64_t m_max = 0;
    std::vector<std::byte> m_bytes;
};

/// The column of these values; chunkRows at most.
Column encode(std::span<const std::int64_t> values);
/// The column that has this value in every row; chunkRows at most.
Column sameColumn(std::uint32_t rows, std::int64_t value);

using ColumnPtr = std::shared_ptr<const Column>;

} // namespace arcscope

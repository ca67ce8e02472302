// Identifiers: strong indices into tables, and the 128-bit ids that traces and spans carry.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace arcscope
{

/// An index that only compares with its own kind. Zero is "none" for StringId; -1 is "none" for rows (see noRow).
template <typename Tag>
struct Index {
    std::uint32_t value = 0;

    constexpr explicit operator bool() const { return value != 0; }
    constexpr auto operator<=>(const Index&) const = default;
};

/// A string of a StringTable; 0 is the empty string, which stands for "not recorded".
using StringId = Index<struct StringTag>;

/// A span's place in the SpanTable, in import order.
using Row = std::uint32_t;
inline constexpr Row noRow = 0xffffffffu;

/// How an id was written, so that it can be shown as the source wrote it.
enum class IdForm : std::uint8_t {
    None,   ///< absent, empty or all zero
    Hex64,  ///< 16 hex digits (OTLP span id)
    Hex128, ///< 32 hex digits (OTLP trace id)
    Uuid,   ///< 8-4-4-4-12 hex digits
    Text,   ///< anything else: `low` is the StringId of the text
};

/// A native id in 16 bytes. Two ids are equal when their form and both halves are.
struct Id {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    IdForm form = IdForm::None;

    explicit operator bool() const { return form != IdForm::None; }
    bool operator==(const Id&) const = default;
};

/// Reads hex (either case, optional 0x), UUID and OTLP's base64 spelling (24 characters ending "==", 12 ending "=").
/// Hex is tried before base64. Text in any other form gets form Text and low = 0: the caller interns it
/// (SpanSink::id does both). Empty and all-zero ids are None.
Id parseId(std::string_view text);

/// The id as text: lower-case hex, UUID, or `interned` for form Text; empty for None.
std::string idText(const Id& id, std::string_view interned = {});

/// Mixes both halves (splitmix64 finaliser); good enough for open addressing.
std::uint64_t hashOf(const Id& id);

/// 64-bit FNV-1a with a finaliser: a fingerprint of text that only needs to be compared. 0 only for empty text.
std::uint64_t hashOf(std::string_view text);

} // namespace arcscope

template <>
struct std::hash<arcscope::Id> {
    std::size_t operator()(const arcscope::Id& id) const { return static_cast<std::size_t>(arcscope::hashOf(id)); }
};

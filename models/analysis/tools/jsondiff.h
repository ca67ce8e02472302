// What changed between two texts: by JSON path where both are JSON, else line by line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class ChangeKind : std::uint8_t { Added, Removed, Changed };

/// One difference. All text is untrusted.
struct TextChange {
    ChangeKind kind = ChangeKind::Changed;
    /// JSON Pointer (RFC 6901), or of texts the number of the line, from 1. Of what was removed: in the text before.
    std::string place;
    std::string before; ///< as written, at most changeBytes of it; empty where added
    std::string after;

    bool operator==(const TextChange&) const = default;
};

inline constexpr std::size_t changeBytes = 400;

struct TextDifference {
    bool json = false;               ///< both are JSON: objects are compared without order, numbers by value
    std::vector<TextChange> changes; ///< in the order of the texts; of objects by key
    std::size_t more = 0;            ///< that are not listed

    bool equal() const { return changes.empty() && more == 0; }
    std::size_t count() const { return changes.size() + more; }
};

/// Elements of arrays and lines stand for each other where they are equal and in the same order (the most that can
/// be; of very long ones only at both ends); what lies between two such is compared in turn. At most `most` changes.
TextDifference textDifference(std::string_view before, std::string_view after, std::size_t most = 1'000);

std::string_view name(ChangeKind kind); ///< "added", "removed", "changed"

} // namespace arcscope

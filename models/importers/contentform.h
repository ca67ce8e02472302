// Which attributes of a span are shown as its input or output, where several conventions say it.
#pragma once

#include <cstdint>

namespace arcscope
{

enum class ContentForm : std::uint8_t {
    None,
    Numbered, ///< one attribute for each field of each message
    Whole,    ///< all messages in one attribute
    Pieces,   ///< text, reasoning and calls in attributes of their own
};

/// Ranks of the attribute rules that are there; the lowest comes first.
struct ContentRanks {
    static constexpr std::uint8_t none = 255;
    std::uint8_t numbered = none;
    std::uint8_t whole = none;
    std::uint8_t pieces = none;
    bool named = false; ///< the whole attribute has messages with roles
};

/// A whole attribute that is any other text or JSON never takes the place of messages: they say more.
constexpr ContentForm bestForm(const ContentRanks& ranks)
{
    if (ranks.named && ranks.whole < ranks.numbered && ranks.whole < ranks.pieces)
        return ContentForm::Whole;
    if (ranks.pieces < ranks.numbered)
        return ContentForm::Pieces;
    if (ranks.numbered != ContentRanks::none)
        return ContentForm::Numbered;
    return ranks.whole != ContentRanks::none ? ContentForm::Whole : ContentForm::None;
}

} // namespace arcscope

// NgramModel: a language model small enough to be trained whenever it is wanted, and exact in what it predicts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace arcscope::speculation
{

using Token = std::uint16_t;

/// A text cut into tokens: words with the blank before them, rare ones in pieces of a few letters, other characters one
/// by one. What the tokens of a text say, one after the other, is the text.
struct TokenText {
    std::vector<std::string> words; ///< by token
    std::vector<Token> tokens;
    Token lineEnd = 0;

    std::string textOf(std::span<const Token> some) const;
};

/// Gives no tokens for an empty text, and for one of more than 65,535 different tokens.
TokenText cutIntoTokens(std::string_view text);

/// Predicts a token from up to order - 1 before it: counts with an absolute discount, whose mass goes to what the
/// shorter context predicts, down to single tokens, of which each has some probability.
class NgramModel
{
public:
    NgramModel(const TokenText& text, std::size_t order);

    std::size_t order() const { return m_levels.size() + 1; }
    /// The probabilities of all tokens behind this context; they sum to 1.
    void predict(std::span<const Token> context, std::vector<double>& probabilities) const;

private:
    struct Followers {
        std::uint32_t total = 0;
        std::vector<std::pair<Token, std::uint32_t>> counts;
    };
    /// Contexts of one length, four tokens at most.
    using Level = std::unordered_map<std::uint64_t, Followers>;

    std::vector<double> m_single;
    std::vector<Level> m_levels; ///< by length of context, from 1
};

} // namespace arcscope::speculation

#include "ngrammodel.h"

#include <algorithm>
#include <cassert>
#include <map>

namespace arcscope::speculation
{
namespace
{

constexpr double discount = 0.7;
constexpr std::size_t maxContext = 4; ///< tokens of 16 bits in a key
constexpr std::size_t maxTokens = 0xffff;
constexpr int rare = 3; ///< words that occur less often are cut in pieces
constexpr std::size_t pieceLetters = 3;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

bool isInside(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// The end of the character at `at`.
std::size_t characterEnd(std::string_view text, std::size_t at)
{
    ++at;
    while (at < text.size() && isInside(text[at]))
        ++at;
    return at;
}

std::vector<std::string_view> wordsOf(std::string_view text)
{
    std::vector<std::string_view> words;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t end = start;
        if (text[end] == ' ' && end + 1 < text.size() && text[end + 1] != ' ' && text[end + 1] != '\n')
            ++end;
        if (isLetter(text[end])) {
            while (end < text.size() && isLetter(text[end]))
                ++end;
        } else {
            end = characterEnd(text, end);
        }
        words.push_back(text.substr(start, end - start));
        start = end;
    }
    return words;
}

std::vector<std::string_view> piecesOf(std::string_view word)
{
    std::vector<std::string_view> pieces;
    for (std::size_t start = 0; start < word.size();) {
        std::size_t end = start;
        for (std::size_t letters = 0; end < word.size() && letters < pieceLetters; ++letters)
            end = characterEnd(word, end);
        pieces.push_back(word.substr(start, end - start));
        start = end;
    }
    return pieces;
}

std::uint64_t keyOf(std::span<const Token> context)
{
    std::uint64_t key = 0;
    for (const Token token : context)
        key = key << 16 | token;
    return key;
}

} // namespace

std::string TokenText::textOf(std::span<const Token> some) const
{
    std::string text;
    for (const Token token : some)
        text += words[token];
    return text;
}

TokenText cutIntoTokens(std::string_view text)
{
    const std::vector<std::string_view> words = wordsOf(text);
    std::map<std::string_view, int> counts;
    for (const std::string_view word : words)
        ++counts[word];
    TokenText cut;
    std::map<std::string_view, Token> known;
    const auto take = [&](std::string_view word) {
        const auto [place, added] = known.emplace(word, static_cast<Token>(cut.words.size()));
        if (added)
            cut.words.emplace_back(word);
        cut.tokens.push_back(place->second);
    };
    for (const std::string_view word : words) {
        if (counts[word] >= rare) {
            take(word);
            continue;
        }
        for (const std::string_view piece : piecesOf(word))
            take(piece);
    }
    if (cut.words.size() > maxTokens)
        return {};
    const auto lineEnd = known.find("\n");
    cut.lineEnd = lineEnd != known.end() ? lineEnd->second : Token(0);
    return cut;
}

NgramModel::NgramModel(const TokenText& text, std::size_t order)
    : m_single(text.words.size())
    , m_levels(order - 1)
{
    assert(order >= 1 && order - 1 <= maxContext);
    const double sum = static_cast<double>(text.tokens.size()) + 0.5 * static_cast<double>(text.words.size());
    std::fill(m_single.begin(), m_single.end(), 0.5 / sum);
    for (const Token token : text.tokens)
        m_single[token] += 1 / sum;
    const std::span<const Token> all(text.tokens);
    for (std::size_t length = 1; length < order; ++length) {
        Level& level = m_levels[length - 1];
        for (std::size_t i = length; i < all.size(); ++i) {
            Followers& followers = level[keyOf(all.subspan(i - length, length))];
            ++followers.total;
            const auto found = std::find_if(followers.counts.begin(), followers.counts.end(),
                                            [&](const auto& count) { return count.first == all[i]; });
            if (found == followers.counts.end())
                followers.counts.emplace_back(all[i], 1);
            else
                ++found->second;
        }
    }
}

void NgramModel::predict(std::span<const Token> context, std::vector<double>& probabilities) const
{
    probabilities = m_single;
    for (std::size_t length = 1; length <= m_levels.size() && length <= context.size(); ++length) {
        const Level& level = m_levels[length - 1];
        const auto found = level.find(keyOf(context.last(length)));
        if (found == level.end())
            return;
        const Followers& followers = found->second;
        const auto total = static_cast<double>(followers.total);
        const double rest = discount * static_cast<double>(followers.counts.size()) / total;
        for (double& probability : probabilities)
            probability *= rest;
        for (const auto& [token, count] : followers.counts)
            probabilities[token] += (static_cast<double>(count) - discount) / total;
    }
}

} // namespace arcscope::speculation

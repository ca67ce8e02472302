#include "proselines.h"

#include <algorithm>
#include <array>

namespace arcscope::prose
{

namespace
{

/// Some of them end sentences as well ("in", "that"), but seldom a text without a full stop.
constexpr auto danglingWords = std::to_array<std::string_view>(
    {"a",       "about",   "after", "all",     "also",    "although", "an",     "and",   "another", "any",
     "are",     "as",      "at",    "be",      "because", "been",     "before", "being", "between", "both",
     "but",     "by",      "can",   "could",   "do",      "does",     "during", "each",  "either",  "every",
     "for",     "from",    "had",   "has",     "have",    "he",       "her",    "his",   "how",     "however",
     "i",       "if",      "in",    "into",    "is",      "it",       "its",    "may",   "might",   "more",
     "most",    "must",    "my",    "neither", "nor",     "not",      "of",     "on",    "onto",    "or",
     "our",     "over",    "per",   "shall",   "she",     "should",   "since",  "so",    "some",    "such",
     "than",    "that",    "the",   "their",   "there",   "these",    "they",   "this",  "those",   "though",
     "through", "to",      "under", "unless",  "until",   "was",      "we",     "were",  "what",    "when",
     "where",   "whether", "which", "while",   "who",     "whose",    "will",   "with",  "within",  "without",
     "would",   "you",     "your"});

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

bool isDangling(std::string_view word)
{
    return std::ranges::find(danglingWords, word) != danglingWords.end();
}

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isWordByte(char c)
{
    const char lower = static_cast<char>(c | 0x20);
    return isDigit(c) || (lower >= 'a' && lower <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    return text;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return lines;
        text.remove_prefix(end + 1);
    }
}

bool isListed(std::string_view words, std::string_view word)
{
    for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
        const bool begins = at == 0 || words[at - 1] == ' ';
        const bool ends = at + word.size() == words.size() || words[at + word.size()] == ' ';
        if (begins && ends)
            return true;
    }
    return false;
}

std::size_t wordCount(std::string_view text)
{
    std::size_t words = 0;
    bool inWord = false;
    for (const char c : text) {
        words += isWordByte(c) && !inWord ? 1u : 0u;
        inWord = isWordByte(c);
    }
    return words;
}

std::size_t markerSize(std::string_view line)
{
    std::size_t size = 0;
    while (size < line.size() && (isDigit(line[size]) || line[size] == '#'))
        ++size;
    if (size > 0 && size < 7 && isDigit(line[0]))
        size += size < line.size() && (line[size] == '.' || line[size] == ')') ? 1 : 0;
    else if (size == 0 && !line.empty() && (line[0] == '-' || line[0] == '*' || line[0] == '+'))
        size = 1;
    else if (line.starts_with("\xe2\x80\xa2"))
        size = 3;
    const bool mark = size > 0 && !(isDigit(line[0]) && isDigit(line[size - 1]));
    return mark && (size == line.size() || line[size] == ' ') ? size : 0;
}

bool isRule(std::string_view line)
{
    return line.size() >= 3 && (line[0] == '-' || line[0] == '*' || line[0] == '_' || line[0] == '=') &&
           line.find_first_not_of(line[0]) == std::string_view::npos;
}

std::string_view withoutClosers(std::string_view text)
{
    static constexpr std::string_view closers[] = {
        ")", "]", "}", "\"", "'", "*", "_", "`", ">", "\xe2\x80\x9d", "\xe2\x80\x99", "\xc2\xbb"};
    bool found = true;
    while (found) {
        found = false;
        for (const std::string_view closer : closers) {
            if (text.ends_with(closer)) {
                text.remove_suffix(closer.size());
                found = true;
            }
        }
    }
    return text;
}

std::string_view lastCharacter(std::string_view text)
{
    std::size_t at = text.size();
    while (at > 0) {
        --at;
        if ((static_cast<unsigned char>(text[at]) & 0xC0u) != 0x80u)
            break;
    }
    return text.substr(at);
}

bool isTerminator(std::string_view character)
{
    if (character.size() == 1)
        return character == "." || character == "!" || character == "?";
    static constexpr std::string_view others[] = {"\xe2\x80\xa6", "\xe3\x80\x82", "\xef\xbc\x81", "\xef\xbc\x9f",
                                                  "\xd8\x9f",     "\xdb\x94",     "\xe0\xa5\xa4", "\xe0\xa5\xa5",
                                                  "\xd6\x89",     "\xe1\x8d\xa2"};
    if (std::ranges::find(others, character) != std::end(others))
        return true;
    const bool dash = character == "\xe2\x80\x93" || character == "\xe2\x80\x94";
    return !dash && (character.starts_with("\xe2") || character.starts_with("\xf0\x9f") || character == "\xef\xb8\x8f");
}

} // namespace arcscope::prose

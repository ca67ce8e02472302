#include "texttokens.h"

namespace arcscope
{

namespace
{

constexpr std::uint64_t hashStart = 14695981039346656037u;
constexpr std::uint32_t badByte = 0x110000; // above Unicode: a byte that is no UTF-8

void mix(std::uint64_t& hash, std::uint32_t value)
{
    hash = (hash ^ value) * 1099511628211u;
}

bool isSpace(std::uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool isDigit(std::uint32_t c)
{
    return c >= '0' && c <= '9';
}

bool within(std::uint32_t c, std::uint32_t first, std::uint32_t last)
{
    return c >= first && c <= last;
}

/// Written without spaces between words.
bool standsAlone(std::uint32_t c)
{
    return within(c, 0x0E00, 0x0EFF) || within(c, 0x1000, 0x109F) || within(c, 0x1780, 0x17FF) ||
           within(c, 0x2E80, 0x2FFF) || within(c, 0x3040, 0xA4CF) || within(c, 0xAC00, 0xD7AF) ||
           within(c, 0xF900, 0xFAFF) || within(c, 0x20000, 0x3FFFF);
}

bool isSign(std::uint32_t c)
{
    if (c < 0x80)
        return !isDigit(c) && !within(c | 0x20u, 'a', 'z') && c != '_';
    return within(c, 0x80, 0xBF) || c == 0xD7 || c == 0xF7 || within(c, 0x2000, 0x2BFF) || within(c, 0x3001, 0x303F) ||
           within(c, 0xFE10, 0xFE6F) || within(c, 0xFF01, 0xFF0F) || within(c, 0xFF1A, 0xFF20) ||
           within(c, 0x1F000, 0x1FAFF);
}

/// How many bytes follow the first one of a UTF-8 sequence.
std::uint8_t following(unsigned char first)
{
    return first >= 0xF0 && first <= 0xF4  ? 3
           : first >= 0xE0 && first < 0xF0 ? 2
           : first >= 0xC2 && first < 0xE0 ? 1
                                           : 0;
}

} // namespace

void TokenSplitter::feed(std::string_view piece, std::vector<TextToken>& tokens)
{
    for (const char c : piece) {
        byte(c, tokens);
        ++m_at;
    }
}

void TokenSplitter::finish(std::vector<TextToken>& tokens)
{
    if (m_line == Line::Ticks)
        endTicks(tokens);
    if (m_codeLeft > 0) {
        m_codeLeft = 0;
        character(badByte, m_codeAt, tokens);
    }
    endWord(tokens);
    endBlock(tokens);
}

void TokenSplitter::byte(char c, std::vector<TextToken>& tokens)
{
    if (m_line == Line::Ticks) {
        if (c == m_tick) {
            ++m_ticks;
            return;
        }
        endTicks(tokens);
    }
    if (m_inBlock)
        mix(m_token.word, static_cast<unsigned char>(c));
    if (m_line == Line::Begin)
        beginLine(c, tokens);
    else if (m_line == Line::Text)
        text(c, m_at, tokens);
    if (c != '\n')
        return;
    if (m_line == Line::Row || (m_line == Line::FenceRest && !m_inFence))
        endBlock(tokens);
    m_line = Line::Begin;
}

void TokenSplitter::beginLine(char c, std::vector<TextToken>& tokens)
{
    if (c == '`' || c == '~') {
        m_line = Line::Ticks;
        m_tick = c;
        m_ticks = 1;
        m_ticksAt = m_at;
    } else if (c == '|' && !m_inFence) {
        endWord(tokens);
        m_token = {hashStart, 0, m_at, m_at, false};
        m_inBlock = true;
        m_line = Line::Row;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '>') {
        if (!m_inFence)
            text(c, m_at, tokens);
    } else {
        m_line = m_inFence ? Line::Block : Line::Text;
        if (!m_inFence)
            text(c, m_at, tokens);
    }
}

/// Behind a run of ` or ~ at the beginning of a line: it opens or closes a block, or it is text.
void TokenSplitter::endTicks(std::vector<TextToken>& tokens)
{
    if (m_inFence) {
        const bool closes = m_tick == m_fence && m_ticks >= m_fenceTicks;
        m_inFence = !closes;
        m_line = closes ? Line::FenceRest : Line::Block;
        return;
    }
    if (m_ticks >= 3) {
        endWord(tokens);
        m_token = {hashStart, 0, m_ticksAt, m_ticksAt, false};
        m_inBlock = true;
        m_inFence = true;
        m_fence = m_tick;
        m_fenceTicks = m_ticks;
        m_line = Line::FenceRest;
        return;
    }
    m_line = Line::Text;
    for (std::size_t i = 0; i < m_ticks; ++i)
        text(m_tick, m_ticksAt + static_cast<std::int64_t>(i), tokens);
}

void TokenSplitter::text(char c, std::int64_t at, std::vector<TextToken>& tokens)
{
    const auto value = static_cast<unsigned char>(c);
    if (m_codeLeft > 0) {
        if ((value & 0xC0u) == 0x80u) {
            m_code = (m_code << 6u) | (value & 0x3Fu);
            if (--m_codeLeft == 0)
                character(m_code, m_codeAt, tokens);
            return;
        }
        m_codeLeft = 0;
        character(badByte, m_codeAt, tokens);
    }
    m_codeLeft = following(value);
    if (m_codeLeft == 0) {
        character(value < 0x80 ? value : badByte, at, tokens);
        return;
    }
    m_code = value & (0x3Fu >> m_codeLeft);
    m_codeAt = at;
}

/// A character that is whole; `from` is its first byte.
void TokenSplitter::character(std::uint32_t code, std::int64_t from, std::vector<TextToken>& tokens)
{
    const bool alone = standsAlone(code);
    if (isSpace(code) || alone || isSign(code))
        endWord(tokens);
    if (isSpace(code))
        return;
    if (!m_inWord) {
        m_token = {hashStart, hashStart, from, from, false};
        m_inWord = true;
        m_inDigits = false;
    }
    const bool sign = isSign(code);
    const bool digit = isDigit(code);
    if (within(code, 'A', 'Z'))
        code += 'a' - 'A';
    mix(m_token.word, code);
    if (!digit || !m_inDigits)
        mix(m_token.shape, digit ? '#' : code);
    m_inDigits = digit;
    m_token.letters = m_token.letters || (!digit && !sign && code != '_');
    const std::int64_t size = code < 0x80 || code == badByte ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    m_token.to = from + size;
    if (alone || sign)
        endWord(tokens);
}

void TokenSplitter::endWord(std::vector<TextToken>& tokens)
{
    if (m_inWord)
        tokens.push_back(m_token);
    m_inWord = false;
}

void TokenSplitter::endBlock(std::vector<TextToken>& tokens)
{
    if (m_inBlock) {
        m_token.shape = m_token.word;
        m_token.to = m_at;
        tokens.push_back(m_token);
    }
    m_inBlock = false;
    m_inFence = false;
}

} // namespace arcscope

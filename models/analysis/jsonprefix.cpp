#include "jsonprefix.h"

#include "jsonescape.h"

#include <array>
#include <cassert>

namespace arcscope
{

namespace
{

constexpr bool isSpace(unsigned char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

constexpr bool isDigit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

/// What looks like a part of a number or word, so that a number does not end in front of it.
constexpr bool sticksToNumber(unsigned char byte)
{
    return isDigit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '.' ||
           byte == '+' || byte == '-' || byte == '_' || byte >= 0x80;
}

} // namespace

std::string_view name(JsonState state)
{
    constexpr std::array<std::string_view, 4> names{"prefix", "complete", "invalid", "trailing"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view name(JsonKind kind)
{
    switch (kind) {
    case JsonKind::Object:
        return "object";
    case JsonKind::Array:
        return "array";
    case JsonKind::String:
        return "string";
    case JsonKind::Number:
        return "number";
    case JsonKind::Bool:
        return "boolean";
    case JsonKind::Null:
        return "null";
    }
    return "";
}

JsonState JsonPrefix::feed(std::string_view piece, JsonListener* listener)
{
    assert(!m_finished);
    m_listener = listener;
    m_grew = false;
    for (const char c : piece) {
        if (m_state == JsonState::Prefix || m_state == JsonState::Complete) {
            const auto byte = static_cast<unsigned char>(c);
            if (!step(byte)) {
                const bool trailing = m_mode == Mode::End;
                m_state = trailing ? JsonState::Trailing : JsonState::Invalid;
                if (!m_fault)
                    m_fault = JsonFault{m_at, expected()};
            } else if (m_mode == Mode::End) {
                m_state = JsonState::Complete;
            }
        }
        ++m_at;
    }
    m_listener = nullptr;
    return m_state;
}

JsonState JsonPrefix::finish(JsonListener* listener)
{
    if (!m_finished && m_state == JsonState::Prefix && m_frames.empty() && numberMayEnd()) {
        m_listener = listener;
        if (m_listener)
            m_listener->closed(m_at - 1, m_at);
        m_listener = nullptr;
        m_mode = Mode::End;
        m_state = JsonState::Complete;
    }
    m_finished = true;
    return m_state;
}

bool JsonPrefix::step(unsigned char byte)
{
    switch (m_mode) {
    case Mode::String:
    case Mode::Escape:
        return inString(byte);
    case Mode::Unicode:
        return inUnicode(byte);
    case Mode::Literal:
        if (byte != static_cast<unsigned char>(m_literal[m_literalAt]))
            return false;
        if (++m_literalAt == m_literal.size())
            endValue(m_at + 1);
        return true;
    case Mode::Minus:
    case Mode::Zero:
    case Mode::Integer:
    case Mode::Point:
    case Mode::Fraction:
    case Mode::Exponent:
    case Mode::ExponentSign:
    case Mode::ExponentDigits:
        return inNumber(byte);
    default:
        break;
    }
    if (isSpace(byte))
        return true;
    switch (m_mode) {
    case Mode::Value:
        return beginValue(byte);
    case Mode::FirstElement:
        return byte == ']' ? closeFrame(false) : beginValue(byte);
    case Mode::FirstKey:
    case Mode::Key:
        if (byte == '}' && m_mode == Mode::FirstKey)
            return closeFrame(true);
        if (byte != '"')
            return false;
        m_isKey = true;
        m_keyAt = m_at;
        m_key.clear();
        m_mode = Mode::String;
        return true;
    case Mode::Colon:
        if (byte != ':')
            return false;
        m_mode = Mode::Value;
        return true;
    case Mode::NextMember:
    case Mode::NextElement:
        return behindValue(byte);
    default:
        return false;
    }
}

bool JsonPrefix::beginValue(unsigned char byte)
{
    switch (byte) {
    case '{':
        return open(JsonKind::Object);
    case '[':
        return open(JsonKind::Array);
    case '"':
        m_isKey = false;
        m_mode = Mode::String;
        return open(JsonKind::String);
    case 't':
    case 'f':
    case 'n':
        m_literal = byte == 't' ? "true" : byte == 'f' ? "false" : "null";
        m_literalAt = 1;
        m_mode = Mode::Literal;
        return open(byte == 'n' ? JsonKind::Null : JsonKind::Bool);
    case '-':
        m_mode = Mode::Minus;
        return open(JsonKind::Number);
    default:
        if (!isDigit(byte))
            return false;
        m_mode = byte == '0' ? Mode::Zero : Mode::Integer;
        open(JsonKind::Number);
        grow();
        return true;
    }
}

bool JsonPrefix::open(JsonKind kind)
{
    const bool frame = kind == JsonKind::Object || kind == JsonKind::Array;
    if (frame && m_frames.size() == maxDepth) {
        m_fault = JsonFault{m_at, "no more than " + std::to_string(maxDepth) + " objects and arrays within each other"};
        return false;
    }
    m_grew = false;
    if (m_listener)
        m_listener->opened(kind, m_at);
    if (frame) {
        m_frames.push_back({kind == JsonKind::Object, {}});
        m_mode = kind == JsonKind::Object ? Mode::FirstKey : Mode::FirstElement;
    }
    return true;
}

bool JsonPrefix::closeFrame(bool object)
{
    if (m_frames.empty() || m_frames.back().object != object)
        return false;
    m_frames.pop_back();
    endValue(m_at + 1);
    return true;
}

bool JsonPrefix::behindValue(unsigned char byte)
{
    if (byte == ',') {
        m_mode = m_mode == Mode::NextMember ? Mode::Key : Mode::Value;
        return true;
    }
    return m_mode == Mode::NextMember ? byte == '}' && closeFrame(true) : byte == ']' && closeFrame(false);
}

void JsonPrefix::endValue(std::int64_t end)
{
    if (m_listener)
        m_listener->closed(m_at, end);
    m_mode = m_frames.empty() ? Mode::End : m_frames.back().object ? Mode::NextMember : Mode::NextElement;
}

bool JsonPrefix::inString(unsigned char byte)
{
    if (m_isKey && (m_mode == Mode::Escape || byte != '"'))
        m_key += static_cast<char>(byte);
    if (m_mode == Mode::Escape) {
        if (byte == 'u') {
            m_mode = Mode::Unicode;
            m_unicode = 0;
            m_unicodeDigits = 0;
            return true;
        }
        if (std::string_view("\"\\/bfnrt").find(static_cast<char>(byte)) == std::string_view::npos)
            return false;
        loneSurrogate();
        m_mode = Mode::String;
        grow();
        return true;
    }
    if (m_sequenceLeft > 0 || byte >= 0x80)
        return inSequence(byte);
    if (byte < 0x20)
        return false;
    if (byte == '\\') {
        m_mode = Mode::Escape;
        m_escapeAt = m_at;
        return true;
    }
    loneSurrogate();
    if (byte == '"')
        endString();
    else
        grow();
    return true;
}

/// One byte of a UTF-8 sequence, by the table of RFC 3629 §4: only the second byte has bounds of its own.
bool JsonPrefix::inSequence(unsigned char byte)
{
    if (m_sequenceLeft > 0) {
        if (byte < m_sequenceLow || byte > m_sequenceHigh)
            return false;
        m_sequenceLow = 0x80;
        m_sequenceHigh = 0xBF;
        if (--m_sequenceLeft == 0)
            grow();
        return true;
    }
    if (byte < 0xC2 || byte > 0xF4)
        return false;
    loneSurrogate();
    m_sequenceLeft = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
    m_sequenceLow = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    m_sequenceHigh = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    return true;
}

bool JsonPrefix::inUnicode(unsigned char byte)
{
    const int digit = hexValue(static_cast<char>(byte));
    if (digit < 0)
        return false;
    if (m_isKey)
        m_key += static_cast<char>(byte);
    m_unicode = m_unicode * 16 + static_cast<std::uint32_t>(digit);
    if (++m_unicodeDigits < 4)
        return true;
    m_mode = Mode::String;
    if (isHighSurrogate(m_unicode)) {
        loneSurrogate();
        m_highAt = m_escapeAt;
        return true; // no character yet
    }
    if (isLowSurrogate(m_unicode)) {
        if (m_highAt < 0)
            warn(JsonWarning::What::LoneSurrogate, m_escapeAt);
        m_highAt = -1;
    } else {
        loneSurrogate();
    }
    grow();
    return true;
}

void JsonPrefix::loneSurrogate()
{
    if (m_highAt < 0)
        return;
    warn(JsonWarning::What::LoneSurrogate, m_highAt);
    m_highAt = -1;
    grow(); // the replacement for it is a character
}

void JsonPrefix::warn(JsonWarning::What what, std::int64_t byte)
{
    ++m_warningCount;
    if (m_warnings.size() < maxWarnings)
        m_warnings.push_back({what, byte});
}

void JsonPrefix::endString()
{
    if (m_isKey)
        endKey();
    else
        endValue(m_at + 1);
}

void JsonPrefix::endKey()
{
    const bool duplicate = !m_frames.back().keys.insert(unescapeJson(m_key, LoneSurrogates::Keep)).second;
    if (duplicate)
        warn(JsonWarning::What::DuplicateKey, m_keyAt);
    if (m_listener)
        m_listener->key(unescapeJson(m_key), m_keyAt, duplicate);
    m_isKey = false;
    m_mode = Mode::Colon;
}

void JsonPrefix::grow()
{
    if (m_isKey || m_grew)
        return;
    m_grew = true;
    if (m_listener)
        m_listener->grew(m_at);
}

bool JsonPrefix::numberMayEnd() const
{
    return m_mode == Mode::Zero || m_mode == Mode::Integer || m_mode == Mode::Fraction ||
           m_mode == Mode::ExponentDigits;
}

bool JsonPrefix::inNumber(unsigned char byte)
{
    const Mode before = m_mode;
    const bool exponent = byte == 'e' || byte == 'E';
    if (isDigit(byte)) {
        if (before == Mode::Zero)
            return false;
        if (before == Mode::Minus)
            m_mode = byte == '0' ? Mode::Zero : Mode::Integer;
        else if (before == Mode::Point)
            m_mode = Mode::Fraction;
        else if (before == Mode::Exponent || before == Mode::ExponentSign)
            m_mode = Mode::ExponentDigits;
    } else if (byte == '.' && (before == Mode::Zero || before == Mode::Integer)) {
        m_mode = Mode::Point;
    } else if (exponent && (before == Mode::Zero || before == Mode::Integer || before == Mode::Fraction)) {
        m_mode = Mode::Exponent;
    } else if ((byte == '+' || byte == '-') && before == Mode::Exponent) {
        m_mode = Mode::ExponentSign;
    } else {
        if (!numberMayEnd() || sticksToNumber(byte))
            return false;
        endValue(m_at);
        return isSpace(byte) || (m_mode != Mode::End && behindValue(byte));
    }
    grow();
    return true;
}

} // namespace arcscope

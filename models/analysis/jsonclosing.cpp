// What may follow a prefix: in words, and as the text that closes it.
#include "jsonprefix.h"

namespace arcscope
{

namespace
{

/// A key that the object does not have.
std::string freeKey(const std::set<std::string, std::less<>>& keys)
{
    std::string key;
    while (keys.contains(key))
        key += '_';
    return key;
}

} // namespace

std::string JsonPrefix::expected() const
{
    switch (m_mode) {
    case Mode::Value:
        return "a value";
    case Mode::FirstElement:
        return "a value or ]";
    case Mode::FirstKey:
        return "a key in quotes or }";
    case Mode::Key:
        return "a key in quotes";
    case Mode::Colon:
        return "a colon";
    case Mode::NextMember:
        return "a comma or }";
    case Mode::NextElement:
        return "a comma or ]";
    case Mode::String:
        return m_sequenceLeft > 0 ? "the rest of a UTF-8 character"
                                  : "a character in UTF-8 (control characters as escapes) or the closing quote";
    case Mode::Escape:
        return "one of \" \\ / b f n r t u behind the backslash";
    case Mode::Unicode:
        return "a hexadecimal digit";
    case Mode::Literal:
        return "the rest of " + std::string(m_literal);
    case Mode::Minus:
    case Mode::Point:
    case Mode::ExponentSign:
        return "a digit";
    case Mode::Zero:
        return "a point, an exponent or the end of the number (no digit follows a leading 0)";
    case Mode::Integer:
        return "a digit, a point, an exponent or the end of the number";
    case Mode::Fraction:
        return "a digit, an exponent or the end of the number";
    case Mode::Exponent:
        return "a digit or a sign";
    case Mode::ExponentDigits:
        return "a digit or the end of the number";
    case Mode::End:
        return "the end of the text";
    }
    return {};
}

/// Finishes the string, literal or number that is open.
std::string JsonPrefix::closingOfToken() const
{
    std::string text;
    switch (m_mode) {
    case Mode::String:
        for (std::uint8_t left = m_sequenceLeft; left > 0; --left)
            text += static_cast<char>(left == m_sequenceLeft ? m_sequenceLow : 0x80);
        return text + '"';
    case Mode::Escape:
        return "\\\"";
    case Mode::Unicode:
        return std::string(std::size_t(4) - m_unicodeDigits, '0') + '"';
    case Mode::Literal:
        return std::string(m_literal.substr(m_literalAt));
    case Mode::Minus:
    case Mode::Point:
    case Mode::Exponent:
    case Mode::ExponentSign:
        return "0";
    default:
        return text;
    }
}

std::optional<std::string> JsonPrefix::closing() const
{
    if (m_state == JsonState::Complete)
        return std::string();
    if (m_state != JsonState::Prefix)
        return std::nullopt;
    std::string text = closingOfToken();
    const bool keyOpen = m_isKey && (m_mode == Mode::String || m_mode == Mode::Escape || m_mode == Mode::Unicode);
    if (m_mode == Mode::Value)
        text += "null";
    else if (keyOpen || m_mode == Mode::Colon)
        text += ":null";
    else if (m_mode == Mode::Key)
        text += '"' + freeKey(m_frames.back().keys) + "\":null";
    for (auto frame = m_frames.rbegin(); frame != m_frames.rend(); ++frame)
        text += frame->object ? '}' : ']';
    return text;
}

} // namespace arcscope

#include "jsontokens.h"

#include "jsontext.h"

namespace arcscope
{
namespace
{

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view unescaped(std::string_view content, std::string& scratch)
{
    if (content.find('\\') == std::string_view::npos)
        return content;
    scratch.clear();
    unescapeJson(content, scratch);
    return scratch;
}

JsonToken JsonTokens::next()
{
    while (m_at < m_text.size() && (isSpace(m_text[m_at]) || m_text[m_at] == ',' || m_text[m_at] == ':'))
        ++m_at;
    m_begin = m_at;
    m_token = {};
    if (m_at == m_text.size())
        return JsonToken::End;
    const char c = m_text[m_at];
    switch (c) {
    case '{':
    case '[':
        if (m_depth == maxDepth)
            return JsonToken::Bad;
        ++m_depth;
        ++m_at;
        return c == '{' ? JsonToken::ObjectBegin : JsonToken::ArrayBegin;
    case '}':
    case ']':
        if (m_depth == 0)
            return JsonToken::Bad;
        --m_depth;
        ++m_at;
        return c == '}' ? JsonToken::ObjectEnd : JsonToken::ArrayEnd;
    case '"':
        return string();
    default:
        break;
    }
    std::size_t end = m_at;
    while (end < m_text.size() && !isSpace(m_text[end]) &&
           std::string_view(",:{}[]\"").find(m_text[end]) == std::string_view::npos)
        ++end;
    m_token = m_text.substr(m_at, end - m_at);
    m_at = end;
    return c == '-' || (c >= '0' && c <= '9') ? JsonToken::Number : JsonToken::Word;
}

JsonToken JsonTokens::string()
{
    std::size_t end = m_at + 1;
    while (true) {
        end = m_text.find_first_of("\"\\", end);
        if (end == std::string_view::npos)
            return JsonToken::Bad;
        if (m_text[end] == '"')
            break;
        end += 2;
    }
    m_token = m_text.substr(m_at + 1, end - m_at - 1);
    m_at = end + 1;
    std::size_t after = m_at;
    while (after < m_text.size() && isSpace(m_text[after]))
        ++after;
    return after < m_text.size() && m_text[after] == ':' ? JsonToken::Key : JsonToken::String;
}

std::string_view JsonTokens::skip()
{
    const std::size_t first = m_begin;
    const int outside = m_depth - 1;
    while (m_depth > outside) {
        const JsonToken token = next();
        if (token == JsonToken::End || token == JsonToken::Bad)
            break;
    }
    return m_text.substr(first, m_at - first);
}

std::string_view firstString(std::string_view json)
{
    JsonTokens tokens(json);
    JsonToken token = tokens.next();
    if (token == JsonToken::ArrayBegin)
        token = tokens.next();
    return token == JsonToken::String ? tokens.text() : std::string_view{};
}

std::string escapedJson(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(text.size() + 2);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace arcscope

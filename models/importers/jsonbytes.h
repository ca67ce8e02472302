// What single bytes mean in JSON text between values, for what walks over it without parsing.
#pragma once

#include <string_view>

namespace arcscope
{

/// Begins each value of a JSON text sequence (RFC 7464).
inline constexpr char recordSeparator = '\x1e';
inline constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

inline bool isSpace(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

inline bool isOpener(char byte)
{
    return byte == '{' || byte == '[';
}

/// Control bytes that no JSON text has outside strings.
inline bool isBinary(char byte)
{
    return static_cast<unsigned char>(byte) < ' ' && !isSpace(byte);
}

inline bool beginsBare(char byte)
{
    return byte == '-' || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

} // namespace arcscope

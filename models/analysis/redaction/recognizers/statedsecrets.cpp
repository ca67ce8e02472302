// Secrets by what stands before them: "password: …", "api_key=…", "Authorization: Bearer …", "scheme://user:…@host".
#include "recognizer.h"
#include "scantext.h"
#include "textnotations.h"

#include <array>
#include <cstdint>
#include <string>
#include <utility>

namespace arcscope
{
namespace
{

constexpr auto labels = std::to_array<std::string_view>({
    "password",     "passwd",        "passphrase",        "passwort",        "pwd",
    "secret",       "client_secret", "api_key",           "api-key",         "apikey",
    "api key",      "secret_key",    "secret_access_key", "secret key",      "access_key",
    "access_token", "access token",  "accountkey",        "auth_token",      "refresh_token",
    "id_token",     "session_token", "private_key",       "sharedaccesskey", "sig",
});

constexpr bool isValueByte(char c)
{
    return c > ' ' && c != '"' && c != '\'' && c != '`' && c != '<' && c != '>' && c != ',' && c != ';' && c != ')' &&
           c != '(' && c != '{' && c != '}' && c != '[' && c != ']' && c != '\\' && c != '|' && c != '\x7f' &&
           !isUtf8Byte(c);
}

/// A value as people choose or machines draw it, and no word, name of a variable or call.
bool isSecret(std::string_view value, bool password)
{
    constexpr std::size_t shortestPassword = 6;
    constexpr std::size_t shortestKey = 16;
    bool digit = false;
    bool letter = false;
    bool sign = false;
    for (const char c : value) {
        digit = digit || isAsciiDigit(c);
        letter = letter || isAsciiLetter(c) || isUtf8Byte(c);
        sign = sign || !(isAsciiWord(c) || isUtf8Byte(c));
    }
    const char first = value.empty() ? '$' : value.front();
    if (first == '$' || first == '%' || first == '*' || value.find("...") != std::string_view::npos)
        return false;
    if (password)
        return value.size() >= shortestPassword && letter && (digit || (sign && value.find('.') == value.npos)) &&
               value.find("://") == value.npos && entropyOf(value) > 2;
    return value.size() >= shortestKey && letter && digit && entropyOf(value) > 3;
}

/// A letter of two bytes, as Latin, Greek and Cyrillic have them; signs such as quotes begin with 0xC2.
bool isLetterOfTwoBytes(std::string_view text, std::size_t at)
{
    const auto first = static_cast<unsigned char>(text[at]);
    return first >= 0xC3 && first <= 0xDF && at + 1 < text.size() && isUtf8Byte(text[at + 1]);
}

/// Within quotes all of it, where it has no spaces; else up to what no value has. `stop` ends it, too.
std::size_t valueEnd(std::string_view text, std::size_t at, char stop = ' ')
{
    constexpr std::size_t longest = 200;
    const char quote = byteBefore(text, at);
    if (quote == '"' || quote == '\'' || quote == '`') {
        const std::string_view rest = text.substr(at, longest);
        const std::size_t end = rest.find_first_of(std::string{quote, ' ', '\t', '\r', '\n'});
        if (end != std::string_view::npos && end > 0 && rest[end] == quote)
            return at + end - (rest[end - 1] == '\\' ? 1 : 0);
    }
    while (at < text.size() && ((isValueByte(text[at]) && text[at] != stop) || isLetterOfTwoBytes(text, at)))
        at += isValueByte(text[at]) ? 1 : 2;
    while (at > 0 && (text[at - 1] == '.' || text[at - 1] == '!' || text[at - 1] == '?'))
        --at;
    return at;
}

/// Behind "label", its closing quote and a colon, an equals sign or "is"; npos where nothing of that is there.
std::size_t valueBegin(std::string_view text, std::size_t at)
{
    const auto skip = [&](std::string_view any) {
        while (at < text.size() && any.find(text[at]) != std::string_view::npos)
            ++at;
    };
    skip("\"'`\\*");
    skip(" ");
    if (text.substr(at).starts_with("is "))
        at += 2;
    else if (byteAt(text, at) == ':' || byteAt(text, at) == '=')
        ++at;
    else
        return std::string_view::npos;
    skip(" \"'`\\*");
    return at;
}

void findAfterLabels(std::string_view text, std::vector<SensitiveRange>& found)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char separator = text[at];
        if (separator != ':' && separator != '=' && separator != 'i')
            continue;
        if (separator == 'i' && !text.substr(at).starts_with("is "))
            continue;
        std::size_t end = at;
        while (end > 0 && std::string_view(" \"'`\\*").find(text[end - 1]) != std::string_view::npos)
            --end;
        for (const std::string_view label : labels) {
            if (end < label.size() || lowered(text.substr(end - label.size(), label.size())) != label)
                continue;
            const char before = byteBefore(text, end - label.size());
            if (isAsciiLetter(before) || isAsciiDigit(before))
                continue;
            const std::size_t from = valueBegin(text, end);
            if (from == std::string_view::npos)
                continue;
            // "a=b&c=d": the next of a query begins with "&".
            const std::size_t to = valueEnd(text, from, byteAt(text, at) == '=' ? '&' : ' ');
            const bool password = label.starts_with("pass") || label == "pwd";
            if (to > from && byteAt(text, to) != '(' && byteAt(text, to) != '[' &&
                isSecret(text.substr(from, to - from), password)) {
                found.push_back({from, to});
                at = to - 1;
            }
            break;
        }
    }
}

/// "user:password" in base64, as RFC 7617 has it.
bool isPairInBase64(std::string_view value)
{
    std::string plain;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : value.substr(0, value.find('='))) {
        if (base64Value(c) < 0)
            return false;
        bits = bits << 6 | static_cast<std::uint32_t>(base64Value(c));
        held += 6;
        if (held >= 8) {
            held -= 8;
            plain += static_cast<char>(bits >> held & 0xFF);
        }
    }
    const std::size_t colon = plain.find(':');
    return colon != std::string::npos && colon > 0 && colon + 1 < plain.size() && isText(plain);
}

/// "Bearer …" and "Basic …" of an Authorization header (RFC 6750, RFC 7617).
void findCredentials(std::string_view text, std::vector<SensitiveRange>& found)
{
    for (const std::string_view word : {"Bearer ", "bearer ", "Basic ", "basic "}) {
        for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
            const std::size_t from = at + word.size();
            if (isAsciiWord(byteBefore(text, at)))
                continue;
            const std::size_t to = valueEnd(text, from);
            const bool basic = lowerAscii(word[1]) == 'a';
            const std::string_view value = text.substr(from, to - from);
            const bool named = !basic || anyWordBefore(text, at, 30, {"authorization", "auth"});
            if ((named && isSecret(value, false)) || (basic && value.size() >= 8 && isPairInBase64(value))) {
                found.push_back({from, to});
                at = to - 1;
            }
        }
    }
}

/// The password of "scheme://user:password@host": up to the last "@", as readers of addresses take it.
void findInAddresses(std::string_view text, std::vector<SensitiveRange>& found)
{
    constexpr std::size_t longest = 200;
    for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 1)) {
        const std::string_view rest = text.substr(at + 3, longest);
        const std::size_t end = rest.substr(0, rest.find_first_of("/ \t\r\n\"'<>")).rfind('@');
        if (end == std::string_view::npos)
            continue;
        const std::size_t colon = rest.substr(0, end).find(':');
        if (colon == std::string_view::npos || colon + 1 >= end || rest[colon + 1] == '$' || rest[colon + 1] == '{')
            continue;
        found.push_back({at + 3 + colon + 1, at + 3 + end});
    }
}

void findSecrets(std::string_view text, std::vector<SensitiveRange>& found)
{
    std::vector<SensitiveRange> all;
    findAfterLabels(text, all);
    findCredentials(text, all);
    findInAddresses(text, all);
    appendApart(std::move(all), found);
}

} // namespace

Recognizer statedSecrets()
{
    return {"secret", "passwords and secrets that are named as such", "a word before it, entropy", true, findSecrets};
}

} // namespace arcscope

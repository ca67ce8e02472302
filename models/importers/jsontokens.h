// JsonTokens: pulls tokens out of JSON text that is at hand, without building a tree or checking it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope
{

enum class JsonToken : std::uint8_t {
    ObjectBegin,
    ObjectEnd,
    ArrayBegin,
    ArrayEnd,
    Key,
    String,
    Number,
    Word,
    End,
    Bad
};

/// Lenient: commas are not checked, brackets are only counted. After Bad or End comes the same again.
class JsonTokens
{
public:
    /// Containers nested deeper are Bad.
    static constexpr int maxDepth = 512;

    explicit JsonTokens(std::string_view text)
        : m_text(text)
    {
    }

    JsonToken next();
    /// Of Key and String the content (escapes stay), of Number and Word the text.
    std::string_view text() const { return m_token; }
    /// Containers open around the next token.
    int depth() const { return m_depth; }
    /// Behind a Begin token: goes on behind its end and gives the whole container's text.
    std::string_view skip();

private:
    JsonToken string();

    std::string_view m_text;
    std::string_view m_token;
    std::size_t m_at = 0;
    std::size_t m_begin = 0;
    int m_depth = 0;
};

/// The first string in a JSON text: the string itself, or the first element of an array; its content, escapes as
/// written. Empty for none.
std::string_view firstString(std::string_view json);

/// Without white space at both ends.
std::string_view trimmed(std::string_view text);

/// The text that a string's content stands for: `content` itself where nothing is escaped, else `scratch`, overwritten.
std::string_view unescaped(std::string_view content, std::string& scratch);

/// The text as the content of a JSON string.
std::string escapedJson(std::string_view text);

} // namespace arcscope

#include "messagecount.h"

#include "bytefinder.h"
#include "jsontokens.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr auto callTypes =
    std::to_array<std::string_view>({"tool_call", "tool_use", "tool-call", "toolCall", "function_call",
                                     "custom_tool_call", "server_tool_use", "server_tool_call", "function"});
constexpr auto listKeys =
    std::to_array<std::string_view>({"messages", "contents", "choices", "candidates", "generations"});
constexpr auto roleKeys =
    std::to_array<std::string_view>({"role", "kwargs", "message", "kind", "event.name", "content"});

template <std::size_t size>
bool isOneOf(std::string_view word, const std::array<std::string_view, size>& words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Walks the text, which may be escaped once. Quotes written as \u0022 are none here: see needsUnescaping().
template <bool isEscaped>
class Counter
{
public:
    explicit Counter(std::string_view text)
        : m_at(text.data())
        , m_end(text.data() + text.size())
        , m_quotes(text, '"')
    {
    }

    MessageCount count()
    {
        while (m_at < m_end) {
            const char c = *m_at;
            if (c == '{' || c == '[')
                open(c == '[');
            else if (c == '}' || c == ']') {
                ++m_at;
                if (--m_depth < m_outer)
                    break; // what stands behind the list is no message
            } else if (quoted())
                string();
            else if (c == ':')
                m_value = true, ++m_at;
            else if (c == ',')
                m_value = false, ++m_at;
            else if (isEscaped && c == '\\')
                m_at += 2; // white space between tokens
            else
                ++m_at;
        }
        if (!m_listed || (m_elements > 0 && !m_roles))
            m_result.messages = 1;
        else
            m_result.messages = m_elements;
        m_result.elements = m_elements;
        m_result.named = m_roles;
        return m_result;
    }

private:
    bool quoted() const
    {
        if constexpr (isEscaped)
            return *m_at == '\\' && m_at + 1 < m_end && m_at[1] == '"';
        else
            return *m_at == '"';
    }

    void open(bool array)
    {
        ++m_at;
        if (m_depth == m_list && m_list > 0 && m_listArray) {
            if (array && m_elements == 0)
                ++m_list; // a list of lists
            else
                ++m_elements;
        } else if (array && (m_depth == 0 || (m_depth == 1 && m_list == 0 && isOneOf(m_key, listKeys)))) {
            m_list = m_depth + 1;
            m_listed = true;
            m_outer = m_list;
            m_listArray = true;
        } else if (m_value && (m_depth == m_list + 3 || m_depth == m_list + 4) && m_key == "functionCall") {
            ++m_result.calls;
        }
        ++m_depth;
        m_value = false;
    }

    /// The content of the string at m_at, which is passed.
    std::string_view body()
    {
        constexpr int quoteBytes = isEscaped ? 2 : 1;
        m_at += quoteBytes;
        const char* const begin = m_at;
        for (const char* quote = m_quotes.next(begin); quote < m_end; quote = m_quotes.next(quote + 1)) {
            const char* slashes = quote;
            while (slashes > begin && slashes[-1] == '\\')
                --slashes;
            // Written plainly an even number of backslashes escape one another. Escaped, those are twice as many, and
            // one more is the quote's.
            if ((quote - slashes) % (2 * quoteBytes) == quoteBytes - 1) {
                m_at = quote + 1;
                return {begin, static_cast<std::size_t>(quote - begin) - (quoteBytes - 1)};
            }
        }
        m_at = m_end;
        return {begin, static_cast<std::size_t>(m_end - begin)};
    }

    void string()
    {
        const std::string_view text = body();
        if (!m_value && m_depth > 0) {
            m_key = text;
            if (m_depth == m_list + 1 && isOneOf(text, roleKeys))
                m_roles = true;
            if (m_depth == m_list && m_listArray)
                ++m_elements, m_roles = true; // a message that is a text
            return;
        }
        m_value = false;
        const int inside = m_depth - m_list;
        if (m_key == "type" && text.size() <= 16 && isOneOf(text, callTypes)) {
            const bool item = inside == 1 && text.ends_with("function_call");
            const bool part = inside == 3 || (inside == 4 && m_list == 2);
            if (item || part)
                ++m_result.calls;
            m_roles = m_roles || item;
        } else if (inside == 1 && (m_key == "finish_reason" || m_key == "stop_reason" || m_key == "finishReason")) {
            m_result.stopReason = text;
        }
    }

    const char* m_at;
    const char* m_end;
    ByteFinder m_quotes;
    MessageCount m_result;
    std::string_view m_key;
    std::int64_t m_elements = 0;
    int m_depth = 0;
    int m_list = 0;  ///< containers open around an element of the list of messages
    int m_outer = 0; ///< the same for the first element of a list of lists
    bool m_listed = false;
    bool m_listArray = false;
    bool m_roles = false;
    bool m_value = false; ///< behind a colon
};

/// Some writers escape quotes and backslashes by number; one that does not writes the first quote as \".
bool needsUnescaping(std::string_view text)
{
    for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at + 2)) {
        const std::string_view escape = text.substr(at + 1, 5);
        if (escape.starts_with('"'))
            return false;
        if (escape == "u0022" || escape == "u005c" || escape == "u005C" || escape == "u005b" || escape == "u005B" ||
            escape == "u007b" || escape == "u007B")
            return true;
    }
    return false;
}

} // namespace

MessageCount countMessages(std::string_view text, bool isEscaped)
{
    const std::string_view json = trimmed(text);
    if (json.empty())
        return {};
    std::string plain;
    if (isEscaped && needsUnescaping(json.substr(0, 512))) {
        MessageCount count = countMessages(unescaped(json, plain), false);
        count.stopReason = {}; // it would lie in `plain`
        return count;
    }
    const char first = json.front();
    const bool structured = first == '[' || first == '{' || (isEscaped && first == '\\');
    if (!structured)
        return {1};
    return isEscaped ? Counter<true>(json).count() : Counter<false>(json).count();
}

} // namespace arcscope

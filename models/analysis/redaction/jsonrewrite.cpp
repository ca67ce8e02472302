#include "jsonrewrite.h"

#include "jsonescape.h"
#include "scantext.h"

#include <vector>

namespace arcscope
{
namespace
{

constexpr std::size_t deepest = 512;

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// What a container is for the names of what is in it.
struct Level {
    bool object = false;
    std::string field;  ///< that the container stands in
    std::string member; ///< last key
    std::string named;  ///< value of the member "key"
};

class Rewriter
{
public:
    Rewriter(std::string_view json, const JsonChange& change, std::string* out,
             JsonLiterals literals = JsonLiterals::Passed)
        : m_json(json)
        , m_change(change)
        , m_out(out)
        , m_literals(literals)
    {
    }

    bool run()
    {
        std::size_t values = 0;
        for (space(); m_at < m_json.size(); space(), ++values) {
            if ((m_json[m_at] != '{' && m_json[m_at] != '[') || !value({}))
                return false;
        }
        flush(m_json.size());
        return values > 0;
    }

private:
    void space()
    {
        while (m_at < m_json.size() && isSpace(m_json[m_at]))
            ++m_at;
    }

    /// What came since the last change goes out as it is.
    void flush(std::size_t until)
    {
        if (m_out)
            m_out->append(m_json, m_copied, until - m_copied);
        m_copied = until;
    }

    /// Behind an opening quote; goes behind the closing one.
    bool stringEnd(std::string_view& inside)
    {
        const std::size_t from = m_at;
        for (; m_at < m_json.size(); ++m_at) {
            if (m_json[m_at] == '\\')
                ++m_at;
            else if (m_json[m_at] == '"') {
                inside = m_json.substr(from, m_at++ - from);
                return true;
            }
        }
        return false;
    }

    std::string_view plain(std::string_view inside)
    {
        if (inside.find('\\') == std::string_view::npos)
            return inside;
        m_plain = unescapeJson(inside);
        return m_plain;
    }

    void scalar(JsonScalar::Kind kind, std::string_view field, std::string_view text, std::size_t from)
    {
        std::string changed;
        if (!m_change({kind, field, text}, changed) || !m_out)
            return;
        constexpr std::string_view numbers[] = {"intValue", "doubleValue", "int_value", "double_value"};
        for (const std::string_view number : numbers) {
            if (kind == JsonScalar::Kind::Key || m_lastKey != number || m_lastKeyFrom < m_copied)
                continue;
            flush(m_lastKeyFrom);
            m_out->append(number.find('_') == number.npos ? "\"stringValue\"" : "\"string_value\"");
            m_copied = m_lastKeyTo;
        }
        flush(from);
        appendJsonString(changed, *m_out);
        m_copied = m_at;
    }

    bool value(const std::string& field)
    {
        if (m_at >= m_json.size())
            return false;
        const std::size_t from = m_at;
        const char c = m_json[m_at];
        if (c == '{' || c == '[') {
            ++m_at;
            if (m_levels.size() >= deepest)
                return false;
            m_levels.push_back({c == '{', field, {}, {}});
            const bool whole = c == '{' ? object() : array();
            m_levels.pop_back();
            return whole;
        }
        if (c == '"') {
            ++m_at;
            std::string_view inside;
            if (!stringEnd(inside))
                return false;
            const std::string_view text = plain(inside);
            if (!m_levels.empty() && m_levels.back().member == "key")
                m_levels.back().named = text;
            scalar(JsonScalar::Kind::String, field, text, from);
            return true;
        }
        while (m_at < m_json.size() &&
               (isAsciiWord(m_json[m_at]) || m_json[m_at] == '-' || m_json[m_at] == '+' || m_json[m_at] == '.'))
            ++m_at;
        if (m_at == from)
            return false;
        const std::string_view text = m_json.substr(from, m_at - from);
        if (isAsciiDigit(c) || c == '-' || m_literals == JsonLiterals::Told)
            scalar(JsonScalar::Kind::Number, field, text, from);
        return true;
    }

    bool array()
    {
        space();
        if (next(']'))
            return true;
        while (true) {
            space();
            if (!value(m_levels.back().field))
                return false;
            space();
            if (next(']'))
                return true;
            if (!next(','))
                return false;
        }
    }

    bool object()
    {
        space();
        if (next('}'))
            return true;
        while (true) {
            space();
            const std::size_t from = m_at;
            std::string_view inside;
            if (!next('"') || !stringEnd(inside))
                return false;
            const std::size_t to = m_at;
            m_levels.back().member = plain(inside);
            const std::string member = m_levels.back().member;
            scalar(JsonScalar::Kind::Key, m_levels.back().field, member, from);
            m_lastKey = member;
            m_lastKeyFrom = from;
            m_lastKeyTo = to;
            space();
            if (!next(':'))
                return false;
            space();
            if (!value(fieldOf(member)))
                return false;
            space();
            if (next('}'))
                return true;
            if (!next(','))
                return false;
        }
    }

    /// Members that only wrap a value have the name of what they stand in.
    std::string fieldOf(const std::string& member) const
    {
        const Level& level = m_levels.back();
        if (member == "value" && !level.named.empty())
            return level.named;
        constexpr std::string_view wrappers[] = {
            "stringValue", "string_value", "intValue",     "int_value",  "doubleValue", "arrayValue", "array_value",
            "values",      "kvlistValue",  "kvlist_value", "bytesValue", "boolValue",   "bool_value"};
        for (const std::string_view wrapper : wrappers) {
            if (member == wrapper)
                return level.field;
        }
        return member;
    }

    bool next(char wanted)
    {
        if (m_at >= m_json.size() || m_json[m_at] != wanted)
            return false;
        ++m_at;
        return true;
    }

    std::string_view m_json;
    const JsonChange& m_change;
    std::string* m_out;
    JsonLiterals m_literals;
    std::vector<Level> m_levels;
    std::string m_plain;
    std::string m_lastKey;
    std::size_t m_lastKeyFrom = 0;
    std::size_t m_lastKeyTo = 0;
    std::size_t m_at = 0;
    std::size_t m_copied = 0;
};

} // namespace

bool rewriteJson(std::string_view json, const JsonChange& change, std::string& out)
{
    const std::size_t before = out.size();
    if (Rewriter(json, change, &out).run())
        return true;
    out.resize(before);
    return false;
}

bool visitJson(std::string_view json, const std::function<void(const JsonScalar& scalar)>& visit, JsonLiterals literals)
{
    return Rewriter(
               json,
               [&](const JsonScalar& scalar, std::string&) {
                   visit(scalar);
                   return false;
               },
               nullptr, literals)
        .run();
}

void appendJsonString(std::string_view text, std::string& out)
{
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\r')
            out += "\\r";
        else if (code < 0x20)
            ((out += "\\u00") += hex[code >> 4]) += hex[code & 15];
        else
            out += c;
    }
    out += '"';
}

bool looksLikeJson(std::string_view text)
{
    std::size_t from = 0;
    std::size_t to = text.size();
    while (from < to && isSpace(text[from]))
        ++from;
    while (to > from && isSpace(text[to - 1]))
        --to;
    return to - from >= 2 && ((text[from] == '{' && text[to - 1] == '}') || (text[from] == '[' && text[to - 1] == ']'));
}

} // namespace arcscope

#include "anyvalue.h"

#include "jsontokens.h"

namespace arcscope
{
namespace
{

/// Writes the value behind the tokens' place, which is an AnyValue's opening brace or anything else.
class Writer
{
public:
    explicit Writer(std::string_view text)
        : m_tokens(text)
    {
    }

    bool write()
    {
        if (m_tokens.next() != JsonToken::ObjectBegin)
            return false;
        return any();
    }
    std::string take() { return std::move(m_out); }

private:
    /// Behind the opening brace of an AnyValue; goes behind its end.
    bool any()
    {
        bool written = false;
        while (true) {
            const JsonToken token = m_tokens.next();
            if (token == JsonToken::ObjectEnd) {
                if (!written)
                    m_out += "null";
                return true;
            }
            if (token != JsonToken::Key || written)
                return false;
            written = true;
            if (!value(anyKind(m_tokens.text())))
                return false;
        }
    }

    bool value(AnyKind kind)
    {
        const JsonToken token = m_tokens.next();
        switch (kind) {
        case AnyKind::String:
        case AnyKind::Bytes:
            if (token != JsonToken::String)
                return false;
            return append('"', m_tokens.text(), '"');
        case AnyKind::Bool:
        case AnyKind::Int:
        case AnyKind::Double: {
            const std::string_view text = m_tokens.text();
            if (token == JsonToken::String &&
                (text.empty() || std::string_view("-0123456789").find(text.front()) == std::string_view::npos ||
                 text == "-Infinity"))
                return append('"', text, '"'); // NaN, Infinity
            if (token != JsonToken::String && token != JsonToken::Number && token != JsonToken::Word)
                return false;
            m_out += text;
            return true;
        }
        case AnyKind::Array:
        case AnyKind::KeyValues:
            return token == JsonToken::ObjectBegin && list(kind == AnyKind::KeyValues);
        case AnyKind::None:
            break;
        }
        return false;
    }

    /// {"values": [ … ]} behind its opening brace.
    bool list(bool pairs)
    {
        m_out += pairs ? '{' : '[';
        JsonToken token = m_tokens.next();
        if (token == JsonToken::Key) {
            if (m_tokens.next() != JsonToken::ArrayBegin)
                return false;
            bool first = true;
            while ((token = m_tokens.next()) == JsonToken::ObjectBegin) {
                if (!first)
                    m_out += ',';
                first = false;
                if (!(pairs ? pair() : any()))
                    return false;
            }
            if (token != JsonToken::ArrayEnd)
                return false;
            token = m_tokens.next();
        }
        m_out += pairs ? '}' : ']';
        return token == JsonToken::ObjectEnd;
    }

    /// {"key": …, "value": …} behind its opening brace.
    bool pair()
    {
        if (m_tokens.next() != JsonToken::Key || m_tokens.next() != JsonToken::String)
            return false;
        append('"', m_tokens.text(), '"');
        m_out += ':';
        JsonToken token = m_tokens.next();
        if (token == JsonToken::Key) {
            if (m_tokens.next() != JsonToken::ObjectBegin || !any())
                return false;
            token = m_tokens.next();
        } else {
            m_out += "null";
        }
        return token == JsonToken::ObjectEnd;
    }

    bool append(char open, std::string_view text, char close)
    {
        m_out += open;
        m_out += text;
        m_out += close;
        return true;
    }

    JsonTokens m_tokens;
    std::string m_out;
};

} // namespace

std::string plainJson(std::string_view anyValue)
{
    Writer writer(anyValue);
    return writer.write() ? writer.take() : std::string(anyValue);
}

AnyKind anyKind(std::string_view key)
{
    if (key == "stringValue" || key == "string_value")
        return AnyKind::String;
    if (key == "intValue" || key == "int_value")
        return AnyKind::Int;
    if (key == "boolValue" || key == "bool_value")
        return AnyKind::Bool;
    if (key == "doubleValue" || key == "double_value")
        return AnyKind::Double;
    if (key == "arrayValue" || key == "array_value")
        return AnyKind::Array;
    if (key == "kvlistValue" || key == "kvlist_value")
        return AnyKind::KeyValues;
    if (key == "bytesValue" || key == "bytes_value")
        return AnyKind::Bytes;
    return AnyKind::None;
}

} // namespace arcscope

// PlainValue: values of a JSON record that needs no parser, read in one pass over its text.
#pragma once

#include "jsonbytes.h"
#include "jsonvalue.h"

#include <cstddef>
#include <string_view>

#if defined(__SSE2__)
#include <bit>
#include <emmintrin.h>
#endif

namespace arcscope
{

/// Where the ASCII text of a string goes no further: at its quote, or at what makes it no plain one. Reads up to 16
/// bytes behind `end`.
inline const char* plainEnd(const char* at, const char* end)
{
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i slash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');
    for (; at < end; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        // signed: bytes that are not ASCII are below a space, too
        const __m128i stops = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, slash)),
                                           _mm_cmplt_epi8(bytes, space));
        if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(stops)))
            return at + std::countr_zero(mask);
    }
#else
    for (; at < end; ++at) {
        if (*at == '"' || *at == '\\' || static_cast<signed char>(*at) < ' ')
            return at;
    }
#endif
    return at;
}

/// A value of a record that is plain so far, as a JsonValue would give it: strings are ASCII and have no escapes. What
/// is not plain, or not JSON, stops everything and is told by the record: it has to be read by a JsonParser.
class PlainValue
{
public:
    bool isString() const { return m_type == JsonType::String; }
    bool isObject() const { return m_type == JsonType::Object; }
    bool isArray() const { return m_type == JsonType::Array; }
    JsonType type() const { return m_type; }
    bool recorded() const { return m_type != JsonType::Null; }
    /// As JsonValue::raw().
    std::string_view raw() const { return {m_begin, static_cast<std::size_t>(behind() - m_begin)}; }
    /// What a string says, empty for anything else.
    std::string_view text() const
    {
        return isString() ? std::string_view(m_begin + 1, static_cast<std::size_t>(m_behind - m_begin) - 2)
                          : std::string_view();
    }
    std::string_view content() const { return text(); }

    /// As JsonValue::eachMember().
    template <typename Visit>
    void eachMember(Visit&& visit) const
    {
        if (!isObject())
            return;
        const char* at = pastSpaces(m_begin + 1);
        if (*at == '}') {
            m_behind = at + 1;
            return;
        }
        while (!m_record->failed) {
            const char* const key = at + 1;
            const char* const keyEnd = *at == '"' ? plainEnd(key, m_record->end) : at;
            if (keyEnd == at || *keyEnd != '"')
                return fail();
            at = pastSpaces(keyEnd + 1);
            if (*at != ':')
                return fail();
            const PlainValue value(*m_record, pastSpaces(at + 1));
            if (m_record->failed)
                return;
            visit(std::string_view(key, static_cast<std::size_t>(keyEnd - key)), value);
            at = pastSpaces(value.behind());
            if (*at == '}') {
                m_behind = at + 1;
                return;
            }
            if (*at != ',')
                return fail();
            at = pastSpaces(at + 1);
        }
    }

private:
    friend class PlainRecord;
    struct Record {
        const char* end;
        bool failed;
    };

    PlainValue(Record& record, const char* at)
        : m_record(&record)
        , m_begin(at)
        , m_behind(at)
    {
        begin();
    }

    void begin()
    {
        const char first = *m_begin;
        if (first == '"') {
            m_behind = plainEnd(m_begin + 1, m_record->end);
            if (m_behind >= m_record->end || *m_behind != '"')
                return fail();
            ++m_behind;
            m_type = JsonType::String;
        } else if (first == '-' || (first >= '0' && first <= '9')) {
            do
                ++m_behind;
            while (isOfNumber(*m_behind));
            m_type = JsonType::Number;
        } else if (isOpener(first)) {
            m_behind = nullptr; // it is found when it is asked for
            m_type = first == '{' ? JsonType::Object : JsonType::Array;
        } else if (first == 't') {
            literal("true", JsonType::Bool);
        } else if (first == 'f') {
            literal("false", JsonType::Bool);
        } else if (first == 'n') {
            literal("null", JsonType::Null);
        } else {
            fail();
        }
    }

    void literal(std::string_view word, JsonType type)
    {
        if (std::string_view(m_begin, static_cast<std::size_t>(m_record->end - m_begin)).starts_with(word)) {
            m_behind = m_begin + word.size();
            m_type = type;
        } else {
            fail();
        }
    }

    static bool isOfNumber(char byte)
    {
        return (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' || byte == '+' || byte == 'e' || byte == 'E';
    }

    static const char* pastSpaces(const char* at)
    {
        while (isSpace(*at))
            ++at;
        return at;
    }

    const char* behind() const
    {
        if (!m_behind)
            m_behind = behindContainer();
        return m_behind;
    }

    /// Brackets are counted, as JsonValue does with what nobody visits.
    const char* behindContainer() const
    {
        std::size_t depth = 0;
        for (const char* at = m_begin; at < m_record->end; ++at) {
            if (*at == '"') {
                at = plainEnd(at + 1, m_record->end);
                if (at >= m_record->end || *at != '"')
                    break;
            } else if (isOpener(*at)) {
                ++depth;
            } else if (*at == '}' || *at == ']') {
                if (--depth == 0)
                    return at + 1;
            } else if (!isSpace(*at) && !beginsBare(*at) && *at != ',' && *at != ':' && *at != '.' && *at != '+') {
                break;
            }
        }
        fail();
        return m_begin;
    }

    void fail() const { m_record->failed = true; }

    Record* m_record;
    const char* m_begin;
    mutable const char* m_behind; ///< null: not known yet
    JsonType m_type = JsonType::Invalid;
};

/// A record as JsonParser::parse() takes it.
class PlainRecord
{
public:
    explicit PlainRecord(std::string_view text)
        : m_record{text.data() + text.size(), text.empty()}
    {
    }

    /// The value that begins there in the record.
    PlainValue valueAt(const char* at) { return {m_record, at}; }
    /// It has to be read by a parser: nothing of what was visited counts.
    void giveUp() { m_record.failed = true; }
    /// Whether all of the record was read and is plain, after its value was visited.
    bool isPlain(const PlainValue& whole) const { return !m_record.failed && whole.behind() == m_record.end; }

private:
    PlainValue::Record m_record;
};

} // namespace arcscope

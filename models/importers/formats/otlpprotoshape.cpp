#include "otlpprotoshape.h"

#include <protozero/types.hpp>
#include <protozero/varint.hpp>

#include <algorithm>

namespace arcscope
{
namespace
{

using protozero::pbf_wire_type;

/// One field after the other of a message of which the first bytes are seen.
class Fields
{
public:
    Fields(std::string_view bytes, std::uint64_t size)
        : m_bytes(bytes)
        , m_left(size)
    {
    }

    /// False at the end, where the bytes are cut, or where they are no field.
    bool next()
    {
        if (m_left == 0 || m_wrong)
            return false;
        std::uint64_t tag = 0;
        if (!number(tag))
            return false;
        field = tag >> 3;
        wire = static_cast<pbf_wire_type>(tag & 7);
        std::uint64_t taken = 0;
        length = 0;
        if (wire == pbf_wire_type::varint) {
            if (!number(taken))
                return false;
        } else if (wire == pbf_wire_type::length_delimited) {
            if (!number(length))
                return false;
        } else if (wire == pbf_wire_type::fixed64) {
            length = 8;
        } else if (wire == pbf_wire_type::fixed32) {
            length = 4;
        } else {
            m_wrong = true;
        }
        m_wrong = m_wrong || field == 0 || field > maxField || length > m_left;
        if (m_wrong)
            return false;
        content = m_bytes.substr(0, length);
        take(length);
        return true;
    }

    bool wrong() const { return m_wrong; }
    /// All of the message was seen.
    bool ended() const { return m_left == 0; }

    std::uint64_t field = 0;
    pbf_wire_type wire = pbf_wire_type::unknown;
    std::uint64_t length = 0;
    std::string_view content; ///< as far as it is seen

private:
    static constexpr std::uint64_t maxField = (1U << 29U) - 1;

    void take(std::uint64_t bytes)
    {
        m_bytes.remove_prefix(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, m_bytes.size())));
        m_left -= bytes;
    }

    bool number(std::uint64_t& value)
    {
        const char* at = m_bytes.data();
        const std::uint64_t most = std::min<std::uint64_t>(m_left, m_bytes.size());
        try {
            value = protozero::decode_varint(&at, at + most);
        } catch (const protozero::end_of_buffer_exception&) {
            m_wrong = m_left <= m_bytes.size(); // the message ends inside
            return false;
        } catch (const protozero::exception&) {
            m_wrong = true;
            return false;
        }
        take(static_cast<std::uint64_t>(at - m_bytes.data()));
        return true;
    }

    std::string_view m_bytes;
    std::uint64_t m_left;
    bool m_wrong = false;
};

bool isMessage(const Fields& fields)
{
    return fields.wire == pbf_wire_type::length_delimited;
}

/// A span, a log record or a metric, by the types that its fields have.
OtlpSignal ofRecord(std::string_view bytes, std::uint64_t size)
{
    constexpr int fieldsToSee = 64;
    Fields fields(bytes, size);
    bool nested = false; // a field that is a message of a metric only
    bool traceId = false;
    bool ids = false;
    bool text = false;
    bool any = false;
    for (int seen = 0; seen < fieldsToSee && fields.next(); ++seen) {
        any = true;
        const bool message = isMessage(fields);
        const bool fixed = fields.wire == pbf_wire_type::fixed64;
        const bool number = fields.wire == pbf_wire_type::varint;
        if (fixed && (fields.field == 7 || fields.field == 8))
            return OtlpSignal::Traces;
        if ((fixed && (fields.field == 1 || fields.field == 11)) || (number && fields.field == 2) ||
            (fields.wire == pbf_wire_type::fixed32 && fields.field == 8) || (message && fields.field == 6))
            return OtlpSignal::Logs;
        if (number && fields.field == 6)
            return OtlpSignal::Traces;
        if (!message && fields.field < 6)
            return OtlpSignal::None;
        traceId = traceId || (fields.field == 1 && fields.length == 16);
        ids = ids || (traceId && fields.field == 2 && fields.length == 8);
        text = text || fields.field == 1;
        nested = nested || (message && (fields.field == 7 || fields.field == 10));
    }
    if (fields.wrong() || !any)
        return fields.wrong() ? OtlpSignal::None : fields.ended() ? OtlpSignal::Empty : OtlpSignal::Cut;
    if (ids && !nested)
        return OtlpSignal::Traces;
    if (!fields.ended() && !nested)
        return OtlpSignal::Cut;
    return text ? OtlpSignal::Metrics : OtlpSignal::Logs;
}

/// Resource or scope, list and schema of one level: 1, 2 and 3, in place of the list also the number that it had once.
template <typename Inside>
OtlpSignal ofLevel(std::string_view bytes, std::uint64_t size, int& fieldsLeft, Inside inside)
{
    constexpr std::uint64_t formerList = 1'000;
    Fields fields(bytes, size);
    while (fields.next()) {
        if (--fieldsLeft < 0 || !isMessage(fields) || (fields.field > 3 && fields.field != formerList))
            return OtlpSignal::None;
        if (fields.field == 1 && !fields.content.empty() && fields.content.front() != '\x0a' &&
            fields.content.front() != '\x10' && fields.content.front() != '\x1a' && fields.content.front() != '\x12')
            return OtlpSignal::None;
        if (fields.field != 2 && fields.field != formerList)
            continue;
        const OtlpSignal found = inside(fields.content, fields.length);
        if (found != OtlpSignal::Empty)
            return found;
    }
    return fields.wrong() ? OtlpSignal::None : fields.ended() ? OtlpSignal::Empty : OtlpSignal::Cut;
}

} // namespace

OtlpSignal otlpSignal(std::string_view bytes, std::uint64_t size)
{
    constexpr int fieldsToSee = 1'000;
    int left = fieldsToSee;
    Fields fields(bytes, size);
    while (fields.next()) {
        if (--left < 0 || !isMessage(fields) || fields.field != 1)
            return OtlpSignal::None;
        const auto ofScope = [&left](std::string_view scope, std::uint64_t scopeSize) {
            return ofLevel(scope, scopeSize, left, ofRecord);
        };
        const OtlpSignal found = ofLevel(fields.content, fields.length, left, ofScope);
        if (found != OtlpSignal::Empty)
            return found;
    }
    return fields.wrong() ? OtlpSignal::None : fields.ended() ? OtlpSignal::Empty : OtlpSignal::Cut;
}

} // namespace arcscope

#include "findingcodec.h"

#include <bit>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// The first byte; another form of the same data has another one.
constexpr char codecForm = 2;

class Writer
{
public:
    explicit Writer(std::span<const Row> rows)
    {
        for (std::size_t i = 0; i < rows.size(); ++i)
            m_positions.emplace(rows[i], i);
    }

    void number(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7)
            m_bytes += static_cast<char>((value & 0x7f) | 0x80);
        m_bytes += static_cast<char>(value);
    }
    void signedNumber(std::int64_t value)
    {
        number(std::bit_cast<std::uint64_t>(value) << 1 ^ (value < 0 ? ~0ULL : 0));
    }
    template <typename Enum>
    void word(Enum value)
    {
        number(static_cast<std::uint64_t>(value));
    }
    void text(std::string_view value)
    {
        number(value.size());
        m_bytes += value;
    }
    template <typename Values, typename Put>
    void list(const Values& values, Put put)
    {
        number(values.size());
        for (const auto& value : values)
            put(value);
    }
    void place(const FindingPlace& place)
    {
        const auto at = m_positions.find(place.row);
        m_foreign |= at == m_positions.end();
        number(at == m_positions.end() ? 0 : at->second);
        number(place.event);
        signedNumber(place.time);
        word(place.text.of);
        number(place.text.message);
        number(place.text.part);
        signedNumber(place.from);
        signedNumber(place.to);
        text(place.quote);
        list(place.marks, [this](const QuoteMark& mark) {
            number(mark.from);
            number(mark.to);
            signedNumber(mark.link);
        });
    }
    void finding(const Finding& finding)
    {
        text(finding.rule);
        word(finding.level);
        word(finding.weight);
        word(finding.evidence);
        number(std::bit_cast<std::uint64_t>(finding.strength));
        signedNumber(finding.exposure);
        text(finding.what);
        text(finding.cause);
        list(finding.places, [this](const FindingPlace& each) { place(each); });
        list(finding.facts, [this](const FindingFact& fact) {
            text(fact.label);
            text(fact.text);
        });
    }

    bool foreign() const { return m_foreign; }
    std::string take() { return std::move(m_bytes); }

private:
    std::unordered_map<Row, std::size_t> m_positions;
    std::string m_bytes{codecForm};
    bool m_foreign = false;
};

/// Gives zeros and empty texts behind the first thing that cannot be.
class Reader
{
public:
    Reader(std::string_view bytes, std::span<const Row> rows)
        : m_rest(bytes)
        , m_rows(rows)
    {
        m_good = !bytes.empty() && bytes[0] == codecForm;
        m_rest.remove_prefix(m_good ? 1 : m_rest.size());
    }

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_rest.empty())
                break;
            const auto byte = static_cast<unsigned char>(m_rest[0]);
            m_rest.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80)
                return value;
        }
        return bad();
    }
    std::int64_t signedNumber()
    {
        const std::uint64_t value = number();
        return std::bit_cast<std::int64_t>(value >> 1 ^ (value & 1 ? ~0ULL : 0));
    }
    template <typename Enum>
    Enum word(Enum last)
    {
        const std::uint64_t value = number();
        return static_cast<Enum>(value <= static_cast<std::uint64_t>(last) ? value : bad());
    }
    std::string text()
    {
        const std::uint64_t size = number();
        if (size > m_rest.size())
            return bad(), std::string();
        std::string value(m_rest.substr(0, size));
        m_rest.remove_prefix(size);
        return value;
    }
    /// As many as the list says, or up to where it cannot be: each takes a byte at least.
    template <typename Values, typename Take>
    void list(Values& values, Take take)
    {
        for (std::uint64_t count = number(); count > 0 && m_good; --count) {
            if (m_rest.empty())
                bad();
            else
                values.push_back(take());
        }
    }
    FindingPlace place()
    {
        FindingPlace place;
        const std::uint64_t position = number();
        place.row = position < m_rows.size() ? m_rows[position] : static_cast<Row>(bad());
        place.event = static_cast<std::uint32_t>(number());
        place.time = signedNumber();
        place.text.of = word(TextPlace::Of::Attribute);
        place.text.message = static_cast<std::uint32_t>(number());
        place.text.part = static_cast<std::uint32_t>(number());
        place.from = signedNumber();
        place.to = signedNumber();
        place.quote = text();
        list(place.marks, [this] {
            QuoteMark mark;
            mark.from = static_cast<std::uint32_t>(number());
            mark.to = static_cast<std::uint32_t>(number());
            mark.link = static_cast<std::int32_t>(signedNumber());
            return mark;
        });
        return place;
    }
    Finding finding()
    {
        Finding finding;
        finding.rule = text();
        finding.level = word(FindingLevel::Finding);
        finding.weight = word(FindingWeight::Severe);
        finding.evidence = word(StreamEvidence::Inferred);
        finding.strength = std::bit_cast<double>(number());
        finding.exposure = signedNumber();
        finding.what = text();
        finding.cause = text();
        list(finding.places, [this] { return place(); });
        list(finding.facts, [this] {
            FindingFact fact;
            fact.label = text();
            fact.text = text();
            return fact;
        });
        if (finding.places.empty())
            bad();
        return finding;
    }

    /// Everything was there, and nothing is left.
    bool good() const { return m_good && m_rest.empty(); }

private:
    std::uint64_t bad()
    {
        m_good = false;
        m_rest = {};
        return 0;
    }

    std::string_view m_rest;
    std::span<const Row> m_rows;
    bool m_good = false;
};

} // namespace

std::optional<std::string> encoded(const std::vector<DetectorFindings>& found, std::span<const Row> rows)
{
    Writer writer(rows);
    writer.list(found, [&](const DetectorFindings& one) {
        writer.text(one.detector);
        writer.signedNumber(one.version);
        writer.list(one.findings, [&](const Finding& finding) { writer.finding(finding); });
        writer.list(one.facts, [&](const TraceFact& fact) {
            writer.text(fact.key);
            writer.text(fact.value);
            writer.place(fact.place);
        });
    });
    return writer.foreign() ? std::nullopt : std::optional(writer.take());
}

std::optional<std::vector<DetectorFindings>> decodedFindings(std::string_view bytes, std::span<const Row> rows)
{
    Reader reader(bytes, rows);
    std::vector<DetectorFindings> found;
    reader.list(found, [&] {
        DetectorFindings one;
        one.detector = reader.text();
        one.version = static_cast<int>(reader.signedNumber());
        reader.list(one.findings, [&] { return reader.finding(); });
        reader.list(one.facts, [&] {
            TraceFact fact;
            fact.key = reader.text();
            fact.value = reader.text();
            fact.place = reader.place();
            return fact;
        });
        return one;
    });
    return reader.good() ? std::optional(std::move(found)) : std::nullopt;
}

} // namespace arcscope

#include "findingcodec.h"

#include "bytecodec.h"

#include <bit>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// The first byte; another form of the same data has another one.
constexpr char codecForm = 2;

class Writer : public ByteWriter
{
public:
    explicit Writer(std::span<const Row> rows)
        : ByteWriter(codecForm)
    {
        for (std::size_t i = 0; i < rows.size(); ++i)
            m_positions.emplace(rows[i], i);
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

private:
    std::unordered_map<Row, std::size_t> m_positions;
    bool m_foreign = false;
};

class Reader : public ByteReader
{
public:
    Reader(std::string_view bytes, std::span<const Row> rows)
        : ByteReader(bytes, codecForm)
        , m_rows(rows)
    {
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

private:
    std::span<const Row> m_rows;
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

#include "arcpiece.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace arcscope
{
namespace
{

constexpr std::string_view pieceKey = "arc.piece";
constexpr std::string_view eventKey = "arc.event";
constexpr std::string_view labelKey = "arc.label";
constexpr std::string_view versionKey = "-arc.version";
/// What stitches are proposed by: most of a piece, and of no use for anything else.
constexpr std::string_view sharedKey = "-arc.shared";

/// Numbers with a blank behind each; texts behind their length.
class Writer
{
public:
    template <typename Number>
    Writer& number(Number value)
    {
        if constexpr (std::is_same_v<Number, bool>)
            m_text += value ? "1" : "0";
        else
            m_text += std::to_string(value);
        m_text += ' ';
        return *this;
    }
    template <typename Enum>
    Writer& word(Enum value)
    {
        return number(static_cast<int>(value));
    }
    Writer& text(std::string_view value)
    {
        number(value.size());
        m_text += value;
        return *this;
    }
    Writer& numbers(const std::vector<std::uint64_t>& values)
    {
        number(values.size());
        for (const std::uint64_t value : values)
            number(value);
        return *this;
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

/// Gives nothing more behind the first thing that cannot be.
class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_rest(text)
    {
    }

    template <typename Number>
    Reader& number(Number& value)
    {
        const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        const auto used = static_cast<std::size_t>(end - m_rest.data());
        if (error != std::errc() || used >= m_rest.size() || m_rest[used] != ' ')
            return fail();
        m_rest.remove_prefix(used + 1);
        return *this;
    }
    Reader& flag(bool& value)
    {
        int number01 = 0;
        number(number01);
        value = number01 != 0;
        return *this;
    }
    template <typename Enum>
    Reader& word(Enum& value, int count)
    {
        int index = 0;
        number(index);
        if (index < 0 || index >= count)
            return fail();
        value = static_cast<Enum>(index);
        return *this;
    }
    Reader& text(std::string& value)
    {
        std::size_t size = 0;
        number(size);
        if (size > m_rest.size())
            return fail();
        value = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return *this;
    }
    Reader& numbers(std::vector<std::uint64_t>& values)
    {
        std::size_t count = 0;
        number(count);
        if (count > m_rest.size())
            return fail();
        for (std::uint64_t value = 0; count > 0 && m_good; --count) {
            number(value);
            values.push_back(value);
        }
        return *this;
    }
    /// Everything was there, and nothing is left.
    bool good() const { return m_good && m_rest.empty(); }

private:
    Reader& fail()
    {
        m_good = false;
        m_rest = {};
        return *this;
    }

    std::string_view m_rest;
    bool m_good = true;
};

FindingPlace placeOf(const ArcPlace& place)
{
    FindingPlace out;
    out.row = place.row;
    out.time = place.time;
    out.text = place.text;
    out.from = place.from;
    out.to = place.to;
    return out;
}

ArcPlace placeOf(const FindingPlace& place)
{
    return {place.row, place.time, place.text, place.from, place.to};
}

TraceFact pieceFact(const ArcPiece& piece)
{
    Writer out;
    out.number(piece.labelsOnly).text(piece.goal);
    out.number(piece.end.declined).number(piece.end.openQuestion).number(piece.end.failed).number(piece.end.written);
    out.text(piece.end.word).number(piece.frustration).number(piece.rescues);
    out.numbers(piece.said).number(piece.history);
    return {std::string(pieceKey), out.take(), placeOf(ArcPlace{piece.row, noTime, {}, -1, -1})};
}

TraceFact sharedFact(const ArcPiece& piece)
{
    Writer out;
    out.number(piece.artefacts.size());
    for (const std::string& artefact : piece.artefacts)
        out.text(artefact);
    out.numbers(piece.shingles);
    return {std::string(sharedKey), out.take(), placeOf(ArcPlace{piece.row, noTime, {}, -1, -1})};
}

/// Nothing of what is damaged.
void readShared(const TraceFact& fact, ArcPiece& into)
{
    Reader in(fact.value);
    std::size_t count = 0;
    in.number(count);
    std::vector<std::string> artefacts;
    for (count = std::min(count, fact.value.size()); count > 0; --count)
        in.text(artefacts.emplace_back());
    std::vector<std::uint64_t> shingles;
    in.numbers(shingles);
    if (!in.good())
        return;
    into.artefacts = std::move(artefacts);
    into.shingles = std::move(shingles);
}

TraceFact endFact(const ArcPiece& piece)
{
    return {std::string(pieceKey) + ".end", {}, placeOf(piece.end.place)};
}

std::optional<ArcPiece> pieceOf(const TraceFact& fact)
{
    Reader in(fact.value);
    ArcPiece piece;
    in.flag(piece.labelsOnly).text(piece.goal);
    in.flag(piece.end.declined).flag(piece.end.openQuestion).flag(piece.end.failed).flag(piece.end.written);
    in.text(piece.end.word).number(piece.frustration).number(piece.rescues);
    in.numbers(piece.said).number(piece.history);
    if (!in.good() || piece.history > piece.said.size())
        return std::nullopt;
    piece.row = fact.place.row;
    return piece;
}

TraceFact eventFact(const ArcPieceEvent& event)
{
    Writer out;
    out.word(event.step)
        .word(event.source)
        .text(event.rule)
        .number(event.words)
        .number(event.history)
        .number(event.turn);
    return {std::string(eventKey), out.take(), placeOf(event.place)};
}

std::optional<ArcPieceEvent> eventOf(const TraceFact& fact)
{
    Reader in(fact.value);
    ArcPieceEvent event;
    in.word(event.step, arcStepCount).word(event.source, arcSourceCount).text(event.rule).number(event.words);
    in.flag(event.history).flag(event.turn);
    event.place = placeOf(fact.place);
    return in.good() ? std::optional(std::move(event)) : std::nullopt;
}

TraceFact labelFact(const ArcLabel& label)
{
    Writer out;
    out.text(label.name).text(label.value).word(label.outcome).word(label.resolution);
    out.number(label.score).number(label.human).number(label.named).text(label.author).number(label.given);
    return {std::string(labelKey), out.take(), placeOf(label.place)};
}

std::optional<ArcLabel> labelOf(const TraceFact& fact)
{
    Reader in(fact.value);
    ArcLabel label;
    in.text(label.name).text(label.value).word(label.outcome, arcOutcomeCount);
    in.word(label.resolution, arcResolutionCount).number(label.score).flag(label.human).flag(label.named);
    in.text(label.author).number(label.given);
    label.place = placeOf(fact.place);
    return in.good() ? std::optional(std::move(label)) : std::nullopt;
}

TraceFact versionFact(const VersionUse& use)
{
    Writer out;
    out.number(use.index).text(use.name).text(use.version);
    return {std::string(versionKey), out.take(), placeOf(ArcPlace{use.row, use.time, {}, -1, -1})};
}

std::optional<VersionUse> versionOf(const TraceFact& fact)
{
    Reader in(fact.value);
    VersionUse use;
    in.flag(use.index).text(use.name).text(use.version);
    use.row = fact.place.row;
    use.time = fact.place.time;
    return in.good() ? std::optional(std::move(use)) : std::nullopt;
}

} // namespace

std::vector<TraceFact> arcFacts(const std::vector<ArcPiece>& pieces)
{
    std::vector<TraceFact> facts;
    for (const ArcPiece& piece : pieces) {
        facts.push_back(pieceFact(piece));
        if (!piece.artefacts.empty() || !piece.shingles.empty())
            facts.push_back(sharedFact(piece));
        if (piece.end.place.row != noRow)
            facts.push_back(endFact(piece));
        for (const ArcPieceEvent& event : piece.events)
            facts.push_back(eventFact(event));
        for (const ArcLabel& label : piece.labels)
            facts.push_back(labelFact(label));
        for (const VersionUse& use : piece.versions)
            facts.push_back(versionFact(use));
    }
    return facts;
}

std::vector<ArcPiece> arcPiecesOf(std::span<const TraceFact> facts)
{
    std::vector<ArcPiece> pieces;
    bool open = false; // facts behind a piece that cannot be read belong to none
    for (const TraceFact& fact : facts) {
        if (fact.key == pieceKey) {
            auto piece = pieceOf(fact);
            open = piece.has_value();
            if (piece)
                pieces.push_back(std::move(*piece));
        } else if (!open) {
            continue;
        } else if (fact.key == eventKey) {
            if (auto event = eventOf(fact))
                pieces.back().events.push_back(std::move(*event));
        } else if (fact.key == sharedKey) {
            readShared(fact, pieces.back());
        } else if (fact.key == labelKey) {
            if (auto label = labelOf(fact))
                pieces.back().labels.push_back(std::move(*label));
        } else if (fact.key == versionKey) {
            if (auto use = versionOf(fact))
                pieces.back().versions.push_back(std::move(*use));
        } else if (fact.key == std::string(pieceKey) + ".end") {
            pieces.back().end.place = placeOf(fact.place);
        }
    }
    return pieces;
}

} // namespace arcscope

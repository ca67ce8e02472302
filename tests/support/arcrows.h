// Makes tables of task arcs for tests from facts written as in the text of an ArcSelection, an arc a line.
#pragma once

#include "arcselection.h"
#include "columnbuilder.h"

#include <QtGlobal>

#include <sstream>

namespace arcscope::testing
{

/// "outcome=failed plan=pro turns=3 cost=0.02 currency=USD time=2026-11-02T10:00:00Z user=u1 session=s1 stretches=2".
/// What a line does not name is not recorded, or 0 where it is a count. Each stretch is in the session, but for
/// "session2=": that of the second one.
class ArcRows
{
public:
    explicit ArcRows(const std::string& lines = {})
    {
        std::istringstream all(lines);
        for (std::string line; std::getline(all, line);) {
            if (!line.empty())
                add(line);
        }
    }

    void add(const std::string& line)
    {
        Values row{};
        for (const ArcColumn column : {ArcColumn::Duration, ArcColumn::Active, ArcColumn::Resolved, ArcColumn::Tokens,
                                       ArcColumn::Cost, ArcColumn::OutcomeRow})
            at(row, column) = -1;
        at(row, ArcColumn::Start) = noTime;
        at(row, ArcColumn::Score) = noScore;
        at(row, ArcColumn::Outcome) = static_cast<std::int64_t>(ArcOutcome::Unknown);
        at(row, ArcColumn::OutcomeSource) = static_cast<std::int64_t>(ArcSource::None);
        at(row, ArcColumn::Resolution) = static_cast<std::int64_t>(ArcResolution::Unknown);
        at(row, ArcColumn::ResolutionSource) = static_cast<std::int64_t>(ArcSource::None);
        at(row, ArcColumn::Segments) = 1;
        std::string second;
        std::istringstream words(line);
        for (std::string word; words >> word;) {
            const std::string key = word.substr(0, word.find('='));
            const std::string value = word.substr(word.find('=') + 1);
            const ArcField* field = arcField(key);
            if (key == "session2")
                second = value;
            else if (!field)
                qFatal("unknown fact %s", word.c_str());
            else if (field->kind == ArcFieldKind::Tag)
                at(row, field->column) = id(value);
            else if (value == "-1")
                at(row, field->column) = -1;
            else
                at(row, field->column) = arcCondition(*field, ArcOp::Is, {value}).value().numbers.front();
        }
        at(row, ArcColumn::FirstSegment) = static_cast<std::int64_t>(m_segments.size());
        const std::int64_t session = at(row, tagColumn(SpanText::Session));
        for (std::int64_t i = 0; i < at(row, ArcColumn::Segments); ++i)
            m_segments.push_back(
                {static_cast<std::int64_t>(m_rows.size()), static_cast<std::int64_t>(m_segments.size()),
                 i == 1 && !second.empty() ? id(second) : session, 0, at(row, ArcColumn::Start), -1, 0});
        m_rows.push_back(row);
    }

    ArcCorpus corpus() const
    {
        ArcCorpus arcs;
        arcs.arcs = tableOf<ArcTable>(m_rows);
        arcs.segments = tableOf<ArcSegmentTable>(m_segments);
        return arcs;
    }
    const StringTable& strings() const { return m_strings; }
    std::int64_t id(const std::string& text)
    {
        const std::int64_t found = m_pool.intern(text).value;
        if (auto segment = m_pool.takeNew())
            m_strings.append(segment);
        return found;
    }

private:
    using Values = std::array<std::int64_t, static_cast<std::size_t>(arcColumnCount)>;
    using SegmentValues = std::array<std::int64_t, static_cast<std::size_t>(ArcSegmentColumn::Count)>;

    static std::int64_t& at(Values& row, ArcColumn column) { return row[static_cast<std::size_t>(column)]; }

    template <typename Table, typename Rows>
    static Table tableOf(const Rows& rows)
    {
        Table table;
        for (std::size_t first = 0; first < rows.size(); first += chunkRows) {
            typename Table::Chunk chunk;
            chunk.rows = static_cast<std::uint32_t>(std::min<std::size_t>(chunkRows, rows.size() - first));
            std::vector<std::int64_t> values(chunk.rows);
            for (std::size_t column = 0; column < chunk.columns.size(); ++column) {
                for (std::size_t i = 0; i < values.size(); ++i)
                    values[i] = rows[first + i][column];
                chunk.columns[column] = std::make_shared<Column>(encode(values));
            }
            table.append(std::move(chunk));
        }
        return table;
    }

    StringPool m_pool;
    StringTable m_strings;
    std::vector<Values> m_rows;
    std::vector<SegmentValues> m_segments;
};

/// Random arcs, more than one chunk of them where `count` is large enough; those without a time come last.
inline ArcRows randomArcs(std::uint32_t count, std::uint32_t seed)
{
    ArcRows rows;
    std::uint64_t state = seed;
    const auto below = [&](std::uint32_t limit) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>((state >> 33U) % limit);
    };
    for (std::uint32_t i = 0; i < count; ++i) {
        constexpr std::array plans{"free", "pro", "team"};
        const std::uint32_t outcome = below(5);
        std::string line = "outcome=" + std::string(name(static_cast<ArcOutcome>(outcome)));
        line += " resolution=" + std::string(name(static_cast<ArcResolution>(below(7))));
        line += " source=" + std::string(name(static_cast<ArcSource>(below(5))));
        line += " turns=" + std::to_string(static_cast<int>(below(9)) - 1) + " re_asks=" + std::to_string(below(3));
        if (below(3) > 0)
            line += " plan=" + std::string(plans[below(3)]);
        if (below(8) > 0)
            line += " cost=0.0" + std::to_string(below(90) + 10) + " currency=" + (below(5) == 0 ? "EUR" : "USD");
        if (below(3) > 0)
            line += " resolved=" + std::to_string(below(900)) + "s";
        line += " user=u" + std::to_string(below(40)) + " session=s" + std::to_string(below(120));
        if (i < count - count / 20)
            line += " time=2026-11-" + std::to_string(10 + i * 15 / count) + "T" + std::to_string(10 + below(10)) +
                    ":00:00Z";
        rows.add(line);
    }
    return rows;
}

} // namespace arcscope::testing

// Makes tables of task arcs for tests from facts written as in the text of an ArcSelection, an arc a line.
#pragma once

#include "arcselection.h"
#include "tablerows.h"

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
        startArc(m_arcs);
        m_arcs.set(ArcColumn::Segments, 1);
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
                m_arcs.set(field->column, id(value));
            else if (value == "-1")
                m_arcs.set(field->column, -1);
            else
                m_arcs.set(field->column, arcCondition(*field, ArcOp::Is, {value}).value().numbers.front());
        }
        m_arcs.set(ArcColumn::FirstSegment, m_segments.rows());
        const std::int64_t session = m_arcs.last(tagColumn(SpanText::Session));
        for (std::int64_t i = 0; i < m_arcs.last(ArcColumn::Segments); ++i) {
            const std::uint32_t trace = m_segments.rows();
            m_segments.start();
            m_segments.set(ArcSegmentColumn::Arc, m_arcs.rows() - 1);
            m_segments.set(ArcSegmentColumn::Trace, trace);
            m_segments.set(ArcSegmentColumn::Session, i == 1 && !second.empty() ? id(second) : session);
            m_segments.set(ArcSegmentColumn::Start, m_arcs.last(ArcColumn::Start));
            m_segments.set(ArcSegmentColumn::Duration, -1);
        }
    }

    ArcCorpus corpus() const
    {
        ArcCorpus arcs;
        arcs.arcs = m_arcs.table();
        arcs.segments = m_segments.table();
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
    StringPool m_pool;
    StringTable m_strings;
    ArcTableRows m_arcs;
    RowsOf<ArcSegmentColumn, static_cast<int>(ArcSegmentColumn::Count)> m_segments;
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

#include "generatedarcs.h"

#include "columnbuilder.h"
#include "randomnumbers.h"

#include <array>
#include <memory>
#include <string>

namespace arcscope::bench
{
namespace
{

constexpr Nanos firstStart = 1'785'542'400 * second; // 2026-08-01
constexpr Nanos length = 90 * 86'400 * second;

/// Rows that come in one after the other.
template <typename Table, typename Column, int columnCount>
class TableMaker
{
public:
    void put(Column column, std::int64_t value) { m_row[static_cast<std::size_t>(column)] = value; }
    void endRow()
    {
        for (std::size_t i = 0; i < m_row.size(); ++i)
            m_builders[i].push(m_row[i]);
        if (m_builders[0].rows() == chunkRows)
            flush();
    }
    std::uint32_t rows() const { return m_table.rows() + m_builders[0].rows(); }
    Table finish()
    {
        if (m_builders[0].rows() > 0)
            flush();
        return std::move(m_table);
    }

private:
    void flush()
    {
        typename Table::Chunk chunk;
        chunk.rows = m_builders[0].rows();
        for (std::size_t i = 0; i < m_row.size(); ++i) {
            chunk.columns[i] = std::make_shared<const arcscope::Column>(m_builders[i].encoded());
            m_builders[i].clear();
        }
        m_table.append(std::move(chunk));
    }

    std::array<std::int64_t, static_cast<std::size_t>(columnCount)> m_row{};
    std::array<ColumnBuilder, static_cast<std::size_t>(columnCount)> m_builders;
    Table m_table;
};

class Maker
{
public:
    Maker(std::uint32_t count, std::uint64_t seed)
        : m_random(seed)
        , m_count(count)
    {
        m_plans = tags({"free", "pro", "team", "enterprise"});
        m_models = tags({"m-large-2026-04", "m-large-2026-09", "m-small", "m-mini"});
        m_prompts = tags({"v11", "v12", "v13", "v14", "v15", "v16"});
        m_agents = tags({"support", "billing", "orders", "search", "onboarding"});
        m_services = tags({"assistant", "helpdesk"});
        m_devices = tags({"web", "ios", "android"});
        m_environments = tags({"production"});
        m_currencies = tags({"USD", "EUR"});
        m_priceTables = tags({"prices 2026-07-01"});
        for (std::uint32_t i = 0; i < 240; ++i)
            m_tenants.push_back(intern("tenant-" + std::to_string(i)));
        for (std::uint32_t i = 0; i < std::max(count / 24, 1U); ++i)
            m_users.push_back(intern("user-" + std::to_string(i)));
        for (const char* rule : {"label: reward", "rule: transfer tool", "rule: thanked", "action: accepted"})
            m_rules.push_back(text(rule));
        for (std::uint32_t i = 0; i < 2'000; ++i)
            m_goals.push_back(text("wants thing number " + std::to_string(i) + " done before the end of the week"));
    }

    GeneratedArcs make()
    {
        for (std::uint32_t i = 0; i < m_count; ++i)
            addArc(i);
        GeneratedArcs made;
        made.arcs.arcs = m_arcs.finish();
        made.arcs.segments = m_segments.finish();
        made.arcs.events = m_events.finish();
        made.arcs.texts.append(m_texts.takeNew());
        made.strings.append(m_strings.takeNew());
        return made;
    }

private:
    using Ids = std::vector<std::int64_t>;

    std::int64_t intern(const std::string& word) { return m_strings.intern(word).value; }
    std::int64_t text(const std::string& word) { return m_texts.intern(word).value; }
    Ids tags(std::initializer_list<const char*> words)
    {
        Ids ids;
        for (const char* word : words)
            ids.push_back(intern(word));
        return ids;
    }
    /// The first much more often than the last.
    std::uint32_t uneven(std::size_t count)
    {
        const double x = m_random.fraction();
        return static_cast<std::uint32_t>(x * x * static_cast<double>(count));
    }
    std::int64_t few(double chance) // 0 mostly
    {
        std::int64_t count = 0;
        while (count < 5 && m_random.fraction() < chance)
            ++count;
        return count;
    }

    void addArc(std::uint32_t number);
    void addSegments(std::uint32_t number, Nanos start, std::int64_t duration, std::uint32_t user, std::int64_t count);
    void addEvents(std::uint32_t number, Nanos start, std::int64_t duration, std::int64_t turns);

    Random m_random;
    std::uint32_t m_count;
    StringPool m_strings;
    StringPool m_texts;
    Ids m_plans, m_models, m_prompts, m_agents, m_services, m_devices, m_environments, m_currencies, m_priceTables,
        m_tenants, m_users, m_rules, m_goals;
    std::uint32_t m_traces = 0;
    TableMaker<ArcTable, ArcColumn, arcColumnCount> m_arcs;
    TableMaker<ArcSegmentTable, ArcSegmentColumn, static_cast<int>(ArcSegmentColumn::Count)> m_segments;
    TableMaker<ArcEventTable, ArcEventColumn, static_cast<int>(ArcEventColumn::Count)> m_events;
};

void Maker::addArc(std::uint32_t number)
{
    using C = ArcColumn;
    const auto put = [&](C column, std::int64_t value) { m_arcs.put(column, value); };
    const auto tag = [&](SpanText what, std::int64_t value) { m_arcs.put(tagColumn(what), value); };
    const double at = static_cast<double>(number) / m_count;
    const Nanos start = firstStart + static_cast<Nanos>(at * static_cast<double>(length)) + m_random.below(1'000'000);
    const std::uint32_t user = uneven(m_users.size());
    const std::uint32_t plan = user % 7 < 4 ? 0 : user % 7 - 3;
    const std::uint32_t tenant = user % 240;
    const bool newModel = at > 0.5 && !m_random.oneIn(20);
    const std::uint32_t model = m_random.oneIn(4) ? 2 + m_random.below(2) : (newModel ? 1 : 0);
    const std::int64_t turns = 1 + m_random.longTailed(2, 0.8, 40);
    const std::int64_t segments = 1 + few(0.12);
    const auto duration = static_cast<std::int64_t>(m_random.longTailed(140, 1.3, 4'000'000)) * second;

    // The new model declines more, and does better what it attempts; free users are harder to serve; long arcs fail.
    const double declines = 0.03 + (model == 1 ? 0.05 : 0);
    const double succeeds = 0.78 + (model == 1 ? 0.05 : 0) - (plan == 0 ? 0.1 : 0) - 0.02 * static_cast<double>(turns);
    const double drawn = m_random.fraction();
    ArcOutcome outcome = ArcOutcome::Unknown;
    ArcResolution resolution = ArcResolution::Unknown;
    if (drawn < declines) {
        outcome = ArcOutcome::Declined;
        resolution = ArcResolution::Declined;
    } else if (drawn < declines + 0.07) {
        outcome = ArcOutcome::Deferred;
        resolution = ArcResolution::ResolvedByHuman;
    } else if (drawn < declines + 0.2) {
        resolution = m_random.oneIn(3) ? ArcResolution::Abandoned : ArcResolution::Unknown;
    } else if (m_random.fraction() < succeeds) {
        outcome = ArcOutcome::Succeeded;
        resolution = ArcResolution::Resolved;
    } else {
        outcome = ArcOutcome::Failed;
        resolution = m_random.oneIn(3) ? ArcResolution::Abandoned : ArcResolution::Failed;
    }
    const bool known = outcome != ArcOutcome::Unknown;
    const std::uint32_t source = m_random.below(10);
    put(C::Unit, static_cast<std::int64_t>(ArcUnit::Task));
    put(C::Key, text("task-" + std::to_string(number)));
    put(C::Goal, m_goals[m_random.below(static_cast<std::uint32_t>(m_goals.size()))]);
    put(C::FirstSegment, m_segments.rows());
    put(C::Segments, segments);
    put(C::FirstEvent, m_events.rows());
    put(C::Events, 2 * turns);
    put(C::Start, start);
    put(C::Duration, duration);
    put(C::Active, duration / 3);
    put(C::Outcome, static_cast<std::int64_t>(outcome));
    put(C::OutcomeSource, static_cast<std::int64_t>(!known       ? ArcSource::None
                                                    : source < 1 ? ArcSource::Human
                                                    : source < 3 ? ArcSource::DataLabel
                                                    : source < 6 ? ArcSource::UserAction
                                                                 : ArcSource::Rule));
    put(C::OutcomeRule, known ? m_rules[source % m_rules.size()] : 0);
    put(C::OutcomeRow, known ? std::int64_t{number} * 4 : -1);
    put(C::Resolution, static_cast<std::int64_t>(resolution));
    put(C::ResolutionSource, static_cast<std::int64_t>(known ? ArcSource::Rule : ArcSource::None));
    put(C::Score, source == 1 && known ? (outcome == ArcOutcome::Succeeded ? 1'000'000 : 0) : noScore);
    put(C::Resolved, resolution == ArcResolution::Resolved ? duration * 4 / 5 : -1);
    put(C::Sessions, m_random.oneIn(50) ? 0 : segments);
    put(C::Devices, segments > 1 && m_random.oneIn(4) ? 2 : 1);
    put(C::Turns, turns);
    put(C::Responses, turns);
    put(C::ModelCalls, turns + few(0.5));
    put(C::ToolCalls, few(0.6) * turns);
    put(C::ReAsks, few(outcome == ArcOutcome::Failed ? 0.4 : 0.12));
    put(C::Regenerates, few(0.06));
    put(C::Edits, few(0.1));
    put(C::Escalations, outcome == ArcOutcome::Deferred ? 1 : few(0.02));
    put(C::Accepts, outcome == ArcOutcome::Succeeded ? few(0.6) : 0);
    put(C::FrustrationSignals, few(0.08));
    put(C::IdleGaps, few(0.2));
    put(C::Rescues, few(0.05));
    const std::int64_t tokens = turns * m_random.longTailed(1'800, 0.9, 200'000);
    put(C::Tokens, m_random.oneIn(40) ? -1 : tokens);
    const bool priced = !m_random.oneIn(17);
    put(C::Cost, priced ? tokens * (model == 1 ? 9 : model == 0 ? 6 : 1) : -1);
    put(C::Stitches, few(0.03));
    tag(SpanText::Service, m_services[user % 2]);
    tag(SpanText::Agent, m_agents[m_random.below(5)]);
    tag(SpanText::ModelRequested, m_models[model]);
    tag(SpanText::ModelServed, m_models[model]);
    tag(SpanText::User, m_users[user]);
    tag(SpanText::Tenant, m_tenants[tenant]);
    tag(SpanText::Plan, m_random.oneIn(30) ? 0 : m_plans[plan]);
    tag(SpanText::PromptVersion, m_prompts[std::min<std::size_t>(5, static_cast<std::size_t>(at * 6))]);
    tag(SpanText::Environment, m_environments[0]);
    tag(SpanText::Device, m_devices[m_random.below(3)]);
    tag(SpanText::Currency, priced ? m_currencies[tenant < 8 ? 1 : 0] : 0);
    tag(SpanText::PriceTable, priced && tenant % 2 == 0 ? m_priceTables[0] : 0);
    addSegments(number, start, duration, user, segments);
    addEvents(number, start, duration, turns);
    m_arcs.endRow();
}

void Maker::addSegments(std::uint32_t number, Nanos start, std::int64_t duration, std::uint32_t user,
                        std::int64_t count)
{
    using C = ArcSegmentColumn;
    for (std::int64_t i = 0; i < count; ++i) {
        // A user has a session every three days.
        const std::int64_t third = (start - firstStart) / (3 * 86'400 * second) + i;
        const std::int64_t session = intern("session-" + std::to_string(user) + '-' + std::to_string(third));
        if (i == 0)
            m_arcs.put(tagColumn(SpanText::Session), session);
        m_segments.put(C::Arc, number);
        m_segments.put(C::Trace, m_traces++);
        m_segments.put(C::Session, session);
        m_segments.put(C::Device, m_devices[static_cast<std::size_t>(i) % 3]);
        m_segments.put(C::Start, start + duration / count * i);
        m_segments.put(C::Duration, duration / count / 2);
        m_segments.put(C::Join, static_cast<std::int64_t>(i == 0 ? ArcJoin::First : ArcJoin::SameTask));
        m_segments.endRow();
    }
}

void Maker::addEvents(std::uint32_t number, Nanos start, std::int64_t duration, std::int64_t turns)
{
    using C = ArcEventColumn;
    for (std::int64_t i = 0; i < 2 * turns; ++i) {
        m_events.put(C::Arc, number);
        m_events.put(C::Segment, m_segments.rows() - 1);
        m_events.put(C::Step, static_cast<std::int64_t>(i % 2 == 0 ? ArcStep::Request : ArcStep::Response));
        m_events.put(C::Source, static_cast<std::int64_t>(ArcSource::UserAction));
        m_events.put(C::Time, start + duration / (2 * turns) * i);
        m_events.put(C::SpanRow, std::int64_t{number} * 4 + i % 4);
        m_events.put(C::TextFrom, -1);
        m_events.endRow();
    }
}

} // namespace

GeneratedArcs generateArcs(std::uint32_t count, std::uint64_t seed)
{
    const auto maker = std::make_unique<Maker>(count, seed);
    return maker->make();
}

} // namespace arcscope::bench

// Task arcs written by a test, in the tables that a search makes.
#pragma once

#include "tablerows.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope::testing
{

/// The value of this name; the program ends where there is none.
template <typename Enum>
Enum named(std::string_view word, int count)
{
    for (int i = 0; i < count; ++i) {
        if (name(static_cast<Enum>(i)) == word)
            return static_cast<Enum>(i);
    }
    qFatal("unknown word %s", std::string(word).c_str());
}

class ArcMaker
{
public:
    /// Gives sessions, devices and tags their StringId of the corpus; without it they are numbers.
    std::function<std::uint32_t(std::string_view)> idOf = [](std::string_view text) {
        return static_cast<std::uint32_t>(std::stoul(std::string(text)));
    };
    std::function<Row(std::string_view)> rowOf = [](std::string_view text) {
        return static_cast<Row>(std::stoul(std::string(text)));
    };

    std::uint32_t arc(std::string_view key, ArcUnit unit = ArcUnit::Session)
    {
        startArc(arcs);
        arcs.set(ArcColumn::Unit, static_cast<int>(unit));
        arcs.set(ArcColumn::Key, intern(key));
        arcs.set(ArcColumn::FirstSegment, segments.rows());
        arcs.set(ArcColumn::FirstEvent, events.rows());
        return arcs.rows() - 1;
    }
    /// Of the arc that was made last; noTime: no time, an end before the start: no end.
    void segment(std::uint32_t trace, Nanos start, Nanos end, std::uint32_t session = 0, std::uint32_t device = 0,
                 ArcJoin join = ArcJoin::First)
    {
        segments.start();
        segments.set(ArcSegmentColumn::Arc, arcs.rows() - 1);
        segments.set(ArcSegmentColumn::Trace, trace);
        segments.set(ArcSegmentColumn::Session, session);
        segments.set(ArcSegmentColumn::Device, device);
        segments.set(ArcSegmentColumn::Start, start);
        segments.set(ArcSegmentColumn::Duration, start == noTime || end < start ? -1 : end - start);
        segments.set(ArcSegmentColumn::Join, static_cast<int>(join));
        arcs.add(ArcColumn::Segments);
        arcs.set(ArcColumn::Sessions, arcs.last(ArcColumn::Segments));
        if (start == noTime)
            return;
        if (arcs.last(ArcColumn::Start) == noTime)
            arcs.set(ArcColumn::Start, start);
        if (end >= start)
            arcs.set(ArcColumn::Duration, end - arcs.last(ArcColumn::Start));
    }
    void event(ArcStep step, Nanos time, ArcSource source = ArcSource::UserAction, std::string_view rule = {},
               Row row = 0)
    {
        events.start();
        events.set(ArcEventColumn::Arc, arcs.rows() - 1);
        events.set(ArcEventColumn::Segment, segments.rows() - 1);
        events.set(ArcEventColumn::Step, static_cast<int>(step));
        events.set(ArcEventColumn::Source, static_cast<int>(source));
        events.set(ArcEventColumn::Rule, intern(rule));
        events.set(ArcEventColumn::Time, time);
        events.set(ArcEventColumn::SpanRow, row);
        events.set(ArcEventColumn::TextFrom, -1);
        events.set(ArcEventColumn::TextTo, -1);
        arcs.add(ArcColumn::Events);
        constexpr std::pair<ArcStep, ArcColumn> counted[] = {
            {ArcStep::Response, ArcColumn::Responses}, {ArcStep::Accept, ArcColumn::Accepts},
            {ArcStep::ReAsk, ArcColumn::ReAsks},       {ArcStep::Regenerate, ArcColumn::Regenerates},
            {ArcStep::Edit, ArcColumn::Edits},         {ArcStep::Escalate, ArcColumn::Escalations},
        };
        for (const auto& [of, column] : counted)
            arcs.add(column, of == step ? 1 : 0);
        arcs.add(ArcColumn::Turns, step == ArcStep::Response || step == ArcStep::Ignore ? 0 : 1);
    }
    void stitch(std::uint32_t earlier, std::uint32_t later, double score, std::string reason)
    {
        stitches.push_back({earlier, later, score, std::move(reason), noRow, noRow});
    }
    std::int64_t intern(std::string_view text) { return text.empty() ? 0 : m_pool.intern(text).value; }

    ArcCorpus made()
    {
        ArcCorpus corpus{arcs.table(), segments.table(), events.table(), {}, stitches};
        if (auto segment = m_pool.takeNew())
            m_texts.append(std::move(segment));
        corpus.texts = m_texts;
        return corpus;
    }

    ArcTableRows arcs;
    RowsOf<ArcSegmentColumn, static_cast<int>(ArcSegmentColumn::Count)> segments;
    RowsOf<ArcEventColumn, static_cast<int>(ArcEventColumn::Count)> events;
    std::vector<ArcStitch> stitches;

private:
    StringPool m_pool;
    StringTable m_texts;
};

/// One thing a line; times in milliseconds, "-" for none:
///     arc KEY [task|session|trace] [OUTCOME by=SOURCE rule=WORD] [goal=WORDS_WITH_BLANKS_AS_THESE] [tools=] [cost=] …
///     seg TRACE START-END [session=] [device=] [join=]
///     STEP TIME [by=SOURCE] [rule=] [row=]
///     stitch EARLIER LATER SCORE REASON …      (numbers of arcs)
inline void addArcs(ArcMaker& maker, const std::string& text)
{
    const auto timeOf = [](const std::string& word) {
        return word.empty() || word == "-" ? noTime : std::stoll(word) * millisecond;
    };
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string what;
        if (!(words >> what))
            continue;
        std::string word;
        if (what == "stitch") {
            std::uint32_t earlier = 0, later = 0;
            double score = 0;
            words >> earlier >> later >> score;
            std::getline(words >> std::ws, word);
            maker.stitch(earlier, later, score, word);
            continue;
        }
        words >> word;
        if (what == "arc") {
            maker.arc(word);
        } else if (what == "seg") {
            std::string times;
            words >> times;
            const auto dash = times.find('-', 1);
            const Nanos start = timeOf(times.substr(0, dash));
            const Nanos end = start == noTime || dash == std::string::npos ? noTime : timeOf(times.substr(dash + 1));
            maker.segment(static_cast<std::uint32_t>(std::stoul(word)), start, end);
        } else {
            maker.event(named<ArcStep>(what, arcStepCount), timeOf(word));
        }
        while (words >> word) {
            const auto equals = word.find('=');
            const std::string key = word.substr(0, equals);
            std::string value = equals == std::string::npos ? std::string() : word.substr(equals + 1);
            const std::pair<const char*, ArcColumn> numbers[] = {{"tools", ArcColumn::ToolCalls},
                                                                 {"cost", ArcColumn::Cost},
                                                                 {"tokens", ArcColumn::Tokens},
                                                                 {"frustration", ArcColumn::FrustrationSignals},
                                                                 {"models", ArcColumn::ModelCalls}};
            bool taken = false;
            for (const auto& [name, column] : numbers) {
                if (what == "arc" && key == name) {
                    maker.arcs.set(column, std::stoll(value));
                    taken = true;
                }
            }
            if (taken)
                continue;
            if (key == "by" && what == "arc")
                maker.arcs.set(ArcColumn::OutcomeSource, static_cast<int>(named<ArcSource>(value, arcSourceCount)));
            else if (key == "by")
                maker.events.set(ArcEventColumn::Source, static_cast<int>(named<ArcSource>(value, arcSourceCount)));
            else if (key == "rule" && what == "arc")
                maker.arcs.set(ArcColumn::OutcomeRule, maker.intern(value));
            else if (key == "rule")
                maker.events.set(ArcEventColumn::Rule, maker.intern(value));
            else if (key == "goal") {
                std::replace(value.begin(), value.end(), '_', ' ');
                maker.arcs.set(ArcColumn::Goal, maker.intern(value));
            } else if (key == "row")
                maker.events.set(ArcEventColumn::SpanRow, maker.rowOf(value));
            else if (key == "session" && what == "seg")
                maker.segments.set(ArcSegmentColumn::Session, maker.idOf(value));
            else if (key == "device")
                maker.segments.set(ArcSegmentColumn::Device, maker.idOf(value));
            else if (key == "join")
                maker.segments.set(ArcSegmentColumn::Join, static_cast<int>(named<ArcJoin>(value, 4)));
            else if (key == "model")
                maker.arcs.set(tagColumn(SpanText::ModelServed), maker.idOf(value));
            else if (key == "task" || key == "session" || key == "trace")
                maker.arcs.set(ArcColumn::Unit, static_cast<int>(named<ArcUnit>(key, 3)));
            else
                maker.arcs.set(ArcColumn::Outcome, static_cast<int>(named<ArcOutcome>(key, arcOutcomeCount)));
        }
    }
}

inline ArcCorpus arcsOf(const std::string& text)
{
    ArcMaker maker;
    addArcs(maker, text);
    return maker.made();
}

} // namespace arcscope::testing

// FoundArcs: the task arcs of one state of what is open; immutable, shared by threads.
#pragma once

#include "arctable.h"
#include "changemarkers.h"
#include "corpusloader.h"

#include <memory>
#include <optional>
#include <string>

namespace arcscope
{

struct FoundArcs {
    CorpusPtr corpus;               ///< whose rows, traces and strings the arcs name; null where there is none
    ArcCorpus arcs;                 ///< with what people decided
    std::shared_ptr<const void> in; ///< the state that was open, to be compared with; null: none
    std::vector<LensMarker> marks;  ///< new models, prompts, tools, their definitions and indexes, by time

    std::uint32_t count() const { return arcs.arcs.rows(); }
    std::int64_t at(ArcColumn column, std::uint32_t arc) const { return arcs.arcs.at(column, arc); }
    ArcOutcome outcome(std::uint32_t arc) const { return static_cast<ArcOutcome>(at(ArcColumn::Outcome, arc)); }
    ArcSource source(std::uint32_t arc) const { return static_cast<ArcSource>(at(ArcColumn::OutcomeSource, arc)); }
    /// Of goals, keys and rules.
    std::string_view text(ArcColumn column, std::uint32_t arc) const
    {
        return arcs.texts[StringId{static_cast<std::uint32_t>(at(column, arc))}];
    }
    /// Of a tag; empty: not recorded.
    std::string_view tag(SpanText tag, std::uint32_t arc) const
    {
        return corpus->strings[StringId{static_cast<std::uint32_t>(at(tagColumn(tag), arc))}];
    }
    /// The task that it is recorded for; else its session, or the trace without the folder of its file.
    std::string_view task(std::uint32_t arc) const;
    /// The arc with that key; nothing where there is none. O(arcs).
    std::optional<std::uint32_t> find(const std::string& key) const;
    /// The arc that a trace is part of. O(stretches).
    std::optional<std::uint32_t> ofTrace(std::uint32_t trace) const;
};

/// allMarks(); nothing where the corpus has not loaded the columns that it needs.
std::vector<LensMarker> foundMarks(const Corpus& corpus, std::vector<VersionUse> uses);

using ArcsPtr = std::shared_ptr<const FoundArcs>;

} // namespace arcscope

// Figures over those that got to an end speak for these alone: whom such a figure leaves out, and how those differ.
#pragma once

#include "arcdifference.h"
#include "detector.h"

#include <string>
#include <utility>

namespace arcscope
{

inline constexpr std::string_view survivorshipRule = "arc.survivorship";

/// The arcs that a figure is of, and those that did not get so far.
struct Survivorship {
    std::string_view name;              ///< "resolved", "rated", "returned"
    std::string_view figure;            ///< what is counted over those that got there
    std::string_view all;               ///< who could have got there: "arcs of a known end"
    std::vector<std::uint32_t> among;   ///< rows of ArcTable, sorted
    std::vector<std::uint32_t> dropped; ///< of `among`, sorted
    /// What became of those instead, or who tells of them; the most first.
    std::vector<std::pair<std::string_view, std::uint64_t>> instead;
    std::uint64_t unknown = 0;  ///< whether they got there, or what went before, is not known; in none of the two
    ArcDifferences differences; ///< of those that dropped out from the others

    std::size_t survivors() const { return among.size() - dropped.size(); }
};

/// The three figures:
///
/// | name | is of | among |
/// |---|---|---|
/// | resolved | arcs resolved without a person | arcs of a known end |
/// | rated | arcs of which a person or the data tell the outcome | all arcs |
/// | returned | first arcs of users who came back in time | first arcs of users who were observed so long |
///
/// In time is within arc.return_days. A figure is left out where one side has fewer than arc.survivor_least arcs. Times
/// when arcs began are not compared: what began last may not have ended. O(n log n) for each field.
std::vector<Survivorship> survivorships(const ArcCorpus& arcs, const DetectorSettings& settings);

/// The field in which those that dropped out differ most surely, with an effect of arc.survivor_effect at least and a
/// chance of arc.survivor_chance at most, where arc.survivor_dropped of all dropped out; null: the figure may stand for
/// all, as far as is known.
const ArcFieldDifference* misleading(const Survivorship& survivorship, const DetectorSettings& settings);

/// A finding for each figure that misleads.
void findSurvivorship(const Corpus& corpus, const ArcCorpus& arcs, const DetectorSettings& settings,
                      std::vector<Finding>& into);

} // namespace arcscope

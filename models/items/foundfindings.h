// FoundFindings: what detectors found in one state of what is open, as a ranked list; immutable, shared by threads.
#pragma once

#include "corpusloader.h"
#include "findingrank.h"

#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct FoundFindings {
    CorpusPtr corpus; ///< whose rows the places name; times as recorded
    std::vector<Finding> findings;
    std::vector<QString> keys; ///< of findings: what a verdict is kept under
    std::vector<FindingEntry> entries;

    /// The typical example of an entry.
    const Finding& example(std::size_t entry) const { return findings[entries[entry].findings.front()]; }
    /// The same in every later state: rule, level and cause, or what it is without one.
    QString identity(std::size_t entry) const;

    struct Member {
        std::uint32_t entry = 0;
        std::uint32_t finding = 0;
    };
    /// One finding in words that links keep (placedKey()).
    std::string nameOf(std::uint32_t finding) const;
    /// The one of that name; of a key of verdicts the typical one. Where nothing quotes the same any more, as where
    /// something was taken out, one of the same rule and places.
    std::optional<Member> find(std::string_view name) const;
};

using FoundPtr = std::shared_ptr<const FoundFindings>;

/// Ranks findings, and gives each its key. Needs the columns of ids.
FoundPtr foundOf(CorpusPtr corpus, std::vector<Finding> findings);

/// When a place was there to be seen, else when its span began, in the times of `shown`: a corpus of the same rows,
/// maybe with other clocks. noTime: not recorded.
Nanos shownTime(const FoundFindings& found, const Corpus& shown, const FindingPlace& place);

} // namespace arcscope

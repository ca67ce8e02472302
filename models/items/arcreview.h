// Reviews of task arcs: which ones a person looks at, how far he is, and what he said as a document.
#pragma once

#include "arcdecision.h"
#include "arclisting.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace arcscope
{

/// Which of the arcs in a list are looked at, and in which order.
enum class ReviewSampling : std::uint8_t {
    AllShown,     ///< as the list has them
    UnknownFirst, ///< those of which nothing is known, then those that only a rule judged, then the others
    Balanced,     ///< the same number of each value of a tag, drawn by a seed
};
inline constexpr int reviewSamplingCount = 3;

struct ReviewPlan {
    ReviewSampling sampling = ReviewSampling::AllShown;
    SpanText tag = SpanText::ModelServed; ///< of Balanced
    std::size_t most = 0;                 ///< arcs; 0: all. Of Balanced: of each value
    unsigned seed = 1;

    bool operator==(const ReviewPlan&) const = default;
};

/// Keys of the arcs. They stay in this order whatever is said of them.
std::vector<std::string> reviewSample(const ArcListing& listing, const ReviewPlan& plan);

/// What was said of an arc; empty: nothing.
ArcReview reviewOf(const ArcDecisions& decisions, const std::string& arc);
/// Those of `sample` of which an outcome was said.
std::size_t reviewedIn(const std::vector<std::string>& sample, const ArcDecisions& decisions);

struct ReviewReport {
    const FoundArcs& arcs;
    const ArcDecisions& decisions;
    const std::vector<std::string>& sample;
    QString source;   ///< file that was opened
    QString filter;   ///< of the window; empty: none
    QString sampling; ///< as it was chosen
    QString program;  ///< "Arcscope 1.0"
};

/// Tables that read well as plain text; nothing from traces or notes is active in them.
QString reviewMarkdown(const ReviewReport& report);
/// One object with "schema":"arcscope.review/1"; texts as they are recorded.
QByteArray reviewJson(const ReviewReport& report);

} // namespace arcscope

#include "arcdecisions.h"

#include "eachrow.h"
#include "storedtext.h"
#include "workspace.h"

namespace arcscope
{
namespace
{

Result<void> readReviews(Database& database, std::vector<ArcReview>& into)
{
    auto select = database.prepare("select arc, coalesce(outcome, -1), note, changed_ns from arc_reviews order by arc");
    return eachRow(select, [&](const Statement& row) {
        ArcReview& review = into.emplace_back();
        review.arc = row.text(0);
        const std::int64_t outcome = row.number(1);
        if (outcome >= 0 && outcome < arcOutcomeCount)
            review.outcome = static_cast<ArcOutcome>(outcome);
        review.note = row.text(2);
        review.changed = row.number(3);
    });
}

Result<void> readStitches(Database& database, std::vector<StitchDecision>& into)
{
    auto select =
        database.prepare("select earlier, later, accepted, changed_ns from arc_stitches order by earlier, later");
    return eachRow(select, [&](const Statement& row) {
        into.push_back({std::string(row.text(0)), std::string(row.text(1)), row.number(2) != 0, row.number(3)});
    });
}

} // namespace

Result<void> keepArcReview(Workspace& workspace, const ArcReview& review)
{
    if (auto fits = checkLengths({review.arc, review.note}); !fits)
        return fits;
    const bool forget = !review.outcome && review.note.empty();
    auto change = workspace.database().prepare(
        forget           ? "delete from arc_reviews where arc = ?1"
        : review.outcome ? "insert or replace into arc_reviews(arc, note, changed_ns, outcome) values(?1, ?2, ?3, ?4)"
                         : "insert or replace into arc_reviews(arc, note, changed_ns) values(?1, ?2, ?3)");
    return changeRow(std::move(change), [&](Statement& row) {
        row.bind(1, review.arc);
        if (!forget)
            row.bind(2, review.note).bind(3, review.changed);
        if (review.outcome)
            row.bind(4, static_cast<std::int64_t>(*review.outcome));
    });
}

Result<void> keepStitchDecision(Workspace& workspace, const StitchDecision& decision)
{
    if (auto fits = checkLengths({decision.earlier, decision.later}); !fits)
        return fits;
    return changeRow(
        workspace.database().prepare(
            "insert or replace into arc_stitches(earlier, later, accepted, changed_ns) values(?, ?, ?, ?)"),
        [&](Statement& row) {
            row.bind(1, decision.earlier).bind(2, decision.later).bind(4, decision.changed);
            row.bind(3, std::int64_t{decision.accepted ? 1 : 0});
        });
}

Result<void> removeStitchDecision(Workspace& workspace, std::string_view earlier, std::string_view later)
{
    return changeRow(workspace.database().prepare("delete from arc_stitches where earlier = ? and later = ?"),
                     [&](Statement& row) { row.bind(1, earlier).bind(2, later); });
}

Result<ArcDecisions> arcDecisions(Workspace& workspace)
{
    ArcDecisions decisions;
    if (auto read = readReviews(workspace.database(), decisions.reviews); !read)
        return read.error();
    if (auto read = readStitches(workspace.database(), decisions.stitches); !read)
        return read.error();
    return decisions;
}

} // namespace arcscope

#include "replaydecisions.h"

#include "annotations.h"
#include "workspace.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::string_view sidesSetting = "replay.sides";
constexpr char separator = '\x1f';

/// The field, the base, the candidates.
std::string written(const ReplaySides& sides)
{
    if (!sides.chosen())
        return {};
    std::string text = sides.field + separator + sides.base;
    for (const std::string& candidate : sides.candidates)
        text += separator + candidate;
    return text;
}

ReplaySides readSides(std::string_view text)
{
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(separator, from), text.size());
        parts.emplace_back(text.substr(from, to - from));
        from = to + 1;
    }
    if (parts.size() < 3)
        return {};
    return {parts[0], parts[1], {parts.begin() + 2, parts.end()}};
}

} // namespace

Result<void> keepReplayReview(Workspace& workspace, const ReplayReview& review)
{
    for (const std::string* const text : {&review.task, &review.base, &review.candidate, &review.note}) {
        if (text->size() > maxAnnotationBytes)
            return Error{ErrorCode::Usage, "the text is longer than 1 MB"};
    }
    const bool forget = !review.opinion && review.note.empty();
    auto change = workspace.database().prepare(
        forget ? "delete from replay_reviews where task = ?1 and base = ?2 and candidate = ?3"
               : "insert or replace into replay_reviews(task, base, candidate, opinion, note, changed_ns) "
                 "values(?1, ?2, ?3, ?4, ?5, ?6)");
    if (!change)
        return change.error();
    change->bind(1, review.task).bind(2, review.base).bind(3, review.candidate);
    if (!forget)
        change->bind(4, review.opinion ? static_cast<std::int64_t>(*review.opinion) : std::int64_t{-1})
            .bind(5, review.note)
            .bind(6, review.changed);
    return change->run();
}

Result<void> keepReplaySides(Workspace& workspace, const ReplaySides& sides)
{
    const std::string text = written(sides);
    if (text.size() > maxAnnotationBytes)
        return Error{ErrorCode::Usage, "the text is longer than 1 MB"};
    return setSetting(workspace, sidesSetting, text);
}

Result<ReplayDecisions> replayDecisions(Workspace& workspace)
{
    ReplayDecisions decisions;
    const auto sides = setting(workspace, sidesSetting);
    if (!sides)
        return sides.error();
    if (*sides)
        decisions.sides = readSides(**sides);
    auto select = workspace.database().prepare(
        "select task, base, candidate, opinion, note, changed_ns from replay_reviews order by task, base, candidate");
    if (!select)
        return select.error();
    while (true) {
        const auto row = select->step();
        if (!row)
            return row.error();
        if (!*row)
            return decisions;
        ReplayReview& review = decisions.reviews.emplace_back();
        review.task = select->text(0);
        review.base = select->text(1);
        review.candidate = select->text(2);
        const std::int64_t opinion = select->number(3);
        if (opinion >= 0 && opinion < replayOpinionCount)
            review.opinion = static_cast<ReplayOpinion>(opinion);
        review.note = select->text(4);
        review.changed = select->number(5);
    }
}

} // namespace arcscope

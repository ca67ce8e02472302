#include "replaydecisions.h"

#include "eachrow.h"
#include "storedtext.h"
#include "workspace.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::string_view sidesSetting = "replay.sides";
constexpr std::string_view keySetting = "replay.key";
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

Error damaged(Workspace& workspace, const char* what)
{
    return {ErrorCode::Malformed, workspace.path() + ": " + what};
}

Result<ReplaySides> readSides(Workspace& workspace)
{
    const auto text = setting(workspace, sidesSetting);
    if (!text)
        return text.error();
    const auto key = setting(workspace, keySetting);
    if (!key)
        return key.error();
    if (!*text || (*text)->empty())
        return ReplaySides();
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= (*text)->size();) {
        const std::size_t to = std::min((*text)->find(separator, from), (*text)->size());
        parts.push_back((*text)->substr(from, to - from));
        from = to + 1;
    }
    if (parts.size() < 3 || parts[0].empty())
        return damaged(workspace, "the setting “replay.sides” is no field, base and candidates");
    return ReplaySides{parts[0], parts[1], {parts.begin() + 2, parts.end()}, key->value_or(std::string())};
}

Result<void> readReviews(Workspace& workspace, std::vector<ReplayReview>& into)
{
    auto select = workspace.database().prepare(
        "select task, base, candidate, opinion, note, changed_ns from replay_reviews order by task, base, candidate");
    return eachRow(select, [&](const Statement& row) -> Result<void> {
        ReplayReview& review = into.emplace_back();
        review.task = row.text(0);
        review.base = row.text(1);
        review.candidate = row.text(2);
        const std::int64_t opinion = row.number(3);
        if (opinion < -1)
            return damaged(workspace, "a verdict on a replayed task is less than -1");
        if (opinion >= 0 && opinion < replayOpinionCount) // others are of a later program
            review.opinion = static_cast<ReplayOpinion>(opinion);
        review.note = row.text(4);
        review.changed = row.number(5);
        return {};
    });
}

Result<void> readMatches(Workspace& workspace, std::vector<ReplayMatch>& into)
{
    auto select = workspace.database().prepare("select base, candidate, base_step, candidate_step from replay_matches "
                                               "order by base, candidate, base_step, candidate_step");
    return eachRow(select, [&](const Statement& row) -> Result<void> {
        const std::int64_t base = row.number(2);
        const std::int64_t candidate = row.number(3);
        const auto isStep = [](std::int64_t step) { return step >= 0 && step < ReplayMatch::whole; };
        if ((base != -1 || candidate != -1) && (!isStep(base) || !isStep(candidate)))
            return damaged(workspace, "a step that a person matched with another is out of range");
        into.push_back({std::string(row.text(0)), std::string(row.text(1)), static_cast<std::uint32_t>(base),
                        static_cast<std::uint32_t>(candidate)});
        return {};
    });
}

} // namespace

Result<void> keepReplayReview(Workspace& workspace, const ReplayReview& review)
{
    if (auto fits = checkLengths({review.task, review.base, review.candidate, review.note}); !fits)
        return fits;
    const bool forget = !review.opinion && review.note.empty();
    auto change = workspace.database().prepare(
        forget ? "delete from replay_reviews where task = ?1 and base = ?2 and candidate = ?3"
               : "insert or replace into replay_reviews(task, base, candidate, opinion, note, changed_ns) "
                 "values(?1, ?2, ?3, ?4, ?5, ?6)");
    return changeRow(std::move(change), [&](Statement& row) {
        row.bind(1, review.task).bind(2, review.base).bind(3, review.candidate);
        if (!forget)
            row.bind(4, review.opinion ? static_cast<std::int64_t>(*review.opinion) : std::int64_t{-1})
                .bind(5, review.note)
                .bind(6, review.changed);
    });
}

Result<void> keepReplaySides(Workspace& workspace, const ReplaySides& sides)
{
    const std::string text = written(sides);
    if (auto fits = checkLengths({text, sides.key}); !fits)
        return fits;
    if (auto kept = setSetting(workspace, keySetting, sides.chosen() ? sides.key : std::string()); !kept)
        return kept;
    return setSetting(workspace, sidesSetting, text);
}

Result<void> keepReplayMatch(Workspace& workspace, const ReplayMatch& match, bool holds)
{
    if (auto fits = checkLengths({match.base, match.candidate}); !fits)
        return fits;
    auto change = workspace.database().prepare(
        holds
            ? "insert or ignore into replay_matches(base, candidate, base_step, candidate_step) values(?1, ?2, ?3, ?4)"
            : "delete from replay_matches where base = ?1 and candidate = ?2 and base_step = ?3 and "
              "candidate_step = ?4");
    const auto stored = [](std::uint32_t step) {
        return step == ReplayMatch::whole ? std::int64_t{-1} : static_cast<std::int64_t>(step);
    };
    return changeRow(std::move(change), [&](Statement& row) {
        row.bind(1, match.base).bind(2, match.candidate);
        row.bind(3, stored(match.baseStep)).bind(4, stored(match.candidateStep));
    });
}

Result<ReplayDecisions> replayDecisions(Workspace& workspace)
{
    ReplayDecisions decisions;
    auto sides = readSides(workspace);
    if (!sides)
        return sides.error();
    decisions.sides = std::move(*sides);
    if (auto read = readReviews(workspace, decisions.reviews); !read)
        return read.error();
    if (auto read = readMatches(workspace, decisions.matches); !read)
        return read.error();
    return decisions;
}

} // namespace arcscope

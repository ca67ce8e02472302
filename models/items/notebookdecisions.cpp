// What is said of findings, task arcs and replays.
#include "arcdecisions.h"
#include "notebook.h"
#include "replaydecisions.h"
#include "transaction.h"
#include "verdicts.h"
#include "workspace.h"

#include <QDateTime>

#include <algorithm>

namespace arcscope
{
namespace
{

/// What somebody else changed later keeps its time; else it is changed now.
Nanos changeTime(Nanos before, Nanos said)
{
    return said > before ? said : QDateTime::currentMSecsSinceEpoch() * 1'000'000;
}

bool forgets(const KeptVerdict& said)
{
    return said.verdict == FindingVerdict::Open && said.note.empty();
}

/// What somebody wrote about them.
QString writtenIn(const std::vector<KeptVerdict>& all)
{
    QStringList texts;
    for (const KeptVerdict& said : all) {
        for (const std::string& text : {said.reason, said.note}) {
            if (const QString line = QString::fromStdString(text); !line.isEmpty() && !texts.contains(line))
                texts << line;
        }
    }
    return texts.join(QLatin1Char('\n'));
}

Result<void> writeVerdicts(Workspace& workspace, const std::vector<KeptVerdict>& all)
{
    return inTransaction(workspace.database(), [&]() -> Result<void> {
        for (const KeptVerdict& said : all) {
            if (auto kept = keepVerdict(workspace, said); !kept)
                return kept;
        }
        return {};
    });
}

} // namespace

void NoteBook::setVerdicts(const std::vector<KeptVerdict>& said)
{
    std::vector<KeptVerdict> different;
    for (const KeptVerdict& each : said) {
        const QString key = QString::fromStdString(each.finding);
        const KeptVerdict before = m_verdicts.value(key);
        if (before.verdict == each.verdict && before.reason == each.reason && before.note == each.note)
            continue;
        different.push_back(each);
        different.back().changed = changeTime(before.changed, each.changed);
        if (forgets(each))
            m_verdicts.remove(key);
        else
            m_verdicts.insert(key, different.back());
    }
    if (different.empty())
        return;
    const bool something = !std::all_of(different.begin(), different.end(), forgets);
    write([kept = portable({{}, different, {}, {}, {}}).verdicts](
              Workspace& workspace) { return writeVerdicts(workspace, kept); },
          Verdicts, &NoteBook::verdictsFailed, writtenIn(different), something);
    emit verdictsChanged();
}

void NoteBook::review(const ArcReview& review)
{
    const auto before = std::find_if(m_arcs.reviews.begin(), m_arcs.reviews.end(),
                                     [&](const ArcReview& each) { return each.arc == review.arc; });
    const bool known = before != m_arcs.reviews.end();
    const bool forgotten = !review.outcome && review.note.empty();
    if (known ? before->outcome == review.outcome && before->note == review.note : forgotten)
        return;
    ArcReview said = review;
    said.changed = changeTime(known ? before->changed : noTime, review.changed);
    if (known)
        m_arcs.reviews.erase(before);
    if (!forgotten)
        m_arcs.reviews.push_back(said);
    write([kept = portable({{}, {}, {{said}, {}}, {}, {}}).arcs.reviews.front()](
              Workspace& workspace) { return keepArcReview(workspace, kept); },
          Arcs, &NoteBook::arcsFailed, QString::fromStdString(said.note));
    emit arcsChanged();
}

void NoteBook::decideStitch(const std::string& earlier, const std::string& later, std::optional<bool> accepted)
{
    const auto before = std::find_if(m_arcs.stitches.begin(), m_arcs.stitches.end(), [&](const StitchDecision& each) {
        return each.earlier == earlier && each.later == later;
    });
    const bool known = before != m_arcs.stitches.end();
    if (known ? accepted == before->accepted : !accepted)
        return;
    if (known)
        m_arcs.stitches.erase(before);
    const StitchDecision said{earlier, later, accepted.value_or(false), changeTime(noTime, noTime)};
    if (accepted)
        m_arcs.stitches.push_back(said);
    write(
        [kept = portable({{}, {}, {{}, {said}}, {}, {}}).arcs.stitches.front(),
         decided = accepted.has_value()](Workspace& workspace) {
            return decided ? keepStitchDecision(workspace, kept)
                           : removeStitchDecision(workspace, kept.earlier, kept.later);
        },
        Arcs, &NoteBook::arcsFailed, {});
    emit arcsChanged();
}

void NoteBook::reviewReplay(const ReplayReview& review)
{
    const auto before = std::find_if(m_replays.reviews.begin(), m_replays.reviews.end(), [&](const ReplayReview& each) {
        return each.task == review.task && each.base == review.base && each.candidate == review.candidate;
    });
    const bool known = before != m_replays.reviews.end();
    const bool forgotten = !review.opinion && review.note.empty();
    if (known ? before->opinion == review.opinion && before->note == review.note : forgotten)
        return;
    ReplayReview said = review;
    said.changed = changeTime(known ? before->changed : noTime, review.changed);
    if (known)
        m_replays.reviews.erase(before);
    if (!forgotten)
        m_replays.reviews.push_back(said);
    write([said](Workspace& workspace) { return keepReplayReview(workspace, said); }, Replays, &NoteBook::replaysFailed,
          QString::fromStdString(said.note));
    emit replaysChanged();
}

void NoteBook::setReplaySides(const ReplaySides& sides)
{
    if (sides == m_replays.sides)
        return;
    m_replays.sides = sides;
    write([sides](Workspace& workspace) { return keepReplaySides(workspace, sides); }, Replays,
          &NoteBook::replaysFailed, {});
    emit replaysChanged();
}

void NoteBook::matchReplays(const std::vector<ReplayMatch>& matches, bool hold)
{
    for (const ReplayMatch& match : matches) {
        std::erase(m_replays.matches, match);
        if (hold)
            m_replays.matches.push_back(match);
    }
    write(
        [all = portable({{}, {}, {}, {{}, {}, matches}, {}}).replays.matches, hold](Workspace& workspace) {
            return inTransaction(workspace.database(), [&] {
                Result<void> kept;
                for (const ReplayMatch& match : all)
                    kept = kept ? keepReplayMatch(workspace, match, hold) : kept;
                return kept;
            });
        },
        Replays, &NoteBook::replaysFailed, {});
    emit replaysChanged();
}

} // namespace arcscope

#include "arcgroups.h"
#include "arcrequest.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// An id or words in more groups than these belong to none of them: a template, a shop, a common page.
constexpr std::size_t mostOfOne = 4;
constexpr std::size_t mostEarlier = 16; ///< groups that begin with the same words

struct Shared {
    std::vector<std::uint64_t> artefacts;
    std::size_t shingles = 0;
    std::size_t turns = 0; ///< of the earlier conversation that the later one begins with
};

std::string awayText(Nanos gap)
{
    const auto count = [](Nanos number, const char* unit) { return std::to_string(number) + ' ' + unit; };
    constexpr Nanos minute = 60 * second;
    if (gap < 0)
        return "at the same time";
    if (gap < minute)
        return "after less than a minute";
    if (gap < 120 * minute)
        return "after " + count(gap / minute, "min");
    if (gap < 48 * 60 * minute)
        return "after " + count(gap / (60 * minute), "h");
    return "after " + count(gap / (24 * 60 * minute), "days");
}

class Proposer
{
public:
    Proposer(const Corpus& corpus, const std::vector<PlacedPiece>& pieces, const std::vector<BaseArc>& groups,
             const ArcThresholds& thresholds)
        : m_corpus(corpus)
        , m_pieces(pieces)
        , m_groups(groups)
        , m_thresholds(thresholds)
    {
    }

    std::vector<GroupStitch> propose(const Control& control)
    {
        collect();
        std::vector<GroupStitch> all;
        for (std::uint32_t later = 0; later < m_groups.size(); ++later) {
            if (later % 1'024 == 0 && control.stopped())
                return {};
            GroupStitch best;
            for (const auto& [earlier, shared] : m_shared[later]) {
                GroupStitch one = judged(earlier, later, shared);
                // Of equals the nearest before it.
                if (one.score > 0 && one.score >= best.score)
                    best = std::move(one);
            }
            if (best.score > 0 && best.score >= m_thresholds.stitchScore)
                all.push_back(std::move(best));
        }
        return all;
    }

private:
    const PlacedPiece& first(std::uint32_t group) const { return m_pieces[m_groups[group].pieces.front()]; }
    const PlacedPiece& last(std::uint32_t group) const { return m_pieces[m_groups[group].pieces.back()]; }

    StringId userOf(std::uint32_t group) const
    {
        for (const std::uint32_t piece : m_groups[group].pieces) {
            if (m_pieces[piece].user)
                return m_pieces[piece].user;
        }
        return {};
    }

    bool mayBeOne(std::uint32_t earlier, std::uint32_t later) const
    {
        const StringId user = userOf(earlier);
        if (user != userOf(later))
            return false;
        const PlacedPiece& a = first(earlier);
        const PlacedPiece& b = first(later);
        if (a.task && b.task) // two tasks, or trials of one
            return false;
        // Without a user the same beginning is another trial.
        return user || a.firstRequest() == 0 || a.firstRequest() != b.firstRequest();
    }

    struct Entry {
        std::uint64_t key = 0;
        std::uint32_t group = 0;

        auto operator<=>(const Entry&) const = default;
    };

    std::uint64_t keyOf(StringId user, const std::string& artefact) const
    {
        return hashOf(std::to_string(user.value) + '/' + artefact);
    }

    void collect()
    {
        m_shared.resize(m_groups.size());
        std::vector<Entry> artefacts;
        std::vector<Entry> shingles;
        std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> byBeginning;
        for (std::uint32_t group = 0; group < m_groups.size(); ++group) {
            const StringId user = userOf(group);
            for (const std::uint32_t index : m_groups[group].pieces) {
                const ArcPiece& piece = m_pieces[index].piece;
                for (const std::string& artefact : piece.artefacts) {
                    if (user && m_corpus.strings[user] != artefact)
                        artefacts.push_back({keyOf(user, artefact), group});
                }
                for (const std::uint64_t shingle : piece.shingles)
                    shingles.push_back({shingle, group});
            }
            const ArcPiece& begin = first(group).piece;
            if (begin.said.empty())
                continue;
            std::vector<std::uint32_t>& same = byBeginning[begin.said.front()];
            if (begin.history >= 2) {
                for (const std::uint32_t earlier : same)
                    goOn(earlier, group);
            }
            if (same.size() < mostEarlier)
                same.push_back(group);
        }
        eachPair(artefacts, [this](std::uint32_t earlier, std::uint32_t later, std::uint64_t key) {
            m_shared[later][earlier].artefacts.push_back(key);
        });
        eachPair(shingles, [this](std::uint32_t earlier, std::uint32_t later, std::uint64_t) {
            ++m_shared[later][earlier].shingles;
        });
    }

    /// Groups come in time: the smaller number is the earlier one.
    template <typename Tell>
    static void eachPair(std::vector<Entry>& entries, Tell tell)
    {
        std::sort(entries.begin(), entries.end());
        entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
        for (std::size_t from = 0, to = 0; from < entries.size(); from = to) {
            while (to < entries.size() && entries[to].key == entries[from].key)
                ++to;
            if (to - from > mostOfOne)
                continue;
            for (std::size_t i = from; i < to; ++i)
                for (std::size_t j = i + 1; j < to; ++j)
                    tell(entries[i].group, entries[j].group, entries[i].key);
        }
    }

    /// The text of an id that the group names.
    std::string artefactOf(std::uint32_t group, std::uint64_t key) const
    {
        for (const std::uint32_t index : m_groups[group].pieces) {
            for (const std::string& artefact : m_pieces[index].piece.artefacts) {
                if (keyOf(userOf(group), artefact) == key)
                    return artefact;
            }
        }
        return {};
    }

    /// The later one was given what was said in the earlier one, its answer included.
    void goOn(std::uint32_t earlier, std::uint32_t later)
    {
        const ArcPiece& begin = first(later).piece;
        const std::vector<std::uint64_t>& said = last(earlier).piece.said;
        if (said.size() < 2 || said.size() > begin.history)
            return;
        if (std::equal(said.begin(), said.end(), begin.said.begin()))
            m_shared[later][earlier].turns = said.size();
    }

    GroupStitch judged(std::uint32_t earlier, std::uint32_t later, const Shared& shared) const
    {
        GroupStitch stitch;
        if (!mayBeOne(earlier, later))
            return stitch;
        const PlacedPiece& a = last(earlier);
        const PlacedPiece& b = first(later);
        const bool timed = a.end != noTime && b.start != noTime;
        const Nanos gap = timed ? b.start - a.end : 0;
        if (timed && static_cast<double>(gap) > m_thresholds.stitchDays * 86'400e9)
            return stitch;
        const bool user = bool(userOf(earlier));
        std::vector<std::string> reasons;
        double none = 1;
        if (user)
            reasons.emplace_back("same user");
        if (!shared.artefacts.empty()) {
            none *= 1 - std::min(0.55 + 0.1 * static_cast<double>(shared.artefacts.size() - 1), 0.75);
            reasons.push_back("\u201c" + artefactOf(later, shared.artefacts.front()) + "\u201d in both");
            if (shared.artefacts.size() > 1)
                reasons.back() += " and " + std::to_string(shared.artefacts.size() - 1) + " more";
        }
        const double pasted =
            shared.shingles == 0 ? 0 : static_cast<double>(shared.shingles) + static_cast<double>(shingleWords) - 1;
        if (pasted >= m_thresholds.pastedWords && (user || !isSamePrompt(shared, later))) {
            none *= 1 - std::min((user ? 0.6 : 0.35) + pasted / 200, 0.85);
            reasons.push_back(std::to_string(std::llround(pasted)) + " words of the first pasted again");
        }
        if (shared.turns > 0) {
            none *= 0.1;
            reasons.push_back("goes on from its " + std::to_string(shared.turns) + " turns");
        }
        if (none == 1)
            return stitch;
        if (timed)
            reasons.back() += ' ' + awayText(gap);
        stitch.earlier = earlier;
        stitch.later = later;
        stitch.score = 1 - none;
        for (const std::string& reason : reasons)
            stitch.reason += (stitch.reason.empty() ? "" : "; ") + reason;
        stitch.earlierRow = rowOf(a);
        stitch.laterRow = rowOf(b);
        return stitch;
    }

    /// Nearly all that the user wrote was there before: without a name that is the same prompt again, not the same
    /// work.
    bool isSamePrompt(const Shared& shared, std::uint32_t later) const
    {
        std::size_t all = 0;
        for (const std::uint32_t index : m_groups[later].pieces)
            all += m_pieces[index].piece.shingles.size();
        return 5 * shared.shingles >= 4 * all;
    }

    static Row rowOf(const PlacedPiece& piece)
    {
        return piece.piece.events.empty() ? piece.piece.row : piece.piece.events.front().place.row;
    }

    const Corpus& m_corpus;
    const std::vector<PlacedPiece>& m_pieces;
    const std::vector<BaseArc>& m_groups;
    const ArcThresholds& m_thresholds;
    std::vector<std::map<std::uint32_t, Shared>> m_shared; ///< by the later one, then the earlier
};

} // namespace

std::vector<GroupStitch> proposals(const Corpus& corpus, const std::vector<PlacedPiece>& pieces,
                                   const std::vector<BaseArc>& groups, const ArcThresholds& thresholds,
                                   const Control& control)
{
    return Proposer(corpus, pieces, groups, thresholds).propose(control);
}

} // namespace arcscope

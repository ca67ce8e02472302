// What earlier replays say of two runs, taken over where the same runs are held against each other again: beside
// others, paired in another way, or after others were imported.
#pragma once

#include "replaycodec.h"
#include "runpairs.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace arcscope
{

class KnownVerdicts
{
public:
    /// Of the pairs of these runs; `now` has its contents and comparison. Both have to live as long.
    KnownVerdicts(const ReplayRequest& request, const ReplayRecord& now);

    /// Takes over what an earlier replay says of them.
    void take(const ReplayRecord& earlier);
    /// Of all pairs there is a verdict.
    bool whole() const { return m_missing == 0; }

    /// Of these runs with the same anchors; null: it is not known. Its numbers of runs are those of another replay.
    const ReplayVerdict* find(const RunPair& pair) const;
    /// Enters who judged the run `number`, when, and whether it is a control; false: that is not known.
    bool enter(std::uint32_t number, ReplayRun& into) const;

private:
    struct Key {
        DigestValue base{};
        DigestValue candidate{};
        std::uint64_t anchored = 0;

        bool operator==(const Key&) const = default;
    };
    struct Judgement {
        std::string judge;
        Nanos judged = noTime;
        bool labelledBefore = false;
        bool control = false;
    };
    struct Hash { ///< of digests, which are mixed already
        std::size_t operator()(const Key& key) const { return key.base[0] ^ (key.candidate[1] + key.anchored); }
        std::size_t operator()(const DigestValue& content) const { return content[0]; }
    };

    Key keyOf(const RunPair& pair) const;

    const ReplayRequest& m_request;
    const ReplayRecord& m_now;
    std::unordered_map<Key, std::optional<ReplayVerdict>, Hash> m_verdicts; ///< of each pair
    std::unordered_map<DigestValue, Judgement, Hash> m_judgements;          ///< by content of runs
    std::size_t m_missing = 0;
};

} // namespace arcscope

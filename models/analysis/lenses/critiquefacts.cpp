#include "critiquefacts.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <sstream>

namespace arcscope
{
namespace
{

constexpr std::string_view loopKey = "critique.loop";
constexpr std::string_view critiqueKey = "critique.round";
constexpr std::string_view revisionKey = "critique.revision";

TraceFact fact(std::string_view key, Row row, const std::string& value)
{
    TraceFact made;
    made.key = key;
    made.value = value;
    made.place.row = row;
    return made;
}

} // namespace

std::vector<TraceFact> critiqueFacts(const std::vector<CritiqueLoop>& loops)
{
    std::vector<TraceFact> facts;
    for (std::size_t i = 0; i < loops.size(); ++i) {
        const CritiqueLoop& loop = loops[i];
        if (loop.rounds.empty())
            continue;
        std::ostringstream text;
        text.imbue(std::locale::classic());
        text << i << ' ' << loop.rounds.size() << ' ' << loop.tokens << ' ' << loop.allTokens << ' ' << loop.cost << ' '
             << loop.allCost << ' ' << loop.time << ' ' << loop.allTime << ' ' << loop.rounds.front().byName;
        facts.push_back(fact(loopKey, loop.rounds.front().draft, text.str()));
        for (std::size_t round = 0; round < loop.rounds.size(); ++round) {
            const std::string place = std::to_string(i) + ' ' + std::to_string(round);
            facts.push_back(fact(critiqueKey, loop.rounds[round].critique, place));
            if (loop.rounds[round].revision == noRow)
                continue;
            std::ostringstream changed;
            changed.imbue(std::locale::classic());
            changed << place << ' ' << loop.rounds[round].changed;
            facts.push_back(fact(revisionKey, loop.rounds[round].revision, changed.str()));
        }
    }
    return facts;
}

std::vector<CritiqueLoop> critiqueLoopsIn(const Corpus& corpus, std::span<const TraceFact> facts)
{
    std::map<std::pair<std::int64_t, std::size_t>, CritiqueLoop> loops; // by trace and number in it
    constexpr std::size_t mostRounds = 1'000;
    for (const TraceFact& one : facts) {
        if (one.key != loopKey && one.key != critiqueKey && one.key != revisionKey)
            continue;
        std::istringstream text(one.value);
        text.imbue(std::locale::classic());
        std::size_t number = 0;
        std::size_t round = 0; // of a loop: how many there are
        if (!(text >> number >> round) || round > mostRounds)
            continue;
        CritiqueLoop& loop = loops[{corpus.spans.at(SpanColumn::Trace, one.place.row), number}];
        if (loop.rounds.size() < std::max<std::size_t>(round, one.key == loopKey ? round : round + 1))
            loop.rounds.resize(one.key == loopKey ? round : round + 1);
        if (one.key == loopKey && !loop.rounds.empty()) {
            loop.rounds.front().draft = one.place.row;
            text >> loop.tokens >> loop.allTokens >> loop.cost >> loop.allCost >> loop.time >> loop.allTime >>
                loop.rounds.front().byName;
        } else if (one.key == critiqueKey) {
            loop.rounds[round].critique = one.place.row;
        } else if (one.key == revisionKey) {
            loop.rounds[round].revision = one.place.row;
            text >> loop.rounds[round].changed;
        }
    }
    std::vector<CritiqueLoop> all;
    for (auto& [place, loop] : loops) {
        if (!loop.rounds.empty() && loop.rounds.front().draft != noRow)
            all.push_back(std::move(loop));
    }
    return all;
}

} // namespace arcscope

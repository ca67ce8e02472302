#include "survivorship.h"

#include "arcblocks.h"
#include "arcsettings.h"
#include "arcsummary.h"
#include "utccalendar.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// Whether it got there; nothing: it could not have, or it is not known.
using Got = std::optional<bool>;

/// Of work of which only the end, or nothing, is recorded, nothing could differ.
bool isRecorded(std::int64_t turns, std::int64_t modelCalls)
{
    return turns >= 0 || modelCalls > 0;
}

bool toldByRule(std::int64_t source)
{
    return source == static_cast<std::int64_t>(ArcSource::UserAction) ||
           source == static_cast<std::int64_t>(ArcSource::Rule);
}

/// Divides the rows by what `there` says of each; `instead` names what became of those that did not get there.
template <std::size_t columnCount, typename There, typename Instead>
void divide(Survivorship& into, const ArcCorpus& arcs, std::span<const std::uint32_t> rows,
            const std::array<ArcColumn, columnCount>& columns, There there, Instead instead)
{
    std::map<std::string_view, std::uint64_t> counts;
    forEachBlock(arcs.arcs, rows, columns, [&](const ArcBlock<columnCount>& block) {
        for (std::size_t i = 0; i < block.rows.size(); ++i) {
            const auto value = [&](std::size_t column) { return block.values[column][i]; };
            const Got got = there(block.rows[i], value);
            if (!got) {
                ++into.unknown;
                continue;
            }
            into.among.push_back(block.rows[i]);
            if (*got)
                continue;
            into.dropped.push_back(block.rows[i]);
            ++counts[instead(value)];
        }
    });
    into.instead.assign(counts.begin(), counts.end());
    std::stable_sort(into.instead.begin(), into.instead.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
}

bool anyToldByRule(const ArcCorpus& arcs, std::span<const std::uint32_t> rows)
{
    bool any = false;
    forEachBlock(arcs.arcs, rows, std::array{ArcColumn::OutcomeSource}, [&](const auto& block) {
        any = any || std::any_of(block.values[0].begin(),
                                 block.values[0].begin() + static_cast<std::ptrdiff_t>(block.rows.size()), toldByRule);
    });
    return any;
}

Survivorship resolved(const ArcCorpus& arcs)
{
    Survivorship found;
    found.name = "resolved";
    found.figure = "turns, time and cost until it was resolved";
    found.all = "arcs of a known end";
    divide(
        found, arcs, allArcs(arcs), std::array{ArcColumn::Resolution, ArcColumn::Turns, ArcColumn::ModelCalls},
        [](std::uint32_t, const auto& value) {
            const auto resolution = static_cast<ArcResolution>(value(0));
            return resolution == ArcResolution::Unknown || !isRecorded(value(1), value(2))
                       ? Got()
                       : Got(resolution == ArcResolution::Resolved);
        },
        [](const auto& value) { return name(static_cast<ArcResolution>(value(0))); });
    return found;
}

Survivorship rated(const ArcCorpus& arcs)
{
    Survivorship found;
    found.name = "rated";
    found.figure = "ratings, scores and what people or the data tell of outcomes";
    found.all = "arcs";
    divide(
        found, arcs, allArcs(arcs), std::array{ArcColumn::OutcomeSource, ArcColumn::Turns, ArcColumn::ModelCalls},
        [](std::uint32_t, const auto& value) {
            const auto source = static_cast<ArcSource>(value(0));
            return isRecorded(value(1), value(2)) ? Got(source == ArcSource::Human || source == ArcSource::DataLabel)
                                                  : Got();
        },
        [](const auto& value) {
            return value(0) == static_cast<std::int64_t>(ArcSource::None) ? std::string_view("nobody tells")
                                                                          : std::string_view("told by a rule");
        });
    return found;
}

/// The first arc of each user who was observed for so long, and whether he came back meanwhile.
Survivorship returned(const ArcCorpus& arcs, const ArcThresholds& thresholds)
{
    struct User {
        std::uint32_t first = 0;
        Nanos end = noTime; ///< of the first arc
        bool several = false;
        bool back = false;
    };
    Survivorship found;
    found.name = "returned";
    found.figure = "what later sessions of users are like";
    found.all = "first arcs of users who were observed long enough";
    const auto idle = static_cast<Nanos>(thresholds.idleMinutes * 60e9);
    const auto observed = static_cast<Nanos>(thresholds.returnDays * static_cast<double>(dayLength));
    std::unordered_map<std::int64_t, User> users;
    Nanos last = noTime;
    std::vector<std::uint32_t> rows = allArcs(arcs);
    forEachBlock(arcs.arcs, rows,
                 std::array{tagColumn(SpanText::User), ArcColumn::Start, ArcColumn::Duration, ArcColumn::Sessions},
                 [&](const auto& block) {
                     for (std::size_t i = 0; i < block.rows.size(); ++i) {
                         const Nanos start = block.values[1][i];
                         if (start == noTime)
                             continue;
                         const Nanos end = start + std::max<Nanos>(0, block.values[2][i]);
                         last = last == noTime ? end : std::max(last, end);
                         if (block.values[0][i] == 0)
                             continue;
                         // Arcs come by start.
                         const auto [known, isNew] = users.try_emplace(block.values[0][i]);
                         User& user = known->second;
                         if (isNew)
                             user = {block.rows[i], end, block.values[3][i] > 1, false};
                         else
                             user.back = user.back || (start - user.end >= idle && start - user.end <= observed);
                     }
                 });
    std::map<std::uint32_t, bool> firsts; // and whether its user came back
    for (const auto& [id, user] : users) {
        if (user.several || user.end + observed > last)
            ++found.unknown;
        else
            firsts.emplace(user.first, user.back);
    }
    rows.clear();
    for (const auto& [row, back] : firsts)
        rows.push_back(row);
    divide(
        found, arcs, rows, std::array{ArcColumn::Outcome},
        [&](std::uint32_t row, const auto&) { return Got(firsts.at(row)); },
        [](const auto& value) { return name(static_cast<ArcOutcome>(value(0))); });
    return found;
}

/// Those that the choice was made by, and what comes with being seen for longer.
std::vector<ArcColumn> leftOut(const Survivorship& found, const ArcCorpus& arcs)
{
    std::vector<ArcColumn> columns{ArcColumn::Start, ArcColumn::Stitches, ArcColumn::Unit};
    if (found.name == "resolved") {
        columns.push_back(ArcColumn::Resolution);
        // A rule takes thanks for acceptance, which is a turn more.
        if (anyToldByRule(arcs, found.among))
            columns.insert(columns.end(), {ArcColumn::Turns, ArcColumn::Responses});
    } else if (found.name == "rated") {
        columns.push_back(ArcColumn::OutcomeSource);
    } else {
        columns.insert(columns.end(), {ArcColumn::Sessions, ArcColumn::Segments, tagColumn(SpanText::User)});
    }
    return columns;
}

} // namespace

std::vector<Survivorship> survivorships(const ArcCorpus& arcs, const DetectorSettings& settings)
{
    const ArcThresholds thresholds = arcThresholds(settings);
    std::vector<Survivorship> all{resolved(arcs), rated(arcs), returned(arcs, thresholds)};
    std::erase_if(all, [&](const Survivorship& one) {
        return static_cast<double>(std::min(one.survivors(), one.dropped.size())) < thresholds.survivorLeast;
    });
    for (Survivorship& one : all) {
        const bool rulesChose = one.name == "resolved";
        one.differences = whatDiffers(arcs, one.among, one.dropped, leftOut(one, arcs), rulesChose);
    }
    return all;
}

const ArcFieldDifference* misleading(const Survivorship& survivorship, const DetectorSettings& settings)
{
    const ArcThresholds thresholds = arcThresholds(settings);
    if (static_cast<double>(survivorship.dropped.size()) <
        thresholds.survivorDropped * static_cast<double>(survivorship.among.size()))
        return nullptr;
    for (const ArcFieldDifference& field : survivorship.differences.fields) {
        if (field.evidence == ArcEvidence::Difference && field.adjusted <= thresholds.survivorChance &&
            std::abs(field.effect.value) >= thresholds.survivorEffect)
            return &field;
    }
    return nullptr;
}

} // namespace arcscope

#include "arcreview.h"

#include "arclistmodel.h"
#include "arcwords.h"
#include "displaytext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <map>
#include <random>
#include <unordered_map>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("ArcReview", text);
}

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// What is least known comes first.
int needOf(const FoundArcs& of, std::uint32_t arc)
{
    if (of.outcome(arc) == ArcOutcome::Unknown)
        return 0;
    return of.source(arc) == ArcSource::Rule ? 1 : 2;
}

std::vector<std::uint32_t> balanced(const ArcListing& listing, const ReviewPlan& plan)
{
    std::map<std::int64_t, std::vector<std::uint32_t>> byValue;
    for (const std::uint32_t arc : listing.shown)
        byValue[listing.of->at(tagColumn(plan.tag), arc)].push_back(arc);
    std::mt19937 random(plan.seed);
    std::size_t each = plan.most;
    for (const auto& [value, arcs] : byValue)
        each = plan.most == 0 ? (each == 0 ? arcs.size() : std::min(each, arcs.size())) : each;
    for (auto& [value, arcs] : byValue) {
        // Drawn without putting back; the standard library's shuffle is not the same everywhere.
        for (std::size_t i = arcs.size(); i > 1; --i)
            std::swap(arcs[i - 1], arcs[random() % i]);
        arcs.resize(std::min(arcs.size(), each));
    }
    std::vector<std::uint32_t> drawn; // one of each value, then the next of each
    for (std::size_t turn = 0; turn < each; ++turn) {
        for (const auto& [value, arcs] : byValue) {
            if (turn < arcs.size())
                drawn.push_back(arcs[turn]);
        }
    }
    return drawn;
}

/// By key: an arc of the sample may have become part of another since.
std::unordered_map<std::string, std::uint32_t> placesOf(const FoundArcs& arcs)
{
    std::unordered_map<std::string, std::uint32_t> places;
    for (std::uint32_t arc = 0; arc < arcs.count(); ++arc)
        places.emplace(arcKey(arcs.arcs, arc), arc);
    return places;
}

/// The sample with what was said of each, and where it is now.
struct Reviewed {
    ArcReview said;
    std::optional<std::uint32_t> place;
};

std::vector<Reviewed> reviewedArcs(const ReviewReport& report)
{
    std::unordered_map<std::string, const ArcReview*> said;
    for (const ArcReview& review : report.decisions.reviews)
        said.emplace(review.arc, &review);
    const auto places = placesOf(report.arcs);
    std::vector<Reviewed> all;
    for (const std::string& key : report.sample) {
        Reviewed& each = all.emplace_back();
        const auto known = said.find(key);
        if (known != said.end())
            each.said = *known->second;
        each.said.arc = key;
        if (const auto place = places.find(key); place != places.end())
            each.place = place->second;
    }
    return all;
}

std::array<std::size_t, arcOutcomeCount> verdictsOf(const std::vector<Reviewed>& reviewed)
{
    std::array<std::size_t, arcOutcomeCount> counts{};
    for (const Reviewed& each : reviewed) {
        if (each.said.outcome)
            ++counts[static_cast<std::size_t>(*each.said.outcome)];
    }
    return counts;
}

} // namespace

std::vector<std::string> reviewSample(const ArcListing& listing, const ReviewPlan& plan)
{
    std::vector<std::uint32_t> arcs = listing.shown;
    if (plan.sampling == ReviewSampling::Balanced)
        arcs = balanced(listing, plan);
    else if (plan.sampling == ReviewSampling::UnknownFirst)
        std::stable_sort(arcs.begin(), arcs.end(), [&](std::uint32_t a, std::uint32_t b) {
            return needOf(*listing.of, a) < needOf(*listing.of, b);
        });
    if (plan.sampling != ReviewSampling::Balanced && plan.most > 0)
        arcs.resize(std::min(arcs.size(), plan.most));
    std::vector<std::string> keys;
    keys.reserve(arcs.size());
    for (const std::uint32_t arc : arcs)
        keys.push_back(arcKey(listing.of->arcs, arc));
    return keys;
}

ArcReview reviewOf(const ArcDecisions& decisions, const std::string& arc)
{
    const auto found = std::find_if(decisions.reviews.begin(), decisions.reviews.end(),
                                    [&](const ArcReview& review) { return review.arc == arc; });
    if (found != decisions.reviews.end())
        return *found;
    ArcReview none;
    none.arc = arc;
    return none;
}

std::size_t reviewedIn(const std::vector<std::string>& sample, const ArcDecisions& decisions)
{
    std::vector<std::string_view> judged;
    for (const ArcReview& review : decisions.reviews) {
        if (review.outcome)
            judged.push_back(review.arc);
    }
    std::sort(judged.begin(), judged.end());
    return static_cast<std::size_t>(std::count_if(sample.begin(), sample.end(), [&](const std::string& key) {
        return std::binary_search(judged.begin(), judged.end(), std::string_view(key));
    }));
}

QString reviewMarkdown(const ReviewReport& report)
{
    const std::vector<Reviewed> all = reviewedArcs(report);
    const std::size_t reviewed = reviewedIn(report.sample, report.decisions);
    QStringList lines;
    lines << tr("# Review of task arcs") << QString();
    if (!report.source.isEmpty())
        lines << tr("- Source: %1").arg(markdownText(oneLine(report.source.toStdString())));
    if (!report.filter.isEmpty())
        lines << tr("- Filter: %1").arg(markdownText(oneLine(report.filter.toStdString())));
    lines << tr("- Sample: %1").arg(markdownText(report.sampling));
    lines << tr("- Reviewed: %1 of %2").arg(reviewed).arg(report.sample.size());
    lines << tr("- Written by: %1").arg(markdownText(report.program)) << QString();
    lines << tr("| Verdict | Arcs |") << QStringLiteral("| --- | ---: |");
    const auto counts = verdictsOf(all);
    for (int i = 0; i < arcOutcomeCount; ++i)
        lines << QStringLiteral("| %1 | %2 |")
                     .arg(outcomeText(static_cast<ArcOutcome>(i)))
                     .arg(counts[static_cast<std::size_t>(i)]);
    lines << QStringLiteral("| %1 | %2 |").arg(tr("not reviewed")).arg(report.sample.size() - reviewed) << QString();
    lines << tr("| Arc | Goal | Verdict | Turns | Length | Note |")
          << QStringLiteral("| --- | --- | --- | ---: | ---: | --- |");
    for (const auto& [said, place] : all) {
        const Nanos length = place ? report.arcs.at(ArcColumn::Duration, *place) : -1;
        lines << QStringLiteral("| %1 | %2 | %3 | %4 | %5 | %6 |")
                     .arg(markdownText(place ? arcName(report.arcs, *place) : oneLine(said.arc)),
                          place ? markdownText(goalText(report.arcs, *place)) : tr("part of another arc"),
                          said.outcome ? outcomeText(*said.outcome) : tr("not reviewed"),
                          place && report.arcs.at(ArcColumn::Turns, *place) >= 0
                              ? countText(report.arcs.at(ArcColumn::Turns, *place))
                              : notRecordedText(),
                          length < 0 ? notRecordedText() : QString::fromStdString(durationText(length)),
                          markdownText(oneLine(said.note, 4'000)));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QByteArray reviewJson(const ReviewReport& report)
{
    const std::vector<Reviewed> all = reviewedArcs(report);
    QJsonObject totals;
    const auto counts = verdictsOf(all);
    for (int i = 0; i < arcOutcomeCount; ++i)
        totals.insert(fromView(name(static_cast<ArcOutcome>(i))),
                      static_cast<qint64>(counts[static_cast<std::size_t>(i)]));
    QJsonArray arcs;
    for (const auto& [said, place] : all) {
        QJsonObject arc{{QStringLiteral("arc"), fromView(said.arc)}};
        if (place) {
            const std::uint32_t at = *place;
            arc.insert(QStringLiteral("goal"), fromView(report.arcs.text(ArcColumn::Goal, at)));
            if (const std::int64_t turns = report.arcs.at(ArcColumn::Turns, at); turns >= 0)
                arc.insert(QStringLiteral("turns"), static_cast<qint64>(turns));
            if (const Nanos length = report.arcs.at(ArcColumn::Duration, at); length >= 0)
                arc.insert(QStringLiteral("duration_ns"), static_cast<qint64>(length));
        }
        if (said.outcome)
            arc.insert(QStringLiteral("outcome"), fromView(name(*said.outcome)));
        if (!said.note.empty())
            arc.insert(QStringLiteral("note"), fromView(said.note));
        if (said.changed != noTime)
            arc.insert(QStringLiteral("changed"), QString::fromStdString(isoText(said.changed)));
        arcs.append(arc);
    }
    const QJsonObject whole{{QStringLiteral("schema"), QStringLiteral("arcscope.review/1")},
                            {QStringLiteral("source"), report.source},
                            {QStringLiteral("filter"), report.filter},
                            {QStringLiteral("sampling"), report.sampling},
                            {QStringLiteral("program"), report.program},
                            {QStringLiteral("totals"), totals},
                            {QStringLiteral("arcs"), arcs}};
    return QJsonDocument(whole).toJson(QJsonDocument::Indented);
}

} // namespace arcscope

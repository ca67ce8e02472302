#include "foundfindings.h"

#include "verdicts.h"

namespace arcscope
{

QString FoundFindings::identity(std::size_t entry) const
{
    const Finding& finding = example(entry);
    return QString::fromStdString(finding.rule) + QLatin1Char('\n') + QString::number(static_cast<int>(finding.level)) +
           QLatin1Char('\n') +
           (finding.cause.empty() ? keys[entries[entry].findings.front()] : QString::fromStdString(finding.cause));
}

std::string FoundFindings::nameOf(std::uint32_t finding) const
{
    return placedKey(*corpus, findings[finding]);
}

std::optional<FoundFindings::Member> FoundFindings::find(std::string_view name) const
{
    const std::string_view rule = name.substr(0, name.find(' '));
    const bool caused = name.substr(std::min(rule.size() + 1, name.size())).starts_with("cause:");
    const std::string_view places = name.substr(0, name.rfind(' ') + 1);       // what follows is of the quotes
    const bool elsewhere = places.find("span-row:") == std::string_view::npos; // rows mean nothing in other files
    std::optional<Member> alike;
    for (std::uint32_t entry = 0; entry < entries.size(); ++entry) {
        for (const std::uint32_t finding : entries[entry].findings) {
            if (findings[finding].rule != rule)
                continue;
            const std::string placed = caused ? keys[finding].toStdString() : nameOf(finding);
            if (placed == name)
                return Member{entry, finding};
            if (!alike && !caused && elsewhere && places.size() > rule.size() + 1 && placed.starts_with(places) &&
                placed.rfind(' ') + 1 == places.size())
                alike = Member{entry, finding};
        }
    }
    return alike;
}

FoundPtr foundOf(CorpusPtr corpus, std::vector<Finding> findings)
{
    auto made = std::make_shared<FoundFindings>();
    made->findings = std::move(findings);
    made->keys.reserve(made->findings.size());
    for (const Finding& finding : made->findings)
        made->keys.push_back(QString::fromStdString(findingKey(*corpus, finding)));
    made->entries = ranked(made->findings);
    made->corpus = std::move(corpus);
    return made;
}

Nanos shownTime(const FoundFindings& found, const Corpus& shown, const FindingPlace& place)
{
    if (place.row == noRow || place.row >= shown.spans.rows() || place.row >= found.corpus->spans.rows())
        return place.time;
    const Nanos start = shown.spans.start(place.row);
    if (place.time == noTime)
        return start;
    const Nanos recorded = found.corpus->spans.start(place.row);
    return start == noTime || recorded == noTime ? place.time : place.time + (start - recorded);
}

} // namespace arcscope

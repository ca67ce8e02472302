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

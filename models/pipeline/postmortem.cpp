#include "postmortem.h"

#include "leavingnotes.h"
#include "postmortemchart.h"
#include "postmortemhtml.h"

namespace arcscope
{

Result<Postmortem> makePostmortem(Leaving& leaving, IncidentStatement stated, GoingAlong along, const Control& control)
{
    Redactor* const redactor = leaving.strikes();
    if (redactor) {
        redactor->strike(stated.title, {}, "title");
        redactor->strike(stated.summary, {}, "summary");
        strikeNotes(along.notes, *redactor);
    }
    RedactedCopy file;
    if (const auto done = file.write(leaving.session, leaving.rows, redactor, control); !done)
        return done.error();
    auto copy = openSession(file.paths(), otlpExportColumns(), control);
    if (!copy)
        return copy.error();
    auto report = incidentReport(*copy, stated, control);
    if (!report)
        return report.error();
    if (redactor)
        strikeReport(*report, *redactor);
    report->notes = std::move(along.notes);
    report->anchor = std::move(along.anchor);
    return Postmortem{std::move(file), std::move(*copy), std::move(*report)};
}

std::string screenPage(const Postmortem& postmortem, const Leaving& leaving)
{
    return postmortemHtml(postmortem.report, postmortem.copy.corpus, leaving.provenance, leaving.manifest());
}

PrintedPage printedPage(const Postmortem& postmortem, const Leaving& leaving)
{
    const Corpus& corpus = postmortem.copy.corpus;
    PrintedPage page;
    page.title = postmortem.report.stated.title.empty() ? "Postmortem" : postmortem.report.stated.title;
    page.html =
        postmortemHtml(postmortem.report, corpus, leaving.provenance, leaving.manifest(), mostEntries, &page.charts);
    page.foot = provenanceLine(leaving.provenance);
    return page;
}

} // namespace arcscope

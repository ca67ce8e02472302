#include "postmortemhtml.h"

#include "chartsvg.h"
#include "detector.h"
#include "htmlpage.h"
#include "htmltext.h"
#include "pagestyle.h"
#include "postmortemchart.h"
#include "postmortemnotes.h"
#include "rulemeasures.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t longestExcerpt = 1'500;

std::string timeText(Nanos time)
{
    return time == noTime ? "<span class=\"quiet\">not recorded</span>"
                          : "<time datetime=\"" + isoText(time) + "\">" + isoText(time) + "</time>";
}

std::string counted(std::size_t count, const char* one, const char* many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string leftOut(std::size_t count, const char* one, const char* many)
{
    return counted(count, one, many) + (count == 1 ? " is left out." : " are left out.");
}

/// Behind a place.
std::string timeBehind(Nanos time)
{
    return (time == noTime ? ", time " : ", ") + timeText(time);
}

/// A text of a trace without the blank lines before and behind it.
std::string excerpt(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t from = std::min(text.find_first_not_of(blanks), text.size());
    const std::size_t to = std::max(text.find_last_not_of(blanks) + 1, from);
    return from == to ? "not recorded" : htmlExcerpt(text.substr(from, to - from), longestExcerpt);
}

std::string percent(double share)
{
    return std::to_string(std::lround(share * 100)) + " %";
}

std::string points(double difference)
{
    const long value = std::lround(difference * 100);
    return (value > 0 ? "+" : value < 0 ? "−" : "±") + std::to_string(std::abs(value));
}

/// "share_failed" for people.
std::string worded(std::string_view word)
{
    std::string name(word);
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

class Page
{
public:
    Page(const IncidentReport& report, const Corpus& corpus, const ExportProvenance& provenance,
         std::string_view manifest, std::size_t most, std::vector<FlatChart>* charts)
        : m_report(report)
        , m_corpus(corpus)
        , m_provenance(provenance)
        , m_manifest(manifest)
        , m_most(most)
        , m_charts(charts)
    {
    }

    std::string make()
    {
        const std::string title = m_report.stated.title.empty() ? "Postmortem" : m_report.stated.title;
        if (!m_charts)
            m_html = htmlHead({.title = title, .version = m_provenance.version, .style = chartStyle});
        m_html += "<header>\n<h1>" + htmlText(title) + "</h1>\n";
        if (!m_report.stated.summary.empty())
            m_html += "<p>" + htmlText(m_report.stated.summary) + "</p>\n";
        m_html += "</header>\n";
        const std::string story = storyHtml(m_report.notes, m_report.anchor, m_corpus, m_provenance);
        const std::string notes = annotationsHtml(m_report.notes, m_corpus);
        if (!m_charts)
            m_html +=
                "<nav aria-label=\"Parts\"><ul>" +
                std::string(story.empty() ? "" : "<li><a href=\"#story\">Story</a></li>") +
                "<li><a href=\"#timeline\">Timeline</a></li>" +
                (notes.empty() ? "" : "<li><a href=\"#notes\">Bookmarks and notes</a></li>") +
                "<li><a href=\"#changes\">What changed</a></li><li><a href=\"#examples\">Before and after</a></li>"
                "<li><a href=\"#findings\">Findings</a></li>"
                "<li><a href=\"#provenance\">Where this comes from</a></li></ul></nav>\n";
        m_html += "<main id=\"content\">\n" + story;
        timeline();
        changes();
        examples();
        m_html += notes;
        findings();
        m_html += "</main>\n";
        footer();
        if (!m_charts)
            m_html += "</body>\n</html>\n";
        return std::move(m_html);
    }

private:
    void figure(FlatChart chart, std::string_view caption)
    {
        if (chart.empty())
            return;
        if (m_charts) {
            m_html += "<p><img src=\"chart:" + std::to_string(m_charts->size()) + "\"></p><p class=\"quiet\">" +
                      std::string(caption) + "</p>\n";
            m_charts->push_back(std::move(chart));
        } else {
            m_html += "<figure tabindex=\"0\">" + svgOf(chart) + "<figcaption>" + std::string(caption) +
                      "</figcaption></figure>\n";
        }
    }

    std::string spanText(Row row) const
    {
        const auto trace = static_cast<std::uint32_t>(m_corpus.spans.at(SpanColumn::Trace, row));
        return htmlText(name(m_corpus.spans.kind(row))) + " " + htmlText(m_corpus.text(SpanText::Name, row)) +
               ", span " + htmlText(m_corpus.idText(m_corpus.spans.spanId(row))) + ", trace " +
               htmlText(m_corpus.traceIdText(trace));
    }

    void moment(std::string_view title, const IncidentMoment& moment)
    {
        m_html += "<dt>" + std::string(title) + "</dt><dd>" + timeText(moment.time);
        if (moment.time != noTime)
            m_html += std::string(" <span class=\"tag\">") + (moment.stated ? "stated" : "inferred") + "</span>";
        if (moment.notBefore != noTime)
            m_html += "<br>not before " + timeText(moment.notBefore) + ", the last trace before it that shows nothing";
        m_html += "<br><span class=\"quiet\">" + htmlText(moment.basis) + "</span>";
        if (!moment.quote.empty())
            m_html += "<blockquote>" + htmlExcerpt(moment.quote, longestExcerpt) + "</blockquote>";
        if (moment.row != noRow)
            m_html += "<div class=\"where\">" + spanText(moment.row) + "</div>";
        m_html += "</dd>\n";
    }

    void timeline()
    {
        m_html += "<section aria-labelledby=\"timeline\"><h2 id=\"timeline\">Timeline</h2>\n";
        figure(incidentChart(m_report, m_corpus),
               "How many traces began when; the lower, stronger part of a bar has findings that nearly always hold. "
               "Dashed lines: changes. Shaded: between the last trace that shows nothing and the start estimate.");
        if (m_report.bins.empty())
            m_html += "<p class=\"quiet\">No trace says when it was: there is nothing to draw over time.</p>\n";
        m_html += "<dl class=\"facts\">\n";
        moment("Start estimate", m_report.start);
        moment("First complaint", m_report.complaint);
        m_html += "<dt>Detection lag</dt><dd>" +
                  (m_report.lag == noTime
                       ? std::string("<span class=\"quiet\">not known: it takes a start and a complaint</span>")
                       : htmlText(durationText(m_report.lag))) +
                  "</dd>\n<dt>Recorded</dt><dd>" + timeText(m_report.recorded.start) +
                  (m_report.recorded.recorded() ? " to " + timeText(m_report.recorded.end) : std::string()) +
                  "</dd>\n</dl></section>\n";
    }

    std::string textOf(StringId id) const
    {
        return id ? htmlText(m_corpus.strings[id]) : "<span class=\"quiet\">not recorded</span>";
    }

    void changes()
    {
        m_html += "<section aria-labelledby=\"changes\"><h2 id=\"changes\">What changed</h2>\n";
        if (m_report.changes.empty()) {
            m_html += "<p>No service or agent is seen to have changed its model, prompt version or tools. Changes that "
                      "spans do not name are not seen.</p></section>\n";
            return;
        }
        // No caption: that would be as wide as the table, and cut where the table scrolls.
        m_html += "<p class=\"quiet\">" + htmlText(markerCaveat) +
                  "</p>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Changes\">" +
                  std::string(m_charts ? "<table cellspacing=\"0\" cellpadding=\"6\" width=\"100%\">" : "<table>") +
                  "<thead><tr><th scope=\"col\">#</th><th scope=\"col\">When</th><th scope=\"col\">What</th>"
                  "<th scope=\"col\">Where</th><th scope=\"col\">From</th><th scope=\"col\">To</th>"
                  "<th scope=\"col\">Spans before / since / since without it</th>"
                  "<th scope=\"col\">What differs around it</th></tr></thead><tbody>\n";
        std::size_t index = 0;
        for (const IncidentChange& change : m_report.changes) {
            const ChangeMarker& marker = change.marker;
            m_html += "<tr><td>" + std::to_string(++index) + "</td><td>" + timeText(marker.time) + "</td><td>" +
                      htmlText(worded(name(marker.what))) + "</td><td>" + textOf(marker.service) +
                      (marker.agent ? " / " + textOf(marker.agent) : "") +
                      (marker.prompt ? " / " + textOf(marker.prompt) : "") + "</td><td>" + textOf(marker.before) +
                      "</td><td>" + textOf(marker.value) + "</td><td class=\"number\">" +
                      std::to_string(marker.spansBefore) + " / " + std::to_string(marker.spansSince) + " / " +
                      std::to_string(marker.othersSince) + "</td><td>";
            if (change.rates.empty())
                m_html += "<span class=\"quiet\">too little to compare, or no evidence of a difference</span>";
            for (const ArcRateChange& rate : change.rates)
                m_html += htmlText(worded(rate.name)) + ": " + percent(rate.before.rate()) + " → " +
                          percent(rate.after.rate()) + " (" + points(rate.difference.value) + " points, 95 % from " +
                          points(rate.difference.interval.low) + " to " + points(rate.difference.interval.high) +
                          "; n " + std::to_string(rate.before.all) + " and " + std::to_string(rate.after.all) + "; " +
                          htmlText(name(rate.evidence)) + ")<br>";
            m_html += "</td></tr>\n";
        }
        m_html += "</tbody></table></div></section>\n";
    }

    void example(std::string_view title, const std::optional<IncidentExample>& example)
    {
        m_html += "<div><h3>" + std::string(title) + "</h3>";
        if (!example) {
            m_html += "<p class=\"quiet\">There is none in what was chosen.</p></div>\n";
            return;
        }
        const Nanos time = m_corpus.traces.at(TraceColumn::Start, example->trace);
        m_html += "<p class=\"where\">Trace " + htmlText(m_corpus.traceIdText(example->trace)) + timeBehind(time) +
                  "</p><p>Asked</p><blockquote>" + excerpt(example->request) +
                  "</blockquote><p>Answered</p><blockquote>" + excerpt(example->answer) + "</blockquote></div>\n";
    }

    void examples()
    {
        m_html +=
            "<section aria-labelledby=\"examples\"><h2 id=\"examples\">Before and after</h2>\n<div class=\"pair\">";
        example("Before: the last of the same kind that shows nothing", m_report.before);
        example("After: the trace of the first finding", m_report.after);
        m_html += "</div>\n";
        if (m_report.after) {
            FlatChart chart = traceChart(*m_report.after, m_report, m_corpus);
            const std::string caption = "The trace after: " + chart.title + ", marked ▲.";
            figure(std::move(chart), caption);
        }
        m_html += "</section>\n";
    }

    void finding(std::size_t index)
    {
        const FindingEntry& entry = m_report.entries[index];
        const Finding& one = m_report.findings[entry.findings.front()];
        m_html += "<article aria-labelledby=\"finding-" + std::to_string(index + 1) + "\"><h3 id=\"finding-" +
                  std::to_string(index + 1) + "\">" + std::to_string(index + 1) + ". " + htmlText(one.what) + "</h3>";
        std::vector<std::string> tags{std::string(one.rule),
                                      one.level == FindingLevel::Check ? "often right: a person has to decide"
                                                                       : "nearly always right",
                                      std::string(name(one.weight)), std::string(name(one.evidence))};
        if (entry.findings.size() > 1)
            tags.push_back(std::to_string(entry.findings.size()) + " times");
        if (one.exposure != noTime)
            tags.push_back("in sight for " + durationText(one.exposure));
        m_html += "<p>";
        for (std::size_t i = 0; i < tags.size(); ++i)
            m_html += (i == 0 ? "" : m_charts ? " · " : " ") + ("<span class=\"tag\">" + htmlText(tags[i])) + "</span>";
        m_html += "</p>\n";
        for (const FindingPlace& place : one.places) {
            if (!place.quote.empty())
                m_html += "<blockquote>" + htmlText(place.quote) + "</blockquote>";
            m_html += "<div class=\"where\">" + spanText(place.row) + timeBehind(place.time) + "</div>\n";
        }
        if (!one.facts.empty()) {
            m_html += "<dl class=\"facts\">";
            for (const FindingFact& fact : one.facts)
                m_html +=
                    "<dt>" + htmlText(fact.label) + "</dt><dd>" + htmlExcerpt(fact.text, longestExcerpt) + "</dd>";
            m_html += "</dl>";
        }
        if (const DetectorRule* rule = ruleNamed(one.rule)) {
            m_html += "<p class=\"quiet\">" + htmlText(rule->about);
            for (const RuleMeasure& measure : measuresOf(rule->name))
                m_html += "<br>" + htmlText(measureText(measure));
            m_html += "</p>";
        }
        m_html += "</article>\n";
    }

    void findings()
    {
        const std::size_t count = m_report.entries.size();
        m_html += "<section aria-labelledby=\"findings\"><h2 id=\"findings\">Findings</h2>\n<p>";
        m_html += count == 0 ? "No rule found anything, which does not say that nothing went wrong."
                             : counted(count, "entry", "entries") + ", those most worth a look first.";
        if (m_report.signalCount > 0)
            m_html += ' ' + leftOut(m_report.signalCount, "weaker signal", "weaker signals");
        m_html += "</p>\n";
        const std::size_t told = std::min(m_most, m_report.entries.size());
        for (std::size_t i = 0; i < told; ++i)
            finding(i);
        if (told < m_report.entries.size())
            m_html += "<p>" + leftOut(m_report.entries.size() - told, "further entry", "further entries") + "</p>\n";
        m_html += "</section>\n";
    }

    void footer()
    {
        m_html += "<footer aria-labelledby=\"provenance\">" +
                  htmlOrigin("Where this comes from", provenanceLines(m_provenance)) +
                  "<p>Times are UTC. Stated: by who wrote this. Inferred: by the rule beside it. A finding is a "
                  "pattern in what was recorded, with its places; what was not recorded cannot be found.</p>\n";
        if (!m_charts)
            m_html += htmlRemoved(m_manifest);
        else if (!m_manifest.empty())
            m_html += "<h2>What was removed, by rule and place</h2><pre>" + htmlText(m_manifest) + "</pre>\n";
        m_html += "</footer>\n";
    }

    const IncidentReport& m_report;
    const Corpus& m_corpus;
    const ExportProvenance& m_provenance;
    std::string_view m_manifest;
    std::size_t m_most;
    std::vector<FlatChart>* m_charts; ///< null: a page for the screen
    std::string m_html;
};

} // namespace

std::string postmortemHtml(const IncidentReport& report, const Corpus& corpus, const ExportProvenance& provenance,
                           std::string_view manifest, std::size_t most, std::vector<FlatChart>* charts)
{
    return Page(report, corpus, provenance, manifest, most, charts).make();
}

} // namespace arcscope

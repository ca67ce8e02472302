#include "incidentreport.h"

#include "arcsearch.h"
#include "detectorsettings.h"
#include "findingsearch.h"
#include "redactor.h"
#include "session.h"
#include "spancontent.h"
#include "traceexport.h"

#include <algorithm>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::size_t binCount = 48;

std::uint32_t traceOf(const Corpus& corpus, Row row)
{
    return static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
}

Nanos startOf(const Corpus& corpus, std::uint32_t trace)
{
    return corpus.traces.at(TraceColumn::Start, trace);
}

class Reporter
{
public:
    Reporter(Session& session, const IncidentStatement& stated, const Control& control)
        : m_session(session)
        , m_corpus(session.corpus)
        , m_control(control)
    {
        m_report.stated = stated;
    }

    Result<IncidentReport> run()
    {
        std::vector<SpanColumn> columns;
        const auto need = [&](std::span<const SpanColumn> more) {
            for (const SpanColumn column : more) {
                if (!m_corpus.spans.has(column) && std::find(columns.begin(), columns.end(), column) == columns.end())
                    columns.push_back(column);
            }
        };
        need(otlpExportColumns());
        need(findingColumns());
        need(arcSearchColumns());
        need(markerColumns());
        if (auto loaded = m_session.workspace.loadColumns(m_corpus, columns, m_control); !loaded)
            return loaded.error();
        auto found = searchKeptFindings(m_session.workspace, m_corpus, m_control);
        if (!found)
            return found.error();
        for (Finding& finding : *found) {
            if (finding.level == FindingLevel::Signal)
                ++m_report.signalCount;
            else
                m_report.findings.push_back(std::move(finding));
        }
        m_report.entries = ranked(m_report.findings);
        auto arcs = searchArcs(m_session.workspace, m_corpus, {}, {}, m_control);
        if (!arcs)
            return arcs.error();
        m_arcs = std::move(*arcs);
        times();
        changes();
        start();
        complaint();
        if (m_report.start.time != noTime && m_report.complaint.time != noTime)
            m_report.lag = m_report.complaint.time - m_report.start.time;
        examples();
        return std::move(m_report);
    }

private:
    /// Traces that a finding which nearly always holds is in.
    void times()
    {
        for (const Finding& finding : m_report.findings) {
            if (finding.level == FindingLevel::Finding && finding.weight != FindingWeight::Note)
                m_bad.insert(traceOf(m_corpus, finding.places.front().row));
        }
        for (std::uint32_t trace = 0; trace < m_corpus.traces.rows(); ++trace) {
            const Nanos from = startOf(m_corpus, trace);
            if (from == noTime)
                continue;
            const Nanos length = std::max<Nanos>(m_corpus.traces.at(TraceColumn::Duration, trace), 0);
            TimeRange& all = m_report.recorded;
            all = all.recorded() ? TimeRange{std::min(all.start, from), std::max(all.end, from + length)}
                                 : TimeRange{from, from + length};
        }
        if (!m_report.recorded.recorded() || m_report.recorded.length() <= 0)
            return;
        const Nanos width = m_report.recorded.length() / static_cast<Nanos>(binCount) + 1;
        for (std::size_t i = 0; i < binCount; ++i) {
            const Nanos from = m_report.recorded.start + static_cast<Nanos>(i) * width;
            m_report.bins.push_back({{from, from + width}, 0, 0});
        }
        for (std::uint32_t trace = 0; trace < m_corpus.traces.rows(); ++trace) {
            if (startOf(m_corpus, trace) == noTime)
                continue;
            IncidentBin& bin =
                m_report.bins[static_cast<std::size_t>((startOf(m_corpus, trace) - m_report.recorded.start) / width)];
            ++bin.traces;
            bin.found += static_cast<std::uint32_t>(m_bad.count(trace));
        }
    }

    std::vector<std::uint32_t> arcsIn(const TimeRange& range) const
    {
        std::vector<std::uint32_t> rows;
        for (std::uint32_t arc = 0; arc < m_arcs.arcs.rows(); ++arc) {
            if (range.contains(m_arcs.arcs.at(ArcColumn::Start, arc)))
                rows.push_back(arc);
        }
        return rows;
    }

    void changes()
    {
        const std::vector<ChangeMarker> all = changeMarkers(m_corpus);
        for (const ChangeMarker& marker : all) {
            IncidentChange change{marker, windowsOf(marker, all, m_report.recorded), {}};
            const auto before = arcsIn(change.windows.before);
            const auto after = arcsIn(change.windows.after);
            if (before.size() >= leastCompared && after.size() >= leastCompared) {
                for (const ArcRateChange& rate : compareArcs(m_arcs, before, after).rates) {
                    if (rate.evidence == Evidence::Difference || rate.evidence == Evidence::Weak)
                        change.rates.push_back(rate);
                }
            }
            m_report.changes.push_back(std::move(change));
        }
    }

    /// Stated; else the change that outcomes differ around; else the first trace with a finding.
    void start()
    {
        IncidentMoment& start = m_report.start;
        if (m_report.stated.start != noTime) {
            start.time = m_report.stated.start;
            start.stated = true;
            start.basis = "stated by who wrote this";
            return;
        }
        for (const IncidentChange& change : m_report.changes) {
            const bool differs = std::any_of(change.rates.begin(), change.rates.end(), [](const ArcRateChange& rate) {
                return rate.evidence == Evidence::Difference;
            });
            if (!differs)
                continue;
            start.time = change.marker.time;
            start.row = change.marker.row;
            start.notBefore = lastBefore(change.marker.time);
            start.basis = "the first change around which outcomes differ: association in time, not cause";
            return;
        }
        for (const std::uint32_t trace : m_bad) {
            const Nanos from = startOf(m_corpus, trace);
            if (from != noTime && (start.time == noTime || from < start.time)) {
                start.time = from;
                start.row = m_corpus.rowsOf(trace).front();
            }
        }
        start.notBefore = lastBefore(start.time);
        start.basis = start.time == noTime ? "nothing that is recorded tells"
                                           : "the first trace with a finding that nearly always holds; what went "
                                             "wrong before without one is not seen";
    }

    /// When the last trace before began that shows nothing.
    Nanos lastBefore(Nanos time) const
    {
        Nanos last = noTime;
        for (std::uint32_t trace = 0; trace < m_corpus.traces.rows() && time != noTime; ++trace) {
            const Nanos from = startOf(m_corpus, trace);
            if (from != noTime && from < time && m_bad.count(trace) == 0)
                last = std::max(last, from);
        }
        return last;
    }

    /// The first time from the start on that a user corrects, or asks for a person.
    void complaint()
    {
        IncidentMoment& complaint = m_report.complaint;
        if (m_report.stated.complaint != noTime) {
            complaint.time = m_report.stated.complaint;
            complaint.stated = true;
            complaint.basis = "stated by who wrote this";
            return;
        }
        complaint.basis = "nothing that is recorded tells";
        const auto at = [&](ArcEventColumn column, std::uint32_t event) { return m_arcs.events.at(column, event); };
        for (std::uint32_t event = 0; event < m_arcs.events.rows(); ++event) {
            const auto step = static_cast<ArcStep>(at(ArcEventColumn::Step, event));
            const Nanos time = at(ArcEventColumn::Time, event);
            if ((step != ArcStep::Edit && step != ArcStep::Escalate) || time == noTime ||
                (m_report.start.time != noTime && time < m_report.start.time) ||
                (complaint.time != noTime && complaint.time <= time))
                continue;
            complaint.time = time;
            complaint.row = static_cast<Row>(at(ArcEventColumn::SpanRow, event));
            complaint.basis =
                step == ArcStep::Edit
                    ? "the first correction by a user from then on; whether it is about this a person has to say"
                    : "the first time from then on that a person was asked for; whether it is about this "
                      "a person has to say";
            complaint.quote = quoteOf(event);
        }
    }

    std::string quoteOf(std::uint32_t event)
    {
        const auto at = [&](ArcEventColumn column) { return m_arcs.events.at(column, event); };
        const auto of = static_cast<TextPlace::Of>(at(ArcEventColumn::TextOf));
        const auto details = loadDetails(m_session.workspace, m_corpus, static_cast<Row>(at(ArcEventColumn::SpanRow)));
        if (!details || (of != TextPlace::Of::Input && of != TextPlace::Of::Output))
            return {};
        const std::vector<Message>& messages =
            of == TextPlace::Of::Input ? details->content.input : details->content.output;
        const auto message = static_cast<std::size_t>(at(ArcEventColumn::TextMessage));
        const auto part = static_cast<std::size_t>(at(ArcEventColumn::TextPart));
        if (message >= messages.size() || part >= messages[message].parts.size())
            return {};
        return quoted(messages[message].parts[part].text);
    }

    /// After: of the finding at the top. Before: the last trace of the same name that began before and shows nothing.
    void examples()
    {
        std::uint32_t bad = m_corpus.traces.rows();
        for (const FindingEntry& entry : m_report.entries) {
            const Finding& finding = m_report.findings[entry.findings.front()];
            const std::uint32_t trace = traceOf(m_corpus, finding.places.front().row);
            const Nanos from = startOf(m_corpus, trace);
            if (m_report.start.time != noTime && from != noTime && from < m_report.start.time)
                continue;
            bad = trace;
            break;
        }
        if (bad == m_corpus.traces.rows())
            return;
        m_report.after = example(bad);
        const auto name = m_corpus.traces.at(TraceColumn::Name, bad);
        const Nanos until = m_report.start.time != noTime ? m_report.start.time : startOf(m_corpus, bad);
        std::uint32_t good = m_corpus.traces.rows();
        for (std::uint32_t trace = 0; trace < m_corpus.traces.rows(); ++trace) {
            const Nanos from = startOf(m_corpus, trace);
            if (trace == bad || m_bad.count(trace) > 0 || m_corpus.traces.at(TraceColumn::Name, trace) != name ||
                from == noTime || until == noTime || from >= until)
                continue;
            if (good == m_corpus.traces.rows() || startOf(m_corpus, good) < from)
                good = trace;
        }
        if (good < m_corpus.traces.rows())
            m_report.before = example(good);
    }

    static std::string lastText(const std::vector<Message>& messages, Role role)
    {
        for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
            if (message->role != role)
                continue;
            std::string text;
            for (const Part& part : message->parts) {
                if (part.kind == PartKind::Text || part.kind == PartKind::Refusal)
                    text += (text.empty() ? "" : "\n") + part.text;
            }
            if (!text.empty())
                return text;
        }
        return {};
    }

    IncidentExample example(std::uint32_t trace)
    {
        IncidentExample made;
        made.trace = trace;
        made.rows = m_corpus.rowsOf(trace);
        for (auto row = made.rows.rbegin(); row != made.rows.rend(); ++row) {
            const auto details = loadDetails(m_session.workspace, m_corpus, *row);
            if (!details)
                continue;
            if (made.answer.empty())
                made.answer = lastText(details->content.output, Role::Assistant);
            for (const auto* const messages : {&details->content.input, &details->content.output}) {
                if (made.request.empty())
                    made.request = lastText(*messages, Role::User);
            }
            if (!made.answer.empty() && !made.request.empty())
                break;
        }
        for (std::uint32_t i = 0; i < m_report.findings.size(); ++i) {
            if (traceOf(m_corpus, m_report.findings[i].places.front().row) == trace)
                made.findings.push_back(i);
        }
        return made;
    }

    Session& m_session;
    Corpus& m_corpus;
    Control m_control;
    ArcCorpus m_arcs;
    std::set<std::uint32_t> m_bad;
    IncidentReport m_report;
};

} // namespace

Result<IncidentReport> incidentReport(Session& session, const IncidentStatement& stated, const Control& control)
{
    return Reporter(session, stated, control).run();
}

void strikeReport(IncidentReport& report, Redactor& redactor)
{
    const auto strike = [&](std::string& text) { redactor.strike(text, {}, "findings"); };
    for (Finding& finding : report.findings) {
        strike(finding.what);
        for (FindingPlace& place : finding.places)
            strike(place.quote);
        for (FindingFact& fact : finding.facts) {
            strike(fact.label);
            strike(fact.text);
        }
    }
    strike(report.complaint.quote);
    for (auto* const example : {&report.before, &report.after}) {
        if (*example) {
            strike((*example)->request);
            strike((*example)->answer);
        }
    }
}

} // namespace arcscope

#include "replayruns.h"

#include "conversation.h"
#include "spancontent.h"
#include "workspace.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace arcscope
{
namespace
{

constexpr std::size_t requestBytes = 240;

std::string_view stringAt(const Corpus& corpus, std::int64_t id)
{
    return corpus.strings[StringId{static_cast<std::uint32_t>(id)}];
}

/// "folder/run.json" and "all.zip!folder/run.json": "run.json".
std::string fileName(const std::string& source)
{
    const std::size_t at = source.find_last_of("/!");
    return at == source.npos ? source : source.substr(at + 1);
}

class Gatherer
{
public:
    Gatherer(const ReplaySource& source, const ReplayRunFields& fields, const Control& control)
        : m_source(source)
        , m_corpus(*source.corpus)
        , m_fields(fields)
        , m_control(control)
        , m_covered(m_corpus.traces.rows(), false)
    {
    }

    Result<std::vector<PairableRun>> gather(const ArcCorpus& arcs)
    {
        auto sources = m_source.workspace->sources();
        if (!sources)
            return sources.error();
        for (const SourceFile& file : *sources)
            m_files.push_back(fileName(file.name));
        placeInFiles();
        for (std::uint32_t arc = 0; arc < arcs.arcs.rows(); ++arc) {
            if (arc % 256 == 0 && m_control.stopped())
                return Error{ErrorCode::Cancelled, "cancelled"};
            addArc(arcs, arc);
        }
        for (std::uint32_t trace = 0; trace < m_corpus.traces.rows(); ++trace) {
            if (trace % 256 == 0 && m_control.stopped())
                return Error{ErrorCode::Cancelled, "cancelled"};
            if (!m_covered[trace] && isAsked(trace) && m_corpus.traces.at(TraceColumn::Spans, trace) > 0)
                addTrace(trace);
        }
        if (m_unread)
            return *m_unread; // what they are paired by is not known of all
        std::ranges::stable_sort(m_out, {}, &Placed::sort);
        std::vector<PairableRun> runs;
        runs.reserve(m_out.size());
        for (Placed& placed : m_out)
            runs.push_back(std::move(placed.run));
        return runs;
    }

private:
    struct Placed {
        std::pair<Nanos, std::uint32_t> sort;
        PairableRun run;
    };

    bool isAsked(std::uint32_t trace) const
    {
        return !m_source.traces || std::ranges::binary_search(*m_source.traces, trace);
    }

    void placeInFiles()
    {
        std::vector<std::uint32_t> counts(m_files.size(), 0);
        m_inFile.reserve(m_corpus.traces.rows());
        for (std::uint32_t trace = 0; trace < m_corpus.traces.rows(); ++trace) {
            const auto file = static_cast<std::size_t>(m_corpus.traces.at(TraceColumn::Source, trace));
            m_inFile.push_back(file < counts.size() ? counts[file]++ : 0);
        }
    }

    void addArc(const ArcCorpus& arcs, std::uint32_t arc)
    {
        const auto at = [&](ArcColumn column) { return arcs.arcs.at(column, arc); };
        PairableRun made;
        const auto first = static_cast<std::uint32_t>(at(ArcColumn::FirstSegment));
        const auto count = static_cast<std::uint32_t>(at(ArcColumn::Segments));
        bool asked = false;
        for (std::uint32_t i = first; i < first + count; ++i) {
            const auto trace = static_cast<std::uint32_t>(arcs.segments.at(ArcSegmentColumn::Trace, i));
            m_covered[trace] = true;
            asked = asked || isAsked(trace);
            if (isAsked(trace) && std::ranges::find(made.run.traces, trace) == made.run.traces.end())
                made.run.traces.push_back(trace);
        }
        if (!asked)
            return;
        if (isSilentTrials(arcs, arc, made.run.traces)) {
            for (const std::uint32_t trace : made.run.traces)
                addTrace(trace);
            return;
        }
        made.run.outcome = static_cast<ArcOutcome>(at(ArcColumn::Outcome));
        made.run.outcomeSource = static_cast<ArcSource>(at(ArcColumn::OutcomeSource));
        made.run.outcomeRow = at(ArcColumn::OutcomeRow) < 0 ? noRow : static_cast<Row>(at(ArcColumn::OutcomeRow));
        made.run.score = at(ArcColumn::Score);
        made.run.cost = at(ArcColumn::Cost);
        made.run.tokens = at(ArcColumn::Tokens);
        made.run.latency = at(ArcColumn::Active);
        made.run.modelCalls = at(ArcColumn::ModelCalls);
        made.run.toolCalls = at(ArcColumn::ToolCalls);
        made.run.currency = stringAt(m_corpus, at(tagColumn(SpanText::Currency)));
        made.run.model = stringAt(m_corpus, at(tagColumn(SpanText::ModelServed)));
        if (made.run.model.empty())
            made.run.model = stringAt(m_corpus, at(tagColumn(SpanText::ModelRequested)));
        made.task = stringAt(m_corpus, at(tagColumn(SpanText::Task)));
        made.request = arcs.texts[StringId{static_cast<std::uint32_t>(at(ArcColumn::Goal))}];
        if (m_fields.requests)
            readRequest(arcs, arc, made);
        finish(std::move(made), at(ArcColumn::Start));
    }

    /// Several traces that all name the task, without a word of a user and an outcome that anybody told: nothing goes
    /// on from one to the next, each is a run.
    bool isSilentTrials(const ArcCorpus& arcs, std::uint32_t arc, const std::vector<std::uint32_t>& traces) const
    {
        const auto source = static_cast<ArcSource>(arcs.arcs.at(ArcColumn::OutcomeSource, arc));
        const bool told = source != ArcSource::Rule && source != ArcSource::None;
        return traces.size() > 1 && !told && arcs.arcs.at(ArcColumn::Turns, arc) <= 0 &&
               std::ranges::all_of(traces, [&](std::uint32_t trace) {
                   return !stringAt(m_corpus, m_corpus.traces.at(TraceColumn::Task, trace)).empty();
               });
    }

    void readRequest(const ArcCorpus& arcs, std::uint32_t arc, PairableRun& made)
    {
        const auto first = static_cast<std::uint32_t>(arcs.arcs.at(ArcColumn::FirstEvent, arc));
        const auto count = static_cast<std::uint32_t>(arcs.arcs.at(ArcColumn::Events, arc));
        for (std::uint32_t i = first; i < first + count; ++i) {
            const auto at = [&](ArcEventColumn column) { return arcs.events.at(column, i); };
            if (static_cast<ArcStep>(at(ArcEventColumn::Step)) != ArcStep::Request)
                continue;
            const auto row = static_cast<Row>(at(ArcEventColumn::SpanRow));
            const auto of = static_cast<TextPlace::Of>(at(ArcEventColumn::TextOf));
            if (row >= m_corpus.spans.rows() || of != TextPlace::Of::Input)
                continue;
            const auto details = loadDetails(*m_source.workspace, m_corpus, row);
            if (!details) {
                m_unread = details.error();
                return;
            }
            const auto message = static_cast<std::size_t>(at(ArcEventColumn::TextMessage));
            const auto part = static_cast<std::size_t>(at(ArcEventColumn::TextPart));
            if (message >= details->content.input.size() || part >= details->content.input[message].parts.size())
                continue;
            const std::string& text = details->content.input[message].parts[part].text;
            made.input = turnWords(text, Role::User, PartKind::Text);
            made.request = quoted(text, requestBytes);
            return;
        }
    }

    void addTrace(std::uint32_t trace)
    {
        const auto at = [&](TraceColumn column) { return m_corpus.traces.at(column, trace); };
        PairableRun made;
        made.run.traces = {trace};
        made.run.cost = at(TraceColumn::Cost);
        made.run.tokens = at(TraceColumn::Tokens);
        made.run.latency = at(TraceColumn::Duration);
        made.run.modelCalls = at(TraceColumn::ModelCalls);
        made.run.toolCalls = at(TraceColumn::ToolCalls);
        made.run.currency = stringAt(m_corpus, at(TraceColumn::Currency));
        made.run.model = stringAt(m_corpus, at(TraceColumn::Model));
        made.task = stringAt(m_corpus, at(TraceColumn::Task));
        finish(std::move(made), at(TraceColumn::Start));
    }

    void finish(PairableRun made, Nanos start)
    {
        const std::uint32_t trace = made.run.traces.front();
        made.trace = m_corpus.traceIdText(trace);
        const auto file = static_cast<std::size_t>(m_corpus.traces.at(TraceColumn::Source, trace));
        made.file = file < m_files.size() ? m_files[file] : std::string();
        made.inFile = m_inFile[trace];
        if (m_fields.key) {
            auto value = m_fields.key->valueOf([&](const std::string& field) -> Result<std::string> {
                if (field == "file")
                    return made.file;
                return field == "request" ? Result<std::string>(made.request)
                                          : fieldOfRun(*m_source.workspace, m_corpus, made.run.traces, field);
            });
            if (value)
                made.value = std::move(*value);
            else
                m_unread = value.error();
        }
        // What has no time stands as it was read, behind what has one.
        m_out.push_back({{start == noTime ? std::numeric_limits<Nanos>::max() : start, trace}, std::move(made)});
    }

    const ReplaySource& m_source;
    const Corpus& m_corpus;
    const ReplayRunFields& m_fields;
    const Control& m_control;
    std::vector<bool> m_covered;
    std::vector<std::string> m_files;
    std::vector<std::uint32_t> m_inFile;
    std::vector<Placed> m_out;
    std::optional<Error> m_unread; ///< why something that runs are paired by could not be read
};

} // namespace

Result<std::vector<PairableRun>> replayRuns(const ReplaySource& source, const ArcCorpus& arcs,
                                            const ReplayRunFields& fields, const Control& control)
{
    return Gatherer(source, fields, control).gather(arcs);
}

} // namespace arcscope

#include "replayreading.h"

#include "calltexts.h"
#include "replaysearch.h"
#include "replaysplits.h"
#include "spancontent.h"
#include "storedsettings.h"
#include "workspace.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// Tasks of which instructions are read to tell prompt forks apart.
constexpr std::size_t mostForkTasks = 50'000;

/// What searchReplay() is asked; lives as long as what it refers to.
ReplayRequest requestOf(Workspace& workspace, const Corpus& corpus,
                        const std::vector<std::vector<std::uint32_t>>& traces, const ArcDecisions& decisions)
{
    ReplayRequest request;
    for (const std::vector<std::uint32_t>& side : traces) {
        ReplaySource source;
        source.workspace = &workspace;
        source.corpus = &corpus;
        source.traces = &side;
        source.decisions = decisions;
        request.sources.push_back(std::move(source));
    }
    if (auto settings = storedSettings(settingsFile()))
        request.settings = *settings;
    return request;
}

/// Version or name of the prompt where one is recorded, else the instructions themselves: equal ones are one fork.
class Forks
{
public:
    Forks(Workspace& workspace, const Corpus& corpus)
        : m_workspace(workspace)
        , m_corpus(corpus)
    {
    }

    std::string of(const ReplayRun& run, bool mayRead)
    {
        for (const std::uint32_t trace : run.traces) {
            const std::vector<Row> rows = m_corpus.rowsOf(trace);
            for (const SpanText text : {SpanText::PromptVersion, SpanText::PromptName}) {
                for (const Row row : rows) {
                    if (const std::string_view value = m_corpus.text(text, row); !value.empty())
                        return std::string(value);
                }
            }
            if (std::string fork = mayRead ? forkRead(rows) : std::string(); !fork.empty())
                return fork;
        }
        return {};
    }

private:
    /// Of the first call of a model; logs of messages have them before it.
    std::string forkRead(const std::vector<Row>& rows)
    {
        const auto call =
            std::ranges::find_if(rows, [&](Row row) { return m_corpus.spans.kind(row) == SpanKind::ModelCall; });
        std::string fork = call == rows.end() ? std::string() : instructionsOf(*call);
        constexpr std::ptrdiff_t mostBefore = 3;
        const auto end = rows.begin() + std::min(call - rows.begin(), mostBefore);
        for (auto row = rows.begin(); fork.empty() && row != end; ++row)
            fork = instructionsOf(*row);
        return fork;
    }

    std::string instructionsOf(Row row)
    {
        const auto details = loadDetails(m_workspace, m_corpus, row);
        if (!details)
            return {};
        for (const Message& message : details->content.input) {
            if (message.role != Role::System)
                continue;
            std::string text;
            for (const auto& part : message.parts)
                text += part.text;
            if (text.empty())
                return {};
            const auto [known, isNew] = m_numbers.try_emplace(text, m_numbers.size() + 1);
            std::replace_if(
                text.begin(), text.end(),
                [](char letter) { return letter == '\n' || letter == '\r' || letter == '\t'; }, ' ');
            text.erase(std::unique(text.begin(), text.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
                       text.end());
            return "prompt " + std::to_string(known->second) + ": " + quoted(text, 60);
        }
        return {};
    }

    Workspace& m_workspace;
    const Corpus& m_corpus;
    std::unordered_map<std::string, std::size_t> m_numbers;
};

/// Texts of places, each span read once.
class Texts
{
public:
    Texts(Workspace& workspace, const Corpus& corpus)
        : m_workspace(workspace)
        , m_corpus(corpus)
    {
    }

    std::optional<std::string> at(Row row, const TextPlace& place)
    {
        if (row == noRow || place.of == TextPlace::Of::None)
            return std::nullopt;
        if (row != m_row) {
            m_row = row;
            const auto [known, isNew] = m_known.try_emplace(row);
            if (isNew) {
                if (auto details = loadDetails(m_workspace, m_corpus, row))
                    known->second = std::make_shared<const SpanContent>(std::move(details->content));
            }
            m_content = known->second;
        }
        return m_content ? textOf(*m_content, place) : std::nullopt;
    }

private:
    Workspace& m_workspace;
    const Corpus& m_corpus;
    std::map<Row, std::shared_ptr<const SpanContent>> m_known;
    std::shared_ptr<const SpanContent> m_content;
    Row m_row = noRow;
};

void readTexts(const ReplayComparison& comparison, bool ofBase, Texts& texts, std::vector<ReplayText>& into)
{
    for (const ReplayStep& step : comparison.steps) {
        const ReplaySide& side = ofBase ? step.base : step.candidate;
        if (!side.there())
            continue;
        if (into.size() <= side.step)
            into.resize(side.step + 1);
        ReplayText& text = into[side.step];
        text.text = texts.at(side.row, side.place).value_or(std::string());
        if (auto result = texts.at(side.resultRow == noRow ? side.row : side.resultRow, side.result)) {
            text.result = std::move(*result);
            text.hasResult = true;
        }
    }
}

void sumUp(FoundReplay& found)
{
    for (std::uint32_t side = 1; side < found.pairing.sides; ++side) {
        found.summaries.push_back(replaySummary(found.pairing, found.verdicts, side));
        found.sentences.push_back(replayWords(found.summaries.back()));
    }
}

} // namespace

Result<ReplayFields> fieldsOf(Workspace& workspace, const Corpus& corpus)
{
    const auto sources = workspace.sources();
    if (!sources)
        return sources.error();
    std::vector<std::string> paths;
    for (const SourceFile& source : *sources)
        paths.push_back(source.name);
    return replayFields(corpus, paths);
}

Result<FoundReplay> replayOf(Workspace& workspace, const std::shared_ptr<const Corpus>& corpus,
                             const ReplayFields& fields, const AskedReplay& asked, const Control& control)
{
    FoundReplay found;
    const ReplaySides& sides = asked.sides;
    found.field = sides.field;
    found.sides.push_back(sides.base);
    found.sides.insert(found.sides.end(), sides.candidates.begin(), sides.candidates.end());
    found.traces = tracesOfSides(fields, sides);
    if (const ReplayField* const field = fieldNamed(fields, sides.field))
        found.names = valuesOf(*field);
    if (found.traces.empty())
        return Error{ErrorCode::Usage, "these sides are not there any more"};
    auto loaded = std::make_shared<Corpus>(*corpus); // shares its columns
    if (auto columns = workspace.loadColumns(*loaded, replayColumns(), control); !columns)
        return columns.error();
    found.corpus = loaded;
    ReplayRequest request = requestOf(workspace, *loaded, found.traces, asked.arcs);
    if (auto paired = pairBy(request, sides.key); !paired)
        return paired.error();
    holdMatches(request, asked.matches);
    const std::vector<ArcPiece> pieces = asked.pieces ? asked.pieces->all() : std::vector<ArcPiece>();
    for (ReplaySource& source : request.sources) {
        source.pieces = asked.pieces ? &pieces : nullptr;
        source.stops = asked.stops ? &asked.stops->survey : nullptr;
    }
    request.known = asked.known ? asked.known->report.get() : nullptr;
    request.progress = asked.progress;
    if (asked.early)
        request.paired = [&](const ReplayReport& outcomes) {
            FoundReplay early = found;
            early.whole = false;
            early.judged = outcomes.judged;
            early.pairing = outcomes.pairing;
            early.verdicts = outcomes.verdicts;
            sumUp(early);
            asked.early(std::move(early));
        };
    auto searched = searchReplay(request, control);
    if (!searched)
        return searched.error();
    auto report = std::make_shared<const ReplayReport>(std::move(*searched));
    found.report = report;
    found.pairing = report->pairing;
    found.verdicts = report->verdicts;
    Forks forks(workspace, *loaded);
    std::vector<std::string> forkOfTask;
    for (const ReplayTask& task : found.pairing.tasks) {
        const bool ran = !task.runs.empty() && !task.runs[0].empty();
        forkOfTask.push_back(
            ran ? forks.of(found.pairing.runs[task.runs[0].front()], found.pairing.tasks.size() <= mostForkTasks)
                : std::string());
    }
    sumUp(found);
    found.matrix = replayMatrix(found.pairing, found.summaries, forkOfTask);
    found.splits = splitsOf(workspace, *loaded, found.pairing);
    return found;
}

Result<ReplayReading> readReplay(Workspace& workspace, const ReplayPtr& found, std::uint32_t task,
                                 const Control& control)
{
    ReplayReading reading;
    reading.of = found;
    reading.task = task;
    const Corpus& corpus = *found->corpus;
    ReplayRequest request = requestOf(workspace, corpus, found->traces, {});
    if (found->report)
        request.anchors = found->report->anchors;
    // The base's run that differs most from the first candidate's stands in all columns.
    for (std::size_t candidate = 0; candidate < found->candidates(); ++candidate) {
        const ReplayTaskSummary* const summary = found->summaryOf(candidate, task);
        if (!summary)
            continue;
        std::uint32_t base = found->verdicts[summary->first].base;
        std::uint32_t run = found->verdicts[summary->first].candidate;
        if (reading.runs.empty())
            reading.runs.push_back(base);
        else if (base != reading.runs.front()) {
            base = reading.runs.front();
            run = found->task(task).runs[candidate + 1].front();
        }
        auto comparison = compareRuns(request, found->pairing, base, run, control);
        if (!comparison)
            return comparison.error();
        reading.runs.push_back(run);
        reading.candidates.push_back(candidate);
        reading.comparisons.push_back(std::move(*comparison));
    }
    if (reading.runs.empty())
        return reading;
    Texts texts(workspace, corpus);
    reading.texts.resize(reading.runs.size());
    for (std::size_t i = 0; i < reading.comparisons.size(); ++i) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        if (i == 0)
            readTexts(reading.comparisons[i], true, texts, reading.texts[0]);
        readTexts(reading.comparisons[i], false, texts, reading.texts[i + 1]);
    }
    reading.lines = replayLines(reading.all());
    return reading;
}

} // namespace arcscope

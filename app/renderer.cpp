#include "renderer.h"

#include "axis.h"
#include "callcanvas.h"
#include "command.h"
#include "copycommands.h"
#include "corpusloader.h"
#include "criticalpath.h"
#include "displaytext.h"
#include "findingsearch.h"
#include "findingsview.h"
#include "lens.h"
#include "notecommands.h"
#include "picture.h"
#include "session.h"
#include "spancontent.h"
#include "spantreeview.h"
#include "stopbook.h"
#include "stopexemplars.h"
#include "stopsearch.h"
#include "stopsview.h"
#include "storedsettings.h"
#include "streamcanvas.h"
#include "streamcontent.h"
#include "streamsubject.h"
#include "streamtext.h"
#include "theme.h"
#include "timelinecanvas.h"
#include "toolsview.h"
#include "viewchoice.h"
#include "viewexport.h"

#include <QApplication>
#include <QWidget>

#include <algorithm>
#include <memory>
#include <numeric>
#include <ostream>

namespace arcscope
{
namespace
{

constexpr std::string_view lensView = "lens:";

/// The trace of that id; nothing where there is none.
std::optional<std::uint32_t> findTrace(const Corpus& corpus, const std::string& wanted)
{
    const std::string text = idText(parseId(wanted), wanted);
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        if (corpus.traceIdText(trace) == text)
            return trace;
    }
    return std::nullopt;
}

Row findSpan(const Corpus& corpus, const std::string& wanted)
{
    const std::string text = idText(parseId(wanted), wanted);
    for (Row row = 0; row < corpus.spans.rows(); ++row) {
        if (!corpus.spans.flagged(row, SpanFlag::Superseded) && corpus.idText(corpus.spans.spanId(row)) == text)
            return row;
    }
    return noRow;
}

} // namespace

namespace
{

QString textOf(const Corpus& corpus, StringId id)
{
    return QString::fromStdString(std::string(corpus.strings[id]));
}

Result<Picture> drawTimeline(Session& session, const RenderRequest& request, Row span,
                             std::optional<std::uint32_t> trace, const Theme& theme)
{
    const Corpus& corpus = session.corpus;
    const auto data = trace ? traceTimeline(corpus, *trace, {}, {}) : corpusTimeline(corpus, {}, {});
    if (!data)
        return data.error();
    auto canvas = std::make_unique<TimelineCanvas>();
    canvas->setTheme(theme);
    canvas->resize(request.width, defaultHeight);
    canvas->setData(*data);
    canvas->setTickMode((*data)->ordinal ? TickMode::Ordinal : trace ? TickMode::SinceOrigin : TickMode::Absolute);
    canvas->setSelection(span);
    const QString title =
        trace ? textOf(corpus, StringId{static_cast<std::uint32_t>(corpus.traces.at(TraceColumn::Name, *trace))})
              : counted(corpus.traces.rows(), QObject::tr("Whole corpus, %1 trace"),
                        QObject::tr("Whole corpus, %1 traces"));
    return Picture{std::move(canvas), title};
}

/// The stream of a span, else the first of the trace or the corpus; the playhead at its end unless a moment is asked
/// for.
Result<Picture> drawStream(Session& session, const RenderRequest& request, Row span, std::optional<std::uint32_t> trace,
                           const Theme&)
{
    const Corpus& corpus = session.corpus;
    if (span == noRow)
        span = nextStreamed(corpus, trace, noRow);
    if (span == noRow || !corpus.spans.flagged(span, SpanFlag::Streamed))
        return Error{ErrorCode::Unsupported, "no stream is recorded there"};
    auto stream = loadStream(session.workspace, corpus, span);
    if (!stream)
        return stream.error();
    const auto timeline = streamTimeline(std::move(stream->model), std::move(stream->marks), stream->times.start);
    if (timeline->model->events().empty())
        return Error{ErrorCode::Unsupported, "no stream is recorded there"};
    auto view = std::make_unique<QWidget>();
    auto* canvas = new StreamCanvas(view.get());
    auto* text = new StreamText(view.get());
    canvas->resize(request.width, defaultHeight);
    canvas->setTimeline(timeline);
    if (request.at)
        canvas->setPlace(
            timeline->origin +
            static_cast<Nanos>(*request.at * static_cast<double>(timeline->ordinal ? orderStep : millisecond)));
    text->showAt(timeline->model, canvas->event());
    return Picture{std::move(view), textOf(corpus, corpus.spans.text(SpanText::Name, span))};
}

/// All that a list of findings needs around it.
class FindingsPicture : public QWidget
{
public:
    explicit FindingsPicture(FoundPtr found)
        : m_view(m_state, m_book, m_commands, this)
    {
        m_view.model()->setFound(std::move(found));
    }

    FindingsView& view() { return m_view; }

protected:
    void resizeEvent(QResizeEvent*) override { m_view.setGeometry(rect()); }

private:
    AppState m_state; ///< nothing is open in it
    FindingBook m_book{m_state};
    ActionRegistry m_actions{this};
    NoteCommands m_commands{m_state, m_actions, nullptr};
    FindingsView m_view;
};

/// Findings of the trace, or of all; what speaks for the first below the list.
Result<Picture> drawFindings(Session& session, const RenderRequest& request, Row, std::optional<std::uint32_t> trace,
                             const Theme&)
{
    auto corpus = std::make_shared<Corpus>(session.corpus);
    if (auto loaded = session.workspace.loadColumns(*corpus, findingColumns(), {}); !loaded)
        return loaded.error();
    const auto settings = storedSettings(settingsFile());
    if (!settings)
        return settings.error();
    auto findings = searchKeptFindings(session.workspace, *corpus, {}, *settings);
    if (!findings)
        return findings.error();
    if (trace)
        std::erase_if(*findings, [&](const Finding& finding) {
            return corpus->spans.at(SpanColumn::Trace, finding.places.front().row) != *trace;
        });
    if (findings->empty())
        return Error{ErrorCode::NotFound, "nothing was found there"};
    auto view = std::make_unique<FindingsPicture>(foundOf(corpus, std::move(*findings)));
    showUnseen(*view, request);
    if (const auto chosen = parseViewChoice(request.chosen); chosen && chosen->of == ViewChoice::Of::Finding) {
        if (view->view().chooseFinding(chosen->name) != FindingsView::Choosing::Chosen)
            return Error{ErrorCode::NotFound, "the finding " + chosen->name + " is not there"};
        QApplication::processEvents();
    }
    return Picture{std::move(view), QObject::tr("Findings")};
}

/// All that a view of stops needs around it.
class StopsPicture : public QWidget
{
public:
    explicit StopsPicture(StopOverviewPtr overview)
        : m_view(m_state, m_findings, m_stops, this)
    {
        m_view.setOverview(std::move(overview));
    }

    StopExemplars& exemplars() const { return *m_view.exemplars(); }

protected:
    void resizeEvent(QResizeEvent*) override { m_view.setGeometry(rect()); }

private:
    AppState m_state; ///< nothing is open in it
    FindingBook m_findings{m_state};
    StopBook m_stops{m_state, m_findings};
    StopsView m_view;
};

/// What calls of the trace, or all, stopped for.
Result<Picture> drawStops(Session& session, const RenderRequest& request, Row, std::optional<std::uint32_t> trace,
                          const Theme&)
{
    auto corpus = std::make_shared<Corpus>(session.corpus);
    if (auto loaded = session.workspace.loadColumns(*corpus, findingColumns(), {}); !loaded)
        return loaded.error();
    const auto survey = searchStops(session.workspace, *corpus, {});
    if (!survey)
        return survey.error();
    auto found = std::make_shared<FoundStops>();
    for (const SpanStop& stop : *survey) {
        if (!trace || corpus->spans.at(SpanColumn::Trace, stop.row) == *trace)
            found->survey.push_back(stop);
    }
    found->corpus = corpus;
    auto overview = stopOverview(found, SpanText::ModelServed, nullptr);
    if (overview->calls == 0)
        return Error{ErrorCode::NotFound, "there are no model calls"};
    auto view = std::make_unique<StopsPicture>(std::move(overview));
    std::vector<StopReading> readings;
    for (const StopExemplar& exemplar : view->exemplars().model()->stops()) {
        if (const auto details = loadDetails(session.workspace, *corpus, exemplar.row))
            readings.push_back(stopReading(details->content, *found->of(exemplar.row)));
    }
    view->exemplars().showReadings(std::move(readings));
    showUnseen(*view, request);
    return Picture{std::move(view), QObject::tr("Stops")};
}

/// A tools tab in which nothing is open.
class ToolsPicture : public QWidget
{
public:
    ToolsPicture()
        : m_view(m_state, this)
    {
    }

    ToolsView& view() { return m_view; }

protected:
    void resizeEvent(QResizeEvent*) override { m_view.setGeometry(rect()); }

private:
    AppState m_state;
    ToolsView m_view;
};

/// The calls of a trace with its critical path.
Result<Picture> drawTools(Session& session, const RenderRequest& request, Row span, std::optional<std::uint32_t> trace,
                          const Theme&)
{
    if (!trace)
        return Error{ErrorCode::NotFound, "there are several traces: --trace says which one"};
    const CallTreePtr subject =
        openCallTree(session.workspace.path(), std::make_shared<const Corpus>(session.corpus), *trace);
    if (!subject->problem.empty())
        return Error{ErrorCode::Store, subject->problem};
    if (subject->tree.nodes.empty())
        return Error{ErrorCode::NotFound, "no tool calls are recorded there"};
    auto picture = std::make_unique<ToolsPicture>();
    showUnseen(*picture, request);
    picture->view().setCriticalShown(true);
    picture->view().showSubject(subject);
    picture->view().canvas()->fitAll();
    picture->view().selectNode(subject->nodeOf(span));
    picture->view().canvas()->fitRows(); // long pauses of what is drawn are folded
    return Picture{std::move(picture),
                   textOf(session.corpus,
                          StringId{static_cast<std::uint32_t>(session.corpus.traces.at(TraceColumn::Name, *trace))})};
}

/// A tree in which nothing is open.
class SpansPicture : public QWidget
{
public:
    SpansPicture()
        : m_view(m_state, this)
    {
    }

    SpanTreeView& view() { return m_view; }

protected:
    void resizeEvent(QResizeEvent*) override { m_view.setGeometry(rect()); }

private:
    AppState m_state;
    SpanTreeView m_view;
};

/// The spans of a trace as a tree, with all its lines as far as the height goes.
Result<Picture> drawSpans(Session& session, const RenderRequest& request, Row span, std::optional<std::uint32_t> trace,
                          const Theme&)
{
    if (!trace)
        return Error{ErrorCode::NotFound, "there are several traces: --trace says which one"};
    auto picture = std::make_unique<SpansPicture>();
    picture->view().showTrace(std::make_shared<const Corpus>(session.corpus), *trace, span);
    showUnseen(*picture, request);
    const int whole = picture->view().wholeHeight();
    picture->resize(request.width, std::min(whole, request.maxHeight));
    QApplication::processEvents();
    QString title = textOf(session.corpus,
                           StringId{static_cast<std::uint32_t>(session.corpus.traces.at(TraceColumn::Name, *trace))});
    if (whole > request.maxHeight)
        title = QObject::tr("%1, as far as it fits").arg(title);
    return Picture{std::move(picture), title};
}

struct View {
    const char* name;
    Result<Picture> (*draw)(Session&, const RenderRequest&, Row, std::optional<std::uint32_t>, const Theme&);
};
/// "lens:NAME", with the lens that is asked for.
Result<Picture> drawAskedLens(Session& session, const RenderRequest& request, Row, std::optional<std::uint32_t>,
                              const Theme&)
{
    return drawLens(session, request, *lensNamed(std::string_view(request.view).substr(lensView.size())));
}

constexpr View views[] = {{"arcs", drawArcs},          {"outcomes", drawOutcomes}, {"timeline", drawTimeline},
                          {"tools", drawTools},        {"stream", drawStream},     {"spans", drawSpans},
                          {"findings", drawFindings},  {"stops", drawStops},       {"replay", drawReplay},
                          {"lens:NAME", drawAskedLens}};

/// Of the trace, or all.
std::vector<Row> drawnRows(const Corpus& corpus, std::optional<std::uint32_t> trace)
{
    if (trace)
        return corpus.rowsOf(*trace);
    std::vector<Row> rows(corpus.spans.rows());
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

} // namespace

int renderView(const RenderRequest& request, std::ostream& out, std::ostream& err)
{
    const CommandEnvironment environment{out, err, {}, false};
    const bool asksLens = request.view.starts_with(lensView);
    if (asksLens && !lensNamed(std::string_view(request.view).substr(lensView.size())))
        return wrongUsage("render", "there is no lens of that name: `arcscope lens --list` lists them", environment);
    const std::string wanted = asksLens ? std::string(views[std::size(views) - 1].name) : request.view;
    const auto* const view =
        std::find_if(std::begin(views), std::end(views), [&](const View& known) { return wanted == known.name; });
    if (view == std::end(views)) {
        std::string names;
        for (const View& known : views)
            names += (names.empty() ? "" : ", ") + std::string(known.name);
        return wrongUsage("render", "there is no view “" + request.view + "”; there are: " + names, environment);
    }
    ImportOptions import = ImportOptions::standard();
    import.mappingFile = request.mapping;
    auto session = openSession(request.paths, CorpusLoader::viewColumns(), {}, {}, import);
    if (!session)
        return failed(session.error(), environment);
    if (request.alignClocks) {
        if (const auto aligned = alignClocksFor(*session, {}, environment); !aligned)
            return failed(aligned.error(), environment);
    }
    const Corpus& corpus = session->corpus;
    const auto status = statusOf(*session, environment);
    if (!status || *status == ExitNothingRead)
        return status ? *status : failed(status.error(), environment);

    const Row span = request.span.empty() ? noRow : findSpan(corpus, request.span);
    if (span == noRow && !request.span.empty())
        return wrongUsage("render", "there is no span " + request.span, environment);
    std::optional<std::uint32_t> trace;
    if (!request.trace.empty()) {
        trace = findTrace(corpus, request.trace);
        if (!trace)
            return wrongUsage("render", "there is no trace " + request.trace, environment);
    } else if (span != noRow) {
        trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, span));
    } else if (corpus.traces.rows() == 1) {
        trace = 0;
    }
    const Theme& theme = request.dark ? darkTheme() : lightTheme();
    QApplication::setPalette(paletteOf(theme));
    const auto picture = view->draw(*session, request, span, trace, theme);
    if (!picture)
        return failed(picture.error(), environment);
    const auto provenance = request.provenance ? Result<ExportProvenance>(*request.provenance)
                                               : provenanceOf(request.paths, corpus, drawnRows(corpus, trace));
    if (!provenance)
        return failed(provenance.error(), environment);
    ExportOptions options;
    options.title = picture->title;
    options.about = QString::fromStdString(provenanceLine(*provenance));
    options.maxHeight = request.maxHeight;
    options.scale = request.scale;
    const QString output = QString::fromStdString(request.output);
    if (isPage(output)) {
        options.table = qobject_cast<TimelineCanvas*>(picture->view.get())
                            ? spanTable(std::make_shared<const Corpus>(corpus), trace, nullptr)
                            : tableShownIn(*picture->view);
        for (const std::string& line : provenanceLines(*provenance))
            options.origin << QString::fromStdString(line);
        options.removed = QByteArray::fromStdString(request.removed);
    }
    const auto written = exportView(*picture->view, options, output);
    return written ? *status : failed(written.error(), environment);
}

} // namespace arcscope

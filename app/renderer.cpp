#include "renderer.h"

#include "command.h"
#include "corpusloader.h"
#include "criticalpath.h"
#include "session.h"
#include "theme.h"
#include "timelinecanvas.h"
#include "viewexport.h"

#include <QApplication>
#include <QFileInfo>

#include <ostream>

namespace arcscope
{
namespace
{

/// Of the canvas: the picture is as high as its lanes.
constexpr int defaultHeight = 900;

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

int renderView(const RenderRequest& request, std::ostream& out, std::ostream& err)
{
    const CommandEnvironment environment{out, err, {}, false};
    if (request.view != "timeline")
        return wrongUsage("render", "there is no view “" + request.view + "”; there is: timeline", environment);
    auto session = openSession(request.paths, CorpusLoader::viewColumns(), {});
    if (!session)
        return failed(session.error(), environment);
    if (request.alignClocks) {
        if (const auto aligned = alignClocksFor(*session, {}, environment); !aligned)
            return failed(aligned.error(), environment);
    }
    const Corpus& corpus = session->corpus;
    const auto status = statusOf(*session, environment);
    if (!status || *status == exitNothingRead)
        return status ? *status : failed(status.error(), environment);

    Row span = noRow;
    if (!request.span.empty() && (span = findSpan(corpus, request.span)) == noRow)
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
    const auto data = trace ? traceTimeline(corpus, *trace, {}, {}) : corpusTimeline(corpus, {}, {});
    if (!data)
        return failed(data.error(), environment);

    const Theme& theme = request.dark ? darkTheme() : lightTheme();
    QApplication::setPalette(paletteOf(theme));
    TimelineCanvas canvas;
    canvas.setTheme(theme);
    canvas.resize(request.width, defaultHeight);
    canvas.setData(*data);
    canvas.setTickMode((*data)->ordinal ? TickMode::Ordinal : trace ? TickMode::SinceOrigin : TickMode::Absolute);
    canvas.setSelection(span);
    const QString title =
        trace ? QString::fromStdString(std::string(
                    corpus.strings[StringId{static_cast<std::uint32_t>(corpus.traces.at(TraceColumn::Name, *trace))}]))
              : QObject::tr("Whole corpus, %n trace(s)", nullptr, static_cast<int>(corpus.traces.rows()));
    const auto written = exportView(canvas,
                                    {.title = title,
                                     .source = QFileInfo(QString::fromStdString(request.paths.front())).fileName(),
                                     .filter = {},
                                     .maxHeight = request.maxHeight},
                                    QString::fromStdString(request.output));
    return written ? *status : failed(written.error(), environment);
}

} // namespace arcscope

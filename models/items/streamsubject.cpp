#include "streamsubject.h"

#include "session.h"
#include "streamcontent.h"

#include <algorithm>

namespace arcscope
{

std::shared_ptr<const StreamSubject> openStream(const OpenCorpus& open, Row row)
{
    auto subject = std::make_shared<StreamSubject>();
    subject->row = row;
    auto workspace = Workspace::open(open.session->workspace.path());
    if (!workspace) {
        subject->problem = workspace.error().message;
        return subject;
    }
    auto stream = loadStream(*workspace, *open.corpus, row);
    if (!stream) {
        subject->problem = stream.error().message;
        return subject;
    }
    subject->moments = stream->moments;
    subject->json = std::move(stream->json);
    subject->checks = std::move(stream->checks);
    subject->findings = std::move(stream->findings);
    subject->commits = stream->commits;
    subject->figures = stream->figures;
    subject->timeline = streamTimeline(std::move(stream->model), std::move(stream->marks), stream->times.start);
    return subject;
}

Row nextStreamed(const Corpus& corpus, std::optional<std::uint32_t> trace, Row row)
{
    const auto streamed = [&](Row at) {
        return corpus.spans.flagged(at, SpanFlag::Streamed) && !corpus.spans.flagged(at, SpanFlag::Superseded);
    };
    if (trace) {
        const std::vector<Row> rows = corpus.rowsOf(*trace);
        const auto here = std::find(rows.begin(), rows.end(), row);
        const std::size_t from = here == rows.end() ? 0 : static_cast<std::size_t>(here - rows.begin()) + 1;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Row at = rows[(from + i) % rows.size()];
            if (streamed(at))
                return at;
        }
        return noRow;
    }
    const std::uint32_t count = corpus.spans.rows();
    const Row from = row == noRow ? 0 : row + 1;
    for (std::uint32_t i = 0; i < count; ++i) {
        const Row at = static_cast<Row>((std::uint64_t{from} + i) % count);
        if (streamed(at))
            return at;
    }
    return noRow;
}

} // namespace arcscope

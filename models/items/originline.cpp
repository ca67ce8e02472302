#include "originline.h"

#include "exportprovenance.h"

#include <numeric>

namespace arcscope
{

struct OriginLine::Known {
    ExportProvenance provenance; ///< of all that is open
};

OriginLine::OriginLine(AppState& state, QObject* parent)
    : QObject(parent)
    , m_state(state)
{
}

void OriginLine::ask(std::function<void(const Origin& origin)> then)
{
    const auto answer = [this, then = std::move(then)] {
        ExportProvenance now = m_known->provenance;
        now.filter = m_state.filterText().toStdString();
        const CorpusPtr& corpus = m_state.corpus();
        if (const auto trace = m_state.trace(); trace && *trace < corpus->traces.rows()) {
            const Nanos start = corpus->traces.at(TraceColumn::Start, *trace);
            now.range =
                start == noTime
                    ? TimeRange{}
                    : TimeRange{start, start + std::max<Nanos>(corpus->traces.at(TraceColumn::Duration, *trace), 0)};
        }
        Origin origin{QString::fromStdString(provenanceLine(now)), {}};
        for (const std::string& line : provenanceLines(now))
            origin.lines << QString::fromStdString(line);
        then(origin);
    };
    if (m_known && m_revision == m_state.revision()) {
        answer();
        return;
    }
    std::vector<std::string> paths;
    for (const QString& path : m_state.paths())
        paths.push_back(path.toStdString());
    m_task.start(
        [paths = std::move(paths), corpus = m_state.corpus()](const std::stop_token&) {
            std::vector<Row> rows(corpus->spans.rows());
            std::iota(rows.begin(), rows.end(), 0);
            auto known = std::make_shared<Known>();
            if (auto provenance = provenanceOf(paths, *corpus, rows))
                known->provenance = std::move(*provenance);
            return known;
        },
        [this, answer, revision = m_state.revision()](const std::shared_ptr<Known>& known) {
            m_known = known;
            m_revision = revision;
            answer();
        });
}

} // namespace arcscope

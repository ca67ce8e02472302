#include "stopbook.h"

#include "placemap.h"
#include "stopwords.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// The same spans in a later state.
StopsPtr moved(const FoundStops& from, const CorpusPtr& to)
{
    std::vector<Row> rows;
    rows.reserve(from.survey.size());
    for (const SpanStop& stop : from.survey)
        rows.push_back(stop.row);
    const PlaceMap places(*from.corpus, *to, rows, {});
    auto made = std::make_shared<FoundStops>();
    made->corpus = to;
    for (SpanStop stop : from.survey) {
        stop.row = places.row(stop.row);
        if (stop.row != noRow)
            made->survey.push_back(stop);
    }
    std::sort(made->survey.begin(), made->survey.end(),
              [](const SpanStop& a, const SpanStop& b) { return a.row < b.row; });
    return made;
}

} // namespace

StopBook::StopBook(AppState& state, FindingBook& findings, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_findings(findings)
    , m_stops(std::make_shared<FoundStops>())
{
    connect(&findings, &FindingBook::stopsChanged, this, &StopBook::look);
    connect(&state, &AppState::corpusChanged, this, &StopBook::look);
    look();
}

void StopBook::look()
{
    const StopsPtr& found = m_findings.stops();
    if (found->survey.empty() || m_findings.stopsAreCurrent()) {
        m_moving.cancel();
        setStops(found);
        return;
    }
    if (m_stops->corpus == m_state.recordedCorpus())
        return;
    m_stops = std::make_shared<FoundStops>(); // its rows would be those of other spans; in a moment it is there again
    m_moving.start([found, to = m_state.recordedCorpus()](std::stop_token) { return moved(*found, to); },
                   [this](const StopsPtr& stops) { setStops(stops); });
}

void StopBook::setStops(StopsPtr stops)
{
    if (m_stops == stops || (m_stops->survey.empty() && stops->survey.empty())) {
        m_stops = std::move(stops);
        return;
    }
    m_stops = std::move(stops);
    emit changed();
}

StopPair StopBook::pair(Row row) const
{
    return m_stops->corpus ? stopPair(*m_stops->corpus, of(row)) : StopPair();
}

} // namespace arcscope

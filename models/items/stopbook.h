// StopBook: what each span of the state that is open stopped for, as far as it is known.
#pragma once

#include "findingbook.h"
#include "foundstops.h"

#include <QObject>

namespace arcscope
{

struct StopPair;

/// Comes out of the search for findings. What was known of an earlier state of what grows is known of the later one,
/// until that is searched.
class StopBook : public QObject
{
    Q_OBJECT

public:
    StopBook(AppState& state, FindingBook& findings, QObject* parent = nullptr);

    /// Never null; its rows are those of the state that is open.
    const StopsPtr& stops() const { return m_stops; }
    /// As the search does when it has more.
    void setStops(StopsPtr stops);
    /// Null where nothing is known.
    const SpanStop* of(Row row) const { return m_stops->of(row); }
    StopPair pair(Row row) const;

signals:
    void changed();

private:
    void look();

    AppState& m_state;
    FindingBook& m_findings;
    StopsPtr m_stops;
    LatestTask<StopsPtr> m_moving;
};

} // namespace arcscope

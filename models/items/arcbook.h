// ArcBook: the task arcs of what is open, with what people decided of them.
#pragma once

#include "findingbook.h"
#include "foundarcs.h"

#include <QObject>

namespace arcscope
{

/// Joins what the search for findings collects of each trace, as it comes, and again with every decision that is made
/// or taken back. The arcs of an earlier state of what grows stay until the later one is searched.
class ArcBook : public QObject
{
    Q_OBJECT

public:
    ArcBook(AppState& state, FindingBook& findings, QObject* parent = nullptr);

    /// Never null; of no corpus where nothing is known.
    const ArcsPtr& arcs() const { return m_arcs; }
    /// As joining does when it has more.
    void setArcs(ArcsPtr arcs);
    /// Where the row of an arc is in the state that is open; noRow: not there any more.
    Row rowNow(Row row) const;
    const FindingBook& findings() const { return m_findings; }
    /// The traces were all looked through.
    bool isWhole() const { return m_findings.stage() == SearchStage::Done; }
    /// Others come in a moment.
    bool isJoining() const { return m_again || m_task.running(); }
    /// Why they could not be joined; empty: they could.
    const QString& problem() const { return m_problem; }

signals:
    void changed();

private:
    void look();
    void join();

    AppState& m_state;
    FindingBook& m_findings;
    ArcsPtr m_arcs;
    QString m_problem;
    bool m_again = false; ///< more came while joining
    LatestTask<std::shared_ptr<Result<ArcsPtr>>> m_task;
};

} // namespace arcscope

// Links to states of what is open, made and followed beside the GUI thread: content is told by its digest.
#pragma once

#include "appstate.h"
#include "latesttask.h"
#include "result.h"
#include "statelink.h"

#include <QObject>
#include <QStringList>

namespace arcscope
{

class LinkBook : public QObject
{
    Q_OBJECT

public:
    explicit LinkBook(AppState& state, QObject* parent = nullptr);
    ~LinkBook() override;

    /// A link to this state of what is open.
    void make(const ViewState& state);
    /// Looks whether what is open is meant, else one of `recent`, each one path or several that were opened together.
    /// Reads these, and opens nothing: whoever asked decides.
    void follow(const QString& text, const QList<QStringList>& recent);
    bool running() const { return m_task.running(); }

signals:
    void made(const QString& link);
    void notMade(const QString& reason);
    /// What is open is meant.
    void leadsHere(const arcscope::ViewState& state);
    /// What was opened before is meant.
    void leadsTo(const QStringList& paths, const arcscope::ViewState& state);
    /// A sentence: the link cannot be read, or nothing that is known has its content.
    void refused(const QString& reason);

private:
    struct Known;
    struct Found;
    using FoundPtr = std::shared_ptr<const Found>;

    std::shared_ptr<const Known> known() const;
    void keep(const std::shared_ptr<OpenCorpus>& open, const Found& found);

    AppState& m_state;
    std::weak_ptr<OpenCorpus> m_knownOf; ///< that m_known is of
    std::shared_ptr<const Known> m_known;
    LatestTask<FoundPtr> m_making;
    LatestTask<FoundPtr> m_task;
};

} // namespace arcscope

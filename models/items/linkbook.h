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
    struct Found {
        Result<std::string> digest = std::string(); ///< of what is open
        std::optional<QStringList> elsewhere;
    };

    AppState& m_state;
    std::weak_ptr<OpenCorpus> m_digestOf; ///< that m_digest is of
    std::string m_digest;
    LatestTask<std::shared_ptr<const Found>> m_task;
};

} // namespace arcscope

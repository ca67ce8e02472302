// AwaitedChoice: what a link, a step, a bundle or the last session says was chosen in a view is chosen there again, as
// soon as it is found.
#pragma once

#include "viewchoice.h"

#include <QObject>
#include <QString>

#include <string>

namespace arcscope
{

class AppState;
class ArcBook;
class ArcsView;
class FindingBook;
class FindingsView;
class LensView;

class AwaitedChoice : public QObject
{
    Q_OBJECT

public:
    struct Views {
        ArcsView& arcs;
        FindingsView& findings;
        LensView& lenses;
    };

    AwaitedChoice(AppState& state, FindingBook& findings, ArcBook& arcs, Views views, QObject* parent);

    /// Of a view: what is chosen in it, or still awaited there, text(ViewChoice). Empty: nothing, or it is another
    /// view.
    std::string chosenIn(const QWidget* view) const;
    /// Once what changed before has reached the views. Replaces what was awaited; what is no choice ends it. It ends,
    /// too, when the user chooses something else or something else is opened.
    void choose(const std::string& chosen);

signals:
    void awaited(const QString& sentence); ///< the search goes on
    void missing(const QString& sentence); ///< all was looked through

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void attempt();
    void attemptArc();
    void attemptFinding();
    void miss(const QString& sentence);
    bool searching() const;

    AppState& m_state;
    FindingBook& m_findings;
    ArcBook& m_arcs;
    Views m_views;
    ViewChoice m_awaited;
    unsigned m_opening = 0; ///< that it is awaited in
    bool m_attempting = false;
};

} // namespace arcscope

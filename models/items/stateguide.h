// The state of a window in words that links, stories and bundles keep, and the way back to it.
#pragma once

#include "appstate.h"
#include "foundplaces.h"
#include "latesttask.h"
#include "viewstate.h"

#include <QObject>
#include <QStringList>

namespace arcscope
{

/// Without view and part, which only the window knows.
ViewState viewStateOf(const AppState& state);

class StateGuide : public QObject
{
    Q_OBJECT

public:
    explicit StateGuide(AppState& state, QObject* parent = nullptr);

    /// Looks for its places beside the GUI thread, and goes there; what is not there is left out and told.
    void goTo(const ViewState& state);

signals:
    /// `row`: of the span that is selected now; noRow: none. `missing`: a sentence for each thing that is not there.
    void arrived(const arcscope::ViewState& state, arcscope::Row row, const QStringList& missing);

private:
    void arrive(const ViewState& state, const std::vector<FoundPlace>& found);

    AppState& m_state;
    LatestTask<std::vector<FoundPlace>> m_task;
};

} // namespace arcscope

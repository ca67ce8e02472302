#include "filterwait.h"

#include "appstate.h"

namespace arcscope
{

FilterWait::FilterWait(const AppState& state, QObject* parent)
    : QObject(parent)
    , m_state(state)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(patience);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_long = true;
        emit changed();
    });
    connect(&state, &AppState::filterChanged, this, &FilterWait::look);
}

void FilterWait::look()
{
    if (m_state.filtering() && !m_state.matches()) {
        if (!m_long && !m_timer.isActive())
            m_timer.start();
        return;
    }
    m_timer.stop();
    if (std::exchange(m_long, false))
        emit changed();
}

} // namespace arcscope

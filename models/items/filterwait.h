// Whether the window's filter takes so long that views should say so instead of showing what was left before.
#pragma once

#include <QObject>
#include <QTimer>

namespace arcscope
{

class AppState;

class FilterWait : public QObject
{
    Q_OBJECT

public:
    /// Of most filters the rows come before anybody could read that they are waited for.
    static constexpr int patience = 250; ///< milliseconds

    explicit FilterWait(const AppState& state, QObject* parent = nullptr);

    /// Rows of the filter are not known for longer than that.
    bool isLong() const { return m_long; }

signals:
    void changed();

private:
    void look();

    const AppState& m_state;
    QTimer m_timer;
    bool m_long = false;
};

} // namespace arcscope

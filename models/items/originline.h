// OriginLine: where what is open comes from, below what is copied or exported: files with their SHA-256, filter, time,
// version.
#pragma once

#include "appstate.h"

#include <QStringList>

#include <functional>

namespace arcscope
{

struct Origin {
    QString line;      ///< with the first digits of digests
    QStringList lines; ///< in full
};

class OriginLine : public QObject
{
    Q_OBJECT

public:
    explicit OriginLine(AppState& state, QObject* parent = nullptr);

    /// Calls `then` with that of the trace, or all, that is shown now: at once where the digests of the files are
    /// known, else when they were read, on another thread. Only the newest asker is answered.
    void ask(std::function<void(const Origin& origin)> then);

private:
    struct Known;

    AppState& m_state;
    LatestTask<std::shared_ptr<Known>> m_task;
    std::shared_ptr<Known> m_known; ///< of m_revision
    unsigned m_revision = 0;
};

} // namespace arcscope

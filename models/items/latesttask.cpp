#include "latesttask.h"

#include <QCoreApplication>

namespace arcscope
{

QThreadPool& workThreads()
{
    static QThreadPool pool;
    static const bool waitedFor = [] {
        qAddPostRoutine([] { pool.waitForDone(); }); // as for the global one: before the program's values go
        return true;
    }();
    static_cast<void>(waitedFor);
    return pool;
}

} // namespace arcscope

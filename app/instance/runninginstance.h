// The first window of a person at a display, which opens what later starts are asked to open.
#pragma once

#include "openrequest.h"

#include <QLockFile>
#include <QObject>

#include <memory>

class QLocalServer;
class QLocalSocket;

namespace arcscope
{

/// Where the running instance is reached: a socket in a folder that only this person can enter, one for each display.
QString instanceAddress();

/// Gives `request` to the instance that has begun at `address`. False where it does not answer in time (milliseconds):
/// then the caller opens a window of its own. Blocks; needs no event loop.
bool handOver(const QString& address, const OpenRequest& request, int patience);

class RunningInstance : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 mostBytes = 1 << 20; ///< of a request; a longer one is not read

    explicit RunningInstance(const QString& address, QObject* parent = nullptr);
    ~RunningInstance() override;

    /// Becomes the instance that others hand over to. False where another one is: it lives until it ends, and what a
    /// crash left behind is taken over.
    bool begin();

signals:
    void asked(const arcscope::OpenRequest& request);

private:
    void welcome();
    void read(QLocalSocket* socket);

    QString m_address;
    QLockFile m_lock;
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace arcscope

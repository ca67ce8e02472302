#include "runninginstance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>

namespace arcscope
{
namespace
{

constexpr char accepted[] = "opened\n";
constexpr int waitMilliseconds = 20;

bool pause()
{
    QThread::msleep(waitMilliseconds);
    return true;
}

} // namespace

QString instanceAddress()
{
    constexpr qsizetype digits = 16; // socket addresses are short
    QCryptographicHash display(QCryptographicHash::Sha256);
    for (const char* name : {"WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM"}) {
        display.addData(qgetenv(name));
        display.addData(QByteArrayLiteral("\n"));
    }
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + QStringLiteral("/arcscope-") +
           QString::fromLatin1(display.result().toHex().left(digits));
}

bool handOver(const QString& address, const OpenRequest& request, int patience)
{
    const QDeadlineTimer end(patience);
    QLocalSocket socket;
    do { // who has just begun may not listen yet
        socket.connectToServer(address);
    } while (!socket.waitForConnected(waitMilliseconds) && !end.hasExpired() && pause());
    if (socket.state() != QLocalSocket::ConnectedState)
        return false;
    socket.write(requestLine(request));
    QByteArray answer;
    while (!answer.endsWith('\n') && socket.waitForReadyRead(static_cast<int>(end.remainingTime())))
        answer += socket.readAll();
    return answer == accepted;
}

RunningInstance::RunningInstance(const QString& address, QObject* parent)
    : QObject(parent)
    , m_address(address)
    , m_lock(address + QStringLiteral(".lock"))
{
    m_lock.setStaleLockTime(0); // only the end of its process makes it stale
}

RunningInstance::~RunningInstance() = default;

bool RunningInstance::begin()
{
    if (!m_lock.tryLock(0))
        return false;
    QLocalServer::removeServer(m_address); // of one that crashed
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, &RunningInstance::welcome);
    return m_server->listen(m_address);
}

void RunningInstance::welcome()
{
    while (QLocalSocket* socket = m_server->nextPendingConnection()) {
        socket->setReadBufferSize(mostBytes);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void RunningInstance::read(QLocalSocket* socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() >= mostBytes)
            socket->abort();
        return;
    }
    const auto request = requestOf(socket->readLine());
    if (!request) {
        socket->abort();
        return;
    }
    socket->write(accepted);
    socket->disconnectFromServer(); // when that is written
    emit asked(*request);
}

} // namespace arcscope

// layers: instance Qt6::Network
#include "runninginstance.h"

#include <QFileInfo>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>

using namespace arcscope;

namespace
{

constexpr int patience = 60'000; // milliseconds that a busy machine may take
constexpr int hasty = 50;

/// Hands over on another thread, as another program would. Nothing while it is at it.
class LaterStart
{
public:
    LaterStart(const QString& address, const OpenRequest& request)
        : m_thread(QThread::create([this, address, request] { m_taken = handOver(address, request, patience); }))
    {
        m_thread->start();
    }
    ~LaterStart() { m_thread->wait(); }
    LaterStart(const LaterStart&) = delete;
    LaterStart& operator=(const LaterStart&) = delete;

    bool ended() const { return m_thread->isFinished(); }
    bool taken() const { return m_taken; }

private:
    bool m_taken = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace

class TestRunningInstance : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_address;

private slots:
    void init() { m_address = m_folder.filePath(QStringLiteral("s-%1").arg(QTest::currentTestFunction())); }

    void aLaterStartIsHandedOver()
    {
        RunningInstance instance(m_address);
        QVERIFY(instance.begin());
        QSignalSpy asked(&instance, &RunningInstance::asked);
        const OpenRequest request{
            {QStringLiteral("/traces/ä \n b.jsonl"), QStringLiteral("/traces")}, true, false, QStringLiteral("token")};
        for (int count = 1; count <= 2; ++count) {
            const LaterStart start(m_address, request);
            QTRY_VERIFY_WITH_TIMEOUT(start.ended(), patience);
            QVERIFY(start.taken());
            QCOMPARE(asked.count(), count);
            QCOMPARE(asked.constLast().constFirst().value<OpenRequest>(), request);
        }
    }

    void onlyOneIsTheInstance()
    {
        auto first = std::make_unique<RunningInstance>(m_address);
        QVERIFY(first->begin());
        RunningInstance second(m_address);
        QVERIFY(!second.begin());
        first.reset();
        QVERIFY(!QFileInfo::exists(m_address));
        QVERIFY(second.begin());
    }

    void withoutInstanceNothingIsHandedOver() { QVERIFY(!handOver(m_address, {}, hasty)); }

    void whatACrashLeftIsTakenOver()
    {
        QFile left(m_address);
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.close();
        RunningInstance instance(m_address);
        QVERIFY(instance.begin());
        const LaterStart start(m_address, {});
        QTRY_VERIFY_WITH_TIMEOUT(start.ended(), patience);
        QVERIFY(start.taken());
    }

    void nobodyElseMayConnect()
    {
        RunningInstance instance(m_address);
        QVERIFY(instance.begin());
        constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(QFile::permissions(m_address) & others, QFile::Permissions());
    }

    void displaysHaveInstancesOfTheirOwn()
    {
        qputenv("DISPLAY", ":7");
        const QString seven = instanceAddress();
        qputenv("DISPLAY", ":8");
        QVERIFY(instanceAddress() != seven);
        qputenv("DISPLAY", ":7");
        QCOMPARE(instanceAddress(), seven);
        constexpr int mostOfASocket = 100; // bytes that its address may have
        QVERIFY(QFileInfo(seven).fileName().size() < mostOfASocket / 2);
    }

    void otherBytesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no JSON") << QByteArray("open /etc/passwd\n");
        QTest::newRow("other JSON") << QByteArray("{\"paths\":[\"/traces\"]}\n");
        QTest::newRow("relative") << QByteArray("{\"schema\":\"arcscope.open/1\",\"paths\":[\"../a\"]}\n");
        QTest::newRow("no text") << QByteArray("{\"schema\":\"arcscope.open/1\",\"paths\":[7]}\n");
        QTest::newRow("without end") << QByteArray(RunningInstance::mostBytes + 1, 'x');
    }
    void otherBytesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        RunningInstance instance(m_address);
        QVERIFY(instance.begin());
        QSignalSpy asked(&instance, &RunningInstance::asked);
        QLocalSocket socket;
        socket.connectToServer(m_address);
        socket.write(bytes);
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QLocalSocket::UnconnectedState, patience);
        QCOMPARE(socket.readAll(), QByteArray());
        QCOMPARE(asked.count(), 0);
        const LaterStart start(m_address, {});
        QTRY_VERIFY_WITH_TIMEOUT(start.ended(), patience);
        QVERIFY(start.taken());
    }
};

QTEST_GUILESS_MAIN(TestRunningInstance)
#include "tst_runninginstance.moc"

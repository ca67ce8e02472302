// layers: core analysis store pipeline
// Replays that a workspace keeps: taken while nothing changed, made anew where what is kept cannot be.
#include "replaysearch.h"

#include "packing.h"
#include "replaycodec.h"
#include "session.h"
#include "workspace.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace arcscope;

namespace
{

const std::string samples = std::string(ARCSCOPE_TEST_SAMPLES) + "/migration/";

} // namespace

class TestReplaySearch : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::vector<Session> m_sessions;

    void openKept(const QString& name)
    {
        m_sessions.clear();
        for (const char* const file : {"baseline-gpt-4.1.jsonl", "candidate-gpt-5.1.jsonl"}) {
            const std::string path = m_folder.filePath(name).toStdString() + file[0] + ".arcscope";
            {
                auto read = openSession({samples + file}, replayColumns(), {});
                if (auto copied = read->workspace.database().execute("vacuum into '" + path + '\''); !copied)
                    qFatal("%s", copied.error().message.c_str());
            }
            auto session = openSession({path}, replayColumns(), {});
            if (!session)
                qFatal("%s", session.error().message.c_str());
            m_sessions.push_back(std::move(*session));
        }
    }

    ReplayRequest request()
    {
        ReplayRequest request;
        for (Session& session : m_sessions)
            request.sources.push_back({&session.workspace, &session.corpus});
        return request;
    }

    /// Changes what the workspace of the base keeps.
    void rewrite(const std::function<void(ReplayRecord&)>& change)
    {
        Database& database = m_sessions.front().workspace.database();
        auto select = database.prepare("select data from replays");
        QVERIFY(select && *select->step());
        auto record = decodedReplay(*unpack(select->blob(0)));
        QVERIFY(record);
        select->reset();
        change(*record);
        Packer packer;
        const std::string bytes = encodedReplay(*record);
        auto put = database.prepare("update replays set data = ?");
        QVERIFY(put && put->bind(1, packer.pack(bytes)).run());
    }

private slots:
    void whatIsKeptIsTaken()
    {
        openKept("taken");
        const auto first = searchReplay(request(), {});
        QVERIFY(first);
        QCOMPARE(first->verdicts.size(), std::size_t{12});
        rewrite([](ReplayRecord& record) { record.verdicts[0].steps = 77; });
        const auto kept = searchReplay(request(), {});
        QVERIFY(kept);
        QCOMPARE(kept->verdicts[0].steps, 77U);
    }

    void whatCannotBeIsMadeAnew_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("a trace that is not there") << 0;
        QTest::newRow("a row that is not there") << 1;
        QTest::newRow("other sides") << 2;
    }
    void whatCannotBeIsMadeAnew()
    {
        QFETCH(int, kind);
        openKept(QStringLiteral("anew%1").arg(kind));
        const auto first = searchReplay(request(), {});
        QVERIFY(first);
        rewrite([&](ReplayRecord& record) {
            if (kind == 0)
                record.pairing.runs[3].traces = {900'000};
            else if (kind == 1)
                record.pairing.runs[3].outcomeRow = 900'000;
            else
                record = ReplayRecord{{7, {}, {}, false}, {}};
        });
        const auto again = searchReplay(request(), {});
        QVERIFY(again);
        QVERIFY(again->pairing.runs == first->pairing.runs);
        QVERIFY(again->verdicts == first->verdicts);
    }
};

QTEST_APPLESS_MAIN(TestReplaySearch)
#include "tst_replaysearch.moc"

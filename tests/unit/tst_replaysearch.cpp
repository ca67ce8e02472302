// layers: core analysis store pipeline
// Replays that a workspace keeps: taken while nothing changed, made anew where what is kept cannot be.
#include "replaysearch.h"

#include "importer.h"
#include "packing.h"
#include "replaycodec.h"
#include "session.h"
#include "workspace.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <functional>

using namespace arcscope;

namespace
{

const std::string samples = std::string(ARCSCOPE_TEST_SAMPLES) + "/migration/";

/// A workspace into which a run of all tasks after the other is imported, one file each.
struct Growing {
    QTemporaryDir folder;
    std::string path = folder.filePath(QStringLiteral("grows.arcscope")).toStdString();
    std::optional<Session> session;
    std::vector<std::vector<std::uint32_t>> files;

    Growing()
    {
        if (!Workspace::create(path))
            qFatal("no workspace");
    }

    void add(const std::string& file)
    {
        session.reset();
        if (!importInto(path, {file}, {}))
            qFatal("not imported");
        auto opened = openSession({path}, replayColumns(), {});
        session = std::move(*opened);
        files.clear();
        for (std::uint32_t trace = 0; trace < session->corpus.traces.rows(); ++trace) {
            const auto source = static_cast<std::size_t>(session->corpus.traces.at(TraceColumn::Source, trace));
            files.resize(std::max(files.size(), source + 1));
            files[source].push_back(trace);
        }
    }

    /// The candidate's file as of other traces.
    std::string nextQuarter()
    {
        QFile file(QString::fromStdString(samples + "candidate-gpt-5.1.jsonl"));
        QFile other(folder.filePath(QStringLiteral("next.jsonl")));
        if (!file.open(QIODevice::ReadOnly) || !other.open(QIODevice::WriteOnly))
            qFatal("no file");
        QByteArray bytes = file.readAll();
        constexpr std::string_view key = "\"traceId\":\"";
        for (qsizetype at = bytes.indexOf(key.data()); at >= 0; at = bytes.indexOf(key.data(), at + 1))
            bytes[at + qsizetype(key.size())] = bytes[at + qsizetype(key.size())] == '0' ? '1' : '0';
        other.write(bytes);
        return other.fileName().toStdString();
    }

    Result<ReplayReport> compare(const std::vector<std::size_t>& sides, const std::vector<ReplayMatch>& matches = {},
                                 bool anew = false)
    {
        ReplayRequest request;
        for (const std::size_t side : sides) {
            ReplaySource source{&session->workspace, &session->corpus};
            source.traces = &files[side];
            request.sources.push_back(std::move(source));
        }
        holdMatches(request, matches);
        if (anew)
            request.arrived = [](const ReplayComparison&) {};
        return searchReplay(request, {});
    }

    std::string idOf(const ReplayReport& report, std::size_t task, std::size_t side)
    {
        return session->corpus.traceIdText(report.pairing.runs[report.pairing.tasks[task].runs[side][0]].traces[0]);
    }
};

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

    /// Next quarter's run beside an old one: what was compared before is not compared again.
    void onlyNewPairsAreCompared()
    {
        Growing grows;
        grows.add(samples + "baseline-gpt-4.1.jsonl");
        grows.add(samples + "candidate-gpt-5.1.jsonl");
        const auto first = grows.compare({0, 1});
        QVERIFY(first);
        QCOMPARE(first->compared, std::size_t{12});
        QCOMPARE(grows.compare({0, 1})->compared, std::size_t{0});
        grows.add(grows.nextQuarter());
        QCOMPARE(grows.files.size(), std::size_t{3});
        QCOMPARE(grows.compare({0, 1})->compared, std::size_t{0});
        const auto three = grows.compare({0, 1, 2});
        QVERIFY(three);
        QCOMPARE(three->verdicts.size(), std::size_t{24});
        QCOMPARE(three->compared, std::size_t{12});
        QCOMPARE(grows.compare({0, 2})->compared, std::size_t{0});
        QCOMPARE(grows.compare({2, 0})->compared, std::size_t{12}); // the other way round it is another comparison
        const auto anew = grows.compare({0, 1, 2}, {}, true);
        QCOMPARE(anew->compared, std::size_t{24});
        QVERIFY(anew->pairing.runs == three->pairing.runs);
        QVERIFY(anew->verdicts == three->verdicts);
    }

    /// A step that a person aligned is of these two runs alone; a run that a person paired is compared with its new
    /// one.
    void whatAPersonSaysIsComparedAgain()
    {
        Growing grows;
        grows.add(samples + "baseline-gpt-4.1.jsonl");
        grows.add(samples + "candidate-gpt-5.1.jsonl");
        const auto first = grows.compare({0, 1});
        QVERIFY(first);
        const std::string a0 = grows.idOf(*first, 0, 0);
        const std::string b0 = grows.idOf(*first, 0, 1);
        const std::vector<ReplayMatch> anchored{{a0, b0, 1, 1}};
        QCOMPARE(grows.compare({0, 1}, anchored)->compared, std::size_t{1});
        const std::vector<ReplayMatch> paired{{a0, grows.idOf(*first, 1, 1)}};
        const auto by = grows.compare({0, 1}, paired);
        QCOMPARE(by->compared, std::size_t{1});
        QCOMPARE(by->pairing.tasks[0].by, ReplayKey::Manual);
        grows.add(grows.nextQuarter());
        QCOMPARE(grows.compare({0, 1}, anchored)->compared, std::size_t{0});
        const auto three = grows.compare({0, 1, 2}, paired);
        QVERIFY(three);
        QCOMPARE(three->pairing.tasks[0].by, ReplayKey::Manual);
        QCOMPARE(three->pairing.tasks[0].runs[2].size(), std::size_t{1}); // and the new run is held against it, too
        QCOMPARE(three->compared, std::size_t{12});
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

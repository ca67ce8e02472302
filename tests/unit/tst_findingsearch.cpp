// layers: core analysis store pipeline
#include "findingsearch.h"
#include "recordedfile.h"
#include "session.h"
#include "workspace.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <mutex>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Three traces: in two an answer is taken back after a while.
QByteArray threeTraces()
{
    QByteArray lines;
    for (const char name : {'a', 'b', 'c'}) {
        RecordedFile file;
        file.add(50, QStringLiteral("start"));
        file.chunk(100, QStringLiteral("It is 41."));
        if (name != 'b') {
            file.retract(900, 0, 9, QStringLiteral("guardrail"));
            file.chunk(910, QStringLiteral("It is 39."));
        }
        file.add(920, QStringLiteral("end"));
        QByteArray bytes = file.bytes();
        bytes.replace("0af7651916cd43dd8448eb211c80319c", QByteArray("0af7651916cd43dd8448eb211c80319") + name);
        lines += bytes.simplified() + '\n';
    }
    return lines;
}

/// A turn of a conversation as a trace: what is asked and answered, in the order of `number`.
QByteArray turnLine(int number, const char* asked, const char* answer)
{
    const auto text = [](const char* key, const QByteArray& value) {
        return QByteArray(R"({"key":")") + key + R"(","value":{"stringValue":")" + value + R"("}})";
    };
    const auto message = [](const char* role, const char* words) {
        return QByteArray(R"([{\"role\":\")") + role + R"(\",\"parts\":[{\"type\":\"text\",\"content\":\")" + words +
               R"(\"}]}])";
    };
    const QByteArray digit = QByteArray::number(number);
    return R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319)" + digit +
           R"(","spanId":"b7ad6b716920333)" + digit + R"(","name":"chat","startTimeUnixNano":"17000000)" + digit +
           R"(0000000000","endTimeUnixNano":"17000000)" + digit + R"(1000000000","attributes":[)" +
           text("gen_ai.operation.name", "chat") + ',' + text("gen_ai.conversation.id", "chat-4711") + ',' +
           text("gen_ai.input.messages", message("user", asked)) + ',' +
           text("gen_ai.output.messages", message("assistant", answer)) + "]}]}]}]}\n";
}

std::vector<std::string> wordsOf(const std::vector<Finding>& findings)
{
    std::vector<std::string> words;
    for (const Finding& finding : findings)
        words.push_back(finding.rule + '@' + std::to_string(finding.places.front().row));
    return words;
}

} // namespace

class TestFindingSearch : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// A workspace that stays, made of the three traces.
    Session opened(const char* name, const QByteArray& lines = threeTraces())
    {
        const std::string file =
            writeFile(m_folder.filePath(QLatin1String(name) + QStringLiteral(".jsonl")), lines).toStdString();
        const std::string path = m_folder.filePath(QLatin1String(name)).toStdString() + ".arcscope";
        auto session = openSession({file}, findingColumns(), {});
        if (!session)
            qFatal("%s", session.error().message.c_str());
        if (auto copied = session->workspace.database().execute("vacuum into '" + path + '\''); !copied)
            qFatal("%s", copied.error().message.c_str());
        return openSession({path}, findingColumns(), {}).value();
    }

private slots:
    void findingsComeByTraceAndAsTheyAreFound()
    {
        Session session = opened("order");
        std::vector<Finding> arrived;
        FindingSearch search;
        search.arrived = [&](std::vector<Finding> found) {
            std::move(found.begin(), found.end(), std::back_inserter(arrived));
        };
        const auto found = searchFindings(session.workspace.path(), session.corpus, {}, search);
        QVERIFY(found);
        QCOMPARE(found->size(), std::size_t{4});
        QVERIFY(std::is_sorted(found->begin(), found->end(), [](const Finding& a, const Finding& b) {
            return a.places.front().row < b.places.front().row;
        }));
        QVERIFY(std::is_permutation(arrived.begin(), arrived.end(), found->begin(), found->end()));
    }

    void whatIsKeptIsNotLookedThroughAgain()
    {
        Session session = opened("kept");
        const auto first = searchKeptFindings(session.workspace, session.corpus, {});
        QVERIFY(first);
        // What the workspace keeps is changed behind its back: if that comes out, nothing was looked through.
        const auto rows = session.corpus.rowsOf(0);
        const DigestValue stamp = stampOf(session.corpus, rows);
        auto kept = foundTraces(session.workspace).value();
        QCOMPARE(kept.size(), std::size_t{3});
        auto mine = std::find_if(kept.begin(), kept.end(), [&](const FoundTrace& each) { return each.stamp == stamp; });
        QVERIFY(mine != kept.end());
        auto decoded = decodedFindings(mine->data, rows).value();
        const auto withFindings =
            std::find_if(decoded.begin(), decoded.end(), [](const auto& one) { return !one.findings.empty(); });
        QVERIFY(withFindings != decoded.end());
        withFindings->findings.front().what = "from memory";
        QVERIFY(keepFoundTraces(session.workspace, {{stamp, encoded(decoded, rows).value()}}, {}));
        auto again = searchKeptFindings(session.workspace, session.corpus, {});
        QVERIFY(again);
        QCOMPARE(wordsOf(*again), wordsOf(*first));
        QVERIFY(std::any_of(again->begin(), again->end(), [](const auto& one) { return one.what == "from memory"; }));
        // Another version of the detector has not seen it.
        withFindings->version += 1;
        QVERIFY(keepFoundTraces(session.workspace, {{stamp, encoded(decoded, rows).value()}}, {}));
        again = searchKeptFindings(session.workspace, session.corpus, {});
        QCOMPARE(*again, *first);
        // Damage costs time only.
        QVERIFY(keepFoundTraces(session.workspace, {{stamp, "?"}}, {}));
        again = searchKeptFindings(session.workspace, session.corpus, {});
        QCOMPARE(*again, *first);
    }

    void tracesThatAreGoneAreForgotten()
    {
        Session session = opened("gone");
        QVERIFY(keepFoundTraces(session.workspace, {{{1, 2}, "old"}}, {}));
        QVERIFY(searchKeptFindings(session.workspace, session.corpus, {}));
        QCOMPARE(foundTraces(session.workspace)->size(), std::size_t{3});
    }

    void tracesOfASessionAreLookedThroughAsOne()
    {
        const QByteArray first = turnLine(1, "What do I get back?", "The refund for the broken lamp is $40.");
        const QByteArray sum = turnLine(2, "Could you sum that up?", "The refund for the broken lamp is $55.");
        Session session = opened("session", first + sum + turnLine(3, "Thanks!", "You are welcome."));
        const auto found = searchKeptFindings(session.workspace, session.corpus, {});
        QVERIFY(found);
        const auto flip = std::find_if(found->begin(), found->end(),
                                       [](const Finding& each) { return each.rule == "talk.claim_flip"; });
        QVERIFY(flip != found->end());
        QCOMPARE(flip->places[0].row, Row(1));
        QCOMPARE(flip->places[1].row, Row(0));
        QCOMPARE(foundTraces(session.workspace)->size(), std::size_t{4}); // of each trace, and of all
        const auto again = searchKeptFindings(session.workspace, session.corpus, {});
        QCOMPARE(*again, *found);
        // A session that has grown is looked through again, with what is new.
        Session grown = opened("grown", first + sum + turnLine(3, "Really?", "The refund for the lamp is $70."));
        const auto more = searchKeptFindings(grown.workspace, grown.corpus, {});
        QVERIFY(more && more->size() > found->size());
        FindingCache cache;
        QVERIFY(cache.load(session.workspace));
        FindingSearch search;
        search.cache = &cache;
        QCOMPARE(*searchFindings(grown.workspace.path(), grown.corpus, {}, search), *more);
    }

    void aStampTellsTraces()
    {
        Session session = opened("stamps");
        std::vector<DigestValue> stamps;
        for (std::uint32_t trace = 0; trace < 3; ++trace)
            stamps.push_back(stampOf(session.corpus, session.corpus.rowsOf(trace)));
        QVERIFY(stamps[0] != stamps[1] && stamps[1] != stamps[2] && stamps[0] != stamps[2]);
        Session other = opened("other");
        QCOMPARE(stampOf(other.corpus, other.corpus.rowsOf(1)), stamps[1]);
    }
};

QTEST_APPLESS_MAIN(TestFindingSearch)
#include "tst_findingsearch.moc"

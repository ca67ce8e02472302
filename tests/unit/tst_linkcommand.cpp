// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "clirun.h"
#include "statelink.h"
#include "writefile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const QString source = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");

std::string linkIn(const Outcome& outcome)
{
    return outcome.out.substr(0, outcome.out.find('\n'));
}

} // namespace

class TestLinkCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string m_file;
    nlohmann::json m_span; ///< one that the file has

    std::string path(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }

private slots:
    void initTestCase()
    {
        m_file = path("here.json");
        QVERIFY(QFile::copy(source, QString::fromStdString(m_file)));
        const Outcome spans = run({"query", m_file, "", "--json"});
        QVERIFY2(spans.json()["spans"].size() > 1, spans.err.c_str());
        m_span = spans.json()["spans"][1];
    }

    void aLinkLeadsToTheContentWhereverItLies()
    {
        const std::string span = m_span["span"];
        const Outcome made =
            run({"link", m_file, "--span", span, "--view", "stream", "--event", "3", "--from", "2026-01-01T00:00:00Z",
                 "--to", "2026-01-01T00:00:01Z", "--filter", "kind:model", "--chosen", "lens:stop-buckets"});
        QVERIFY2(made.status == ExitDone, made.err.c_str());
        const auto link = parseLink(linkIn(made));
        QVERIFY(link.has_value());
        QCOMPARE(link->name, std::string("here.json"));
        QCOMPARE(link->state.chosen, std::string("lens:stop-buckets"));
        QCOMPARE(link->state.span, "trace:" + m_span["trace"].get<std::string>() + "/span:" + span);
        QVERIFY(made.out.find(m_folder.path().toStdString()) == std::string::npos); // no path leaves
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("elsewhere")));
        const std::string moved = path("elsewhere/other name.json");
        QVERIFY(QFile::copy(source, QString::fromStdString(moved)));
        const Outcome followed = run({"link", moved, "--follow", linkIn(made)});
        QVERIFY(followed.says("chosen: lens:stop-buckets"));
        QVERIFY2(followed.status == ExitDone, followed.err.c_str());
        QVERIFY(followed.says("file: " + moved) && followed.says("span: " + link->state.span));
        QVERIFY(followed.err.empty());
    }

    void otherContentIsRefusedWithAnExplanation()
    {
        const Outcome made = run({"link", m_file});
        QFile file(source);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        // Other bytes of which the same is read are the same content.
        const std::string spaced = writeFile(QString::fromStdString(path("here1.json")), bytes + "\n").toStdString();
        QCOMPARE(run({"link", spaced, "--follow", linkIn(made)}).status, int{ExitDone});
        const QByteArray other = QByteArray(bytes).replace("gen_ai", "gen_xi");
        QVERIFY(other != bytes);
        const std::string changed = writeFile(QString::fromStdString(path("here2.json")), other).toStdString();
        const Outcome followed = run({"link", changed, "--follow", linkIn(made)});
        QCOMPARE(followed.status, int{ExitNothingRead});
        QVERIFY2(followed.err.find("none of these has the content") != std::string::npos, followed.err.c_str());
        QVERIFY(followed.err.find("here.json") != std::string::npos);
        QVERIFY(followed.out.empty());
    }

    void aWorkspaceKeepsItsDigestWhateverIsWrittenIntoIt()
    {
        const std::string workspace = path("work.arcscope");
        QVERIFY(run({"import", m_file, "--into", workspace}).status == ExitDone);
        const std::string link = linkIn(run({"link", workspace}));
        QVERIFY(isLink(link));
        const std::string story =
            writeFile(QString::fromStdString(path("s.txt")), "arcscope story 1\ntitle: x\n").toStdString();
        QCOMPARE(run({"notes", workspace, "--story-in", story}).status, int{ExitDone});
        QCOMPARE(run({"findings", workspace}).status, int{ExitDone}); // keeps what it found
        QCOMPARE(linkIn(run({"link", workspace})), link);
        const std::string copy = path("copy.arcscope");
        QVERIFY(QFile::copy(QString::fromStdString(workspace), QString::fromStdString(copy)));
        QCOMPARE(run({"link", copy, "--follow", link}).status, int{ExitDone});
    }

    /// Whichever of both the link was made of, the other has its content, too; also under another name.
    void aTraceAndTheWorkspaceOfItHaveOneContent()
    {
        const std::string workspace = path("same.arcscope");
        QVERIFY(run({"import", m_file, "--into", workspace}).status == ExitDone);
        const std::string renamed = path("renamed.json");
        QVERIFY(QFile::copy(source, QString::fromStdString(renamed)));
        const std::string span = m_span["span"];
        for (const std::string& of : {m_file, workspace}) {
            const std::string link = linkIn(run({"link", of, "--span", span}));
            for (const std::string& to : {m_file, workspace, renamed}) {
                const Outcome followed = run({"link", to, "--follow", link});
                QVERIFY2(followed.status == ExitDone && followed.err.empty(), (link + "\n" + followed.err).c_str());
                QVERIFY(followed.says("file: " + to) && followed.says("/span:" + span));
            }
        }
    }

    /// Formats without ids name traces by their file: no folder gets into a link, and it holds elsewhere.
    void idsThatAreNamesOfFilesHoldElsewhere()
    {
        const QString unnamed = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/sweagent/history.traj");
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("ann")) &&
                QDir(m_folder.path()).mkpath(QStringLiteral("bob")));
        QVERIFY(QFile::copy(unnamed, QString::fromStdString(path("ann/history.traj"))) &&
                QFile::copy(unnamed, QString::fromStdString(path("bob/history.traj"))));
        const nlohmann::json named = run({"query", path("ann/history.traj"), "", "--json"}).json()["spans"][1];
        const std::string link =
            linkIn(run({"link", path("ann/history.traj"), "--trace", named["trace"], "--span", named["span"]}));
        QVERIFY(isLink(link));
        QVERIFY(link.find(m_folder.path().toStdString()) == std::string::npos);
        const Outcome followed = run({"link", path("bob/history.traj"), "--follow", link});
        QVERIFY2(followed.status == ExitDone && followed.err.empty(), followed.err.c_str());
        QVERIFY(followed.says("trace: trace:" + path("bob/history.traj")));
    }

    void severalPathsAreOneOpeningToo()
    {
        const std::string other = path("y.traj");
        QVERIFY(QFile::copy(QStringLiteral(ARCSCOPE_TEST_DATA "/formats/sweagent/history.traj"),
                            QString::fromStdString(other)));
        const std::string link = linkIn(run({"link", m_file, other}));
        QCOMPARE(run({"link", m_file, "--follow", link}).status, int{ExitNothingRead});
        QCOMPARE(run({"link", other, m_file, "--follow", link}).status, int{ExitDone});
    }

    void severalFilesAreToldInAnyOrder()
    {
        const std::string other =
            writeFile(QString::fromStdString(path("z.json")), "{\"resourceSpans\":[]}").toStdString();
        const auto one = parseLink(linkIn(run({"link", m_file, other})));
        const auto two = parseLink(linkIn(run({"link", other, m_file})));
        QVERIFY(one.has_value() && two.has_value());
        QCOMPARE(one->sha256, two->sha256);
        QVERIFY(one->sha256 != parseLink(linkIn(run({"link", m_file})))->sha256);
    }

    void wrongUsageIsTold()
    {
        for (const std::vector<std::string>& arguments :
             std::vector<std::vector<std::string>>{{"link"},
                                                   {"link", m_file, "--span", "nowhere"},
                                                   {"link", m_file, "--trace", "nowhere"},
                                                   {"link", m_file, "--event", "3"},
                                                   {"link", m_file, "--from", "2026-01-01T00:00:00Z"},
                                                   {"link", m_file, "--from", "noon", "--to", "2026-01-01T00:00:00Z"},
                                                   {"link", m_file, "--filter", "kind:"},
                                                   {"link", m_file, "--chosen", "row:3"},
                                                   {"link", m_file, "--follow", "arcscope:open?sha256=12"},
                                                   {"link", m_file, "--follow", "https://example.org/"}})
            QVERIFY2(run(arguments).status == ExitUsage, arguments.back().c_str());
        QCOMPARE(run({"link", path("missing.json")}).status, int{ExitNothingRead});
    }
};

QTEST_GUILESS_MAIN(TestLinkCommand)
#include "tst_linkcommand.moc"

// layers: core store pipeline
#include "follow.h"
#include "imported.h"
#include "otlplines.h"

#include <QDir>
#include <QTest>

#include <cstdio>
#include <unistd.h>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

void append(const std::string& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::app) << bytes;
}

std::string span(int number, const std::string& name)
{
    return otlpLine({.span = number, .parent = number == 1 ? 0 : 1, .start = number, .end = 90, .name = name});
}

std::string userLine(const std::string& uuid, int second)
{
    return R"({"parentUuid":null,"isSidechain":false,"sessionId":"s1","type":"user","message":{"role":"user","content":"ask"},"uuid":")" +
           uuid + R"(","timestamp":"2026-03-01T10:00:0)" + std::to_string(second) + ".000Z\"}\n";
}

} // namespace

class TestFollow : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_path = m_files.write("log.jsonl", span(1, "root"));
        m_follow.emplace(std::vector{m_path}, everyColumn());
        QCOMPARE(next(), QStringLiteral("root"));
        QCOMPARE(next(), QStringLiteral("nothing new"));
    }

    void newLinesAreNewSpans()
    {
        append(m_path, span(2, "a"));
        QCOMPARE(next(), QStringLiteral("root(a)"));
        QCOMPARE(m_session->import->spans, 1U); // and not the first again
        append(m_path, span(3, "b") + span(4, "c"));
        QCOMPARE(next(), QStringLiteral("root(a b c)"));
        QCOMPARE(ledgerOf(m_session->workspace), QStringList());
        QCOMPARE(m_session->corpus.spans.rows(), 4U);
        QVERIFY(m_session->workspace.record(m_session->corpus.spans, 3).value().find("\"c\"") != std::string::npos);
        QCOMPARE(m_session->corpus.spans.at(SpanColumn::SourceByte, 3) > std::int64_t(span(1, "root").size()), true);
    }

    void earlierSessionsStayAsTheyAre()
    {
        const std::shared_ptr<Session> first = m_session;
        append(m_path, span(2, "a"));
        QCOMPARE(next(), QStringLiteral("root(a)"));
        QCOMPARE(treesOf(first->corpus), QStringLiteral("root"));
        QCOMPARE(first->workspace.loadCorpus(everyColumn(), {}).value().spans.rows(), 1U);
        const QString path = QString::fromStdString(first->workspace.path());
        QVERIFY(QFile::exists(path));
    }

    void halfALineIsWaitedFor()
    {
        const std::string line = span(2, "a");
        append(m_path, line.substr(0, 40));
        QCOMPARE(next(), QStringLiteral("nothing new"));
        append(m_path, line.substr(40));
        QCOMPARE(next(), QStringLiteral("root(a)"));
        QCOMPARE(ledgerOf(m_session->workspace), QStringList());
    }

    void aSpanThatEndsReplacesItsBeginning()
    {
        append(m_path, otlpLine({.span = 2, .parent = 1, .start = 5, .end = -1, .name = "open"}));
        QCOMPARE(next(), QStringLiteral("root(open)"));
        append(m_path, otlpLine({.span = 2, .parent = 1, .start = 5, .end = 8, .name = "done"}));
        QCOMPARE(next(), QStringLiteral("root(done)"));
        QCOMPARE(m_session->corpus.traces.at(TraceColumn::Spans, 0), 2);
    }

    void aRotatedFileGoesOn()
    {
        QCOMPARE(std::rename(m_path.c_str(), (m_path + ".1").c_str()), 0);
        QCOMPARE(next(), QStringLiteral("nothing new"));
        QCOMPARE(m_follow->missing(), m_path);
        m_files.write("log.jsonl", span(2, "a"));
        QCOMPARE(next(), QStringLiteral("root(a)"));
        QVERIFY(m_follow->missing().empty());
        QCOMPARE(ledgerOf(m_session->workspace).size(), 1);
        QVERIFY(ledgerOf(m_session->workspace).at(0).contains("another file took its place"));
        append(m_path, span(3, "b"));
        QCOMPARE(next(), QStringLiteral("root(a b)"));
    }

    void aReplacementThatGrewOnlyAdds()
    {
        const std::string copy = m_files.write("copy", span(1, "root") + span(2, "a"));
        QCOMPARE(std::rename(copy.c_str(), m_path.c_str()), 0);
        QCOMPARE(next(), QStringLiteral("root(a)"));
        QCOMPARE(m_session->import->spans, 1U);
        QCOMPARE(ledgerOf(m_session->workspace), QStringList());
    }

    void whatWasCutIsKept()
    {
        append(m_path, span(2, "a"));
        QCOMPARE(next(), QStringLiteral("root(a)"));
        QCOMPARE(::truncate(m_path.c_str(), 0), 0);
        append(m_path, span(3, "b"));
        QCOMPARE(next(), QStringLiteral("root(a b)"));
        QVERIFY(ledgerOf(m_session->workspace).at(0).contains("cut or written anew"));
    }

    void aSessionIsReadAsAWhole()
    {
        const std::string path = m_files.write("session.jsonl", userLine("u1", 1));
        m_follow.emplace(std::vector{path}, everyColumn());
        QCOMPARE(next(), QStringLiteral("Claude Code session(user message)"));
        append(path, userLine("u2", 2));
        QCOMPARE(next(), QStringLiteral("Claude Code session(user message user message)"));
        QCOMPARE(m_session->corpus.spans.rows(), 3U); // nothing is left of the earlier reading
        // When the file is cut the earlier reading is all there is.
        QCOMPARE(::truncate(path.c_str(), 0), 0);
        append(path, userLine("u3", 3));
        QCOMPARE(next(), QStringLiteral("Claude Code session(user message user message user message)"));
        append(path, userLine("u4", 4));
        QCOMPARE(next(), QStringLiteral("Claude Code session(user message user message user message user message)"));
        QCOMPARE(ledgerOf(m_session->workspace).filter("other content"), QStringList());
        QCOMPARE(ledgerOf(m_session->workspace).filter("the same content"), QStringList());
    }

    void newFilesOfAFolderCount()
    {
        QVERIFY(QDir(QString::fromStdString(m_files.folder())).mkpath("many"));
        m_files.write("many/a.jsonl", span(1, "root"));
        m_follow.emplace(std::vector{m_files.path("many")}, everyColumn());
        QCOMPARE(next(), QStringLiteral("root"));
        m_files.write("many/b.jsonl", span(2, "a"));
        QCOMPARE(next(), QStringLiteral("root(a)"));
        append(m_files.path("many/a.jsonl"), span(3, "b"));
        append(m_files.path("many/b.jsonl"), span(4, "c"));
        QCOMPARE(next(), QStringLiteral("root(a b c)"));
        QCOMPARE(m_follow->watched().size(), std::size_t{3});
    }

    void whatIsNotThereIsAnError()
    {
        m_follow.emplace(std::vector{m_files.path("none")}, everyColumn());
        const auto step = m_follow->step({});
        QVERIFY(!step);
        QCOMPARE(step.error().code, ErrorCode::NotFound);
    }

private:
    /// The trees of what the next step gives.
    QString next()
    {
        const auto step = m_follow->step({});
        if (!step)
            return QString::fromStdString(step.error().message);
        if (!*step)
            return QStringLiteral("nothing new");
        m_session = *step;
        return treesOf(m_session->corpus);
    }

    Files m_files;
    std::string m_path;
    std::optional<Follow> m_follow;
    std::shared_ptr<Session> m_session;
};

QTEST_APPLESS_MAIN(TestFollow)
#include "tst_follow.moc"

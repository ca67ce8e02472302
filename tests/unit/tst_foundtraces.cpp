// layers: core store
#include "foundtraces.h"
#include "workspace.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace arcscope;

class TestFoundTraces : public QObject
{
    Q_OBJECT

private slots:
    void areKeptReplacedAndForgotten()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("kept")).toStdString();
        const std::string bytes("\0\x80 data\xFF", 8);
        const FoundTrace first{{1, 2}, bytes};
        const FoundTrace second{{~0ULL, 1ULL << 63}, ""};
        {
            auto workspace = Workspace::create(path);
            QVERIFY(workspace);
            QVERIFY(foundTraces(*workspace)->empty());
            QVERIFY(keepFoundTraces(*workspace, {first, second}, {}));
        }
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        auto found = foundTraces(*workspace).value();
        std::ranges::sort(found, {}, &FoundTrace::stamp);
        QCOMPARE(found, (std::vector<FoundTrace>{first, second}));
        QVERIFY(keepFoundTraces(*workspace, {{first.stamp, "newer"}}, {second.stamp, {7, 7}}));
        QCOMPARE(foundTraces(*workspace).value(), (std::vector<FoundTrace>{{first.stamp, "newer"}}));
    }

    void aWorkspaceThatIsBeingWrittenToIsLeftAsItIs()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("busy")).toStdString();
        auto workspace = Workspace::create(path);
        auto other = Workspace::open(path);
        QVERIFY(workspace && other);
        QVERIFY(other->database().execute("begin immediate"));
        QVERIFY(workspace->database().execute("pragma busy_timeout = 0"));
        QVERIFY(!keepFoundTraces(*workspace, {{{1, 2}, "x"}}, {}));
        QVERIFY(other->database().execute("rollback"));
        QVERIFY(foundTraces(*workspace)->empty());
    }
};

QTEST_APPLESS_MAIN(TestFoundTraces)
#include "tst_foundtraces.moc"

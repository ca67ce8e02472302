// layers: importers
#include "mappingpath.h"

#include <QTest>

using namespace arcscope;

class TestMappingPath : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("up");
        QTest::addColumn<bool>("many");
        QTest::newRow("itself") << "." << 0 << 0 << false;
        QTest::newRow("member") << "task_id" << 1 << 0 << false;
        QTest::newRow("inside") << "info.task.user_id" << 3 << 0 << false;
        QTest::newRow("first") << "choices[0].text" << 3 << 0 << false;
        QTest::newRow("each") << "traj[]" << 2 << 0 << true;
        QTest::newRow("array at the top") << "[]" << 1 << 0 << true;
        QTest::newRow("members") << "{}" << 1 << 0 << true;
        QTest::newRow("each of each") << "runs[].items[]" << 4 << 0 << true;
        QTest::newRow("quoted") << "\"a.b [c]\".d" << 2 << 0 << false;
        QTest::newRow("quotes inside") << "\"say \\\"a.b\\\"\"" << 1 << 0 << false;
        QTest::newRow("around") << "^.model" << 1 << 1 << false;
        QTest::newRow("twice around") << "^^.model" << 1 << 2 << false;
        QTest::newRow("document") << "$.session" << 1 << 0 << false;
        QTest::newRow("key") << "@key" << 0 << 0 << false;
        QTest::newRow("file") << "@file" << 0 << 0 << false;
        QTest::newRow("number") << "@number" << 0 << 0 << false;
        QTest::newRow("spaces and other letters") << "Größe in m" << 1 << 0 << false;
    }

    void reads()
    {
        QFETCH(QString, text);
        const auto path = parseMappingPath(text.toStdString());
        QVERIFY2(path, path ? "" : path.error().message.c_str());
        QTEST(static_cast<int>(path->steps.size()), "steps");
        QTEST(path->up, "up");
        QTEST(path->isMany(), "many");
        // Its text reads as the same path.
        const auto again = parseMappingPath(mappingPathText(*path));
        QVERIFY(again);
        QVERIFY(*again == *path);
    }

    void quotedName()
    {
        const auto path = parseMappingPath("\"a.b \\\"c\\\"\".d");
        QVERIFY(path);
        QCOMPARE(path->steps[0].key, std::string("a.b \"c\""));
        QCOMPARE(path->steps[1].key, std::string("d"));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("nothing") << ""
                                 << "column 1: expected a path";
        QTest::newRow("dot in front") << ".a"
                                      << "column 1: expected a name in front of the dot";
        QTest::newRow("dot behind") << "a."
                                    << "column 3: expected a name";
        QTest::newRow("two dots") << "a..b"
                                  << "column 3: expected a name";
        QTest::newRow("open bracket") << "a[0"
                                      << "column 2: expected a ]";
        QTest::newRow("no index") << "a[x]"
                                  << "column 2: expected []";
        QTest::newRow("negative") << "a[-1]"
                                  << "column 2: expected []";
        QTest::newRow("too large") << "a[99999999999]"
                                   << "column 2: expected []";
        QTest::newRow("no dot") << "a[0]b"
                                << "column 5: expected a dot";
        QTest::newRow("open brace") << "a{b}"
                                    << "column 2: expected {}";
        QTest::newRow("open quote") << "\"a"
                                    << "column 1: expected a closing double quote";
        QTest::newRow("word") << "@line"
                              << "column 1: expected @key";
        QTest::newRow("document alone") << "$"
                                        << "expected the name of a member";
        QTest::newRow("no dot behind ^") << "^a"
                                         << "column 2: expected a dot";
        QTest::newRow("too deep") << QString("a") + QString("[0]").repeated(40) << "no more than 32 steps";
    }

    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto path = parseMappingPath(text.toStdString());
        QVERIFY(!path);
        QVERIFY2(QString::fromStdString(path.error().message).contains(says), path.error().message.c_str());
    }
};

QTEST_APPLESS_MAIN(TestMappingPath)
#include "tst_mappingpath.moc"

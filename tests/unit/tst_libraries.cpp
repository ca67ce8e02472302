// layers: pipeline
#include "libraries.h"

#include <QTest>

#include <set>

using namespace arcscope;

class TestLibraries : public QObject
{
    Q_OBJECT

private slots:
    void eachHasANameAndANumber()
    {
        std::set<std::string> names;
        for (const LibraryVersion& library : libraries()) {
            QVERIFY(names.insert(library.name).second);
            QVERIFY2(!library.version.empty() && library.version.front() >= '0' && library.version.front() <= '9',
                     library.name.c_str());
        }
        QVERIFY(names.contains("SQLite"));
        QVERIFY(names.size() >= 6);
    }
};

QTEST_APPLESS_MAIN(TestLibraries)
#include "tst_libraries.moc"

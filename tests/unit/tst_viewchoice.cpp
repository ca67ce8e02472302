// layers: core
#include "viewchoice.h"

#include <QTest>

using namespace arcscope;

class TestViewChoice : public QObject
{
    Q_OBJECT

private slots:
    void isReadAsItWasWritten()
    {
        for (const ViewChoice& choice :
             {ViewChoice(), ViewChoice{ViewChoice::Of::Arc, "trace:/home/ann/run.json#1"},
              ViewChoice{ViewChoice::Of::Finding, "loop trace:1/span:2 1f"}, ViewChoice{ViewChoice::Of::Lens, "x"}}) {
            const auto read = parseViewChoice(text(choice));
            QVERIFY(read.has_value());
            QVERIFY(*read == choice);
        }
        QCOMPARE(text(ViewChoice{ViewChoice::Of::Finding, "a b"}), std::string("finding:a b"));
    }

    void whatIsNoneIsNone()
    {
        for (const char* none : {"arc:", "finding:", "lens:", "row:3", "arc", " arc:x", "Arc:x"})
            QVERIFY2(!parseViewChoice(none), none);
    }
};

QTEST_APPLESS_MAIN(TestViewChoice)
#include "tst_viewchoice.moc"

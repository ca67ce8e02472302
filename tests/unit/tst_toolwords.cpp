// layers: core analysis
#include "toolwords.h"

#include <QTest>

using namespace arcscope;

class TestToolWords : public QObject
{
    Q_OBJECT

private slots:
    void namesTellTheEffect_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<int>("effect");
        const auto row = [](const char* tool, ToolEffect effect) {
            QTest::newRow(tool) << QString(tool) << static_cast<int>(effect);
        };
        row("get_order", ToolEffect::Reads);
        row("getOrderStatus", ToolEffect::Reads);
        row("search_direct_flight", ToolEffect::Reads);
        row("update_status", ToolEffect::Writes);
        row("send_email", ToolEffect::Writes);
        row("mcp__write_files__read_file", ToolEffect::Reads);
        row("Bash", ToolEffect::Unknown);
        row("execute_query", ToolEffect::Unknown);
        row("frobnicate", ToolEffect::Unknown);
        row("", ToolEffect::Unknown);
    }
    void namesTellTheEffect()
    {
        QFETCH(QString, tool);
        QTEST(static_cast<int>(effectOf(tool.toStdString())), "effect");
    }

    void wordsTellOfFailures()
    {
        QVERIFY(tellsFailure("The weather service failed."));
        QVERIFY(tellsFailure("I couldn\xE2\x80\x99t reach it."));
        QVERIFY(tellsFailure("It timed out."));
        QVERIFY(!tellsFailure("Your flight leaves at nine."));
        QVERIFY(tellsAbsence("There are no seats."));
        QVERIFY(!tellsAbsence("There are two seats."));
    }

    void emptyResultsAreTold_data()
    {
        QTest::addColumn<QString>("result");
        QTest::addColumn<bool>("empty");
        for (const char* const empty : {"", "  ", "null", "[]", "{}", "\"\"", R"({"results":[]})", R"({"result":null})",
                                        R"({"count":0,"query":"x"})", R"({"data":{"items":[]}})", "None"})
            QTest::newRow(empty) << QString(empty) << true;
        for (const char* const full : {"0", "ok", "false", R"([0])", R"({"results":[1]})", R"({"id":"a","tags":[]})",
                                       R"({"deleted":true})", "["})
            QTest::newRow(full) << QString(full) << false;
    }
    void emptyResultsAreTold()
    {
        QFETCH(QString, result);
        QTEST(isEmptyResult(result.toStdString()), "empty");
    }
};

QTEST_APPLESS_MAIN(TestToolWords)
#include "tst_toolwords.moc"

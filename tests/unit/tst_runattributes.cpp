// layers: core analysis
// What attributes say of a replay: when a label was given.
#include "runattributes.h"

#include <QTest>

using namespace arcscope;

class TestRunAttributes : public QObject
{
    Q_OBJECT

private slots:
    void timesOfLabels_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("date") << "label.date"
                              << "2024-05-15" << qint64{1'715'731'200};
        QTest::newRow("time") << "score.labelled_at"
                              << "2024-05-15T10:20:30Z" << qint64{1'715'768'430};
        QTest::newRow("zone") << "annotated_at"
                              << "2024-05-15T12:20:30.250+02:00" << qint64{1'715'768'430};
        QTest::newRow("west") << "annotated_at"
                              << "2024-05-15 05:20:30-05:00" << qint64{1'715'768'430};
        QTest::newRow("no zone") << "scored-at"
                                 << "2024-05-15 10:20:30" << qint64{1'715'768'430};
        QTest::newRow("seconds") << "eval.judged_at"
                                 << "1715768430" << qint64{1'715'768'430};
        QTest::newRow("milliseconds") << "eval.judged_at"
                                      << "1715768430000" << qint64{1'715'768'430};
        QTest::newRow("nanoseconds") << "eval.judged_at"
                                     << "1715768430000000000" << qint64{1'715'768'430};
        QTest::newRow("leap day") << "graded_at"
                                  << "2024-02-29" << qint64{1'709'164'800};
        QTest::newRow("another name") << "created_at"
                                      << "2024-05-15" << qint64{-1};
        QTest::newRow("no date") << "label.date"
                                 << "yesterday" << qint64{-1};
        QTest::newRow("half a date") << "label.date"
                                     << "2024-05" << qint64{-1};
        QTest::newRow("empty") << "label.date"
                               << "" << qint64{-1};
        QTest::newRow("letters") << "label.date"
                                 << "2024-05-15Tab:cd:ef" << qint64{-1};
        QTest::newRow("month") << "label.date"
                               << "2024-13-15" << qint64{-1};
    }
    void timesOfLabels()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(qint64, seconds);
        const Attribute attributes[] = {{"other", "2001-01-01", AttributeType::Text},
                                        {key.toStdString(), value.toStdString(), AttributeType::Text}};
        const Nanos time = labelTimeIn(attributes);
        QCOMPARE(time == noTime ? -1 : time / 1'000'000'000, seconds);
    }
};

QTEST_APPLESS_MAIN(TestRunAttributes)
#include "tst_runattributes.moc"

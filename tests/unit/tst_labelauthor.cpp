// layers: core analysis
// Who gave a label, and when.
#include "labelauthor.h"

#include <QTest>

using namespace arcscope;

class TestLabelAuthor : public QObject
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

    void authors()
    {
        const auto author = [](const std::vector<std::pair<std::string, std::string>>& fields, bool person = false,
                               LabelFields whose = LabelFields::OfLabel) {
            std::vector<Attribute> attributes;
            for (const auto& [key, value] : fields)
                attributes.push_back({key, value, AttributeType::Text});
            return labelAuthorIn(attributes, whose, person);
        };
        QCOMPARE(author({{"score", "1"}}), std::string());
        QCOMPARE(author({{"judge.model", "gpt-5"}, {"judgeVersion", "3"}, {"score", "1"}}), std::string("gpt-5 3"));
        QCOMPARE(author({{"judge", "gpt-5"}, {"judge.model", "gpt-5"}}), std::string("gpt-5"));
        QCOMPARE(author({{"annotator_kind", "LLM"}}), std::string("LLM judge"));
        QCOMPARE(author({{"annotator_kind", "LLM"}, {"metadata.model_name", "gpt-5"}}), std::string("gpt-5"));
        QCOMPARE(author({{"source", "CODE"}}), std::string("code"));
        QCOMPARE(author({{"source", "API"}}), std::string());
        QCOMPARE(author({{"source", "ANNOTATION"}}, true), std::string("person"));
        QCOMPARE(author({{"authorUserId", "ann"}}, true), std::string("person ann"));
        // A span has models and identifiers of its own.
        QCOMPARE(author({{"model", "gpt-4"}, {"identifier", "x"}}, false, LabelFields::OfSpan), std::string());
        QCOMPARE(author({{"gen_ai.request.model", "gpt-4"}}), std::string());
        QCOMPARE(author({{"annotations.0.author", "ann"}, {"grader", "two"}}), std::string("two"));
        QVERIFY(!isNamedAuthor("") && !isNamedAuthor("person") && isNamedAuthor("person ann"));
    }
};

QTEST_APPLESS_MAIN(TestLabelAuthor)
#include "tst_labelauthor.moc"

// layers: items
#include "redactionmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace arcscope;

namespace
{

const QByteArray preview =
    R"json({"schema":"arcscope.redaction/1","struck":7,"spans":41,"traces":3,
"values":[{"rule":"phone","kind":"phone","value":"+…0 (12 bytes)","times":1},
{"rule":"email","kind":"email","value":"z…e (26 bytes)","times":2},
{"rule":"email","kind":"email","value":"a…e (20 bytes)","times":4}],
"places":[{"rule":"email","place":"note","times":1},{"rule":"email","place":"gen_ai.input.messages","times":5},
{"rule":"phone","place":"note","times":1}]})json";

} // namespace

class TestRedactionModel : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatWouldGo()
    {
        RedactionModel model;
        const QAbstractItemModelTester tester(&model);
        QVERIFY(model.setPreview(preview));
        QCOMPARE(model.rowCount(), 3);
        const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, RedactionModel::RuleColumn), QStringLiteral("email"));
        QCOMPARE(text(0, RedactionModel::TimesColumn), QStringLiteral("4"));
        QCOMPARE(text(2, RedactionModel::ValueColumn), QStringLiteral("+…0 (12 bytes)"));
        QCOMPARE(model.values(), 3);
        QCOMPARE(model.places(), 7);
        QCOMPARE(model.spans(), 41);
        QCOMPARE(model.traces(), 3);
        QCOMPARE(model.placesText(1), QStringLiteral("gen_ai.input.messages (5), and 1 more"));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.places(), 0);
    }

    void showsWhatIsShortAndWhoIsNamed()
    {
        RedactionModel model;
        QVERIFY(model.setPreview(R"json({"schema":"arcscope.redaction/1",
"values":[{"rule":"subject","value":"(2 bytes)","times":2,"looked_for":"whole words"},
{"rule":"user","value":"(1 byte)","times":1,"looked_for":"its field"}],
"named_in":[{"name":"chat","span":"s1","trace":"t1","times":2},{"name":"tool","span":"s2","trace":"t1","times":1}]})json"));
        QCOMPARE(model.index(0, RedactionModel::ValueColumn).data().toString(),
                 QStringLiteral("(2 bytes), as a whole word"));
        QCOMPARE(model.index(1, RedactionModel::ValueColumn).data().toString(),
                 QStringLiteral("(1 byte), in its field only"));
        QCOMPARE(model.naming(), 2);
        QCOMPARE(model.namingText(1), QStringLiteral("chat (span s1 of trace t1), and 1 more"));
        QVERIFY(model.setPreview(preview));
        QCOMPARE(model.naming(), -1);
    }

    void takesNothingElse()
    {
        RedactionModel model;
        for (const char* other : {"", "{}", "[1]", "not JSON", R"({"schema":"arcscope.info/1"})"})
            QVERIFY(!model.setPreview(other));
    }
};

QTEST_GUILESS_MAIN(TestRedactionModel)
#include "tst_redactionmodel.moc"

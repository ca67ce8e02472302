// layers: analysis Qt6::Core
#include "arcrows.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Rows = std::vector<std::uint32_t>;

Rows selected(const ArcRows& arcs, const std::string& text)
{
    const Result<ArcSelection> selection = parseArcSelection(text);
    if (!selection)
        qFatal("%s", selection.error().message.c_str());
    return select(*selection, arcs.corpus(), arcs.strings());
}

std::string errorOf(const std::string& text)
{
    const Result<ArcSelection> selection = parseArcSelection(text);
    return selection ? std::string() : selection.error().message;
}

const std::string five = R"(outcome=failed plan=pro turns=2 cost=0.02 currency=USD time=2026-11-02T09:30:00Z
outcome=succeeded plan=free turns=5 cost=0.5 currency=USD time=2026-11-02T14:00:00Z
outcome=succeeded plan=pro turns=1 time=2026-11-03T09:00:00Z
outcome=unknown turns=9 resolved=90s time=2026-11-08T23:59:59Z
outcome=declined plan=pro,team turns=-1
)";

} // namespace

class TestArcSelection : public QObject
{
    Q_OBJECT

private slots:
    void conditions_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<Rows>("rows");
        const auto row = [](const char* text, Rows rows) {
            QTest::newRow(*text ? text : "empty") << std::string(text) << std::move(rows);
        };
        row("", {0, 1, 2, 3, 4});
        row("plan=pro", {0, 2});
        row("plan!=pro", {1, 3, 4});
        row("plan=pro,free", {0, 1, 2});
        row("plan=\"pro,team\"", {4});
        row("plan=\"\"", {3});
        row("plan!=\"\"", {0, 1, 2, 4});
        row("plan=enterprise", {});
        row("plan!=enterprise", {0, 1, 2, 3, 4});
        row("outcome=failed,declined", {0, 4});
        row("turns>1 turns<=5", {0, 1});
        row("turns<3", {0, 2});
        row("turns=\"\"", {4});
        row("cost>=0.5", {1});
        row("cost=\"\"", {2, 3, 4});
        row("resolved<2m", {3});
        row("time<2026-11-03", {0, 1});
        row("time>=2026-11-02T14:00:00Z time<2026-11-08", {1, 2});
        row("day=2026-11-03,2026-11-08", {2, 3});
        row("day!=2026-11-02", {2, 3, 4});
        row("weekday=sun", {3});
        row("weekday=mon hour=9", {0});
        row("hour>=14", {1, 3});
        row("time=\"\"", {4});
    }
    void conditions()
    {
        QFETCH(const std::string, text);
        QFETCH(const Rows, rows);
        QCOMPARE(selected(ArcRows(five), text), rows);
    }

    void text_data()
    {
        QTest::addColumn<std::string>("written");
        for (const char* written : {"plan=pro outcome=failed", "plan!=\"a b\",c time>=2026-11-01", "user=\"\"",
                                    "tool=\"say \\\"x\\\" \\\\\" turns>3", "cost<=0.02 hour=9,10 weekday=mon"})
            QTest::newRow(written) << std::string(written);
    }
    void text()
    {
        QFETCH(const std::string, written);
        const ArcSelection selection = parseArcSelection(written).value();
        QCOMPARE(arcscope::text(selection), written);
        QCOMPARE(parseArcSelection(arcscope::text(selection)).value(), selection);
    }

    void errors_data()
    {
        QTest::addColumn<std::string>("written");
        QTest::addColumn<std::string>("begin");
        const auto row = [](const char* written, const char* begin) {
            QTest::newRow(written) << std::string(written) << std::string(begin);
        };
        row("plan=pro plant=x", "byte 9: arcs have no field “plant”");
        row("plan", "byte 4: expected =");
        row("plan=", "byte 5: expected a value");
        row("plan=a,", "byte 7: expected a value");
        row("plan=\"pro", "byte 5: a quotation mark that is not closed");
        row("plan=\"pro\"x", "byte 10: expected a space");
        row("plan<pro", "byte 5: “plan” has no order");
        row("outcome=failed,fine", "byte 15: “fine” is not one of declined, deferred");
        row("turns>many", "byte 6: “many” is not a number");
        row("turns>1,2", "byte 0: an order needs one value");
        row("hour=24", "byte 5: “24” is not an hour");
        row("day=2026-11", "byte 4: “2026-11” is not a day");
        row("time>soon", "byte 5: “soon” is not a time");
        row("=x", "byte 0: expected a field");
    }
    void errors()
    {
        QFETCH(const std::string, written);
        QFETCH(const std::string, begin);
        const std::string error = errorOf(written);
        QVERIFY2(error.starts_with(begin), error.c_str());
    }

    void amongRows()
    {
        const ArcRows arcs(five);
        ArcSelection selection = parseArcSelection("plan=pro").value();
        selection.among = Rows{1, 2, 4};
        QCOMPARE(select(selection, arcs.corpus(), arcs.strings()), Rows{2});
        selection.among = Rows{};
        QVERIFY(select(selection, arcs.corpus(), arcs.strings()).empty());
    }

    void arcsOfTheirTraces()
    {
        ArcRows arcs;
        arcs.add("stretches=2"); // traces 0 and 1
        arcs.add("stretches=1"); // 2
        arcs.add("stretches=3"); // 3 to 5
        const Rows traces{1, 5, 99};
        QCOMPARE(arcsOfTraces(arcs.corpus(), traces), (Rows{0, 2}));
        QVERIFY(arcsOfTraces(arcs.corpus(), {}).empty());
    }

    /// Over several chunks, whose bounds decide some: the same as row by row.
    void byChunkAsByRow()
    {
        const ArcRows made = randomArcs(140'000, 3);
        const ArcCorpus arcs = made.corpus();
        QCOMPARE(arcs.arcs.chunks().size(), std::size_t{3});
        const auto byRow = [&](auto holds) {
            Rows rows;
            for (std::uint32_t row = 0; row < arcs.arcs.rows(); ++row) {
                if (holds([&](ArcColumn column) { return arcs.arcs.at(column, row); }))
                    rows.push_back(row);
            }
            return rows;
        };
        const auto pro = static_cast<std::int64_t>(made.strings().find("pro").value);
        QCOMPARE(selected(made, "plan=pro outcome!=unknown"), byRow([&](auto value) {
                     return value(tagColumn(SpanText::Plan)) == pro &&
                            value(ArcColumn::Outcome) != static_cast<std::int64_t>(ArcOutcome::Unknown);
                 }));
        const Nanos from = parseIsoTime("2026-11-14T12:00:00Z")->time;
        QCOMPARE(selected(made, "time>=2026-11-14T12:00:00Z cost<0.05 turns!=3"), byRow([&](auto value) {
                     return value(ArcColumn::Start) >= from && value(ArcColumn::Cost) >= 0 &&
                            value(ArcColumn::Cost) < 50'000 && value(ArcColumn::Turns) != 3;
                 }));
        const Nanos day = parseIsoTime("2026-11-12T00:00:00Z")->time;
        QCOMPARE(selected(made, "day=2026-11-12"), byRow([&](auto value) {
                     return value(ArcColumn::Start) >= day && value(ArcColumn::Start) < day + 86'400 * second;
                 }));
    }
};

QTEST_APPLESS_MAIN(TestArcSelection)
#include "tst_arcselection.moc"

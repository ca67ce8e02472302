// layers: core
#include "result.h"

#include <QTest>
#include <memory>

using namespace arcscope;

class TestResult : public QObject
{
    Q_OBJECT

private slots:
    void aValueIsKept()
    {
        Result<std::string> result = std::string("seven");
        QVERIFY(result.has_value());
        QVERIFY(result);
        QCOMPARE(*result, std::string("seven"));
        QCOMPARE(result->size(), std::size_t(5));
        result.value() = "eight";
        QCOMPARE(result.value(), std::string("eight"));
    }

    void anErrorIsKept()
    {
        const Result<int> result = Error{ErrorCode::NotFound, "no such file"};
        QVERIFY(!result);
        QVERIFY(result.error() == (Error{ErrorCode::NotFound, "no such file"}));
    }

    void aValueThatOnlyMovesCanBeTaken()
    {
        Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
        const std::unique_ptr<int> taken = *std::move(result);
        QCOMPARE(*taken, 7);
    }

    void anErrorOfOneTypePassesToAnother()
    {
        Result<int> inner = Error{ErrorCode::Malformed, "expected a number"};
        const Result<std::string> outer = std::move(inner).error();
        QVERIFY(outer.error().code == ErrorCode::Malformed);
        QCOMPARE(outer.error().message, std::string("expected a number"));
    }

    void voidTellsSuccessFromFailure()
    {
        const Result<void> done;
        QVERIFY(done);
        const Result<void> failed = Error{ErrorCode::Cancelled, {}};
        QVERIFY(!failed);
        QVERIFY(failed.error().code == ErrorCode::Cancelled);
    }

    void placesAreAddedFromTheInsideOut()
    {
        const Error error = within(within(Error{ErrorCode::Malformed, "expected '}'"}, "line 3"), "a.jsonl");
        QCOMPARE(error.message, std::string("a.jsonl: line 3: expected '}'"));
        QVERIFY(error.code == ErrorCode::Malformed);
    }
};

QTEST_APPLESS_MAIN(TestResult)
#include "tst_result.moc"

// layers: core analysis
#include "testsummary.h"

#include <QTest>

using namespace arcscope;

class TestTestSummary : public QObject
{
    Q_OBJECT

private slots:
    void summaries_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<int>("failed"); // -1: no summary
        QTest::addColumn<int>("passed"); // -1: not told
        const auto row = [](const char* name, const char* output, int failed, int passed) {
            QTest::newRow(name) << QByteArray(output) << failed << passed;
        };
        row("pytest", "....F\nFAILED tests/a.py::b - x\n===== 3 failed, 38 passed in 6.84s =====", 3, 38);
        row("pytest, all", "tests/a.py ....  [100%]\n\n===== 41 passed, 2 warnings in 1.02s =====\n", 0, 41);
        row("pytest, quiet", "....\n4 passed in 0.01s", 0, 4);
        row("pytest, collection", "ERROR collecting tests/a.py\n=== 2 errors in 0.52s ===", 2, -1);
        row("pytest, coloured", "\x1b[31m\x1b[1m1 failed\x1b[0m, \x1b[32m2 passed\x1b[0m in 0.3s", 1, 2);
        row("pytest, minutes", "1 failed, 2 passed in 125.10s (0:02:05)", 1, 2);
        row("unittest", "F..\n-----\nRan 3 tests in 0.002s\n\nFAILED (failures=1, errors=2)\n", 3, -1);
        row("unittest, all", "...\n-----\nRan 3 tests in 0.002s\n\nOK\n", 0, -1);
        row("jest", "Test Suites: 0 failed, 2 passed, 2 total\nTests:       1 failed, 3 passed, 4 total\nTime: 1.5 s",
            1, 2);
        row("vitest", " Test Files  1 passed (1)\n      Tests  2 failed | 3 passed (5)\n", 2, 3);
        row("mocha", "\n  3 passing (12ms)\n  1 failing\n\n  1) a b:\n", 1, 3);
        row("node", "\xe2\x84\xb9 tests 4\n\xe2\x84\xb9 pass 3\n\xe2\x84\xb9 fail 1\n", 1, 3);
        row("tap", "# tests 4\n# pass 4\n# fail 0\n", 0, 4);
        row("bun", " 3 pass\n 1 fail\n 4 expect() calls\nRan 4 tests across 1 files. [12.00ms]\n", 1, 3);
        row("playwright", "  1 failed\n    [chromium] a.spec.ts:3:5 b\n  2 passed (5.2s)\n", 1, 2);
        row("cargo", "test a ... ok\n\ntest result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out",
            1, 3);
        row("cargo, all", "test result: ok. 7 passed; 0 failed; 0 ignored; finished in 0.00s", 0, 7);
        row("go", "--- FAIL: TestA (0.00s)\n    a_test.go:3: no\nFAIL\nFAIL\texample.org/a\t0.003s\nFAIL\n", 2, -1);
        row("go, all", "ok  \texample.org/a\t0.003s\nok  \texample.org/b\t(cached)\n", 0, -1);
        row("ctest", "97% tests passed, 3 tests failed out of 100\n", 3, -1);
        row("ctest, all", "100% tests passed, 0 tests failed out of 5\n\nTotal Test time (real) = 0.5 sec", 0, -1);
        row("qt", "Totals: 3 passed, 1 failed, 0 skipped, 0 blacklisted, 12ms", 1, 3);
        row("surefire", "[ERROR] Tests run: 5, Failures: 1, Errors: 1, Skipped: 0", 2, -1);
        row("dotnet", "Failed!  - Failed:     1, Passed:     3, Skipped:     0, Total:     4, Duration: 5 ms", 1, 3);
        row("rspec", "41 examples, 3 failures", 3, -1);
        row("phpunit", "FAILURES!\nTests: 41, Assertions: 90, Failures: 3.", 3, -1);
        row("phpunit, all", "OK (41 tests, 90 assertions)", 0, -1);
        row("two runs", "2 passed in 0.1s\n1 failed, 3 passed in 0.2s\n", 1, 2);

        row("nothing", "", -1, -1);
        row("prose", "I fixed 3 failed requests and passed 2 exams.", -1, -1);
        row("types", "Found 3 errors in 1 file (checked 5 source files)", -1, -1);
        row("lint", "\xe2\x9c\x96 3 problems (3 errors, 0 warnings)", -1, -1);
        row("transfer", "sent 3 bytes  received 4 bytes, 0 errors", -1, -1);
        row("listing", "-rw-r--r-- 1 root root 12 failed.txt\n", -1, -1);
        row("ok alone", "OK\n", -1, -1);
        row("versions", "plugins: cov-4.1.0, passed-1.2 failed-3.4", -1, -1);
    }
    void summaries()
    {
        QFETCH(QByteArray, output);
        QFETCH(int, failed);
        QFETCH(int, passed);
        const auto summary = testSummary(std::string_view(output.constData(), static_cast<std::size_t>(output.size())));
        QCOMPARE(summary ? static_cast<int>(summary->failed) : -1, failed);
        QCOMPARE(summary && !summary->passed.empty() ? static_cast<int>(summary->passed.front()) : -1, passed);
    }

    void lineOfTheFailure()
    {
        const std::string_view output = "2 passed in 0.1s\n=== 1 failed in 0.2s ===\n3 passed in 0.3s\n";
        const auto summary = testSummary(output);
        QVERIFY(summary);
        const auto from = static_cast<std::size_t>(summary->line.from);
        QCOMPARE(output.substr(from, static_cast<std::size_t>(summary->line.to) - from), "1 failed in 0.2s");
    }
};

QTEST_APPLESS_MAIN(TestTestSummary)
#include "tst_testsummary.moc"

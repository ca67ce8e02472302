// layers: core analysis
#include "commandruns.h"

#include <QTest>

using namespace arcscope;

namespace
{

const char* sightOf(const char* command, RunKind kind = RunKind::Tests)
{
    const CommandRun run = commandRun(command, kind);
    switch (run.sight) {
    case RunSight::None:
        return "none";
    case RunSight::MayRun:
        return "may";
    default:
        return run.alone ? "alone" : "runs";
    }
}

} // namespace

class TestCommandRuns : public QObject
{
    Q_OBJECT

private slots:
    void tests_data()
    {
        QTest::addColumn<QString>("expected");
        const auto rows = [](const char* expected, std::initializer_list<const char*> commands) {
            for (const char* command : commands)
                QTest::newRow(command) << expected;
        };
        rows("alone", {"pytest -q",
                       "python -m pytest tests/test_a.py",
                       "python3 -m unittest discover",
                       "cd /srv/app && PYTHONPATH=. timeout 60 python -m pytest -q 2>&1",
                       "poetry run pytest",
                       "npm test",
                       "npm run test:unit -- --watch=false",
                       "yarn test",
                       "npx jest src/a.test.ts",
                       "go test ./...",
                       "cargo test --workspace",
                       "cargo +nightly nextest run",
                       "mvn -q verify",
                       "./gradlew :app:testDebugUnitTest",
                       "make check",
                       "bundle exec rspec",
                       "bash -lc 'cd web && npx vitest run'",
                       "'bash' '-lc' 'pytest -q'",
                       "/usr/bin/ctest --preset check",
                       "env CI=1 dotnet test",
                       "git add -A; pytest",
                       "cmake --build build --target test"});
        rows("runs", {"pytest | tail -5", "./setup.sh && pytest", "pytest; echo done", "pytest && ./deploy.sh",
                      "npm run build && npm test", "for i in 1 2 3; do pytest; done", "pytest &"});
        rows("may", {"./ci.sh", "python run_all.py", "make", "npm run ci", "docker compose up", "node a.js",
                     "ssh host ls", "bash scripts/verify"});
        rows("none", {"git push", "cat results.txt", "grep -rn 'pytest' .", "echo \"run pytest; then npm test\"",
                      "cat > a.sh <<'EOF'\npytest\nEOF\n", "# pytest\nls", "git commit -m 'make tests pass; pytest'",
                      "tsc --noEmit", "eslint .", "npm install test-library", "pip install pytest", "ls tests/pytest",
                      "go get example.org/test", ""});
    }
    void tests()
    {
        QFETCH(QString, expected);
        QCOMPARE(QString(sightOf(QTest::currentDataTag())), expected);
    }

    void otherKinds()
    {
        QCOMPARE(sightOf("npm run build", RunKind::Build), "alone");
        QCOMPARE(sightOf("cmake --build build", RunKind::Build), "alone");
        QCOMPARE(sightOf("cargo build --release", RunKind::Build), "alone");
        QCOMPARE(sightOf("npx tsc --noEmit", RunKind::Build), "alone");
        QCOMPARE(sightOf("pytest", RunKind::Build), "none");
        QCOMPARE(sightOf("npm test", RunKind::Build), "may");
        QCOMPARE(sightOf("ruff check .", RunKind::Lint), "alone");
        QCOMPARE(sightOf("cargo clippy -- -D warnings", RunKind::Lint), "alone");
        QCOMPARE(sightOf("npm run lint", RunKind::Lint), "alone");
        QCOMPARE(sightOf("git diff", RunKind::Lint), "none");
    }

    void shellsWithinShells()
    {
        QCOMPARE(sightOf("sh -c \"bash -c 'pytest'\""), "alone");
        QCOMPARE(sightOf("sh -c \"sh -c 'sh -c \\\"sh -c pytest\\\"'\""), "may"); // deeper than is read
        QCOMPARE(sightOf("bash -c 'unclosed pytest"), "may");
        QCOMPARE(sightOf("cat <<"), "none");
    }
};

QTEST_APPLESS_MAIN(TestCommandRuns)
#include "tst_commandruns.moc"

// layers: core
#include "issue.h"

#include <QTest>
#include <set>

using namespace arcscope;

class TestIssue : public QObject
{
    Q_OBJECT

private slots:
    /// Scripts read the names: each kind has one, of lower-case words joined by dashes, and no two share it.
    void everyKindHasItsOwnName()
    {
        std::set<std::string> names;
        const int last = static_cast<int>(IssueKind::UnreadableFile);
        for (int kind = 0; kind <= last; ++kind) {
            const std::string text = name(static_cast<IssueKind>(kind));
            QVERIFY2(!text.empty(), qPrintable(QString::number(kind)));
            QVERIFY2(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos,
                     text.c_str());
            QVERIFY2(names.insert(text).second, text.c_str());
        }
        QCOMPARE(name(IssueKind::MalformedRecord), "malformed-record");
        QCOMPARE(name(IssueKind::UnreadableFile), "unreadable-file");
    }

    void severitiesAreNamed()
    {
        QCOMPARE(name(Severity::Info), "info");
        QCOMPARE(name(Severity::Warning), "warning");
        QCOMPARE(name(Severity::Error), "error");
    }

    void anIssueStartsWithoutAPlace()
    {
        const ImportIssue issue;
        QCOMPARE(issue.line, std::int64_t(-1));
        QCOMPARE(issue.byte, std::int64_t(-1));
        QCOMPARE(issue.count, std::uint64_t(1));
        ImportIssue other = issue;
        QVERIFY(issue == other);
        other.line = 3;
        QVERIFY(!(issue == other));
    }
};

QTEST_APPLESS_MAIN(TestIssue)
#include "tst_issue.moc"

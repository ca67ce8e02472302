// layers: items core analysis
#include "findingmodel.h"
#include "foundscript.h"
#include "notebook.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const QString week = QStringLiteral(ARCSCOPE_TEST_SAMPLES "/support-week");
constexpr int patience = 60'000;

/// A copy of the sample is open: verdicts lie beside it.
struct Opened {
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("run"));
    AppState state;
    FindingBook book{state};
    FindingModel model{state, book};

    Opened()
    {
        QDir().mkpath(path);
        for (const QFileInfo& file : QDir(week).entryInfoList(QDir::Files))
            QFile::copy(file.filePath(), path + QLatin1Char('/') + file.fileName());
    }
    bool shows() const { return book.stage() == SearchStage::Done && model.entryCount() > 0; }
    QString cell(int row, int column) const { return model.index(row, column).data().toString(); }
    void set(std::vector<Finding> findings) { model.setFound(foundOf(state.corpus(), std::move(findings))); }
    void say(int row, FindingVerdict verdict)
    {
        std::vector<KeptVerdict> all;
        for (const QString& key : model.keysOf(model.entryOf(row)))
            all.push_back({key.toStdString(), verdict, "seen", {}, noTime});
        state.notes().setVerdicts(all);
    }
};

} // namespace

class TestFindingModel : public QObject
{
    Q_OBJECT

private slots:
    void whatWasFoundIsListed()
    {
        Opened open;
        QAbstractItemModelTester tester(&open.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        open.state.open({open.path});
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        QVERIFY(open.model.rowCount() >= 4);
        QCOMPARE(open.model.openCount(), std::size_t(open.model.rowCount()));
        QVERIFY(open.model.rules().contains(QStringLiteral("retract.after_render")));
        QCOMPARE(open.cell(0, FindingModel::VerdictColumn), "open");
        QVERIFY(open.cell(0, FindingModel::WhenColumn).startsWith(QStringLiteral("20")));
        FindingChoice choice;
        choice.rule = QStringLiteral("retract.after_render");
        open.model.setChoice(choice);
        QCOMPARE(open.model.rowCount(), 1);
        QVERIFY(open.cell(0, FindingModel::WhatColumn).contains(QStringLiteral("taken back")));
        QCOMPARE(open.cell(0, FindingModel::SeenColumn), "347 ms");
        open.state.close();
        open.state.announce();
        QCOMPARE(open.model.rowCount(), 0);
        QCOMPARE(int(open.book.stage()), int(SearchStage::Nothing));
    }

    void itIsNarrowedDown()
    {
        Opened open;
        QAbstractItemModelTester tester(&open.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        open.state.open({open.path});
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        Finding check = foundAt(1, "a.check", "second");
        check.level = FindingLevel::Check;
        Finding signal = foundAt(2, "a.signal", "third");
        signal.level = FindingLevel::Signal;
        Finding severe = foundAt(0, "a.severe", "first");
        severe.weight = FindingWeight::Severe;
        open.set({signal, check, severe});
        QCOMPARE(open.model.rowCount(), 2);
        QCOMPARE(open.cell(0, FindingModel::WhatColumn), "first");
        QCOMPARE(open.cell(0, FindingModel::LevelColumn), QString::fromUtf8("‼ Finding"));
        QCOMPARE(open.model.index(0, FindingModel::LevelColumn).data(Qt::AccessibleTextRole).toString(),
                 "Finding, severe");
        QCOMPARE(open.cell(1, FindingModel::LevelColumn), "! Check this");
        FindingChoice choice;
        choice.least = FindingLevel::Signal;
        open.model.setChoice(choice);
        QCOMPARE(open.model.rowCount(), 3);
        QCOMPARE(open.model.openCount(), std::size_t(2)); // a signal is none to decide on
        choice.least = FindingLevel::Finding;
        open.model.setChoice(choice);
        QCOMPARE(open.model.rowCount(), 1);
        open.model.setChoice({});

        const auto trace = std::uint32_t(open.state.corpus()->spans.at(SpanColumn::Trace, 1));
        Row elsewhere = 0;
        while (std::uint32_t(open.state.corpus()->spans.at(SpanColumn::Trace, elsewhere)) == trace)
            ++elsewhere;
        open.set({check, foundAt(elsewhere, "a.severe", "elsewhere")});
        choice = {};
        choice.traceOnly = true;
        open.state.setTrace(trace);
        open.state.announce();
        open.model.setChoice(choice);
        QCOMPARE(open.model.rowCount(), 1);
        QCOMPARE(open.cell(0, FindingModel::WhatColumn), "second");
        open.model.setChoice({});
        QVERIFY(!open.state.setFilter(QStringLiteral("kind:retrieval name:nothing-like-this")));
        QTRY_COMPARE_WITH_TIMEOUT(open.model.rowCount(), 0, patience);
        open.state.setFilter({});
        QTRY_COMPARE_WITH_TIMEOUT(open.model.rowCount(), 2, patience);
    }

    void verdictsHideAndCount()
    {
        Opened open;
        QAbstractItemModelTester tester(&open.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        open.state.open({open.path});
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        open.set({foundAt(0, "a", "first"), foundAt(1, "b", "second"), foundAt(2, "c", "third")});
        open.say(1, FindingVerdict::Dismissed);
        QCOMPARE(open.model.rowCount(), 2);
        QCOMPARE(open.model.counts(), (std::array<std::size_t, 3>{2, 0, 1}));
        QCOMPARE(open.model.openCount(), std::size_t(2));
        QCOMPARE(open.model.marked().size(), std::size_t(2));
        open.say(0, FindingVerdict::Confirmed);
        QCOMPARE(open.model.rowCount(), 2);
        QCOMPARE(open.cell(0, FindingModel::VerdictColumn), "confirmed");
        FindingChoice choice;
        choice.open = choice.confirmed = false;
        choice.dismissed = true;
        open.model.setChoice(choice);
        QCOMPARE(open.model.rowCount(), 1);
        QCOMPARE(open.model.keptOf(open.model.entryOf(0)).reason, std::string("seen"));
        QCOMPARE(open.cell(0, FindingModel::VerdictColumn), "dismissed");
    }

    void findingsOfOneCauseShareTheirVerdict()
    {
        Opened open;
        open.state.open({open.path});
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        Finding one = foundAt(0, "a", "one");
        Finding two = foundAt(1, "a", "two");
        open.set({one, two}); // without a cause each stands alone
        QCOMPARE(open.model.rowCount(), 2);
        QCOMPARE(open.model.rowOfIdentity(open.model.found().identity(open.model.entryOf(1))), 1);
        one.cause = two.cause = "the same";
        open.set({one, two});
        QCOMPARE(open.model.rowCount(), 1);
        QCOMPARE(open.model.keysOf(0).size(), 1);
        QCOMPARE(open.cell(0, FindingModel::CountColumn), "2");
        QCOMPARE(int(open.model.verdictOf(0)), int(FindingVerdict::Open));
        open.say(0, FindingVerdict::Confirmed);
        QCOMPARE(int(open.model.verdictOf(0)), int(FindingVerdict::Confirmed));
    }

    void whatAnotherTraceShowsOfTheSameCauseIsOpenAgain()
    {
        Opened open;
        open.state.open({open.path});
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        Finding one = foundAt(0, "a", "one");
        one.cause = "the same";
        one.scope = "trace one";
        open.set({one});
        open.say(0, FindingVerdict::Dismissed);
        QCOMPARE(open.model.rowCount(), 0);
        Finding two = foundAt(1, "a", "two");
        two.cause = one.cause;
        two.scope = "trace two";
        open.set({one, two});
        QCOMPARE(open.model.rowCount(), 1);
        QCOMPARE(open.model.keysOf(0).size(), 2);
        QCOMPARE(int(open.model.verdictOf(0)), int(FindingVerdict::Open));
        QCOMPARE(open.model.countOf(0, FindingVerdict::Dismissed), std::size_t(1));
        // The open one is looked at first, and it alone is marked.
        QCOMPARE(open.model.found().entries[0].findings[open.model.memberToShow(0)], 1U);
        QCOMPARE(open.model.marked().size(), std::size_t(1));
        open.say(0, FindingVerdict::Dismissed);
        QCOMPARE(open.model.rowCount(), 0);
    }

    void columnsSort()
    {
        Opened open;
        QAbstractItemModelTester tester(&open.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        open.state.open({open.path});
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        Finding b = foundAt(2, "b", "x");
        b.exposure = 5;
        Finding a = foundAt(1, "a", "z");
        a.weight = FindingWeight::Note;
        a.exposure = 9;
        open.set({a, b});
        const auto order = [&] {
            return open.cell(0, FindingModel::RuleColumn) + open.cell(1, FindingModel::RuleColumn);
        };
        QCOMPARE(order(), "ba");
        open.model.sort(FindingModel::RuleColumn);
        QCOMPARE(order(), "ab");
        open.model.sort(FindingModel::SeenColumn);
        QCOMPARE(order(), "ba");
        open.model.sort(FindingModel::SeenColumn, Qt::DescendingOrder);
        QCOMPARE(order(), "ab");
        open.model.sort(FindingModel::LevelColumn);
        QCOMPARE(order(), "ba");
        open.model.sort(FindingModel::LevelColumn, Qt::DescendingOrder);
        QCOMPARE(order(), "ab");
        open.model.sort(FindingModel::WhatColumn);
        QCOMPARE(order(), "ba");
        QCOMPARE(open.model.rowOfIdentity(open.model.found().identity(open.model.entryOf(1))), 1);
        QCOMPARE(open.model.rowOfIdentity(QStringLiteral("none")), -1);
        for (int column = 0; column < FindingModel::ColumnCount; ++column)
            QVERIFY(!open.model.headerData(column, Qt::Horizontal).toString().isEmpty());
    }

    void manyAreArrangedAtOnce()
    {
        Opened open;
        open.state.open({open.path});
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        std::vector<Finding> many;
        for (std::uint32_t i = 0; i < 100'000; ++i) {
            many.push_back(foundAt(i % open.state.corpus()->spans.rows(), "rule" + std::to_string(i % 7), "what"));
            many.back().cause = std::to_string(i);
        }
        open.set(std::move(many));
        QCOMPARE(open.model.rowCount(), 100'000);
        QElapsedTimer timer;
        timer.start();
        open.say(50'000, FindingVerdict::Dismissed);
        open.model.sort(FindingModel::WhenColumn);
        QCOMPARE(open.model.rowCount(), 99'999);
        qInfo("a verdict and a sort of 100,000: %lld ms", static_cast<long long>(timer.elapsed()));
        QVERIFY(timer.elapsed() < 5'000);
    }
};

QTEST_GUILESS_MAIN(TestFindingModel)
#include "tst_findingmodel.moc"

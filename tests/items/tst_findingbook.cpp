// layers: items core analysis store pipeline
#include "findingbook.h"

#include "importer.h"
#include "workspace.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace arcscope;

namespace
{

const QString week = QStringLiteral(ARCSCOPE_TEST_SAMPLES "/support-week");
constexpr int patience = 60'000;

} // namespace

class TestFindingBook : public QObject
{
    Q_OBJECT

private slots:
    void whatIsOpenedIsSearched()
    {
        AppState state;
        FindingBook book(state);
        QCOMPARE(int(book.stage()), int(SearchStage::Nothing));
        QVERIFY(book.found()->entries.empty());
        QSignalSpy found(&book, &FindingBook::foundChanged);
        state.open({week});
        state.announce();
        QCOMPARE(int(book.stage()), int(SearchStage::Reading));
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Done), patience);
        QVERIFY(found.size() >= 1);
        const FoundPtr all = book.found();
        QVERIFY(all->entries.size() >= 4);
        QCOMPARE(all->keys.size(), all->findings.size());
        QVERIFY(!all->keys.front().isEmpty());
        const FindingPlace& place = all->example(0).places.front();
        QCOMPARE(book.rowNow(place.row), place.row);
        QCOMPARE(shownTime(*all, *state.corpus(), place), place.time);
        FindingPlace untimed = place;
        untimed.time = noTime;
        QCOMPARE(shownTime(*all, *state.corpus(), untimed), state.corpus()->spans.start(place.row));
    }

    void itIsCancelledAndDoneAgain()
    {
        AppState state;
        FindingBook book(state);
        connect(&book, &FindingBook::stageChanged, &book, [&book] {
            if (book.stage() == SearchStage::Searching)
                book.cancel();
        });
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Stopped), patience);
        book.disconnect(&book);
        state.setTrace(0);
        state.announce();
        QCOMPARE(int(book.stage()), int(SearchStage::Stopped)); // until it is asked for
        book.searchAgain();
        QCOMPARE(int(book.stage()), int(SearchStage::Searching));
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Done), patience);
        QVERIFY(book.found()->entries.size() >= 4);
    }

    void aSearchThatFailsSaysWhyAndIsDoneAgain()
    {
        const QTemporaryDir folder;
        const QByteArray before = qgetenv("XDG_CONFIG_HOME");
        qputenv("XDG_CONFIG_HOME", folder.path().toUtf8());
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("arcscope")));
        QFile settings(folder.filePath(QStringLiteral("arcscope/detectors.conf")));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write("no.such_setting = 3\n");
        settings.close();
        AppState state;
        FindingBook book(state);
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Failed), patience);
        QVERIFY2(book.problem().contains(QStringLiteral("no.such_setting")), qPrintable(book.problem()));
        QVERIFY(book.problem().contains(settings.fileName()));
        QVERIFY(settings.remove());
        book.searchAgain();
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Done), patience);
        QVERIFY(book.problem().isEmpty());
        QVERIFY(book.found()->entries.size() >= 4);
        qputenv("XDG_CONFIG_HOME", before);
    }

    void damageEndsTheSearchAndWhatArrivedStays()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("damaged.arcscope")).toStdString();
        {
            auto workspace = Workspace::create(path);
            QVERIFY(workspace);
            QVERIFY(importInto(path, {week.toStdString()}, {}));
            QVERIFY(workspace->database().execute("update blocks set data = x'00' where id = 2"));
        }
        AppState state;
        FindingBook book(state);
        state.open({QString::fromStdString(path)});
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Failed), patience);
        QCOMPARE(book.problem(), QStringLiteral("a block of the workspace is damaged"));
        QTRY_VERIFY_WITH_TIMEOUT(book.found()->entries.size() >= 4, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!book.stops()->survey.empty(), patience);
    }

    void whatGrowsIsSearchedAgain()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("growing.jsonl"));
        QVERIFY(QFile::copy(week + QStringLiteral("/traces-2026-03-09.jsonl"), path));
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
        AppState state;
        FindingBook book(state);
        state.open({path});
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Done), patience);
        const FoundPtr before = book.found();
        const auto rows = state.corpus()->spans.rows();
        state.setFollowing(true);
        QFile more(week + QStringLiteral("/traces-2026-03-13.jsonl"));
        QFile growing(path);
        QVERIFY(more.open(QIODevice::ReadOnly) && growing.open(QIODevice::Append));
        growing.write(more.readAll());
        growing.close();
        QTRY_VERIFY_WITH_TIMEOUT((state.lookAtFiles(), state.corpus()->spans.rows() > rows), patience);
        QTRY_VERIFY_WITH_TIMEOUT(book.stage() == SearchStage::Done && book.isCurrent(), patience);
        QVERIFY(book.found()->findings.size() > before->findings.size());
        const std::vector<QString>& now = book.found()->keys;
        for (const QString& key : before->keys) // verdicts hang on them
            QVERIFY(std::find(now.begin(), now.end(), key) != now.end());
    }

    void anotherOpeningDropsWhatWasFound()
    {
        AppState state;
        FindingBook book(state);
        state.open({week});
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Done), patience);
        state.close();
        state.announce();
        QCOMPARE(int(book.stage()), int(SearchStage::Nothing));
        QVERIFY(book.found()->entries.empty());
        state.open({QStringLiteral(ARCSCOPE_TEST_SAMPLES "/incident")});
        QTRY_COMPARE_WITH_TIMEOUT(int(book.stage()), int(SearchStage::Done), patience);
        for (const Finding& finding : book.found()->findings)
            QVERIFY(finding.places.front().row < state.corpus()->spans.rows());
    }
};

QTEST_GUILESS_MAIN(TestFindingBook)
#include "tst_findingbook.moc"

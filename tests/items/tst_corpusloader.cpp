// layers: core items
#include "corpusloader.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

const QString good = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
const QString missing = QStringLiteral("/nowhere/at/all.json");
constexpr int patience = 60'000;

std::shared_ptr<OpenCorpus> opened(const QStringList& paths)
{
    CorpusLoader loader;
    std::shared_ptr<OpenCorpus> corpus;
    QObject::connect(&loader, &CorpusLoader::finished, &loader,
                     [&](const std::shared_ptr<OpenCorpus>& made) { corpus = made; });
    loader.open(paths);
    (void)QTest::qWaitFor([&] { return !loader.loading(); }, patience);
    return corpus;
}

} // namespace

class TestCorpusLoader : public QObject
{
    Q_OBJECT

private slots:
    void aMissingPathDoesNotRefuseTheOthers()
    {
        const auto corpus = opened({missing, good});
        QVERIFY(corpus);
        QCOMPARE(corpus->corpus->spans.rows(), 4u);
        QCOMPARE(corpus->problems.size(), std::size_t{1});
        QCOMPARE(corpus->problems.front().path, missing.toStdString());
        QVERIFY(!corpus->problems.front().opened);
        QVERIFY(!corpus->problems.front().reason.empty());
    }

    void aFileThatNobodyCanReadIsNamed()
    {
        const QTemporaryDir folder;
        QFile text(folder.filePath(QStringLiteral("notes.txt")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("shopping list\n");
        text.close();
        const auto corpus = opened({good, text.fileName()});
        QVERIFY(corpus);
        QCOMPARE(corpus->corpus->spans.rows(), 4u);
        QCOMPARE(corpus->problems.size(), std::size_t{1});
        QCOMPARE(corpus->problems.front().path, text.fileName().toStdString());
        QVERIFY(corpus->problems.front().opened);
        QCOMPARE(corpus->refused, std::uint64_t{1});
    }

    void whereNothingIsThereAllPathsAreNamed()
    {
        CorpusLoader loader;
        QSignalSpy failed(&loader, &CorpusLoader::failed);
        loader.open({missing, QStringLiteral("/nowhere/else.json")});
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        const QString message = failed.constFirst().constFirst().toString();
        QVERIFY(message.contains(missing));
        QVERIFY(message.contains(QStringLiteral("/nowhere/else.json")));
    }

    void whatIsReadWholeHasNoProblems()
    {
        const auto corpus = opened({good});
        QVERIFY(corpus);
        QVERIFY(corpus->problems.empty());
    }
};

QTEST_GUILESS_MAIN(TestCorpusLoader)
#include "tst_corpusloader.moc"

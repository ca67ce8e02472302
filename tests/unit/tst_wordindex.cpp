// layers: core store
#include "annotations.h"
#include "spanwriter.h"
#include "wordindex.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace arcscope;

class TestWordIndex : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_next = 0;

    std::string newWorkspace()
    {
        const std::string path = m_folder.filePath(QStringLiteral("w%1.arcscope").arg(m_next++)).toStdString();
        return Workspace::create(path) ? path : std::string();
    }

    static bool import(const std::string& path, const std::vector<std::string>& records)
    {
        auto writer = SpanWriter::begin(path, {});
        if (!writer)
            return false;
        (*writer)->beginSource({"a", "test", 1, 0});
        for (const std::string& record : records)
            (*writer)->add({}, record);
        return (*writer)->flush() && (*writer)->commit();
    }

    static QList<int> rowsWith(const std::string& path, const QString& text, std::size_t limit = 100)
    {
        QList<int> rows;
        const auto found = searchWords(path, text.toStdString(), limit, {});
        if (!found)
            return {-1};
        for (const RankedRow& ranked : *found)
            rows << static_cast<int>(ranked.row);
        return rows;
    }

private slots:
    void wordsOfRecords_data()
    {
        QTest::addColumn<QString>("record");
        QTest::addColumn<QString>("words");
        QTest::newRow("plain") << "{\"a\":1}"
                               << "{\"a\":1}";
        QTest::newRow("line break") << "one\\ntwo"
                                    << "one two";
        QTest::newRow("quote in JSON in a string") << "\\\\\\\"role\\\\\\\""
                                                   << " role ";
        QTest::newRow("line break in JSON in a string") << "one\\\\ntwo"
                                                        << "one two";
        QTest::newRow("letter") << "gr\\u00F6\\u00dfe"
                                << "größe";
        QTest::newRow("letter in JSON in a string") << "\\\\u0416"
                                                    << "Ж";
        QTest::newRow("beyond the first plane") << "a\\ud83d\\ude00b"
                                                << "a  b";
        QTest::newRow("cut") << "a\\"
                             << "a";
        QTest::newRow("cut letter") << "a\\u00"
                                    << "a u00";
        QTest::newRow("unknown escape") << "c:\\\\work"
                                        << "c: work";
    }
    void wordsOfRecords()
    {
        QFETCH(QString, record);
        QTEST(QString::fromStdString(wordsOf(record.toStdString())), "words");
    }

    void wordsAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("rows");
        QTest::newRow("any case, most often first") << "REFUND" << QList<int>{2, 0};
        QTest::newRow("all words") << "refund order" << QList<int>{0};
        QTest::newRow("beginning of the last word") << "ord" << QList<int>{0};
        QTest::newRow("whole word when something follows") << "ord " << QList<int>{};
        QTest::newRow("letters with marks") << "GROSSE" << QList<int>{};
        QTest::newRow("escaped letters") << "größe" << QList<int>{3};
        QTest::newRow("after a line break in JSON in a string") << "tomorrow" << QList<int>{4};
        QTest::newRow("operators are words") << "refund NOT order" << QList<int>{};
        QTest::newRow("syntax of the index") << "\"refund* (" << QList<int>{2, 0};
        QTest::newRow("no words") << "\"*(-" << QList<int>{};
        QTest::newRow("empty") << "" << QList<int>{};
    }
    void wordsAreFound()
    {
        const std::string path = newWorkspace();
        QVERIFY(import(path, {"{\"a\":\"a refund for the order, and much else that has nothing to do with it\"}", "",
                              "{\"a\":\"refund, Refund, refund\"}", "{\"a\":\"gr\\u00f6\\u00dfe\"}",
                              "{\"a\":\"[{\\\"b\\\": \\\"today\\\\ntomorrow\\\"}]\"}", "{\"a\":\"nothing\"}",
                              "{\"a\":\"else\"}"}));
        QVERIFY(buildWordIndex(path, {}));
        QFETCH(QString, text);
        QTEST(rowsWith(path, text), "rows");
    }

    void withoutIndexNothingIsFound()
    {
        const std::string path = newWorkspace();
        QVERIFY(import(path, {"refund"}));
        QCOMPARE(rowsWith(path, QStringLiteral("refund")), QList<int>());
        const auto state = wordIndexState(path);
        QVERIFY(state);
        QCOMPARE(state->rows, Row{0});
        QCOMPARE(state->total, Row{1});
        QVERIFY(!state->complete());
    }

    void laterImportsAreAdded()
    {
        const std::string path = newWorkspace();
        QVERIFY(import(path, std::vector<std::string>(5'000, "refund")));
        QVERIFY(buildWordIndex(path, {}));
        QVERIFY(wordIndexState(path)->complete());
        QVERIFY(import(path, {"refund later", "nothing"}));
        QVERIFY(!wordIndexState(path)->complete());
        QCOMPARE(rowsWith(path, QStringLiteral("later")), QList<int>());
        QVERIFY(buildWordIndex(path, {}));
        QVERIFY(wordIndexState(path)->complete());
        QCOMPARE(rowsWith(path, QStringLiteral("later")), QList<int>{5'000});
        QCOMPARE(rowsWith(path, QStringLiteral("refund"), 10'000).size(), 5'001);
        QCOMPARE(rowsWith(path, QStringLiteral("refund"), 3).size(), 3);
    }

    void whatWasDoneIsKeptWhenItIsCancelled()
    {
        const std::string path = newWorkspace();
        QVERIFY(import(path, std::vector<std::string>(20'000, "refund")));
        std::stop_source stop;
        stop.request_stop();
        const auto cancelled = buildWordIndex(path, {stop.get_token(), nullptr});
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
        QCOMPARE(wordIndexState(path)->rows, Row{0});

        std::stop_source later;
        Progress progress;
        std::jthread watch([&] {
            while (progress.bytesDone < 6'000 * 6)
                std::this_thread::yield();
            later.request_stop();
        });
        const auto half = buildWordIndex(path, {later.get_token(), &progress});
        watch.join();
        const auto state = wordIndexState(path);
        QVERIFY(state);
        if (!half) // the index may have been faster than the watch
            QVERIFY(state->rows >= 4'096 && state->rows < state->total);
        QVERIFY(buildWordIndex(path, {}));
        QVERIFY(wordIndexState(path)->complete());
        QCOMPARE(rowsWith(path, QStringLiteral("refund"), 100'000).size(), 20'000);
    }

    void settingsOfPeopleStay()
    {
        const std::string path = newWorkspace();
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        QVERIFY(setSetting(*workspace, "filter", "x"));
        QVERIFY(import(path, {"refund"}));
        QVERIFY(buildWordIndex(path, {}));
        QCOMPARE(setting(*workspace, "filter").value(), std::optional<std::string>("x"));
    }
};

QTEST_APPLESS_MAIN(TestWordIndex)
#include "tst_wordindex.moc"

// layers: core store pipeline
#include "imported.h"

#include <QDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr int slices = 50'000;

void addEvent(std::string& text, const char* phase, int number, int time, const std::string& more)
{
    text += R"({"ph":")" + std::string(phase) + R"(","pid":1,"tid":1,"name":")" + std::to_string(number) +
            R"(","ts":)" + std::to_string(time) + more + "},\n";
}

/// Of 100 slices the last is around the others; each tenth begins and ends with events of their own.
std::string heldSlices()
{
    std::string text = "{\"traceEvents\":[\n";
    for (int i = 0; i < slices; ++i) {
        const bool around = i % 100 == 99;
        const int begin = around ? i * 10 - 990 : i * 10;
        const int length = around ? 1'000 : 5;
        const std::string arguments =
            R"(,"args":{"note":")" + std::string(200, static_cast<char>('a' + i % 26)) + "\"}";
        if (i % 10 == 3) {
            addEvent(text, "B", i, begin, arguments);
            addEvent(text, "E", i, begin + length, {});
        } else {
            addEvent(text, "X", i, begin, R"(,"dur":)" + std::to_string(length) + arguments);
        }
    }
    return text + "{}]}";
}

} // namespace

class TestImporter : public QObject
{
    Q_OBJECT

private slots:
    void progressCountsEverySpanAndByteOnce_data()
    {
        QTest::addColumn<QString>("folder");
        const QDir formats(QStringLiteral(ARCSCOPE_TEST_DATA "/formats"));
        for (const QString& name : formats.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::newRow(qPrintable(name)) << formats.filePath(name);
    }
    void progressCountsEverySpanAndByteOnce()
    {
        QFETCH(QString, folder);
        const std::string work = m_files.workspace((QFileInfo(folder).fileName() + ".arcscope").toStdString());
        Progress progress;
        Control control;
        control.progress = &progress;
        const auto report = importInto(work, {folder.toStdString()}, control);
        QVERIFY2(report, report ? "" : report.error().message.c_str());
        QCOMPARE(progress.spans.load(), report->spans);
        QCOMPARE(progress.bytesDone.load(), progress.bytesTotal.load());
    }

    /// Of slices that are held back over many windows of the input, some until the slice around them has come.
    void recordsOfHeldSlicesAreWhatTheFileHolds()
    {
        const std::string text = heldSlices();
        const std::string work = m_files.workspace("held.arcscope");
        const auto report = importInto(work, {m_files.write("held.json", text)}, {});
        QVERIFY2(report, report ? "" : report.error().message.c_str());
        QCOMPARE(report->spans, std::uint64_t{slices});
        auto workspace = Workspace::open(work);
        QVERIFY(workspace);
        const Corpus corpus = corpusOf(*workspace);
        QCOMPARE(corpus.spans.rows(), std::uint32_t{slices});
        for (Row row = 0; row < corpus.spans.rows(); ++row) {
            const auto at = static_cast<std::size_t>(corpus.spans.at(SpanColumn::SourceByte, row));
            const std::string event = text.substr(at, text.find('\n', at) - 1 - at);
            const std::string record = workspace->record(corpus.spans, row).value();
            QVERIFY(record == event || record.starts_with(event + '\n'));
        }
    }

private:
    Files m_files;
};

QTEST_GUILESS_MAIN(TestImporter)
#include "tst_importer.moc"

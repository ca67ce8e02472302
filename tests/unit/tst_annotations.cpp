// layers: core store
#include "annotations.h"
#include "corpusbuilder.h"
#include "spanwriter.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

class TestAnnotations : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_next = 0;

    std::string newPath() { return m_folder.filePath(QStringLiteral("w%1.arcscope").arg(m_next++)).toStdString(); }

private slots:
    void notesAreKeptChangedAndRemoved()
    {
        const std::string path = newPath();
        Note second;
        {
            auto workspace = Workspace::create(path);
            QVERIFY(workspace);
            const auto first = addNote(*workspace, "trace:1", "why so slow?", 10);
            QVERIFY(first);
            second = addNote(*workspace, "trace:2", "it's \"fine\"\n", 20).value();
            QVERIFY(changeNote(*workspace, second.id, "still fine", 30));
            QVERIFY(removeNote(*workspace, first->id));
        }
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        second.body = "still fine";
        second.changed = 30;
        QCOMPARE(notes(*workspace).value(), std::vector<Note>{second});
        QVERIFY(notes(*workspace, "trace:1")->empty());
        QCOMPARE(notes(*workspace, "trace:2").value(), std::vector<Note>{second});
    }

    void notesThatAreNotThereAreNotChanged()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace);
        QCOMPARE(changeNote(*workspace, 7, "x", 1).error().code, ErrorCode::NotFound);
        QCOMPARE(removeNote(*workspace, 7).error().code, ErrorCode::NotFound);
        const auto tooLong = addNote(*workspace, "trace:1", std::string(maxAnnotationBytes + 1, 'x'), 1);
        QCOMPARE(tooLong.error().code, ErrorCode::Usage);
        QVERIFY(notes(*workspace)->empty());
    }

    void replacingLeavesOneNoteOrNone()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace);
        QVERIFY(replaceNotes(*workspace, "trace:1", "one", 1));
        QVERIFY(replaceNotes(*workspace, "trace:1", "two", 2));
        QVERIFY(addNote(*workspace, "trace:1", "more", 3));
        QVERIFY(addNote(*workspace, "trace:2", "other", 3));
        QVERIFY(replaceNotes(*workspace, "trace:1", "three", 4));
        const auto kept = notes(*workspace, "trace:1").value();
        QCOMPARE(kept.size(), std::size_t{1});
        QCOMPARE(kept.front().body, std::string("three"));
        QCOMPARE(kept.front().created, Nanos{1});
        QCOMPARE(replaceNotes(*workspace, "trace:1", std::string(maxAnnotationBytes + 1, 'x'), 5).error().code,
                 ErrorCode::Usage);
        QCOMPARE(notes(*workspace, "trace:1")->front().body, std::string("three")); // as it was
        QVERIFY(replaceNotes(*workspace, "trace:1", "", 6));
        QVERIFY(notes(*workspace, "trace:1")->empty());
        QCOMPARE(notes(*workspace)->size(), std::size_t{1});
    }

    void settings()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace);
        QVERIFY(!setting(*workspace, "filter")->has_value());
        QVERIFY(setSetting(*workspace, "filter", ""));
        QCOMPARE(setting(*workspace, "filter").value(), std::optional<std::string>(""));
        QVERIFY(setSetting(*workspace, "filter", "status:error"));
        QCOMPARE(setting(*workspace, "filter").value(), std::optional<std::string>("status:error"));
    }

    void importsLeaveThemBe()
    {
        const std::string path = newPath();
        auto workspace = Workspace::create(path);
        QVERIFY(workspace);
        QVERIFY(addNote(*workspace, "trace:1", "kept", 1));
        for (const bool commit : {true, false}) {
            auto writer = SpanWriter::begin(path, {});
            QVERIFY(writer);
            (*writer)->beginSource({"a", "test", 1, 0});
            (*writer)->add({}, "{}");
            QVERIFY((*writer)->flush());
            if (commit)
                QVERIFY((*writer)->commit());
        }
        QCOMPARE(notes(*workspace)->size(), std::size_t{1});
    }

    void whileAnImportWritesTheyAreRefusedNotLost()
    {
        const std::string path = newPath();
        auto workspace = Workspace::create(path);
        QVERIFY(workspace);
        auto writer = SpanWriter::begin(path, {});
        QVERIFY(writer);
        const auto refused = addNote(*workspace, "trace:1", "now", 1);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.find("another program is writing") != std::string::npos,
                 refused.error().message.c_str());
        writer->reset();
        QVERIFY(addNote(*workspace, "trace:1", "later", 2));
    }

    void placesNameSpansByTheirIds()
    {
        testing::CorpusBuilder builder;
        testing::addSpans(builder, "00000000000000000000000000000abc 00000000000000ff - agent 0-1\n"
                                   "run-7 step-1 - agent 0-1\n");
        SpanRecord nameless;
        builder.add(nameless, {});
        Corpus corpus = builder.build();
        TraceTable::Chunk traces;
        traces.rows = static_cast<std::uint32_t>(builder.traceIds.size());
        for (int i = 0; i < traceColumnCount; ++i) {
            std::vector<std::int64_t> values(traces.rows);
            for (std::size_t trace = 0; trace < values.size(); ++trace) {
                const Id id = builder.traceIds[trace];
                if (static_cast<TraceColumn>(i) == TraceColumn::IdForm)
                    values[trace] = static_cast<std::int64_t>(id.form);
                if (static_cast<TraceColumn>(i) == TraceColumn::IdLow)
                    values[trace] = static_cast<std::int64_t>(id.low);
            }
            traces.columns[static_cast<std::size_t>(i)] = std::make_shared<Column>(encode(values));
        }
        corpus.traces.append(traces);
        QCOMPARE(placeOfSpan(corpus, 0), std::string("trace:00000000000000000000000000000abc/span:00000000000000ff"));
        QCOMPARE(placeOfSpan(corpus, 1), std::string("trace:run-7/span:step-1"));
        QCOMPARE(placeOfSpan(corpus, 2), std::string("span-row:2"));
    }
};

QTEST_APPLESS_MAIN(TestAnnotations)
#include "tst_annotations.moc"

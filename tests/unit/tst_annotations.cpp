// layers: core store
#include "annotations.h"
#include "corpusbuilder.h"
#include "spanwriter.h"
#include "tracesof.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace arcscope;

class TestAnnotations : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_next = 0;

    std::string newPath() { return m_folder.filePath(QStringLiteral("w%1.arcscope").arg(m_next++)).toStdString(); }

private slots:
    void annotationsAreKeptChangedAndRemoved()
    {
        const std::string path = newPath();
        std::vector<Annotation> all{
            {7, AnnotationKind::Note, "trace:2", "", "it's \"fine\"\n", "ann", 10, 10},
            {3, AnnotationKind::Range, "corpus", "time:-5..90", "the outage", "", 20, 20},
            {newAnnotationId(), AnnotationKind::Bookmark, "trace:1/span:a", "event:4", "", "bob", 20, 21},
            {newAnnotationId(), AnnotationKind::Tag, "arc:session:1", "", "billing", "", 30, 30}};
        {
            auto workspace = Workspace::create(path);
            QVERIFY(workspace);
            QVERIFY(changeAnnotations(*workspace, all));
            all[0].body = "still fine";
            all[0].changed = 40;
            QVERIFY(changeAnnotations(*workspace, std::span(all.data(), 1), std::vector{all[3].id}));
            all.pop_back();
        }
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        QCOMPARE(annotations(*workspace).value(), all);
        QVERIFY(changeAnnotations(*workspace, {}, std::vector<std::int64_t>{999})); // is not there already
        QCOMPARE(annotations(*workspace)->size(), std::size_t(3));
    }

    void aChangeIsKeptAsAWholeOrNotAtAll()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace);
        const auto first = addNote(*workspace, "trace:1", "one", 1);
        QVERIFY(first);
        const Annotation good{5, AnnotationKind::Note, "trace:1", "", "two", "", 2, 2};
        Annotation tooLong = good;
        tooLong.body.assign(maxAnnotationBytes + 1, 'x');
        Annotation noId = good;
        noId.id = 0;
        Annotation noPart = good;
        noPart.part = "half";
        for (const Annotation& bad : {tooLong, noId, noPart}) {
            const auto changed =
                changeAnnotations(*workspace, std::vector{good, bad}, std::vector<std::int64_t>{first->id});
            QCOMPARE(changed.error().code, ErrorCode::Usage);
            QCOMPARE(annotations(*workspace).value(), std::vector{*first});
        }
    }

    void draftsAreKeptUntilTheyAreEmpty()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace);
        QVERIFY(keepDraft(*workspace, {"trace:2", "half a sent", 5}));
        QVERIFY(keepDraft(*workspace, {"trace:1", "more", 6}));
        QVERIFY(keepDraft(*workspace, {"trace:2", "half a sentence", 7}));
        QCOMPARE(drafts(*workspace).value(),
                 (std::vector<Draft>{{"trace:1", "more", 6}, {"trace:2", "half a sentence", 7}}));
        QVERIFY(keepDraft(*workspace, {"trace:1", "", 8}));
        QCOMPARE(drafts(*workspace)->size(), std::size_t(1));
        QVERIFY(annotations(*workspace)->empty());
    }

    void idsAreOfTheirOwn()
    {
        std::set<std::int64_t> ids;
        for (int i = 0; i < 1'000; ++i) {
            ids.insert(newAnnotationId());
            QVERIFY(*ids.begin() > 0 && *ids.rbegin() < (std::int64_t(1) << 53));
        }
        QCOMPARE(ids.size(), std::size_t(1'000));
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
        QCOMPARE(annotations(*workspace)->size(), std::size_t{1});
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
        corpus.traces = testing::tracesOf(builder);
        QCOMPARE(placeOfSpan(corpus, 0), std::string("trace:00000000000000000000000000000abc/span:00000000000000ff"));
        QCOMPARE(placeOfSpan(corpus, 1), std::string("trace:run-7/span:step-1"));
        QCOMPARE(placeOfSpan(corpus, 2), std::string("span-row:2"));
    }
};

QTEST_APPLESS_MAIN(TestAnnotations)
#include "tst_annotations.moc"

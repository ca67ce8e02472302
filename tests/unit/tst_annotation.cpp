// layers: core
#include "annotation.h"

#include <QTest>

using namespace arcscope;

class TestAnnotation : public QObject
{
    Q_OBJECT

private slots:
    void whatIsBeingWrittenIsTold()
    {
        const Annotation range{3, AnnotationKind::Range, "trace:a b/span:1", "time:5..9", "x", "", 1, 1};
        const auto read = annotationOfDraft(placeOfDraft(range));
        QVERIFY(read.has_value());
        QVERIFY(read->kind == range.kind && read->place == range.place && read->part == range.part);
        QCOMPARE(annotationOfDraft("new note  corpus")->place, std::string("corpus"));
        for (const char* none : {"", "trace:1", "new", "new note", "new story  x", "new note half x"})
            QVERIFY2(!annotationOfDraft(none), none);
        QCOMPARE(arcOfPlace(placeOfArc("session:1")).value(), std::string_view("session:1"));
        QVERIFY(!arcOfPlace("trace:1"));
    }

    void kindsHaveNames()
    {
        for (int i = 0; i < annotationKindCount; ++i) {
            const auto kind = static_cast<AnnotationKind>(i);
            QCOMPARE(annotationKindOf(name(kind)), std::optional(kind));
        }
        QVERIFY(!annotationKindOf("Note"));
        QVERIFY(!annotationKindOf(""));
    }

    void partsAreReadAsWritten_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "bytes:0-0", "bytes:3-4096", "event:0", "event:17", "time:0..0", "time:-9..-2",
                                 "time:-9..12", "time:1790000000000000000..1790000000000000001"})
            QTest::newRow(text) << QByteArray(text);
    }
    void partsAreReadAsWritten()
    {
        QFETCH(QByteArray, text);
        const auto part = parsePlacePart(text.toStdString());
        QVERIFY(part);
        QCOMPARE(arcscope::text(*part), text.toStdString());
    }

    void otherTextsAreNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"bytes", "bytes:", "bytes:4-3", "bytes:-4-3", "bytes:1", "bytes:01-2", "bytes:1-2 ",
                                 "event:-1", "event:1-2", "event:", "event:99999999999999999999", "time:5..4",
                                 "time:1-2", "time:..", "word:1", " ", "time:-9223372036854775808..0", "time:-0..1"})
            QTest::newRow(text) << QByteArray(text);
    }
    void otherTextsAreNone()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parsePlacePart(text.toStdString()));
    }
};

QTEST_APPLESS_MAIN(TestAnnotation)
#include "tst_annotation.moc"

// layers: core items
#include "appstate.h"
#include "notebook.h"
#include "notelistmodel.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

const QString source = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
constexpr int patience = 60'000;

QString cell(const NoteListModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestNoteListModel : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_next = 0;

    QString newTrace()
    {
        const QString path = m_folder.filePath(QStringLiteral("t%1.json").arg(m_next++));
        return QFile::copy(source, path) ? path : QString();
    }

private slots:
    void everythingThatWasWrittenIsListed()
    {
        AppState state;
        NoteListModel model(state);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        state.open({newTrace()});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        state.announce();
        NoteBook& book = state.notes();
        const QString span = NoteBook::placeOfSpan(*state.corpus(), 1);
        std::vector<Annotation> written{
            NoteBook::newAnnotation(AnnotationKind::Note, span, {PlacePart::Of::Bytes, 3, 12},
                                    QStringLiteral("slow\nvery")),
            NoteBook::newAnnotation(AnnotationKind::Bookmark, NoteBook::placeOfTrace(*state.corpus(), 0)),
            NoteBook::newAnnotation(AnnotationKind::Range, QStringLiteral("corpus"), {PlacePart::Of::Time, 0, second}),
            NoteBook::newAnnotation(AnnotationKind::Tag, QStringLiteral("trace:elsewhere"), {}, QStringLiteral("x"))};
        for (std::size_t i = 0; i < written.size(); ++i)
            written[i].changed = static_cast<Nanos>(i);
        written[0].author = "ann";
        written[1].author.clear();
        book.change({written, {}});
        book.setVerdicts({{"loop " + span.toStdString() + " ab", FindingVerdict::Dismissed, "known", "more", noTime}});
        ArcReview review;
        review.arc = "session:1";
        review.outcome = ArcOutcome::Failed;
        review.note = "not at all";
        book.review(review);
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(cell(model, 0, NoteListModel::KindColumn), QStringLiteral("note"));
        QVERIFY(!cell(model, 0, NoteListModel::TextColumn).contains(QLatin1Char('\n')));
        QCOMPARE(model.index(0, NoteListModel::TextColumn).data(NoteListModel::FilterRole).toString(),
                 QStringLiteral("slow\nvery"));
        QCOMPARE(cell(model, 0, NoteListModel::AuthorColumn), QStringLiteral("ann"));
        QVERIFY(cell(model, 1, NoteListModel::AuthorColumn) != QString());
        const std::string_view name = state.corpus()->text(SpanText::Name, 1);
        const QString spanName = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        QTRY_VERIFY(cell(model, 0, NoteListModel::PlaceColumn).startsWith(spanName));
        QVERIFY(cell(model, 0, NoteListModel::PlaceColumn).contains(QStringLiteral("bytes 3 to 12")));
        QCOMPARE(model.found(model.entry(0)).row, Row(1));
        QCOMPARE(model.found(model.entry(1)).trace, std::optional<std::uint32_t>(0));
        QVERIFY(cell(model, 2, NoteListModel::PlaceColumn).startsWith(QStringLiteral("everything, 1.00 s from")));
        QCOMPARE(cell(model, 3, NoteListModel::PlaceColumn), QStringLiteral("not here: trace:elsewhere"));
        for (int row = 4; row < 6; ++row) {
            const NoteEntry& entry = model.entry(row);
            if (entry.of == NoteEntry::Of::Finding) {
                QCOMPARE(cell(model, row, NoteListModel::KindColumn), QStringLiteral("dismissed"));
                QTRY_COMPARE(model.found(entry).row, Row(1));
            } else {
                QCOMPARE(cell(model, row, NoteListModel::KindColumn), QStringLiteral("failed"));
                QVERIFY(cell(model, row, NoteListModel::PlaceColumn).contains(QStringLiteral("session:1")));
            }
            QCOMPARE(model.rowOf(entry.identity()), row);
        }
        book.change({{}, {written[0].id}});
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.rowOf(QStringLiteral("note:%1").arg(written[0].id)), -1);
        state.close();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestNoteListModel)
#include "tst_notelistmodel.moc"

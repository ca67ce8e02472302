// layers: items core analysis layout
#include "streamjsonmodel.h"
#include "streamscript.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::shared_ptr<const StreamSubject> subjectOf(const char* script)
{
    auto subject = std::make_shared<StreamSubject>();
    const auto model = modelOf(script);
    subject->json = jsonOf(*model);
    subject->timeline = streamTimeline(model, {}, 0);
    return subject;
}

const char* const call = "0 open tool 0 book\n10 chunk {\"to\":\"Par\n20 chunk is\",\"stops\":[1\n30 chunk 2,\n"
                         "40 chunk 3],\"ok\":tr\n50 chunk ue}\n60 close";

/// "path=value|usable|closed" of every row, indented by depth.
QStringList rows(const StreamJsonModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QStringList out;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const auto cell = [&](int column) { return index.siblingAtColumn(column).data().toString(); };
        out << QString(depth, u' ') + cell(0) + u'=' + cell(1) + u'|' + cell(2) + u'|' + cell(3);
        out << rows(model, index, depth + 1);
    }
    return out;
}

} // namespace

class TestStreamJsonModel : public QObject
{
    Q_OBJECT

private slots:
    void rowsComeAndGoWithThePlayhead()
    {
        const auto subject = subjectOf(call);
        StreamJsonModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJson(subject, &subject->json.front());
        QCOMPARE(rows(model), QStringList());
        model.showAt(1);
        QCOMPARE(rows(model),
                 (QStringList{u"document=1 member \u2026|+10 ms|"_qs, u" to=\u201cPar\u201d \u2026|+10 ms|"_qs}));
        QCOMPARE(model.stateText(), "valid so far");
        model.showAt(2);
        QCOMPARE(rows(model),
                 (QStringList{u"document=2 members \u2026|+10 ms|"_qs, u" to=\u201cParis\u201d|+10 ms|+20 ms"_qs,
                              u" stops=1 element \u2026|+20 ms|"_qs, u"  [0]=1 \u2026|+20 ms|"_qs}));
        model.showAt(6);
        QCOMPARE(rows(model),
                 (QStringList{u"document=3 members|+10 ms|+50 ms"_qs, u" to=\u201cParis\u201d|+10 ms|+20 ms"_qs,
                              u" stops=2 elements|+20 ms|+40 ms"_qs, u"  [0]=12|+20 ms|+30 ms"_qs,
                              u"  [1]=3|+40 ms|+40 ms"_qs, u" ok=true|+50 ms|+50 ms"_qs}));
        QCOMPARE(model.stateText(), "complete");
        model.showAt(1);
        QCOMPARE(model.rowCount(model.index(0, 0)), 1);
        model.showAt(noEvent);
        QCOMPARE(model.rowCount(), 0);
    }

    void changesAfterUseAreCounted()
    {
        const auto subject = subjectOf(call);
        StreamJsonModel model;
        model.setJson(subject, &subject->json.front());
        model.showAt(6);
        const QModelIndex root = model.index(0, 0);
        QCOMPARE(model.index(0, StreamJsonModel::ChangesColumn, root).data().toInt(), 1);
        QVERIFY(!model.index(2, StreamJsonModel::ChangesColumn, root).data().isValid());
        QCOMPARE(model.index(0, 0, root).data(Qt::ToolTipRole).toString(), "/to");
        QCOMPARE(model.index(0, 0, root).data(StreamJsonModel::OpenRole).toBool(), false);
    }

    void manyRowsAtOnceAreToldAnew()
    {
        QByteArray script = "0 open tool 0 f\n1 chunk [0";
        for (int i = 0; i < 5'000; ++i)
            script += ",1";
        script += "]\n2 close";
        const auto subject = subjectOf(script.constData());
        StreamJsonModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJson(subject, &subject->json.front());
        model.showAt(1);
        QCOMPARE(model.rowCount(model.index(0, 0)), 5'001);
        model.showAt(0);
        QCOMPARE(model.rowCount(), 0);
    }

    void brokenDocumentsSayWhere()
    {
        const auto subject = subjectOf("0 open tool 0 f\n1 chunk {\"a\":}");
        StreamJsonModel model;
        model.setJson(subject, &subject->json.front());
        model.showAt(1);
        QVERIFY2(model.stateText().startsWith(QStringLiteral("invalid at byte 5: expected")),
                 qPrintable(model.stateText()));
        const auto cut = subjectOf("0 open tool 0 f\n1 chunk {\"a\":");
        model.setJson(cut, &cut->json.front());
        model.showAt(1);
        QCOMPARE(model.stateText(), "it ends before it is complete");
        model.setJson(nullptr, nullptr);
        QCOMPARE(model.rowCount(), 0);
        model.showAt(1);
        QCOMPARE(model.stateText(), "");
    }

    void theSchemaIsHeldAgainstTheWholeDocument()
    {
        const std::vector<ToolSchema> schemas{
            {"book", "{\"type\":\"object\",\"properties\":{\"to\":{\"type\":\"integer\"}}}"}};
        auto subject = std::make_shared<StreamSubject>(*subjectOf(call));
        subject->checks = checkDocuments(*subject->timeline->model, subject->json, schemas);
        StreamJsonModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJson(subject, &subject->json.front());
        model.showAt(4);
        const QModelIndex to = model.index(0, 0, model.index(0, 0));
        QCOMPARE(to.data().toString(), "to");
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.showAt(5);
        QCOMPARE(model.stateText(), "complete; 1 thing is not what its schema asks for");
        QCOMPARE(to.data().toString(), "! to");
        QCOMPARE(to.data(Qt::ToolTipRole).toString(), u"/to: expected integer, found string \u201cParis\u201d");
        QVERIFY(std::any_of(changed.begin(), changed.end(),
                            [&](const QList<QVariant>& each) { return each[0].toModelIndex() == to; }));
        subject->checks.front().violations.clear();
        QCOMPARE(model.stateText(), "complete, as its schema asks");
        subject->checks.front().notChecked.push_back({"/properties/to/format", "format"});
        QCOMPARE(model.stateText(), "complete, as its schema asks as far as it could be checked");
    }
};

QTEST_GUILESS_MAIN(TestStreamJsonModel)
#include "tst_streamjsonmodel.moc"

// layers: items
#include "mappingeditor.h"
#include "writefile.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

constexpr int patience = 20'000;

} // namespace

class TestMappingEditor : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString write(const QString& name, const QByteArray& bytes)
    {
        return testing::writeFile(m_folder.filePath(name), bytes);
    }

    static int rowOf(const MappingEditor& editor, const QString& path)
    {
        const auto& rows = const_cast<MappingEditor&>(editor).fields().rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].path == path)
                return static_cast<int>(i);
        }
        return -1;
    }

private slots:
    void initTestCase() { qputenv("XDG_DATA_HOME", m_folder.filePath("data").toUtf8()); }

    void tableIsGuessedTriedAndSaved()
    {
        MappingEditor editor(write("requests.csv", "ts;model;latency_ms;prompt_tokens;completion_tokens;region\n"
                                                   "1700000000000;small;1500;10;20;eu\n"
                                                   "1700000001000;large;250;;5;us\n"));
        const QAbstractItemModelTester fields(&editor.fields());
        const QAbstractItemModelTester spans(&editor.spans());
        QVERIFY(editor.busy());
        QTRY_VERIFY_WITH_TIMEOUT(!editor.busy(), patience);
        QCOMPARE(editor.problem(), QString());
        MappingFieldModel& model = editor.fields();
        QCOMPARE(model.rowCount(), 6);
        const auto shown = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(shown(0, MappingFieldModel::MeaningColumn), QString("Start time"));
        QCOMPARE(shown(0, MappingFieldModel::UnitColumn), QString("milliseconds"));
        QCOMPARE(shown(1, MappingFieldModel::MeaningColumn), QString("Model"));
        QCOMPARE(shown(1, MappingFieldModel::UnitColumn), QString());
        QCOMPARE(shown(2, MappingFieldModel::UnitColumn), QString("milliseconds"));
        QCOMPARE(shown(3, MappingFieldModel::FirstSample), QString("10"));
        QCOMPARE(shown(3, MappingFieldModel::FirstSample + 1), QString::fromUtf8("–"));
        QCOMPARE(shown(5, MappingFieldModel::MeaningColumn), QString("not used"));
        QCOMPARE(editor.kindChoices().at(editor.kindChoice()), QString("Model call"));
        QCOMPARE(editor.spans().rowCount(), 2);
        QCOMPARE(editor.spans().index(0, MappingSpanModel::LengthColumn).data().toString(), QString("1.50 s"));
        QCOMPARE(editor.spans().index(1, MappingSpanModel::TokensColumn).data().toString(), QString::fromUtf8("–, 5"));
        QVERIFY2(editor.summary().startsWith("2 spans in 2 traces"), qPrintable(editor.summary()));

        // What is chosen is tried at once.
        const QModelIndex region = model.index(5, MappingFieldModel::MeaningColumn);
        const QStringList meanings = region.data(MappingFieldModel::ChoicesRole).toStringList();
        QVERIFY(model.setData(region, static_cast<int>(meanings.indexOf("Name")), Qt::EditRole));
        QVERIFY(!model.setData(region, 1'000, Qt::EditRole));
        QVERIFY(editor.busy());
        QTRY_VERIFY_WITH_TIMEOUT(!editor.busy(), patience);
        QCOMPARE(editor.spans().index(0, MappingSpanModel::NameColumn).data().toString(), QString("eu"));

        QVERIFY(!editor.replacesAnother());
        editor.setName("no/name");
        QTRY_VERIFY_WITH_TIMEOUT(!editor.busy(), patience);
        QVERIFY2(editor.problem().contains("expected a name"), qPrintable(editor.problem()));
        QVERIFY(!editor.save());
        editor.setName("requests");
        QTRY_VERIFY_WITH_TIMEOUT(!editor.busy(), patience);
        QVERIFY(editor.save());
        QVERIFY(editor.replacesAnother());
        QVERIFY(QFile::exists(m_folder.filePath("data/arcscope/mappings/requests.json")));
    }

    void documentOffersItsLists()
    {
        MappingEditor editor(write("run.json", QByteArray("{'meta':{'id':'m'},'log':{'calls':[{'name':'a','at':'2026-"
                                                          "01-02T03:04:05Z'},{'name':'b','deep':{'x':1}}]}}")
                                                   .replace('\'', '"')));
        QTRY_VERIFY_WITH_TIMEOUT(!editor.busy(), patience);
        QCOMPARE(editor.recordChoices(), (QStringList{"{}", ".", "log.calls[]"}));
        editor.setRecordChoice(2);
        QTRY_VERIFY_WITH_TIMEOUT(!editor.busy(), patience);
        QCOMPARE(editor.problem(), QString());
        QCOMPARE(editor.spans().rowCount(), 2);
        QVERIFY(rowOf(editor, "deep.x") >= 0);
        QCOMPARE(editor.spans().index(0, MappingSpanModel::NameColumn).data().toString(), QString("a"));
        QVERIFY(editor.text().contains("\"records\": \"log.calls[]\""));
        QVERIFY(!editor.notes().isEmpty());
    }

    void saysWhatIsNoRecord()
    {
        MappingEditor editor(write("picture.bin", QByteArray("\x89PNG\0\0\0\1", 8)));
        QTRY_VERIFY_WITH_TIMEOUT(!editor.busy(), patience);
        QVERIFY(editor.problem().contains("neither JSON nor text in columns"));
        MappingEditor gone(m_folder.filePath("gone.json"));
        QTRY_VERIFY_WITH_TIMEOUT(!gone.busy(), patience);
        QVERIFY(!gone.problem().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMappingEditor)
#include "tst_mappingeditor.moc"

// layers: widgets GUI
#include "mainwindow.h"
#include "mappingdialog.h"
#include "noticebar.h"
#include "writefile.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace arcscope;

namespace
{

constexpr int patience = 20'000;

} // namespace

class TestMappingDialog : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString write(const QString& name, const QByteArray& bytes)
    {
        return testing::writeFile(m_folder.filePath(name), bytes);
    }

private slots:
    void init()
    {
        QSettings().clear();
        qputenv("XDG_DATA_HOME", m_folder.filePath("data").toUtf8());
    }

    void keyboardChoosesAndSaves()
    {
        MappingDialog dialog(
            write("calls.jsonl", "{\"when\":1700000000,\"what\":\"a\"}\n{\"when\":1700000060,\"what\":\"b\"}\n"));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.editor().busy(), patience);
        MappingFieldModel& fields = dialog.editor().fields();
        QCOMPARE(fields.rowCount(), 2);
        QVERIFY(dialog.fields()->hasFocus());

        // F2 opens the list of what the field can mean; letters choose.
        dialog.fields()->setCurrentIndex(fields.index(0, MappingFieldModel::MeaningColumn));
        QTest::keyClick(dialog.fields(), Qt::Key_F2);
        QComboBox* box = nullptr;
        QTRY_VERIFY((box = dialog.fields()->findChild<QComboBox*>()) != nullptr);
        QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
        QTest::keyClicks(QApplication::activePopupWidget()->focusWidget()
                             ? QApplication::activePopupWidget()->focusWidget()
                             : QApplication::activePopupWidget(),
                         "Start");
        QTest::keyClick(QApplication::activePopupWidget()->focusWidget()
                            ? QApplication::activePopupWidget()->focusWidget()
                            : QApplication::activePopupWidget(),
                        Qt::Key_Return);
        QTRY_COMPARE(fields.index(0, MappingFieldModel::MeaningColumn).data().toString(), QString("Start time"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.editor().busy(), patience);
        // The number has no unit yet: the ledger would say so.
        QVERIFY2(dialog.editor().notes().join(' ').contains("a time in rfc3339 cannot be read"),
                 qPrintable(dialog.editor().notes().join(' ')));
        QVERIFY(fields.setData(fields.index(0, MappingFieldModel::UnitColumn), 1, Qt::EditRole));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.editor().busy(), patience);
        QCOMPARE(dialog.spans()->model()->index(0, MappingSpanModel::StartColumn).data().toString().left(10),
                 QString("2023-11-14"));

        dialog.name()->setFocus();
        dialog.name()->selectAll();
        QTest::keyClicks(dialog.name(), "bad name");
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.saveButton()->isEnabled(), patience);
        dialog.name()->selectAll();
        QTest::keyClicks(dialog.name(), "calls");
        QTRY_VERIFY_WITH_TIMEOUT(dialog.saveButton()->isEnabled(), patience);
        QTest::mouseClick(dialog.saveButton(), Qt::LeftButton);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QVERIFY(QFile::exists(m_folder.filePath("data/arcscope/mappings/calls.json")));
    }

    void escapeAsksBeforeItLosesAMapping()
    {
        MappingDialog dialog(write("ask.csv", "step,tool,took_ms\none,grep,12\ntwo,sed,5\n"));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.editor().busy(), patience);
        dialog.name()->setFocus();
        QTest::keyClicks(dialog.name(), "x");
        const QString typed = dialog.name()->text();
        int asked = 0;
        const auto answer = [&asked](Qt::Key key) {
            QTimer::singleShot(0, qApp, [&asked, key] {
                if (auto* const box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                    ++asked;
                    QTest::keyClick(box, key);
                }
            });
        };
        answer(Qt::Key_Return); // goes on, as Esc does
        QTest::keyClick(dialog.name(), Qt::Key_Escape);
        QVERIFY(dialog.isVisible());
        QCOMPARE(dialog.name()->text(), typed);
        answer(Qt::Key_D);
        QTest::keyClick(dialog.name(), Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(asked, 2);
    }

    void windowOffersItAndOpensTheFile()
    {
        const QString path = write("steps.csv", "step,tool,took_ms\none,grep,12\ntwo,sed,5\n");
        MainWindow window({});
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.open({path});
        auto* const bar = window.findChild<NoticeBar*>();
        QVERIFY(bar);
        QTRY_COMPARE_WITH_TIMEOUT(bar->count(), std::size_t(1), patience);
        QPushButton* map = nullptr;
        for (QPushButton* button : bar->findChildren<QPushButton*>()) {
            if (button->text().contains("Map this file"))
                map = button;
        }
        QVERIFY(map);
        QTest::mouseClick(map, Qt::LeftButton);
        auto* const dialog = window.findChild<MappingDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->editor().busy(), patience);
        QCOMPARE(dialog->editor().fields().rowCount(), 3);
        QVERIFY(dialog->saveButton()->isEnabled());
        QTest::mouseClick(dialog->saveButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window.state().isOpen(), patience);
        QCOMPARE(window.state().corpus()->spans.rows(), Row(2));
        QCOMPARE(window.state().corpus()->text(SpanText::Tool, 0), std::string_view("grep"));
    }

    void nothingIsOfferedForOtherFiles()
    {
        const QString path = write("prose.txt", "This is no table.\n");
        MainWindow window({});
        window.open({path});
        auto* const bar = window.findChild<NoticeBar*>();
        QTRY_COMPARE_WITH_TIMEOUT(bar->count(), std::size_t(1), patience);
        for (const QPushButton* button : bar->findChildren<QPushButton*>())
            QVERIFY(!button->text().contains("Map this file"));
    }
};

QTEST_MAIN(TestMappingDialog)
#include "tst_mappingdialog.moc"

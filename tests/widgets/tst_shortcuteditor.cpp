// layers: core items widgets GUI
#include "keyfield.h"
#include "settingsdialog.h"
#include "shortcuteditor.h"
#include "shortcutsheet.h"
#include "windowdriver.h"

#include <QPushButton>
#include <QTableWidget>
#include <QTimer>
#include <QTreeWidget>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// The editor in the settings of a window with all its commands.
struct Editor {
    QTemporaryDir folder;
    Settings settings{folder.filePath(QStringLiteral("keys.ini"))};
    WindowDriver driver;
    ActionRegistry& actions = const_cast<ActionRegistry&>(driver.window.actions());
    KeyBindings bindings{actions, settings};
    SettingsDialog dialog{settings, actions, bindings};
    ShortcutEditor& editor = *dialog.shortcuts();
    KeyField& field = *editor.findChild<KeyField*>();

    Editor()
    {
        dialog.showShortcuts();
        dialog.show();
    }
    QPushButton* button(const QString& text) const
    {
        for (QPushButton* each : editor.findChildren<QPushButton*>()) {
            if (each->text().remove(QLatin1Char('&')) == text)
                return each;
        }
        return nullptr;
    }
    QKeySequence keyOf(const char* id) const { return actions.action(QLatin1String(id))->shortcut(); }
};

QString textOf(const ShortcutSheet& sheet)
{
    return WindowDriver::textOf(sheet.findChild<QTableWidget*>());
}

} // namespace

class TestShortcutEditor : public QObject
{
    Q_OBJECT

private slots:
    void aKeyIsPressedAndAssigned()
    {
        Editor open;
        open.editor.select(QStringLiteral("view.zoomIn"));
        QCOMPARE(open.editor.command(), QStringLiteral("view.zoomIn"));
        QTest::keyClick(&open.field, Qt::Key_F9, Qt::ControlModifier);
        QCOMPARE(open.field.key(), QKeySequence(Qt::CTRL | Qt::Key_F9));
        QPushButton* const assign = open.button(QStringLiteral("Assign"));
        QVERIFY(assign && assign->isEnabled());
        QTest::mouseClick(assign, Qt::LeftButton);
        QCOMPARE(open.keyOf("view.zoomIn"), QKeySequence(Qt::CTRL | Qt::Key_F9));
        QVERIFY(open.editor.message().contains(QStringLiteral("Ctrl+F9")));
        QVERIFY(textOf(ShortcutSheet(open.actions)).contains(QStringLiteral("Ctrl+F9")));
        QVERIFY(open.settings.shortcuts().contains(QStringLiteral("view.zoomIn")));
    }

    void aClashIsShownAndRefused()
    {
        Editor open;
        open.editor.select(QStringLiteral("view.zoomIn"));
        const QKeySequence before = open.keyOf("view.zoomIn");
        QTest::keyClick(&open.field, Qt::Key_L, Qt::ControlModifier);
        QVERIFY2(open.editor.message().contains(QStringLiteral("Filter or search")), qPrintable(open.editor.message()));
        QPushButton* const assign = open.button(QStringLiteral("Assign"));
        QVERIFY(!assign->isEnabled());
        QCOMPARE(open.keyOf("view.zoomIn"), before);
        QCOMPARE(open.keyOf("find.filter"), QKeySequence(Qt::CTRL | Qt::Key_L));
        QPushButton* const goTo = open.button(QStringLiteral("Show that command"));
        QVERIFY(goTo && goTo->isVisible());
        QTest::mouseClick(goTo, Qt::LeftButton);
        QCOMPARE(open.editor.command(), QStringLiteral("find.filter"));
    }

    void oneAndAllAreReset()
    {
        Editor open;
        const QKeySequence zoom = open.keyOf("view.zoomIn");
        const QKeySequence arcs = open.keyOf("view.arcs");
        QVERIFY(!open.bindings.assign(QStringLiteral("view.zoomIn"), QKeySequence(Qt::Key_F8)));
        QVERIFY(!open.bindings.assign(QStringLiteral("view.arcs"), QKeySequence(Qt::Key_F9)));
        open.editor.select(QStringLiteral("view.zoomIn"));
        QTest::mouseClick(open.button(QStringLiteral("Built-in key")), Qt::LeftButton);
        QCOMPARE(open.keyOf("view.zoomIn"), zoom);
        QCOMPARE(open.keyOf("view.arcs"), QKeySequence(Qt::Key_F9));
        QTest::mouseClick(open.button(QStringLiteral("All built-in keys")), Qt::LeftButton);
        QCOMPARE(open.keyOf("view.arcs"), arcs);
        QVERIFY(!open.button(QStringLiteral("All built-in keys"))->isEnabled());
    }

    void anEmptyFieldTakesTheKeyAway()
    {
        Editor open;
        open.editor.select(QStringLiteral("view.arcs"));
        QTest::keyClick(&open.field, Qt::Key_F9);
        QTest::keyClick(&open.field, Qt::Key_Backspace);
        QVERIFY(open.field.key().isEmpty());
        QTest::mouseClick(open.button(QStringLiteral("No key")), Qt::LeftButton);
        QVERIFY(open.keyOf("view.arcs").isEmpty());
    }

    void wordsAndKeysFilter()
    {
        Editor open;
        auto* const list = open.editor.findChild<QTreeWidget*>();
        const auto shown = [list] {
            int count = 0;
            for (int i = 0; i < list->topLevelItemCount(); ++i)
                count += list->topLevelItem(i)->isHidden() ? 0 : 1;
            return count;
        };
        const int all = shown();
        QVERIFY(all > 50);
        auto* const filter = open.editor.findChild<QLineEdit*>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(filter && filter->accessibleName() == QStringLiteral("Filter the commands"));
        QTest::keyClicks(filter, QStringLiteral("zoom"));
        QVERIFY(shown() >= 2 && shown() < 10);
        QVERIFY(!open.editor.command().isEmpty());
        filter->setText(QStringLiteral("Ctrl+L"));
        QCOMPARE(open.editor.command(), QStringLiteral("find.filter"));
        filter->setText(QStringLiteral("nothing like it"));
        QCOMPARE(shown(), 0);
        QCOMPARE(open.editor.command(), QString());
        QVERIFY(!open.field.isEnabled());
    }

    void theFieldLeavesWhatLeadsOn()
    {
        Editor open;
        QTest::keyClick(&open.field, Qt::Key_Tab);
        QTest::keyClick(&open.field, Qt::Key_Shift);
        QVERIFY(open.field.key().isEmpty());
        QTest::keyClick(&open.field, Qt::Key_Question, Qt::ShiftModifier);
        QCOMPARE(open.field.key(), QKeySequence(Qt::Key_Question));
        QTest::keyClick(&open.field, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(open.field.key(), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
        QTest::keyClick(&open.dialog, Qt::Key_Escape);
        QVERIFY(!open.dialog.isVisible());
    }

    /// Every command with a key is in the sheet, as it is now.
    void theSheetHasAllKeys()
    {
        Editor open;
        QVERIFY(!open.bindings.assign(QStringLiteral("help.about"), QKeySequence(Qt::Key_F9)));
        const ShortcutSheet sheet(open.actions);
        const QStringList cells = textOf(sheet).split(QLatin1Char('\n'));
        for (const QAction* action : open.actions.all()) {
            QStringList keys;
            for (const QKeySequence& key : action->shortcuts())
                keys << key.toString(QKeySequence::NativeText);
            if (!keys.isEmpty())
                QVERIFY2(cells.contains(keys.join(QStringLiteral(", "))), qPrintable(ActionRegistry::idOf(action)));
        }
    }

    void theWindowOpensItAndTheKeyWorks()
    {
        WindowDriver driver;
        bool assigned = false;
        QTimer wait; // the dialog keeps who opens it
        connect(&wait, &QTimer::timeout, this, [&] {
            auto* const dialog = qobject_cast<SettingsDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            wait.stop();
            dialog->shortcuts()->select(QStringLiteral("find.filter"));
            auto* const field = dialog->findChild<KeyField*>();
            QTest::keyClick(field, Qt::Key_F9);
            for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
                if (button->text() == QStringLiteral("&Assign"))
                    QTest::mouseClick(button, Qt::LeftButton);
            }
            assigned = true;
            dialog->close();
        });
        wait.start(10);
        driver.key(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(assigned);
        driver.keyWindow();
        driver.window.open({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(!driver.field()->hasFocus());
        driver.key(Qt::Key_F9);
        QTRY_VERIFY(driver.field()->hasFocus());
    }
};

QTEST_MAIN(TestShortcutEditor)
#include "tst_shortcuteditor.moc"

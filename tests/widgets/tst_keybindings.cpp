// layers: widgets GUI
#include "keybindings.h"
#include "viewkeys.h"

#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace arcscope;

namespace
{

/// A window with a few commands.
struct Commands {
    QTemporaryDir folder;
    Settings settings{folder.filePath(QStringLiteral("settings.ini"))};
    QWidget window;
    QMenu menu;
    ActionRegistry actions{&window};
    KeyBindings bindings{actions, settings};

    Commands()
    {
        add("find.filter", "&Filter…", {QKeySequence(Qt::CTRL | Qt::Key_L), QKeySequence(Qt::CTRL | Qt::Key_F)});
        add("view.arcs", "Task a&rcs", {QKeySequence(Qt::CTRL | Qt::Key_1)});
        add("help.shortcuts", "&Keys", {QKeySequence(Qt::Key_Question)});
        add("help.about", "&About", {});
        bindings.apply();
    }
    void add(const char* id, const char* text, const QList<QKeySequence>& keys)
    {
        actions.add({QString::fromLatin1(id), QString::fromUtf8(text), QStringLiteral("A tip."), keys, {}}, &menu,
                    [] {});
    }
    QList<QKeySequence> keys(const char* id) const { return actions.action(QLatin1String(id))->shortcuts(); }
    QString clash(const char* id, const QKeySequence& key) const
    {
        const auto stands = bindings.clash(QLatin1String(id), key);
        return stands ? stands->text : QString();
    }
};

} // namespace

class TestKeyBindings : public QObject
{
    Q_OBJECT

private slots:
    void aFreeKeyIsGivenAndKept()
    {
        Commands open;
        const QKeySequence key(Qt::CTRL | Qt::ALT | Qt::Key_J);
        QVERIFY(!open.bindings.assign(QStringLiteral("view.arcs"), key));
        QCOMPARE(open.keys("view.arcs"), QList<QKeySequence>{key});
        QVERIFY(open.bindings.changed(QStringLiteral("view.arcs")));
        QVERIFY(!open.bindings.changed(QStringLiteral("find.filter")));
        // The next start.
        QWidget window;
        ActionRegistry actions(&window);
        actions.add({QStringLiteral("view.arcs"),
                     QStringLiteral("a"),
                     QStringLiteral("b"),
                     {QKeySequence(Qt::CTRL | Qt::Key_1)},
                     {}},
                    &open.menu, [] {});
        KeyBindings(actions, open.settings).apply();
        QCOMPARE(actions.action(QStringLiteral("view.arcs"))->shortcuts(), QList<QKeySequence>{key});
    }

    void theKeyOfAnotherCommandIsRefused()
    {
        Commands open;
        const QKeySequence key(Qt::CTRL | Qt::Key_F); // its second one
        const auto stands = open.bindings.assign(QStringLiteral("view.arcs"), key);
        QVERIFY(stands);
        QCOMPARE(stands->command, QStringLiteral("find.filter"));
        QVERIFY2(stands->text.contains(QStringLiteral("“Filter”")), qPrintable(stands->text));
        QCOMPARE(open.keys("view.arcs"), QList<QKeySequence>{QKeySequence(Qt::CTRL | Qt::Key_1)});
        QVERIFY(open.settings.shortcuts().isEmpty());
    }

    void keysThatMeanSomethingElseAreRefused_data()
    {
        QTest::addColumn<QKeySequence>("key");
        QTest::newRow("letter") << QKeySequence(Qt::Key_W);
        QTest::newRow("digit") << QKeySequence(Qt::Key_0);
        QTest::newRow("shifted letter") << QKeySequence(Qt::SHIFT | Qt::Key_W);
        QTest::newRow("space") << QKeySequence(Qt::Key_Space);
        QTest::newRow("menu") << QKeySequence(Qt::ALT | Qt::Key_F);
        QTest::newRow("copy") << QKeySequence(QKeySequence::Copy);
        QTest::newRow("paste") << QKeySequence(QKeySequence::Paste);
        QTest::newRow("select all") << QKeySequence(QKeySequence::SelectAll);
        QTest::newRow("replay") << QKeySequence(Qt::ALT | Qt::Key_2);
        QTest::newRow("next change") << QKeySequence(Qt::ALT | Qt::Key_Down);
    }
    void keysThatMeanSomethingElseAreRefused()
    {
        QFETCH(QKeySequence, key);
        Commands open;
        const auto stands = open.bindings.assign(QStringLiteral("view.arcs"), key);
        QVERIFY(stands);
        QVERIFY(stands->command.isEmpty());
        QVERIFY(stands->text.contains(key.toString(QKeySequence::NativeText)));
        QCOMPARE(open.keys("view.arcs"), QList<QKeySequence>{QKeySequence(Qt::CTRL | Qt::Key_1)});
    }

    void ownAndFunctionKeysAreFree()
    {
        const Commands open;
        QCOMPARE(open.clash("find.filter", QKeySequence(Qt::CTRL | Qt::Key_F)), QString());
        QCOMPARE(open.clash("help.shortcuts", QKeySequence(Qt::Key_Question)), QString()); // it came with it
        QVERIFY(!open.clash("help.about", QKeySequence(Qt::Key_Question)).isEmpty());
        QCOMPARE(open.clash("help.about", QKeySequence(Qt::Key_F9)), QString());
        QCOMPARE(open.clash("help.about", {}), QString());
    }

    void noKeyIsKept()
    {
        Commands open;
        QVERIFY(!open.bindings.assign(QStringLiteral("view.arcs"), {}));
        QVERIFY(open.keys("view.arcs").isEmpty());
        open.bindings.apply();
        QVERIFY(open.keys("view.arcs").isEmpty());
        // What it had is free now.
        QVERIFY(!open.bindings.assign(QStringLiteral("help.about"), QKeySequence(Qt::CTRL | Qt::Key_1)));
        // And cannot be had back before that is given up.
        const auto stands = open.bindings.reset(QStringLiteral("view.arcs"));
        QVERIFY(stands);
        QCOMPARE(stands->command, QStringLiteral("help.about"));
        QVERIFY(open.keys("view.arcs").isEmpty());
        QVERIFY(!open.bindings.reset(QStringLiteral("help.about")));
        QVERIFY(!open.bindings.reset(QStringLiteral("view.arcs")));
        QCOMPARE(open.keys("view.arcs"), QList<QKeySequence>{QKeySequence(Qt::CTRL | Qt::Key_1)});
        QVERIFY(open.settings.shortcuts().isEmpty());
    }

    void allAreReset()
    {
        Commands open;
        QVERIFY(!open.bindings.assign(QStringLiteral("view.arcs"), QKeySequence(Qt::Key_F9)));
        QVERIFY(!open.bindings.assign(QStringLiteral("find.filter"), QKeySequence(Qt::Key_F8)));
        open.bindings.resetAll();
        QCOMPARE(open.keys("view.arcs"), QList<QKeySequence>{QKeySequence(Qt::CTRL | Qt::Key_1)});
        QCOMPARE(open.keys("find.filter").size(), 2);
        QVERIFY(open.settings.shortcuts().isEmpty());
    }

    /// A later version may give a command the key that a user gave another.
    void whatTheUserChoseGoesBeforeWhatIsBuiltIn()
    {
        Commands open;
        open.settings.setShortcut(QStringLiteral("help.about"), QStringLiteral("Ctrl+1"));
        open.settings.setShortcut(QStringLiteral("no.such.command"), QStringLiteral("Ctrl+2"));
        open.bindings.apply();
        QCOMPARE(open.keys("help.about"), QList<QKeySequence>{QKeySequence(Qt::CTRL | Qt::Key_1)});
        QVERIFY(open.keys("view.arcs").isEmpty());
        QCOMPARE(open.actions.problems(), QStringList());
        open.settings.setShortcut(QStringLiteral("find.filter"), QStringLiteral("Ctrl+1; F8")); // edited by hand
        open.bindings.apply();
        QCOMPARE(open.actions.problems(), QStringList());
    }

    void keysOfViewsAreWhole()
    {
        QVERIFY(viewKeys().size() > 40);
        for (const ViewKey& key : viewKeys())
            QVERIFY2(!key.keys.isEmpty() && !key.what.isEmpty() && !key.where.isEmpty(), qPrintable(key.keys));
    }
};

QTEST_MAIN(TestKeyBindings)
#include "tst_keybindings.moc"

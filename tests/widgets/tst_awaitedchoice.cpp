// layers: core items analysis widgets GUI
// What is chosen in the views of arcs, findings and lenses, and what links, stories and bundles make of it.
#include "arcbook.h"
#include "arcsview.h"
#include "bundlefile.h"
#include "evidencepane.h"
#include "findingsview.h"
#include "lensview.h"
#include "notebook.h"
#include "notefilecommands.h"
#include "notespanel.h"
#include "noticebar.h"
#include "statelink.h"
#include "storybar.h"
#include "viewchoice.h"
#include "windowdriver.h"

#include <QClipboard>
#include <QComboBox>
#include <QListWidget>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

bool isSearched(const MainWindow& window)
{
    const auto* const arcs = window.findChild<ArcBook*>();
    const ListingPtr& listing = window.arcs()->model()->listing();
    return window.findChild<FindingBook*>()->stage() == SearchStage::Done && !arcs->isJoining() && listing &&
           listing->of == arcs->arcs();
}

std::string chosen(const MainWindow& window)
{
    return window.stateShown().chosen;
}

/// The row of an entry of several findings that is not the first; -1: there is none.
int rowOfSeveral(const FindingModel& model)
{
    for (int row = 1; row < model.rowCount(); ++row) {
        if (model.found().entries[model.entryOf(row)].findings.size() > 1)
            return row;
    }
    return -1;
}

} // namespace

class TestAwaitedChoice : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(!copyOfSamples(m_folder).isEmpty());
        m_week = m_folder.filePath(QStringLiteral("support-week"));
        m_driver = std::make_unique<WindowDriver>(QStringList{m_week});
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->settled(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isSearched(m_driver->window), patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->state().notes().isRead(), patience);
    }

    void cleanup()
    {
        m_driver->state().setFilter({});
        m_driver->window.findings()->clearFilter();
        while (m_driver->window.notices()->count() > 0)
            m_driver->window.notices()->dismiss();
        QTRY_VERIFY_WITH_TIMEOUT(rowOfSeveral(*m_driver->window.findings()->model()) > 0, patience);
    }

    void aLinkLeadsToTheFinding()
    {
        const QString link = linkToFinding();
        const std::string left = chosen(m_driver->window);
        QVERIFY(left.starts_with("finding:") && left.find("cause:") == std::string::npos);
        goElsewhere();
        m_driver->window.followLink(link);
        QTRY_VERIFY(m_driver->window.findings()->isVisible());
        QTRY_COMPARE(QString::fromStdString(chosen(m_driver->window)), QString::fromStdString(left));
        QVERIFY(m_driver->window.findings()->evidence()->member() > 0);
        QCOMPARE(m_driver->window.notices()->count(), std::size_t(0));
    }

    /// Findings come when the link was followed long ago; more of them come later still.
    void aLinkIsFollowedBeforeAnythingIsFound()
    {
        const QString link = linkToFinding();
        const std::string left = chosen(m_driver->window);
        WindowDriver other({m_week, link});
        QTRY_VERIFY_WITH_TIMEOUT(other.window.findings()->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isSearched(other.window), patience);
        QTRY_COMPARE(QString::fromStdString(chosen(other.window)), QString::fromStdString(left));
        QCOMPARE(other.window.findings()->chosenName(), parseViewChoice(left)->name);
        QCOMPARE(other.window.notices()->count(), std::size_t(0));
    }

    void aLinkLeadsToTheTaskArc()
    {
        m_driver->action("view.arcs")->trigger();
        ArcsView& arcs = *m_driver->window.arcs();
        QTRY_VERIFY(arcs.list()->isVisible());
        m_driver->click(arcs.list(), arcs.model()->index(4, 0));
        const std::string left = chosen(m_driver->window);
        QCOMPARE(left, "arc:" + arcs.arcKey());
        const QString link = copied();
        m_driver->click(arcs.list(), arcs.model()->index(1, 0));
        QVERIFY(chosen(m_driver->window) != left);
        goElsewhere();
        m_driver->window.followLink(link);
        QTRY_VERIFY(arcs.isVisible());
        QTRY_COMPARE(QString::fromStdString(chosen(m_driver->window)), QString::fromStdString(left));
        QCOMPARE(arcs.list()->currentIndex().row(), 4);
        // A trace that is shown alone has an arc of its own: what the link says goes before.
        ViewState state = m_driver->window.stateShown();
        state.trace = placeOf(0);
        const auto ofTrace = arcs.model()->of().ofTrace(0);
        QVERIFY(ofTrace && arcs.arc() != ofTrace);
        goElsewhere();
        follow(state);
        QTRY_COMPARE(m_driver->state().trace(), std::optional<std::uint32_t>(0));
        QTRY_COMPARE(QString::fromStdString(chosen(m_driver->window)), QString::fromStdString(left));
        m_driver->state().setTrace(std::nullopt);
        m_driver->state().announce();
    }

    void aLinkLeadsToTheLens()
    {
        m_driver->action("view.lenses")->trigger();
        LensView& view = *m_driver->window.lenses();
        QTRY_VERIFY(m_driver->focused(view.list()));
        for (int i = 0; i < 3; ++i)
            m_driver->key(Qt::Key_Down);
        const std::string left = chosen(m_driver->window);
        QCOMPARE(left, "lens:" + view.chosenName().toStdString());
        const QString link = copied();
        m_driver->key(Qt::Key_Home);
        QVERIFY(chosen(m_driver->window) != left);
        goElsewhere();
        m_driver->window.followLink(link);
        QTRY_VERIFY(view.isVisible());
        QTRY_COMPARE(QString::fromStdString(chosen(m_driver->window)), QString::fromStdString(left));
    }

    void anOldLinkLeavesTheChoiceAlone()
    {
        QVERIFY(!linkToFinding().isEmpty());
        const std::string left = chosen(m_driver->window);
        ViewState state = m_driver->window.stateShown();
        state.chosen.clear();
        m_driver->action("view.timeline")->trigger();
        follow(state);
        QTRY_VERIFY(m_driver->window.findings()->isVisible());
        QCOMPARE(QString::fromStdString(chosen(m_driver->window)), QString::fromStdString(left));
    }

    void whatIsNotThereIsTold_data()
    {
        QTest::addColumn<QString>("chosen");
        QTest::addColumn<QString>("says");
        QTest::newRow("arc") << QStringLiteral("arc:task:none")
                             << QStringLiteral("The task arc task:none is not here.");
        QTest::newRow("finding") << QStringLiteral("finding:loop trace:0/span:0 1f")
                                 << QStringLiteral("The finding loop trace:0/span:0 1f is not here.");
        QTest::newRow("lens") << QStringLiteral("lens:none") << QStringLiteral("This version has no lens called none.");
    }
    void whatIsNotThereIsTold()
    {
        QFETCH(QString, chosen);
        QFETCH(QString, says);
        ViewState state;
        state.chosen = chosen.toStdString();
        follow(state);
        QTRY_COMPARE(m_driver->window.notices()->count(), std::size_t(1));
        QVERIFY2(m_driver->window.notices()->text().contains(says), qPrintable(m_driver->window.notices()->text()));
    }

    /// The list is as wide as it takes; what the filter of the window leaves out is told.
    void whatIsHiddenIsListed()
    {
        QVERIFY(!linkToFinding().isEmpty());
        const std::string left = chosen(m_driver->window);
        const ViewState state = m_driver->window.stateShown();
        FindingsView& view = *m_driver->window.findings();
        view.verdicts()->setCurrentIndex(3); // dismissed
        QCOMPARE(view.model()->rowCount(), 0);
        goElsewhere();
        follow(state);
        QTRY_COMPARE(QString::fromStdString(chosen(m_driver->window)), QString::fromStdString(left));
        QTRY_VERIFY(view.table()->isVisible());
        QCOMPARE(view.chosenName(), parseViewChoice(left)->name);
        ViewState filtered = state;
        filtered.filter = "model:no-model-has-this-name";
        follow(filtered);
        QTRY_COMPARE(m_driver->window.notices()->count(), std::size_t(1));
        QVERIFY(m_driver->window.notices()->text().contains(QStringLiteral("the filter leaves it out")));
    }

    void aStepOfAStoryKeepsIt()
    {
        QVERIFY(!linkToFinding().isEmpty());
        const std::string left = chosen(m_driver->window);
        m_driver->action("story.add")->trigger();
        const Story story = m_driver->state().notes().story();
        QCOMPARE(story.steps.size(), std::size_t(1));
        QCOMPARE(story.steps[0].state.chosen, left);
        QVERIFY(parseStory(storyText(story)).value() == story);
        goElsewhere();
        m_driver->action("story.next")->trigger();
        QTRY_VERIFY(m_driver->window.findings()->isVisible());
        QTRY_COMPARE(QString::fromStdString(chosen(m_driver->window)), QString::fromStdString(left));
        // Of a step what is not there is told where the story is.
        Story lost = story;
        lost.steps[0].state.chosen = "arc:task:none";
        m_driver->action("story.stop")->trigger();
        m_driver->state().notes().setStory(lost);
        m_driver->state().announce();
        m_driver->action("story.next")->trigger();
        QTRY_VERIFY(m_driver->says(QStringLiteral("The task arc task:none is not here.")));
        QCOMPARE(m_driver->window.notices()->count(), std::size_t(0));
        m_driver->action("story.stop")->trigger();
        m_driver->state().notes().setStory({});
    }

    void aBookmarkLeadsToIt_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("word");
        QTest::newRow("arc") << QStringLiteral("view.arcs") << QStringLiteral("arc:");
        QTest::newRow("finding") << QStringLiteral("view.findings") << QStringLiteral("finding:");
        QTest::newRow("lens") << QStringLiteral("view.lenses") << QStringLiteral("lens:");
    }
    void aBookmarkLeadsToIt()
    {
        QFETCH(QString, command);
        QFETCH(QString, word);
        m_driver->window.actions().action(command)->trigger();
        QTRY_VERIFY(qobject_cast<QAbstractItemView*>(QApplication::focusWidget()));
        auto* const list = qobject_cast<QAbstractItemView*>(QApplication::focusWidget());
        m_driver->key(Qt::Key_Down);
        m_driver->key(Qt::Key_Down);
        const std::string left = chosen(m_driver->window);
        QVERIFY(QString::fromStdString(left).startsWith(word));
        m_driver->key(Qt::Key_B, Qt::ControlModifier);
        QCOMPARE(m_driver->state().notes().annotations().size(), std::size_t(1));
        QCOMPARE(m_driver->state().notes().annotations()[0].place, left);
        list->setFocus();
        m_driver->key(Qt::Key_Up);
        QVERIFY(chosen(m_driver->window) != left);
        m_driver->action("view.timeline")->trigger();
        auto* const panel = m_driver->window.notesPanel();
        m_driver->window.findChild<QWidget*>(QStringLiteral("dock.notes"))->show();
        auto* const notes = panel->findChild<QTableView*>();
        QVERIFY(notes);
        QTRY_COMPARE(notes->model()->rowCount(), 1);
        const QString place = WindowDriver::textOf(notes);
        QVERIFY2(place.contains(word.chopped(1) + QLatin1Char(' ')), qPrintable(place));
        notes->setFocus();
        notes->setCurrentIndex(notes->model()->index(0, 0));
        QTest::keyClick(notes, Qt::Key_Return);
        QTRY_COMPARE(QString::fromStdString(chosen(m_driver->window)), QString::fromStdString(left));
        m_driver->action("edit.undo")->trigger();
        QCOMPARE(m_driver->state().notes().annotations().size(), std::size_t(0));
    }

    /// Also where what findings quote is other words now.
    void aBundleOpensInIt_data()
    {
        QTest::addColumn<bool>("redact");
        QTest::newRow("whole") << false;
        QTest::newRow("redacted") << true;
    }
    void aBundleOpensInIt()
    {
        QFETCH(bool, redact);
        linkToFinding();
        const FoundFindings& found = m_driver->window.findings()->model()->found();
        const std::uint32_t finding = m_driver->window.findings()->evidence()->finding();
        const QString file = m_folder.filePath(redact ? QStringLiteral("r.arcbundle") : QStringLiteral("w.arcbundle"));
        m_driver->window.noteFiles()->saveBundle(file, redact);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
        WindowDriver other({file});
        QTRY_VERIFY_WITH_TIMEOUT(other.window.findings()->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isSearched(other.window), patience);
        const auto& there = *other.window.findings();
        QTRY_VERIFY(there.chosenName().starts_with(found.findings[finding].rule + ' '));
        const Finding& shown = there.model()->found().findings[there.evidence()->finding()];
        QCOMPARE(shown.places.size(), found.findings[finding].places.size());
        const auto spanOf = [](const FoundFindings& of, const Finding& each) {
            return of.corpus->idText(of.corpus->spans.spanId(each.places.front().row));
        };
        QCOMPARE(spanOf(there.model()->found(), shown), spanOf(found, found.findings[finding]));
        QCOMPARE(other.window.notices()->count(), std::size_t(0));
    }

private:
    /// Chooses one of several findings of one cause, by mouse.
    QString linkToFinding()
    {
        m_driver->action("view.findings")->trigger();
        FindingsView& view = *m_driver->window.findings();
        const int row = rowOfSeveral(*view.model());
        if (row < 0 || !QTest::qWaitFor([&] { return view.table()->isVisible(); }))
            return {};
        m_driver->click(view.table(), view.model()->index(row, FindingModel::WhatColumn));
        auto* const next = m_driver->part<QToolButton>(QStringLiteral("The next of the same cause"));
        if (!next)
            return {};
        m_driver->click(next);
        return copied();
    }

    QString copied()
    {
        QGuiApplication::clipboard()->clear();
        m_driver->action("link.copy")->trigger();
        QString text;
        const bool done = QTest::qWaitFor(
            [&] {
                text = QGuiApplication::clipboard()->text();
                return text.startsWith(QLatin1String("arcscope:"));
            },
            patience);
        return done ? text : QString();
    }

    void goElsewhere()
    {
        FindingsView& view = *m_driver->window.findings();
        if (view.isVisible() && view.table()->isVisible())
            m_driver->click(view.table(), view.model()->index(0, FindingModel::WhatColumn));
        m_driver->action("view.timeline")->trigger();
    }

    std::string placeOf(std::uint32_t trace)
    {
        return NoteBook::placeOfTrace(*m_driver->state().corpus(), trace).toStdString();
    }

    void follow(const ViewState& state)
    {
        StateLink link = parseLink(copied().toStdString()).value();
        link.state = state;
        m_driver->window.followLink(QString::fromStdString(linkText(link)));
    }

    QTemporaryDir m_folder;
    QString m_week;
    std::unique_ptr<WindowDriver> m_driver;
};

QTEST_MAIN(TestAwaitedChoice)
#include "tst_awaitedchoice.moc"

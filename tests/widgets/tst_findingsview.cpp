// layers: widgets items core analysis GUI
#include "detector.h"
#include "evidencepane.h"
#include "evidencetext.h"
#include "findingbook.h"
#include "findingsview.h"
#include "foundscript.h"
#include "notebook.h"
#include "noteeditor.h"
#include "noticebar.h"
#include "quoteview.h"
#include "streamview.h"
#include "theme.h"
#include "windowdriver.h"

#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A window on a copy of the sample (verdicts lie beside it), with the findings in front.
struct Opened {
    QTemporaryDir folder;
    WindowDriver driver;
    FindingsView& view = *driver.window.findings();
    EvidencePane& pane = *view.evidence();
    FindingModel& model = *view.model();

    explicit Opened(const QString& sample = week)
    {
        const QString copy = folder.filePath(QStringLiteral("run"));
        QDir().mkpath(copy);
        for (const QFileInfo& file : QDir(sample).entryInfoList(QDir::Files))
            QFile::copy(file.filePath(), copy + QLatin1Char('/') + file.fileName());
        driver.window.open({copy});
    }

    /// The tab is shown by its key, and everything was searched.
    bool ready()
    {
        if (!driver.settled() || driver.window.findChild<FindingBook*>()->stage() != SearchStage::Done ||
            model.entryCount() == 0)
            return false;
        if (!view.isVisible())
            driver.key(Qt::Key_6, Qt::ControlModifier);
        return view.isVisible() && driver.focused(view.table());
    }
    void set(std::vector<Finding> findings) { model.setFound(foundOf(driver.state().corpus(), std::move(findings))); }
    /// Two quotes in spans of different traces.
    Finding contradiction()
    {
        Finding finding = foundAt(0, "retract.semantic", "the two cannot both hold");
        finding.weight = FindingWeight::Severe;
        finding.places.front().quote = "it is not safe";
        finding.places.front().marks = {{6, 9, QuoteMark::differs}, {10, 14, 0}};
        FindingPlace& other = finding.places.emplace_back();
        other.row = driver.state().corpus()->spans.rows() - 1;
        other.quote = "it is <b>safe</b>";
        other.marks = {{9, 13, 0}};
        finding.facts = {{"guards checked", "hedges, quotes"}};
        return finding;
    }
    QToolButton* button(const QString& text) const
    {
        for (QToolButton* each : view.findChildren<QToolButton*>()) {
            if (each->text() == text && each->isVisible())
                return each;
        }
        return nullptr;
    }
    bool says(const QString& text) const { return driver.says(text); }
    QString tab() const
    {
        auto* tabs = driver.window.findChild<QTabWidget*>(QStringLiteral("views"));
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i).startsWith(QStringLiteral("Findings")))
                return tabs->tabText(i);
        }
        return {};
    }
    QString cell(int row, int column) const { return model.index(row, column).data().toString(); }
};

} // namespace

class TestFindingsView : public QObject
{
    Q_OBJECT

private slots:
    void whatWasFoundIsShownWithItsEvidence()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        QCOMPARE(open.driver.window.actions().problems().join(QLatin1Char(';')), QString());
        QVERIFY(open.model.rowCount() >= 4);
        QCOMPARE(open.tab(), QStringLiteral("Findings %1").arg(open.model.openCount()));
        QVERIFY(open.says(QStringLiteral("%1 open").arg(open.model.rowCount())));
        QCOMPARE(open.view.table()->currentIndex().row(), 0);
        QVERIFY(!open.pane.isEmpty());

        open.set({open.contradiction(), foundAt(2, "b", "another")});
        QCOMPARE(open.view.table()->currentIndex().row(), 0);
        QCOMPARE(open.pane.quotes().size(), std::size_t(2));
        QVERIFY(open.pane.quotes()[1]->isVisible());
        QCOMPARE(open.pane.quotes()[1]->text()->toPlainText(), QStringLiteral("it is <b>safe</b>"));
        QVERIFY(open.says(QString::fromUtf8("differs: “not”")));
        QTextCursor cursor(open.pane.quotes()[0]->text()->document());
        cursor.setPosition(8);
        QVERIFY(cursor.charFormat().fontWeight() >= QFont::Bold);
        QCOMPARE(int(cursor.charFormat().underlineStyle()), int(QTextCharFormat::SingleUnderline));
        cursor.setPosition(12);
        QCOMPARE(int(cursor.charFormat().underlineStyle()), int(QTextCharFormat::DotLine));
        const QString details = open.pane.details()->toPlainText();
        QVERIFY(details.contains(QStringLiteral("guards checked  hedges, quotes")));
        QVERIFY(details.contains(QStringLiteral("retract.semantic: What replaced it")));
        QVERIFY(details.contains(QStringLiteral("Measured")));
        open.driver.key(Qt::Key_BracketRight);
        QCOMPARE(open.view.table()->currentIndex().row(), 1);
        QVERIFY(!open.pane.quotes()[1]->isVisible());
        QVERIFY(open.pane.quotes()[0]->text()->toPlainText().contains(QStringLiteral("No text")));
        open.driver.key(Qt::Key_BracketLeft);
        QCOMPARE(open.view.table()->currentIndex().row(), 0);
    }

    void whatIsChosenStaysWhileMoreIsFound()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        open.set({foundAt(1, "b", "second"), foundAt(2, "c", "third")});
        open.driver.click(open.view.table(), open.model.index(1, 0));
        QVERIFY(open.pane.title().contains(QStringLiteral("third")));
        Finding first = foundAt(0, "a", "first");
        first.weight = FindingWeight::Severe;
        open.set({first, foundAt(1, "b", "second"), foundAt(2, "c", "third")});
        QCOMPARE(open.model.rowCount(), 3);
        QVERIFY(open.pane.title().contains(QStringLiteral("third")));
        QCOMPARE(open.view.table()->currentIndex().row(), 2);
    }

    void verdictsByKeysAreKeptAndUndone()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        open.set({open.contradiction(), foundAt(2, "b", "another")});
        const QString key = open.model.keysOf(open.model.entryOf(0)).constFirst();
        const auto verdict = [&] { return open.driver.state().notes().verdicts().value(key); };
        QVERIFY(open.driver.focused(open.view.table()));
        open.driver.key(Qt::Key_C);
        QCOMPARE(int(verdict().verdict), int(FindingVerdict::Confirmed));
        QCOMPARE(open.cell(0, FindingModel::VerdictColumn), "confirmed");
        QVERIFY(open.says(QString::fromUtf8("1 open  ·  0 dismissed  ·  1 confirmed")));
        QCOMPARE(open.tab(), QStringLiteral("Findings 1"));
        QVERIFY(open.driver.action("edit.undo")->text().contains(QStringLiteral("finding")));
        open.driver.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(int(verdict().verdict), int(FindingVerdict::Open));

        open.driver.key(Qt::Key_D); // asks in place
        QVERIFY(open.driver.focused(open.pane.reason()));
        open.driver.key(Qt::Key_Escape);
        QVERIFY(open.driver.focused(open.view.table()));
        QCOMPARE(int(verdict().verdict), int(FindingVerdict::Open));
        open.driver.key(Qt::Key_D);
        open.driver.type(QStringLiteral("a joke"));
        open.driver.key(Qt::Key_Return);
        QCOMPARE(int(verdict().verdict), int(FindingVerdict::Dismissed));
        QCOMPARE(verdict().reason, std::string("a joke"));
        QCOMPARE(open.model.rowCount(), 1); // and the next one is chosen
        QVERIFY(open.driver.focused(open.view.table()));
        QCOMPARE(open.view.table()->currentIndex().row(), 0);
        QVERIFY(open.pane.title().contains(QStringLiteral("another")));
        open.view.verdicts()->setFocus();
        QTest::keyClick(open.view.verdicts(), Qt::Key_D); // "Dismissed"
        QCOMPARE(open.model.rowCount(), 1);
        QVERIFY(open.says(QStringLiteral("dismissed: a joke")));
        QVERIFY(open.button(QStringLiteral("Reopen")));
        open.driver.click(open.button(QStringLiteral("Reopen")));
        QCOMPARE(int(verdict().verdict), int(FindingVerdict::Open));
        QCOMPARE(open.model.rowCount(), 0);
        QVERIFY(open.says(QStringLiteral("Nothing is left in the list")));
        for (QPushButton* each : open.view.findChildren<QPushButton*>()) {
            if (each->isVisible()) {
                open.driver.click(each);
                break;
            }
        }
        QCOMPARE(open.model.rowCount(), 2);
    }

    void verdictsComeBackWithTheFile()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        const QString what = open.cell(0, FindingModel::WhatColumn);
        open.driver.key(Qt::Key_D);
        open.driver.type(QStringLiteral("known"));
        open.driver.key(Qt::Key_Return);
        QVERIFY(open.cell(0, FindingModel::WhatColumn) != what);
        const unsigned opening = open.driver.state().opening();
        open.driver.key(Qt::Key_R, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(open.driver.state().opening() != opening && open.ready() &&
                                     open.model.counts()[std::size_t(FindingVerdict::Dismissed)] == 1,
                                 patience);
        QVERIFY(open.cell(0, FindingModel::WhatColumn) != what);
        QCOMPARE(open.driver.window.notices()->isVisible(), false);
    }

    /// Nobody, not even root, makes files in the file system of processes.
    void whereNothingCanBeWrittenItIsSaidAndShownAsItIs()
    {
        QFile file(week + QStringLiteral("/monday.json"));
        if (!file.open(QIODevice::ReadOnly))
            file.setFileName(QDir(week).entryInfoList(QDir::Files).constFirst().filePath());
        QVERIFY(file.isOpen() || file.open(QIODevice::ReadOnly));
        const QString path = QStringLiteral("/proc/self/fd/%1").arg(file.handle());
        QVERIFY2(QFile::exists(path), "this test needs the file system of processes");
        const auto home = qScopeGuard([data = qgetenv("XDG_DATA_HOME"), user = qgetenv("HOME")] {
            qputenv("XDG_DATA_HOME", data);
            qputenv("HOME", user);
        });
        qunsetenv("XDG_DATA_HOME"); // no other place either
        qunsetenv("HOME");
        WindowDriver driver({path});
        FindingsView& view = *driver.window.findings();
        FindingBook& book = *driver.window.findChild<FindingBook*>();
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && book.stage() == SearchStage::Done, patience);
        view.model()->setFound(foundOf(driver.state().corpus(), {foundAt(0, "a", "first")}));
        driver.key(Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(driver.focused(view.table()), patience);
        driver.key(Qt::Key_D);
        driver.type(QStringLiteral("known for long"));
        driver.key(Qt::Key_Return);
        NoticeBar& notices = *driver.window.notices();
        QTRY_VERIFY_WITH_TIMEOUT(notices.isVisible(), patience);
        QVERIFY2(notices.text().contains(QStringLiteral("/proc/self/fd cannot be written to")),
                 qPrintable(notices.text()));
        QVERIFY(notices.text().contains(QStringLiteral("Copy what you opened")));
        QCOMPARE(int(view.model()->verdictOf(0)), int(FindingVerdict::Open)); // not shown as if it were kept
        driver.key(Qt::Key_C);
        QTRY_COMPARE(int(view.model()->verdictOf(0)), int(FindingVerdict::Open));
        QCOMPARE(notices.count(), std::size_t(1)); // said once
    }

    void aNoteIsWritten()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        open.driver.key(Qt::Key_N);
        QVERIFY(qobject_cast<QPlainTextEdit*>(QApplication::focusWidget()));
        open.driver.type(QStringLiteral("ask ada"));
        open.driver.key(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(open.driver.focused(open.view.table()));
        const KeptVerdict kept = open.model.keptOf(open.model.entryOf(0));
        QCOMPARE(kept.note, std::string("ask ada"));
        QCOMPARE(int(kept.verdict), int(FindingVerdict::Open));
        open.driver.key(Qt::Key_C);
        QCOMPARE(open.model.keptOf(open.model.entryOf(0)).note, std::string("ask ada"));
        QVERIFY(open.pane.report().contains(QStringLiteral("ask ada")));
    }

    void itGoesToTheSpanAndToTheMoment()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        int row = 0;
        while (row < open.model.rowCount() &&
               open.model.found().example(open.model.entryOf(row)).places.front().event == noEvent)
            ++row;
        QVERIFY(row < open.model.rowCount());
        const Finding& first = open.model.found().example(open.model.entryOf(row));
        open.view.table()->selectRow(row);
        open.driver.key(Qt::Key_Return);
        StreamView& stream = *open.driver.window.stream();
        QVERIFY(stream.isVisible());
        QCOMPARE(open.driver.state().span(), first.places.front().row);
        QTRY_VERIFY_WITH_TIMEOUT(stream.canvas()->timeline() != nullptr, patience);
        // Of what came at one moment the last is what one sees.
        const StreamTimeline& timeline = *stream.canvas()->timeline();
        QTRY_COMPARE(stream.canvas()->event(), timeline.eventAt(timeline.at(first.places.front().event)));

        open.driver.key(Qt::Key_6, Qt::ControlModifier);
        open.set({open.contradiction(), foundAt(2, "b", "another")});
        open.view.table()->selectRow(0);
        open.driver.click(open.pane.quotes()[1]->go());
        QVERIFY(open.driver.canvas().isVisible());
        QCOMPARE(open.driver.state().span(), open.driver.state().corpus()->spans.rows() - 1);
        open.driver.key(Qt::Key_BracketRight, Qt::ControlModifier);
        QCOMPARE(open.driver.state().span(), Row(2));
        open.driver.key(Qt::Key_BracketLeft, Qt::ControlModifier);
        QCOMPARE(open.driver.state().span(), Row(0));
        QVERIFY(open.driver.canvas().isVisible());
    }

    void theTimelineFlagsThem()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        const std::size_t all = open.driver.canvas().findings().size();
        QVERIFY(all >= 4);
        open.set({foundAt(2, "b", "another"), open.contradiction()});
        QCOMPARE(open.driver.canvas().findings().size(), std::size_t(2));
        QCOMPARE(open.driver.canvas().findings()[0].other, open.driver.state().corpus()->spans.rows() - 1);
        QCOMPARE(open.view.chosenMark(), std::optional(0u)); // that of the best rank
        open.driver.key(Qt::Key_BracketRight);
        QCOMPARE(open.view.chosenMark(), std::optional(1u));
        emit open.driver.canvas().findingClicked(0);
        QCOMPARE(open.view.table()->currentIndex().row(), 0);
        open.driver.key(Qt::Key_D);
        open.driver.key(Qt::Key_Return);
        QCOMPARE(open.driver.canvas().findings().size(), std::size_t(1));
    }

    void itIsCopied()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        open.set({open.contradiction()});
        open.driver.click(open.button(QStringLiteral("Copy for postmortem")));
        const QMimeData* kept = QApplication::clipboard()->mimeData();
        QVERIFY(kept->text().contains(QStringLiteral("it is not safe")));
        QVERIFY(kept->text().contains(QStringLiteral("Evidence 2")));
        QCOMPARE(QString::fromUtf8(kept->data(QStringLiteral("text/markdown"))), kept->text());
    }

    void othersOfTheSameCauseAreStepped()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        std::vector<Finding> ofOneCause{foundAt(0, "a", "one"), foundAt(1, "a", "two"), foundAt(2, "a", "three")};
        for (Finding& each : ofOneCause)
            each.cause = "the same";
        open.set(ofOneCause);
        QCOMPARE(open.model.rowCount(), 1);
        QVERIFY(open.says(QStringLiteral("1 of 3")));
        const QString first = open.pane.title();
        open.driver.click(open.button(QString::fromUtf8("›")));
        QVERIFY(open.says(QStringLiteral("2 of 3")));
        QVERIFY(open.pane.title() != first);
        open.driver.click(open.button(QString::fromUtf8("‹")));
        open.driver.click(open.button(QString::fromUtf8("‹")));
        QVERIFY(open.says(QStringLiteral("3 of 3")));
    }

    void statesAreSaid()
    {
        WindowDriver driver;
        FindingsView& view = *driver.window.findings();
        driver.window.open({samples + QStringLiteral("/incident")});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY(view.isVisible());
        view.model()->setFound(std::make_shared<FoundFindings>());
        QTRY_VERIFY_WITH_TIMEOUT(driver.says(QStringLiteral("Nothing was found")) || view.model()->rowCount() > 0,
                                 patience);
        auto* list = driver.part<QTableView>(QStringLiteral("Rules that were looked for"));
        QVERIFY(list && list->model()->rowCount() > 10);
    }

    void rulesAreATableBesideTheList()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        FindingsView& view = *open.driver.window.findings();
        auto* list = open.driver.part<QTableView>(QStringLiteral("Rules that were looked for"));
        QVERIFY(!list->isVisible());
        open.driver.click(view.rulesButton());
        QVERIFY(list->isVisible() && !view.table()->isVisible());
        std::size_t rules = 0;
        for (const Detector& detector : detectors())
            rules += detector.rules.size();
        QCOMPARE(std::size_t(list->model()->rowCount()), rules);
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            for (int column = 0; column < list->model()->columnCount(); ++column)
                QVERIFY(!list->model()->index(row, column).data().toString().isEmpty());
        }
        for (const QSize size : {QSize(1'400, 900), QSize(900, 560)}) {
            open.driver.window.resize(size);
            QCoreApplication::processEvents();
            QVERIFY(list->horizontalHeader()->length() <= list->viewport()->width());
            for (int row = 0; row < list->model()->rowCount(); ++row) {
                for (int column = 0; column < list->model()->columnCount(); ++column) {
                    const QModelIndex index = list->model()->index(row, column);
                    const QRect needed = list->fontMetrics().boundingRect(
                        QRect(0, 0, list->columnWidth(column), 10'000), Qt::TextWordWrap, index.data().toString());
                    QVERIFY2(list->rowHeight(row) >= needed.height(), qPrintable(index.data().toString()));
                }
            }
        }
        open.driver.click(view.rulesButton());
        QVERIFY(!list->isVisible() && view.table()->isVisible());
    }

    void itIsDrawnInEverySizeAndColour()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        open.set({open.contradiction()});
        for (const QSize size : {QSize(1'920, 1'080), QSize(900, 560), QSize(720, 420)}) {
            open.driver.window.resize(size);
            for (const Appearance look : {Appearance::Light, Appearance::Dark}) {
                open.driver.window.setAppearance(look);
                QCoreApplication::processEvents();
                QVERIFY(open.pane.quotes()[0]->text()->height() >=
                        open.pane.quotes()[0]->text()->document()->size().height());
                QTextCursor cursor(open.pane.quotes()[0]->text()->document());
                cursor.setPosition(8);
                const Theme& theme = look == Appearance::Dark ? darkTheme() : lightTheme();
                QCOMPARE(cursor.charFormat().background().color(), theme.tint(ColourRole::Contradiction));
            }
        }
        QVERIFY(open.driver.window.width() <= 900);
    }
};

QTEST_MAIN(TestFindingsView)
#include "tst_findingsview.moc"

// layers: widgets items core analysis GUI
#include "emptystate.h"
#include "lenschartview.h"
#include "lenspane.h"
#include "lensview.h"
#include "spanrowmodel.h"
#include "windowdriver.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QTabWidget>
#include <QToolButton>

#include <utility>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A window on the sample week, with the lenses in front.
struct Opened {
    WindowDriver driver{{week}};
    LensView& view = *driver.window.lenses();

    bool ready()
    {
        if (!driver.settled())
            return false;
        if (!view.isVisible())
            driver.key(Qt::Key_8, Qt::ControlModifier);
        return view.isVisible();
    }
    bool shows(std::string_view lens)
    {
        return view.choose(lens) && view.pane()->isVisible() && view.pane()->result() != nullptr;
    }
};

} // namespace

class TestLensView : public QObject
{
    Q_OBJECT

private slots:
    void aKeyOpensTheLensesAndOneIsRun()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        QVERIFY(open.driver.focused(open.view.list()));
        QCOMPARE(open.view.list()->count(), int(lenses().size()));
        QTRY_VERIFY_WITH_TIMEOUT(open.shows("served-models"), patience);
        QVERIFY(open.view.pane()->result()->n > 0);
        QVERIFY(!open.view.pane()->sentence().isEmpty());
        QVERIFY(open.view.pane()->chart()->isVisible());
    }

    void aValueListsItsSpansAndOneIsShown()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(open.shows("stop-buckets"), patience);
        open.view.pane()->chart()->setFocus();
        QTest::keyClick(open.view.pane()->chart(), Qt::Key_Home);
        QTest::keyClick(open.view.pane()->chart(), Qt::Key_Return);
        QTRY_VERIFY(open.view.spans()->isVisible());
        QVERIFY(open.view.spanModel()->rowCount() > 0);
        const Row row = open.view.spanModel()->rowOf(0);
        open.view.spans()->setFocus();
        QTest::keyClick(open.view.spans(), Qt::Key_Return);
        QTRY_COMPARE(open.driver.state().span(), row);
    }

    /// A box on the chart, drawn by the mouse, says what is different about what it touches.
    void aBoxTellsWhatIsDifferent()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(open.shows("served-models"), patience);
        LensChartView& chart = *open.view.pane()->chart();
        QTRY_VERIFY(chart.pieces().size() > 1);
        QRect piece; // where it stays: a chart that has just come is laid out once more
        QTRY_VERIFY(std::exchange(piece, chart.rectOf(0)) == chart.rectOf(0) && !piece.isEmpty());
        QWidget* const ground = chart.viewport();
        QTest::mousePress(ground, Qt::LeftButton, {}, piece.center() - QPoint(8, 3));
        QTest::mouseMove(ground, piece.center());
        QTest::mouseMove(ground, piece.center() + QPoint(8, 3));
        QTest::mouseRelease(ground, Qt::LeftButton, {}, piece.center() + QPoint(8, 3));
        QTRY_VERIFY_WITH_TIMEOUT(open.view.showsDifference(), patience);
        const LensResultPtr found = open.view.difference()->result();
        QVERIFY(found && !found->table.rows.empty());
        QVERIFY(found->sentence.find("fields tried differ") != std::string::npos);
        for (const LensRow& row : found->table.rows) // the chart is drawn by it
            QVERIFY(std::get<std::string>(row.cells[0]) != "served");
        QVERIFY(open.view.spans()->isVisible());
        QTest::mouseClick(static_cast<QWidget*>(open.view.backButton()), Qt::LeftButton);
        QVERIFY(!open.view.showsDifference());
        // The keyboard, without a box.
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_D);
        QTRY_VERIFY_WITH_TIMEOUT(open.view.showsDifference(), patience);
        QTest::keyClick(open.view.difference()->chart(), Qt::Key_Escape);
        QTRY_VERIFY(!open.view.showsDifference());
    }

    void theFilterCountsOnlyWhatItLeaves()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(open.shows("served-models"), patience);
        const std::uint64_t all = open.view.pane()->result()->n;
        open.driver.state().setFilter(QStringLiteral("served:claude"));
        QTRY_VERIFY_WITH_TIMEOUT(open.view.pane()->result()->n < all, patience);
        QVERIFY(open.view.pane()->result()->n > 0);
        open.driver.state().setFilter(QStringLiteral("served:nothing-has-this-name"));
        QTRY_VERIFY_WITH_TIMEOUT(open.driver.says(QStringLiteral("Nothing to count")), patience);
    }

    void aParameterAsksAgain()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        const Lens* const lens = lensNamed("stop-buckets");
        QVERIFY(lens && !lens->parameters.empty() && !lens->parameters[0].choices.empty());
        QTRY_VERIFY_WITH_TIMEOUT(open.shows("stop-buckets"), patience);
        const LensResultPtr before = open.view.pane()->result();
        auto* const box = open.driver.part<QComboBox>(
            QString::fromUtf8(lens->parameters[0].name.data(), qsizetype(lens->parameters[0].name.size())));
        QVERIFY(box);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(open.view.pane()->result() != before, patience);
    }

    void wordsAreParametersToo()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(open.shows("prompt-versions"), patience);
        const LensResultPtr before = open.view.pane()->result();
        for (const auto& [name, version] : {std::pair("a", "42"), std::pair("b", "41")}) {
            auto* const edit = open.driver.part<QLineEdit>(QString::fromLatin1(name));
            QVERIFY(edit);
            edit->setFocus();
            edit->setText(QString::fromLatin1(version));
            QTest::keyClick(edit, Qt::Key_Return);
        }
        QTRY_VERIFY_WITH_TIMEOUT(open.view.pane()->result() != before &&
                                     open.view.pane()->result()->sentence.starts_with("harbor-support 41"),
                                 patience);
    }

    /// None of them leaves the window without a word, whatever the sample lacks.
    void everyLensSaysSomethingOfTheWeek()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.ready(), patience);
        for (const Lens& lens : lenses()) {
            QVERIFY(open.view.choose(lens.name));
            const auto said = [&] {
                return (open.view.pane()->isVisible() && !open.view.pane()->sentence().isEmpty()) ||
                       open.driver.says(QStringLiteral("Nothing to count"));
            };
            QTRY_VERIFY2_WITH_TIMEOUT(said(), std::string(lens.name).c_str(), patience);
            QVERIFY2(!open.driver.says(QStringLiteral("could not be run")), std::string(lens.name).c_str());
        }
    }
};

QTEST_MAIN(TestLensView)
#include "tst_lensview.moc"

// layers: widgets GUI
#include "emptystate.h"
#include "recordedfile.h"
#include "slowedstreams.h"
#include "streamcanvas.h"
#include "streamcorpuscanvas.h"
#include "streamcorpusview.h"
#include "streamlistmodel.h"
#include "streamview.h"
#include "windowdriver.h"
#include "writefile.h"

#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Opened {
    QTemporaryDir folder;
    AppState state;
    StreamView view{state};
    StreamCorpusView& all = *view.corpus();
    StreamCorpusCanvas& canvas = *all.canvas();

    explicit Opened(const QByteArray& bytes = slowedStreams())
    {
        view.resize(1'000, 700);
        view.setAllShown(true);
        view.show();
        view.activateWindow();
        state.open({writeFile(folder.filePath(QStringLiteral("streams.json")), bytes)});
    }
    bool shows() const { return canvas.overview() != nullptr; }
    void choose(QComboBox* box, int value) { box->setCurrentIndex(box->findData(value)); }
    QString labels() const
    {
        QStringList texts;
        for (const auto* label : view.findChildren<QLabel*>())
            texts << (label->isVisible() ? label->text() : QString());
        return texts.join(u'\n');
    }
    QPoint centreOf(LinePlace place) const { return canvas.rectOf(place).center(); }
    QAbstractItemModel& list() const { return *all.streams()->model(); }
};

} // namespace

class TestStreamCorpusView : public QObject
{
    Q_OBJECT

private slots:
    void itComparesAllStreams()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        const StreamOverview& shown = *open.canvas.overview();
        QCOMPARE(shown.streams, std::size_t(80));
        QCOMPARE(shown.lines.size(), std::size_t(2));
        QCOMPARE(shown.lines[0].group.name, std::string("gpt-4o-2024-08-06"));
        QCOMPARE(open.canvas.place(), (LinePlace{0, -1}));
        QCOMPARE(open.list().rowCount(), 40);
        QVERIFY2(open.labels().contains(QStringLiteral("80 streams")), qPrintable(open.labels()));
        QTRY_VERIFY_WITH_TIMEOUT(open.all.slower()->isVisible(), patience);
        QCOMPARE(open.all.slower()->model()->rowCount(), 1);
        QVERIFY2(open.labels().contains(QStringLiteral("come later than before in 1 case")), qPrintable(open.labels()));
    }

    void keysMoveFromBarToBarAndOpenOne()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        open.canvas.setFocus();
        QTest::keyClick(&open.canvas, Qt::Key_Right);
        QCOMPARE(open.canvas.place(), (LinePlace{0, 0}));
        QVERIFY(open.canvas.accessibleDescription().contains(QStringLiteral("from 400 ms to 500 ms")));
        QTest::keyClick(&open.canvas, Qt::Key_Down);
        QCOMPARE(open.canvas.place(), (LinePlace{1, 0}));
        QTest::keyClick(&open.canvas, Qt::Key_Down); // the last one
        QCOMPARE(open.canvas.place().line, 1);
        QTest::keyClick(&open.canvas, Qt::Key_End);
        const int last = open.canvas.place().piece;
        QCOMPARE(std::size_t(last), open.canvas.overview()->lines[1].distribution.buckets.size() - 1);
        QCOMPARE(open.list().rowCount(), int(open.canvas.streamsAt({1, last}).size()));
        QTest::keyClick(&open.canvas, Qt::Key_Home);
        QCOMPARE(open.canvas.place(), (LinePlace{1, -1}));
        QTest::keyClick(&open.canvas, Qt::Key_Up);
        QTest::keyClick(&open.canvas, Qt::Key_Left); // stays
        QCOMPARE(open.canvas.place(), (LinePlace{0, -1}));

        QTest::keyClick(&open.canvas, Qt::Key_Return);
        QTRY_VERIFY(open.all.streams()->hasFocus());
        QTest::keyClick(open.all.streams(), Qt::Key_Escape);
        QTRY_VERIFY(open.canvas.hasFocus());
        QTest::keyClick(&open.canvas, Qt::Key_Return);
        QTest::keyClick(open.all.streams(), Qt::Key_Down);
        const auto& model = static_cast<StreamListModel&>(open.list());
        const Row row = model.rowOf(1);
        QTest::keyClick(open.all.streams(), Qt::Key_Return);
        QCOMPARE(open.state.span(), row);
        QVERIFY(!open.view.allShown());
        QTRY_VERIFY_WITH_TIMEOUT(open.view.canvas()->timeline() != nullptr, patience);
        QVERIFY(open.view.canvas()->isVisible());
    }

    void mouseListsTheStreamsOfABar()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        QSignalSpy hovered(&open.view, &StreamView::hovered);
        const LinePlace bar{1, 0};
        QTest::mouseMove(open.canvas.viewport(), open.centreOf(bar));
        QTRY_VERIFY(!hovered.isEmpty());
        const QString said = hovered.last().at(0).toString();
        QVERIFY2(said.startsWith(QStringLiteral("gpt-4o-2024-11-20: ")) &&
                     said.contains(QStringLiteral("from 1.00 s to")),
                 qPrintable(said));
        QTest::mouseClick(open.canvas.viewport(), Qt::LeftButton, {}, open.centreOf(bar));
        QCOMPARE(open.canvas.place(), bar);
        QCOMPARE(open.list().rowCount(), int(open.canvas.streamsAt(bar).size()));
        QVERIFY2(open.labels().contains(said), qPrintable(open.labels()));
        QTest::mouseClick(open.canvas.viewport(), Qt::LeftButton, {}, open.centreOf({0, -1}));
        QCOMPARE(open.list().rowCount(), 40);
        QTableView& table = *open.all.streams();
        const QPoint cell = table.visualRect(open.list().index(2, 1)).center();
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, cell);
        QVERIFY(open.view.allShown());
        QTest::mouseDClick(table.viewport(), Qt::LeftButton, {}, cell);
        QVERIFY(!open.view.allShown());
    }

    void whatIsSlowerLeadsToItsStreams()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.all.slower()->isVisible(), patience);
        QTableView& slower = *open.all.slower();
        QTest::mouseClick(slower.viewport(), Qt::LeftButton, {},
                          slower.visualRect(slower.model()->index(0, 0)).center());
        QVERIFY2(open.labels().contains(QStringLiteral("gpt-4o-2024-11-20, later than gpt-4o-2024-08-06: 40 streams")),
                 qPrintable(open.labels()));
        QCOMPARE(open.list().index(0, StreamListModel::ModelColumn).data().toString(), "gpt-4o-2024-11-20");
    }

    void metricsAndGroups()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        open.choose(open.all.groupings(), int(StreamGrouping::Surface));
        QTRY_COMPARE_WITH_TIMEOUT(open.canvas.overview()->by, StreamGrouping::Surface, patience);
        QCOMPARE(open.canvas.overview()->lines[0].group.name, std::string("chat"));
        QCOMPARE(open.list().rowCount(), 60);
        open.choose(open.all.groupings(), int(StreamGrouping::Prompt));
        QTRY_VERIFY_WITH_TIMEOUT(open.labels().contains(QStringLiteral("no prompt is recorded")), patience);
        open.choose(open.all.metrics(), int(StreamMetric::TokenSpeed));
        QTRY_VERIFY_WITH_TIMEOUT(open.labels().contains(QStringLiteral("counted in tokens")), patience);
        QCOMPARE(open.canvas.overview()->values, std::size_t(0));
        QCOMPARE(open.all.metrics()->currentText(), "Tokens a second: not recorded");
        QCOMPARE(open.all.metrics()->itemText(0), "Time to the first token");
        QTest::keyClick(&open.canvas, Qt::Key_Right); // there is no bar
        QCOMPARE(open.canvas.place().piece, -1);
        open.choose(open.all.metrics(), int(StreamMetric::LongestStall));
        QTRY_COMPARE_WITH_TIMEOUT(open.canvas.overview()->metric, StreamMetric::LongestStall, patience);
        QVERIFY2(open.canvas.textOf(open.canvas.place()).contains(QStringLiteral("stalled for ")),
                 qPrintable(open.canvas.textOf(open.canvas.place())));
        QTest::keyClick(&open.canvas, Qt::Key_Right);
        QVERIFY2(open.canvas.textOf(open.canvas.place()).endsWith(QStringLiteral("longest stall none")),
                 qPrintable(open.canvas.textOf(open.canvas.place())));
    }

    void theFilterIsKept()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        QVERIFY(!open.state.setFilter(QStringLiteral("model:gpt-4o-2024-11-20")));
        QTRY_COMPARE_WITH_TIMEOUT(open.canvas.overview()->streams, std::size_t(40), patience);
        QTRY_VERIFY_WITH_TIMEOUT(open.labels().contains(QStringLiteral("the filter leaves out 40")), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!open.all.slower()->isVisible(), patience);
        open.state.setFilter({});
        QTRY_COMPARE_WITH_TIMEOUT(open.canvas.overview()->streams, std::size_t(80), patience);
    }

    void aFilterThatLeavesNoneSaysSo()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        QVERIFY(!open.state.setFilter(QStringLiteral("model:nobody")));
        QTRY_VERIFY2_WITH_TIMEOUT(open.labels().contains(QStringLiteral("No stream matches the filter")),
                                  qPrintable(open.labels()), patience);
        QVERIFY(!open.labels().contains(QStringLiteral("nothing says when")));
        QPushButton* const clear = open.all.findChild<QPushButton*>();
        QVERIFY(clear && clear->isVisible());
        QTest::mouseClick(clear, Qt::LeftButton);
        QCOMPARE(open.state.filterText(), QString());
        QTRY_VERIFY_WITH_TIMEOUT(open.canvas.isVisible(), patience);
    }

    void withoutStreamsItSaysSo()
    {
        Opened open(RecordedFile().bytes());
        QTRY_VERIFY_WITH_TIMEOUT(open.labels().contains(QStringLiteral("No streams are recorded here")), patience);
        for (auto* button : open.all.findChildren<QPushButton*>()) {
            if (button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QVERIFY(!open.view.allShown());
    }

    void itGoesBackToOneStream()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        QTest::mouseClick(open.all.findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(!open.view.allShown());
        open.state.close();
        open.view.setAllShown(true);
        QTRY_VERIFY(open.labels().contains(QStringLiteral("No trace is open")));
        QVERIFY(!open.shows());
    }

    void keysOfTheWindow()
    {
        WindowDriver driver({samples + QStringLiteral("/streams")});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        QCOMPARE(driver.window.actions().problems(), QStringList());
        StreamView& stream = *driver.window.stream();
        driver.key(Qt::Key_S, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(stream.allShown() && stream.corpus()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(stream.corpus()->canvas()->overview() != nullptr, patience);
        QTRY_VERIFY(driver.focused(stream.corpus()->canvas()));
        driver.key(Qt::Key_7, Qt::ControlModifier);
        QTRY_VERIFY(!stream.allShown());
        QTRY_VERIFY(qobject_cast<QPushButton*>(QApplication::focusWidget())); // it leads to the next stream
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(stream.canvas()->timeline() != nullptr, patience);
        QTRY_VERIFY(driver.focused(stream.canvas()));
        driver.key(Qt::Key_S, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(stream.allShown());
        QTRY_VERIFY(driver.focused(stream.corpus()->canvas()));
        driver.key(Qt::Key_N, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(!stream.allShown());
        QTRY_VERIFY_WITH_TIMEOUT(stream.canvas()->timeline() != nullptr, patience);
    }

    void itIsDrawnInEverySizeAndColour()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        for (const QSize size : {QSize(1'400, 900), QSize(420, 300), QSize(200, 200)}) {
            open.view.resize(size);
            for (const Theme& theme : {lightTheme(), darkTheme()}) {
                open.canvas.setPalette(paletteOf(theme));
                const QImage image = open.canvas.viewport()->grab().toImage();
                const QRect bar = open.canvas.rectOf({0, 0});
                const QColor fill = theme[ColourRole::Model].fill;
                const QPoint inside(bar.center().x(), bar.bottom() - bar.height() / 3);
                if (image.rect().contains(inside))
                    QCOMPARE(image.pixelColor(inside), fill);
            }
        }
    }
};

QTEST_MAIN(TestStreamCorpusView)
#include "tst_streamcorpusview.moc"

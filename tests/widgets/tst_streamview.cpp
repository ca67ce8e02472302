// layers: widgets GUI
#include "emptystate.h"
#include "recordedfile.h"
#include "streamcanvas.h"
#include "streamcomparison.h"
#include "streamtext.h"
#include "streamview.h"
#include "writefile.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr int patience = 60'000;

struct Opened {
    QTemporaryDir folder;
    AppState state;
    StreamView view{state};

    explicit Opened(const QByteArray& bytes = correctedRecording(), const QByteArray& more = {})
    {
        view.resize(800, 500);
        view.show();
        QStringList files{writeFile(folder.filePath(QStringLiteral("stream.json")), bytes)};
        if (!more.isEmpty())
            files << writeFile(folder.filePath(QStringLiteral("more.json")), more);
        state.open(files);
    }
    bool shows() const { return view.canvas()->timeline() != nullptr; }
    QString text() const { return view.text()->toPlainText(); }
    QString labels() const
    {
        QStringList texts;
        for (const auto* label : view.findChildren<QLabel*>())
            texts << (label->isVisible() ? label->text() : QString());
        return texts.join(u' ');
    }
    QPushButton* emptyButton() const
    {
        for (auto* button : view.findChild<EmptyState*>()->findChildren<QPushButton*>()) {
            if (button->isVisible())
                return button;
        }
        return nullptr;
    }
};

} // namespace

class TestStreamView : public QObject
{
    Q_OBJECT

private slots:
    void itLeadsToTheStream()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.emptyButton(), patience);
        QTest::mouseClick(open.emptyButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        QCOMPARE(open.text(), "Text\nIt is seveneight");
        QVERIFY2(open.labels().contains(QStringLiteral("first content after 100 ms")), qPrintable(open.labels()));
        QVERIFY2(open.labels().contains(QStringLiteral("1 time taken back")), qPrintable(open.labels()));
        QTest::mouseClick(open.view.findChild<QCheckBox*>(), Qt::LeftButton);
        QCOMPARE(open.text(), "Text\nIt is eight");
    }

    void aSpanWithoutStreamSaysSo()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.state.isOpen() && !open.state.loading(), patience);
        open.view.showNext();
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        open.state.setSpan(open.state.span() == 0 ? 1 : 0);
        QTRY_VERIFY_WITH_TIMEOUT(!open.shows(), patience);
        QVERIFY2(open.labels().contains(QStringLiteral("No stream is recorded for this span")),
                 qPrintable(open.labels()));
    }

    void keysMoveThroughTheText()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.state.isOpen() && !open.state.loading(), patience);
        open.view.showNext();
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        QTest::keyClick(open.view.canvas(), Qt::Key_Home);
        QCOMPARE(open.text(), "");
        QTest::keyClick(open.view.canvas(), Qt::Key_Right); // the start of the stream
        QTest::keyClick(open.view.canvas(), Qt::Key_Right);
        QCOMPARE(open.text(), "Text\nIt is ");
        QTest::keyClick(open.view.canvas(), Qt::Key_Right);
        QCOMPARE(open.text(), "Text\nIt is seven");
    }

    void itPlaysToTheEnd()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.state.isOpen() && !open.state.loading(), patience);
        open.view.showNext();
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        auto* speed = open.view.findChild<QComboBox*>();
        speed->setCurrentIndex(speed->count() - 1);
        QTest::keyClick(open.view.canvas(), Qt::Key_Space);
        QVERIFY(open.view.playing());
        QVERIFY(open.view.canvas()->place() < open.view.canvas()->timeline()->bounds.end);
        QTRY_VERIFY_WITH_TIMEOUT(!open.view.playing(), patience);
        QCOMPARE(open.view.canvas()->place(), open.view.canvas()->timeline()->bounds.end);
        QCOMPARE(open.text(), "Text\nIt is seveneight");
    }

    void touchingThePlayheadStopsPlaying()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.state.isOpen() && !open.state.loading(), patience);
        open.view.showNext();
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        auto* speed = open.view.findChild<QComboBox*>();
        speed->setCurrentIndex(0);
        QTest::keyClick(open.view.canvas(), Qt::Key_Space);
        QVERIFY(open.view.playing());
        QTest::keyClick(open.view.canvas(), Qt::Key_Home);
        QVERIFY(!open.view.playing());
    }

    /// Of two runs, one above the other: keys on either move the playhead of both, by the time since the request.
    void twoStreamsShareThePlayhead()
    {
        RecordedFile second;
        second.add(50, QStringLiteral("start"));
        second.chunk(150, QStringLiteral("It was "));
        second.chunk(210, QStringLiteral("nine"));
        second.add(400, QStringLiteral("end"));
        Opened open(correctedRecording(),
                    second.bytes().replace("0af7651916cd43dd8448eb211c80319c", "0af7651916cd43dd8448eb211c80319d"));
        QTRY_VERIFY_WITH_TIMEOUT(open.state.isOpen() && !open.state.loading(), patience);
        std::vector<Row> streamed;
        for (Row row = 0; row < open.state.corpus()->spans.rows(); ++row) {
            if (open.state.corpus()->spans.flagged(row, SpanFlag::Streamed))
                streamed.push_back(row);
        }
        QCOMPARE(streamed.size(), std::size_t{2});
        open.view.compare(streamed[0], streamed[1]);
        StreamCanvas* const below = open.view.canvas();
        StreamCanvas* const above = open.view.comparison()->canvas();
        QTRY_VERIFY_WITH_TIMEOUT(above->isVisible() && open.state.span() == streamed[1], patience);
        const auto sinceRequest = [](StreamCanvas* canvas) { return canvas->place() - canvas->timeline()->origin; };
        const auto keptText = [&] { return open.view.comparison()->text()->toPlainText(); };
        below->setFocus();
        QTest::keyClick(below, Qt::Key_Home);
        QCOMPARE(open.text(), "");
        QCOMPARE(keptText(), "");
        QTest::keyClick(below, Qt::Key_Right); // the start of the stream
        QTest::keyClick(below, Qt::Key_Right);
        QCOMPARE(open.text(), "Text\nIt was ");
        QCOMPARE(keptText(), "Text\nIt is ");
        QCOMPARE(sinceRequest(above), sinceRequest(below));
        above->setFocus();
        QTest::keyClick(above, Qt::Key_Right);
        QCOMPARE(keptText(), "Text\nIt is seven");
        QCOMPARE(open.text(), "Text\nIt was ");
        QTest::keyClick(above, Qt::Key_End);
        QCOMPARE(open.text(), "Text\nIt was nine");
        QCOMPARE(sinceRequest(above), sinceRequest(below));
    }

    void findingsLeadToTheirPlace()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.state.isOpen() && !open.state.loading(), patience);
        open.view.showNext();
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(), patience);
        QTableView& table = *open.view.findings();
        QVERIFY(table.isVisible());
        QCOMPARE(table.model()->rowCount(), 1);
        QCOMPARE(table.model()->index(0, 0).data().toString(), "+300 ms");
        QVERIFY2(table.model()->index(0, 2).data().toString().contains(QStringLiteral("seven")),
                 qPrintable(table.model()->index(0, 2).data().toString()));
        QTest::keyClick(open.view.canvas(), Qt::Key_Home);
        QTest::keyClick(open.view.canvas(), Qt::Key_BracketRight);
        QCOMPARE(open.view.canvas()->event(), 3u);
        QTest::keyClick(open.view.canvas(), Qt::Key_End);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(table.model()->index(0, 2)).center());
        QCOMPARE(open.view.canvas()->event(), 3u);
        QTest::keyClick(open.view.canvas(), Qt::Key_BracketLeft); // around to the last one
        QCOMPARE(open.view.canvas()->event(), 3u);
    }

    void withoutStreamsItSaysWhereTheyComeFrom()
    {
        RecordedFile none;
        Opened open(none.bytes());
        QTRY_VERIFY_WITH_TIMEOUT(open.labels().contains(QStringLiteral("No streams are recorded here")), patience);
        QVERIFY(!open.emptyButton());
    }
};

QTEST_MAIN(TestStreamView)
#include "tst_streamview.moc"

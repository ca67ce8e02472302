// layers: widgets GUI
#include "emptystate.h"
#include "timelineview.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

const QString week = QStringLiteral(ARCSCOPE_TEST_SAMPLES "/support-week");
constexpr int patience = 60'000;

struct Opened {
    AppState state;
    TimelineView view{state};

    Opened()
    {
        view.resize(900, 500);
        view.show();
        state.open({week});
    }
    TimelineCanvas& canvas() { return *view.canvas(); }
    bool shows(std::optional<std::uint32_t> trace)
    {
        const auto data = canvas().data();
        return view.isShown() && data->trace == trace && canvas().visibleRange() == state.visibleRange();
    }
};

} // namespace

class TestTimelineView : public QObject
{
    Q_OBJECT

private slots:
    void withoutSpansItSaysWhy()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("none.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"resourceSpans\":[]}\n");
        file.close();
        AppState state;
        TimelineView view(state);
        view.show();
        state.open({file.fileName()});
        const auto* empty = view.findChild<EmptyState*>();
        QTRY_VERIFY_WITH_TIMEOUT(empty->isVisible(), patience);
        QStringList texts;
        for (const auto* label : empty->findChildren<QLabel*>())
            texts << label->text();
        QVERIFY2(texts.join(u' ').contains(QStringLiteral("none.json")), qPrintable(texts.join(u' ')));
        QVERIFY2(texts.join(u' ').contains(QStringLiteral("no spans are in it")), qPrintable(texts.join(u' ')));
        QSignalSpy ledger(&view, &TimelineView::ledgerRequested);
        QSignalSpy other(&view, &TimelineView::openRequested);
        for (auto* button : empty->findChildren<QPushButton*>())
            QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(ledger.count(), 1);
        QCOMPARE(other.count(), 1);
    }

    void backRestoresWhatWasSeen()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(std::nullopt), patience);
        const TimeRange all = open.canvas().visibleRange();
        QVERIFY(!open.state.canGoBack());
        open.canvas().zoomIn();
        open.canvas().zoomIn();
        const TimeRange near = open.canvas().visibleRange();
        QVERIFY(near != all);
        QCOMPARE(open.state.visibleRange(), near);

        open.state.setTrace(7);
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(7), patience);
        const TimeRange trace = open.canvas().visibleRange();
        open.canvas().zoomIn();
        open.state.goBack();
        QTRY_COMPARE(open.canvas().visibleRange(), trace);
        open.state.goBack();
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(std::nullopt), patience);
        QCOMPARE(open.canvas().visibleRange(), near);
        open.state.goBack();
        QTRY_COMPARE(open.canvas().visibleRange(), all);
        QVERIFY(!open.state.canGoBack());
    }

    void showingASelectedSpanIsNoPlaceOfItsOwn()
    {
        Opened open;
        QTRY_VERIFY_WITH_TIMEOUT(open.shows(std::nullopt), patience);
        for (int i = 0; i < 8; ++i)
            open.canvas().zoomIn();
        const TimeRange near = open.canvas().visibleRange();
        const Row far = open.state.corpus()->rowsOf(173).front();
        open.state.setSpan(far);
        QTRY_COMPARE(open.canvas().selection(), far);
        QTRY_COMPARE(open.state.visibleRange(), open.canvas().visibleRange());
        QVERIFY(open.canvas().visibleRange() != near); // it followed
        open.state.goBack();
        QCOMPARE(open.state.span(), noRow);
        QTRY_COMPARE(open.canvas().visibleRange(), near);
        open.state.goForward();
        QTRY_COMPARE(open.canvas().selection(), far);
        QTRY_VERIFY(!open.canvas().itemRect(far).isEmpty());
    }
};

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"

// layers: core items
// Links and the states that they lead to, on files that are open.
#include "appstate.h"
#include "linkbook.h"
#include "notebook.h"
#include "stateguide.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

const QString source = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
constexpr int patience = 60'000;

QString copyTo(const QTemporaryDir& folder, const char* name)
{
    const QString path = folder.filePath(QLatin1String(name));
    return QFile::copy(source, path) ? path : QString();
}

} // namespace

class TestLinkBook : public QObject
{
    Q_OBJECT

private slots:
    void aStateIsFoundAgain()
    {
        const QTemporaryDir folder;
        AppState state;
        state.open({copyTo(folder, "a.json")});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        state.setTrace(0);
        state.setSpan(1);
        state.setFilter(QStringLiteral("kind:model"));
        state.setRange({5, 9});
        state.setVisibleRange({1, 20});
        const ViewState there = viewStateOf(state);
        state.setFilter({});
        state.setTrace(std::nullopt);
        state.setSpan(noRow);
        state.setRange({});
        QVERIFY(viewStateOf(state) != there);
        StateGuide guide(state);
        QSignalSpy arrived(&guide, &StateGuide::arrived);
        guide.goTo(there);
        QTRY_COMPARE(arrived.size(), 1);
        QVERIFY(arrived[0][2].toStringList().isEmpty());
        QVERIFY(viewStateOf(state) == there);
        QCOMPARE(state.span(), Row(1));
    }

    void whatIsNotThereIsTold()
    {
        const QTemporaryDir folder;
        AppState state;
        state.open({copyTo(folder, "a.json")});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        StateGuide guide(state);
        QSignalSpy arrived(&guide, &StateGuide::arrived);
        ViewState elsewhere;
        elsewhere.trace = "trace:elsewhere";
        elsewhere.span = "trace:elsewhere/span:1";
        elsewhere.filter = "kind:(";
        guide.goTo(elsewhere);
        QTRY_COMPARE(arrived.size(), 1);
        QCOMPARE(arrived[0][2].toStringList().size(), 3);
        QCOMPARE(state.span(), noRow);
    }

    void aLinkLeadsToTheContentAndNotToThePath()
    {
        const QTemporaryDir folder;
        const QString first = copyTo(folder, "a.json");
        const QString second = copyTo(folder, "b.json"); // the same content
        const QString other = folder.filePath(QStringLiteral("other.json"));
        {
            QFile in(source);
            QFile out(other);
            QVERIFY(in.open(QIODevice::ReadOnly) && out.open(QIODevice::WriteOnly));
            out.write(in.readAll().replace("gen_ai", "gen_xi"));
        }
        QString link;
        {
            AppState state;
            LinkBook links(state);
            QSignalSpy made(&links, &LinkBook::made);
            state.open({first});
            QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
            state.setSpan(1);
            links.make(viewStateOf(state));
            QTRY_COMPARE(made.size(), 1);
            link = made[0][0].toString();
            QVERIFY(link.startsWith(QStringLiteral("arcscope:open?sha256=")));
            QVERIFY(!link.contains(folder.path()));
        }
        AppState state;
        LinkBook links(state);
        QSignalSpy here(&links, &LinkBook::leadsHere);
        QSignalSpy elsewhere(&links, &LinkBook::leadsTo);
        QSignalSpy refused(&links, &LinkBook::refused);
        links.follow(link, {}); // nothing is open, nothing was
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY(refused[0][0].toString().contains(QStringLiteral("a.json")));
        state.open({second});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        links.follow(QLatin1Char(' ') + link, {});
        QTRY_COMPARE(here.size(), 1);
        QVERIFY(!state.notes().file().isEmpty());
        state.open({other});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen() && state.paths() == QStringList{other}, patience);
        links.follow(link, {{folder.filePath(QStringLiteral("gone.json"))}, {other}, {second}});
        QTRY_COMPARE(elsewhere.size(), 1);
        QCOMPARE(elsewhere[0][0].toStringList(), QStringList{second});
        QCOMPARE(state.paths(), QStringList{other}); // nobody opened anything
        links.follow(link, {{other}});
        QTRY_COMPARE(refused.size(), 2);
        links.follow(QStringLiteral("arcscope:open?sha256=12"), {});
        QCOMPARE(refused.size(), 3);
        links.follow(QStringLiteral("file:///etc/passwd"), {});
        QCOMPARE(refused.size(), 4);
    }
};

QTEST_GUILESS_MAIN(TestLinkBook)
#include "tst_linkbook.moc"

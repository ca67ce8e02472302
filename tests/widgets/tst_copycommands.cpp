// layers: core items widgets GUI
#include "copycommands.h"

#include "windowdriver.h"

#include <QClipboard>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>
#include <QStandardItemModel>
#include <QTabWidget>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

QClipboard& clipboard()
{
    return *QGuiApplication::clipboard();
}

QJsonObject copiedJson()
{
    return QJsonDocument::fromJson(clipboard().text().toUtf8()).object();
}

} // namespace

class TestCopyCommands : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_driver = std::make_unique<WindowDriver>(QStringList{incident});
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->settled(), patience);
        for (auto* const tabs : m_driver->window.findChildren<QTabWidget*>()) {
            if (tabs->indexOf(m_driver->window.timeline()) >= 0)
                m_views = tabs;
        }
        QVERIFY(m_views);
    }

    void everyViewHasATable_data()
    {
        QTest::addColumn<QString>("command");
        for (const char* id : {"view.arcs", "view.timeline", "view.tools", "go.nextStream", "view.tree", "view.stops",
                               "view.findings", "view.outcomes", "view.lenses"})
            QTest::newRow(id) << QString::fromLatin1(id);
    }
    void everyViewHasATable()
    {
        QFETCH(QString, command);
        m_driver->window.actions().action(command)->trigger();
        // Some views work out what they show beside the window.
        const auto copied = [&] {
            clipboard().clear();
            m_driver->action("edit.copyView.json")->trigger();
            return QTest::qWaitFor([] { return !clipboard().text().isEmpty(); }, 500) &&
                   !copiedJson()["rows"].toArray().isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(copied(), 20'000);
        const QJsonObject json = copiedJson();
        QCOMPARE(json["schema"].toString(), QStringLiteral("arcscope.table/1"));
        QVERIFY(json["from"].toString().contains(QStringLiteral("SHA-256")));
        QVERIFY(json["title"].toString().startsWith(m_views->tabText(m_views->currentIndex())));
        QCOMPARE(json["rows"][0].toObject().size() >= json["columns"].toArray().size(), true);
    }

    void picturesSayWhereTheyComeFrom()
    {
        m_driver->action("view.timeline")->trigger();
        clipboard().clear();
        m_driver->action("edit.copyView.image")->trigger();
        QTRY_VERIFY(!clipboard().image().isNull());
        QCOMPARE(clipboard().image().width(), 2 * m_driver->canvas().width());
        QVERIFY(clipboard().text().isEmpty());
    }

    void allFormsAtOnce()
    {
        m_driver->action("view.timeline")->trigger();
        clipboard().clear();
        m_driver->action("edit.copyView")->trigger();
        QTRY_VERIFY(!clipboard().image().isNull());
        for (const char* form : {"text/plain", "text/markdown", "text/tab-separated-values", "application/json"})
            QVERIFY2(clipboard().mimeData()->hasFormat(QLatin1String(form)), form);
        const QString markdown = QString::fromUtf8(clipboard().mimeData()->data(QStringLiteral("text/markdown")));
        QVERIFY2(markdown.contains(QStringLiteral("SHA-256")), qPrintable(markdown.right(300)));
        QVERIFY(markdown.contains(QStringLiteral("no filter")));
        QVERIFY(markdown.startsWith(QStringLiteral("**Timeline")));
    }

    void theFilterDecidesWhichSpans()
    {
        m_driver->action("view.timeline")->trigger();
        QVERIFY(!m_driver->state().setFilter(QStringLiteral("kind:tool")));
        QTRY_VERIFY(m_driver->state().matches());
        const auto table = tableShownIn(*m_driver->window.timeline(), m_driver->state());
        QVERIFY(table);
        QCOMPARE(static_cast<std::size_t>(table->lines.size()), m_driver->state().matches()->size());
        clipboard().clear();
        m_driver->action("edit.copyView.markdown")->trigger();
        QTRY_VERIFY(clipboard().text().contains(QStringLiteral("filter kind:tool")));
        m_driver->state().setFilter({});
    }

    void ofSeveralRowsOnlyThose()
    {
        QStandardItemModel model(3, 1);
        QWidget view;
        QTableView table(&view);
        table.setModel(&model);
        table.setSelectionBehavior(QAbstractItemView::SelectRows);
        QCOMPARE(tableShownIn(view, m_driver->state())->lines.size(), 3);
        table.selectRow(0);
        QCOMPARE(tableShownIn(view, m_driver->state())->lines.size(), 3);
        table.setSelectionMode(QAbstractItemView::MultiSelection);
        table.selectRow(2);
        QCOMPARE(tableShownIn(view, m_driver->state())->lines.size(), 2);
    }

private:
    std::unique_ptr<WindowDriver> m_driver;
    QTabWidget* m_views = nullptr;
};

QTEST_MAIN(TestCopyCommands)
#include "tst_copycommands.moc"

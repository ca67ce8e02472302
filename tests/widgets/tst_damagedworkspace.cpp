// layers: widgets items core store pipeline GUI
// What a window says of a workspace whose records can be read in part.
#include "findingbook.h"
#include "importer.h"
#include "windowdriver.h"
#include "workspace.h"

using namespace arcscope;
using namespace arcscope::testing;

class TestDamagedWorkspace : public QObject
{
    Q_OBJECT

private slots:
    void whatWasFoundStaysAndEveryViewSaysThatNotAllWasRead()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("damaged.arcscope"));
        {
            auto workspace = Workspace::create(path.toStdString());
            QVERIFY(workspace);
            QVERIFY(importInto(path.toStdString(), {week.toStdString()}, {}));
            QVERIFY(workspace->database().execute("update blocks set data = x'00' where id = 2"));
        }
        WindowDriver driver({path});
        const auto* const book = driver.window.findChild<FindingBook*>();
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled() && book->stage() == SearchStage::Failed, patience);
        const QString failure = QStringLiteral("The search failed: a block of the workspace is damaged");
        for (const auto& [key, shows] : {std::pair(Qt::Key_1, "arcs"), std::pair(Qt::Key_9, "task arcs"),
                                         std::pair(Qt::Key_4, "model calls"), std::pair(Qt::Key_6, "open")}) {
            driver.key(key, Qt::ControlModifier);
            QTRY_VERIFY_WITH_TIMEOUT(driver.says(QLatin1String(shows)) && driver.says(failure), patience);
        }
    }
};

QTEST_MAIN(TestDamagedWorkspace)
#include "tst_damagedworkspace.moc"

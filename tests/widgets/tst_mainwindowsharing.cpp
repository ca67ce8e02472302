// layers: core items widgets GUI
// The commands of the window by which things leave, from key to file.
#include "noticebar.h"
#include "sharedialog.h"
#include "windowdriver.h"

#include <QCheckBox>
#include <QImage>
#include <QImageReader>
#include <QRegularExpression>

using namespace arcscope;
using namespace arcscope::testing;

class TestMainWindowSharing : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_driver = std::make_unique<WindowDriver>(QStringList{incident});
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->settled(), patience);
    }

    void cleanup()
    {
        for (auto* const dialog : m_driver->window.findChildren<ShareDialog*>())
            dialog->close();
        QTRY_VERIFY(!m_driver->window.findChild<ShareDialog*>());
    }

    void eachViewHasAPictureOfWhatIsLeft_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("view");
        for (const auto& [command, view] : {std::pair{"view.arcs", "arcs"},
                                            {"view.timeline", "timeline"},
                                            {"view.tools", "tools"},
                                            {"go.nextStream", "stream"},
                                            {"view.tree", "spans"},
                                            {"view.stops", "stops"},
                                            {"view.findings", "findings"},
                                            {"view.outcomes", "outcomes"}})
            QTest::newRow(view) << QString::fromLatin1(command) << QString::fromLatin1(view);
    }

    void eachViewHasAPictureOfWhatIsLeft()
    {
        QFETCH(QString, command);
        QFETCH(QString, view);
        m_driver->window.actions().action(command)->trigger();
        ShareDialog* const dialog = open();
        QVERIFY(dialog);
        const ShareChoice choice = dialog->choice();
        QCOMPARE(choice.view, view);
        QVERIFY(choice.redacts);
        QCOMPARE(choice.paths, QStringList{QFileInfo(incident).absoluteFilePath()});
        QVERIFY(choice.state.contains("arcscope.view/1"));
        QVERIFY(!choice.title.isEmpty());
    }

    void picturesOfTheScreenSayWhereTheyComeFrom()
    {
        m_driver->action("view.tree")->trigger();
        const QString target = m_driver->file(QStringLiteral("tree.png"));
        QVERIFY(writePicture(target));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(target), patience);
        QImageReader reader(target);
        QVERIFY(reader.text(QStringLiteral("Description")).contains(QStringLiteral("SHA-256")));
        QVERIFY(reader.text(QStringLiteral("Description")).contains(QStringLiteral("not redacted")));
        QVERIFY(reader.text(QStringLiteral("Title")).startsWith(QStringLiteral("Span tree")));
        QVERIFY(!reader.read().isNull());
    }

    void pagesOfTheScreenHaveTheTable()
    {
        m_driver->action("view.tree")->trigger();
        const QString target = m_driver->file(QStringLiteral("tree.html"));
        QVERIFY(writePicture(target));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(target), patience);
        QFile file(target);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString page = QString::fromUtf8(file.readAll());
        QVERIFY(page.contains(QStringLiteral("<h1>Span tree")));
        QVERIFY(page.contains(QRegularExpression(QStringLiteral("<li>[^<]*, SHA-256 [0-9a-f]{64}</li>"))));
        QVERIFY(page.contains(QStringLiteral("<li>Not redacted</li>")));
        QVERIFY(page.count(QStringLiteral("<tr>")) > 2);
        QVERIFY(page.contains(QStringLiteral("padding-left:1rem"))); // what lies below a root
    }

    void whatCannotBeWrittenIsANotice()
    {
        auto* const notices = m_driver->part<NoticeBar>();
        QVERIFY(notices);
        QVERIFY(writePicture(m_driver->file(QStringLiteral("no/such/folder/tree.png"))));
        QTRY_VERIFY_WITH_TIMEOUT(notices->isVisible(), patience);
        bool told = false;
        for (const QLabel* label : notices->findChildren<QLabel*>())
            told = told || label->text().contains(QStringLiteral("cannot be written"));
        QVERIFY(told);
        notices->dismiss();
    }

private:
    /// By its key.
    ShareDialog* open()
    {
        m_driver->window.activateWindow();
        if (!QTest::qWaitForWindowActive(&m_driver->window))
            return nullptr;
        QTest::keyClick(&m_driver->window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        return m_driver->window.findChild<ShareDialog*>();
    }

    bool writePicture(const QString& target)
    {
        ShareDialog* const dialog = open();
        if (!dialog)
            return false;
        for (QCheckBox* const box : dialog->findChildren<QCheckBox*>()) {
            if (box->isChecked())
                QTest::mouseClick(box, Qt::LeftButton, {}, {5, 5});
        }
        if (dialog->choice().redacts)
            return false;
        dialog->write(target);
        return true;
    }

    std::unique_ptr<WindowDriver> m_driver;
};

QTEST_MAIN(TestMainWindowSharing)
#include "tst_mainwindowsharing.moc"

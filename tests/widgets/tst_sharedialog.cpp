// layers: items widgets GUI
#include "sharedialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

/// A program that keeps what it was asked and answers as told.
class Program
{
public:
    explicit Program(int status = 0, const QByteArray& problem = {})
    {
        QFile script(path());
        if (!script.open(QIODevice::WriteOnly))
            return;
        script.write("#!/bin/sh\nprintf '%s|' \"$@\" >> \"$0.asked\"; echo >> \"$0.asked\"\n"
                     "if [ \"$1\" = redact ]; then cat <<'END'\n"
                     "{\"schema\":\"arcscope.redaction/1\",\"struck\":3,\"spans\":2,\"traces\":1,"
                     "\"values\":[{\"rule\":\"email\",\"value\":\"z…e\",\"times\":3}],"
                     "\"places\":[{\"rule\":\"email\",\"place\":\"note\",\"times\":3}]}\nEND\nexit 0\nfi\n");
        script.write("echo '" + problem + "' >&2\nexit " + QByteArray::number(status) + "\n");
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    QString path() const { return m_folder.filePath(QStringLiteral("program")); }
    QStringList asked() const
    {
        QFile file(path() + QStringLiteral(".asked"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        lines.removeLast();
        return lines;
    }

private:
    QTemporaryDir m_folder;
};

ShareChoice shown()
{
    ShareChoice choice;
    choice.paths = QStringList{QStringLiteral("run.jsonl")};
    choice.view = QStringLiteral("timeline");
    choice.trace = QStringLiteral("t1");
    choice.filter = QStringLiteral("kind:tool");
    return choice;
}

template <typename T>
T* named(const QWidget& dialog, const QString& text)
{
    for (T* part : dialog.findChildren<T*>()) {
        if (part->text().remove(QLatin1Char('&')) == text)
            return part;
    }
    return nullptr;
}

bool says(const QWidget& dialog, const QString& text)
{
    const QList<QLabel*> labels = dialog.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text().contains(text); });
}

} // namespace

class TestShareDialog : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatWouldBeTakenOut()
    {
        const Program program;
        ShareDialog dialog(shown(), program.path());
        dialog.show();
        QVERIFY(dialog.choice().redacts);
        QTRY_COMPARE(dialog.preview().values(), 1);
        QVERIFY(says(dialog, QStringLiteral("2 spans of 1 trace leave. Taken out: 1 value in 3 places.")));
        QVERIFY(says(dialog, QStringLiteral("Where: note (3)")));
        QVERIFY(!program.asked().first().contains(QStringLiteral("--values")));
        QTest::mouseClick(named<QCheckBox>(dialog, QStringLiteral("Show the values")), Qt::LeftButton, {}, {5, 5});
        QTRY_VERIFY(program.asked().last().contains(QStringLiteral("--values")));
        // What is typed is looked for when one pauses.
        auto* const texts = dialog.findChildren<QLineEdit*>().first();
        QTest::keyClicks(texts, QStringLiteral("Mara; Baker Street"));
        QTRY_VERIFY(program.asked().last().contains(QStringLiteral("--strike|Mara|--strike|Baker Street|")));
        QCOMPARE(dialog.choice().texts, (QStringList{QStringLiteral("Mara"), QStringLiteral("Baker Street")}));
    }

    void whatIsWrittenIsWhatTheCommandWrites()
    {
        const Program program;
        ShareDialog dialog(shown(), program.path());
        dialog.show();
        auto* const form = dialog.findChildren<QComboBox*>().first();
        form->setCurrentIndex(form->findData(static_cast<int>(ShareForm::Bundle)));
        const QSignalSpy written(&dialog, &ShareDialog::written);
        dialog.write(QStringLiteral("/tmp/x.arcbundle"));
        QTRY_COMPARE(written.count(), 1);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QVERIFY(program.asked().contains(
            QStringLiteral("export|--as|bundle|--trace|t1|-o|/tmp/x.arcbundle|--|run.jsonl|")));
    }

    void aBundleOpensInWhatIsShown()
    {
        const Program program;
        ShareChoice choice = shown();
        choice.state = "{\"schema\":\"arcscope.view/1\"}";
        ShareDialog dialog(choice, program.path());
        dialog.show();
        auto* const form = dialog.findChildren<QComboBox*>().first();
        form->setCurrentIndex(form->findData(static_cast<int>(ShareForm::Bundle)));
        const QSignalSpy written(&dialog, &ShareDialog::written);
        dialog.write(QStringLiteral("/tmp/x.arcbundle"));
        QTRY_COMPARE(written.count(), 1);
        const QStringList words = program.asked().last().split(QLatin1Char('|'));
        QFile file(words.value(words.indexOf(QStringLiteral("--view")) + 1));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), choice.state);
    }

    void problemsAreTold()
    {
        const Program program(5, "arcscope: not written: what was removed is still in what would leave");
        ShareDialog dialog(shown(), program.path());
        dialog.show();
        auto* const form = dialog.findChildren<QComboBox*>().first();
        form->setCurrentIndex(form->findData(static_cast<int>(ShareForm::Otlp)));
        const QSignalSpy written(&dialog, &ShareDialog::written);
        dialog.write(QStringLiteral("/tmp/x.jsonl"));
        QTRY_VERIFY(says(dialog, QStringLiteral("not written: what was removed is still in what would leave")));
        QCOMPARE(written.count(), 0);
        QVERIFY(dialog.isVisible());
        ShareDialog none(shown(), QStringLiteral("/no/such/program"));
        none.show();
        QTRY_VERIFY(says(none, QStringLiteral("/no/such/program cannot be run.")));
    }

    /// The buttons stay in sight, and whatever has the keyboard comes into it.
    void aLowDialogScrolls()
    {
        const Program program;
        ShareDialog dialog(shown(), program.path());
        dialog.resize(600, 360);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QVERIFY2(dialog.height() <= 360, qPrintable(QString::number(dialog.height())));
        auto* const write = named<QPushButton>(dialog, QStringLiteral("Write…"));
        QVERIFY(dialog.rect().contains(write->geometry().translated(write->parentWidget()->pos())));
        for (QWidget* part : {static_cast<QWidget*>(dialog.findChildren<QLineEdit*>().last()),
                              static_cast<QWidget*>(named<QCheckBox>(dialog, QStringLiteral("Show the values")))}) {
            for (int tabs = 0; tabs < 20 && !part->hasFocus(); ++tabs)
                QTest::keyClick(dialog.focusWidget(), Qt::Key_Tab);
            QVERIFY(part->hasFocus());
            QTRY_VERIFY(!part->visibleRegion().isEmpty());
        }
    }

    void withoutRedactionAPictureIsOfTheScreen()
    {
        const Program program;
        ShareDialog dialog(shown(), program.path());
        dialog.show();
        QTest::mouseClick(named<QCheckBox>(dialog, QStringLiteral("Replace what is personal or secret")),
                          Qt::LeftButton, {}, {5, 5});
        QVERIFY(!dialog.choice().redacts);
        QVERIFY(says(dialog, QStringLiteral("everything leaves as it was recorded")));
        const QSignalSpy asked(&dialog, &ShareDialog::pictureAsked);
        dialog.write(QStringLiteral("/tmp/x.png"));
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked[0][0].value<ShareChoice>().target, QStringLiteral("/tmp/x.png"));
    }

    void aViewThatIsNotDrawnSaysSo()
    {
        const Program program;
        ShareChoice choice = shown();
        choice.view.clear();
        ShareDialog dialog(choice, program.path());
        dialog.show();
        QVERIFY(!named<QPushButton>(dialog, QStringLiteral("Write…"))->isEnabled());
        QVERIFY(says(dialog, QStringLiteral("no picture with something taken out")));
        auto* const form = dialog.findChildren<QComboBox*>().first();
        form->setCurrentIndex(form->findData(static_cast<int>(ShareForm::Postmortem)));
        QVERIFY(named<QPushButton>(dialog, QStringLiteral("Write…"))->isEnabled());
    }
};

QTEST_MAIN(TestShareDialog)
#include "tst_sharedialog.moc"

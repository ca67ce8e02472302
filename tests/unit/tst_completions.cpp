// layers: core cli describe
#include "completions.h"
#include "describedvalue.h"
#include "windowrequest.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace arcscope;

namespace
{

constexpr int patience = 120'000; // milliseconds that a busy machine may take

CommandTable table()
{
    return {commands(), windowOptions()};
}

QString text(std::string_view words)
{
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QStringList namesOf(std::span<const OptionSpec> options)
{
    QStringList names;
    for (const OptionSpec& option : options)
        names << text(option.name);
    return names;
}

} // namespace

class TestCompletions : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const char* name, const std::string& script)
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) &&
                       file.write(script.data(), qint64(script.size())) == qint64(script.size())
                   ? file.fileName()
                   : QString();
    }

    /// What the shell prints; fails where it complains.
    QString printed(const QString& shell, const QStringList& arguments)
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(shell, arguments);
        if (!process.waitForFinished(patience) || process.exitCode() != 0)
            return QStringLiteral("failed: ") + QString::fromUtf8(process.readAllStandardError());
        const QString complaint = QString::fromUtf8(process.readAllStandardError());
        return complaint.isEmpty() ? QString::fromUtf8(process.readAllStandardOutput()) : complaint;
    }

    /// What bash offers for the last word of each line.
    QList<QStringList> offeredByBash(const QList<QStringList>& lines)
    {
        const QString script = write("arcscope.bash", bashCompletion(table()));
        QString program = QStringLiteral("set -u; source '%1'\n").arg(script);
        for (const QStringList& line : lines) {
            program += QStringLiteral("COMP_WORDS=('%1'); COMP_CWORD=%2; COMPREPLY=(); _arcscope\n"
                                      "printf '%s\\t' ${COMPREPLY[@]+\"${COMPREPLY[@]}\"}; echo\n")
                           .arg(line.join(QLatin1String("' '")))
                           .arg(line.size() - 1);
        }
        QList<QStringList> offered;
        for (const QString& line :
             printed(QStringLiteral("bash"), {QStringLiteral("-c"), program}).split(QLatin1Char('\n')))
            offered << line.split(QLatin1Char('\t'), Qt::SkipEmptyParts);
        offered.resize(lines.size());
        return offered;
    }

private slots:
    void initTestCase()
    {
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("traces")));
        QVERIFY(!write("a b.jsonl", "{}").isEmpty());
    }

    void bashOffersEveryCommandAndOption()
    {
        QList<QStringList> lines{{"arcscope", ""}, {"arcscope", "-"}};
        for (const Command& command : commands())
            lines << QStringList{"arcscope", text(command.name), "-"};
        const auto offered = offeredByBash(lines);
        QVERIFY2(offered[0].size() > qsizetype(commands().size()), qPrintable(offered[0].join(' ')));
        for (const Command& command : commands())
            QVERIFY2(offered[0].contains(text(command.name)), command.name.data());
        QCOMPARE(offered[1], namesOf(windowOptions()) << "--help"
                                                      << "--version");
        for (std::size_t i = 0; i < commands().size(); ++i)
            QCOMPARE(offered[qsizetype(i) + 2], namesOf(commands()[i].options) << "--help");
    }

    void bashOffersValues()
    {
        auto offered = offeredByBash({{"arcscope", "export", "--as", ""},
                                      {"arcscope", "export", "--as", "=", "b"},
                                      {"arcscope", "render", "x", "--theme", "=", ""},
                                      {"arcscope", "export", "--manifest", "a"},
                                      {"arcscope", "export", "--where", ""},
                                      {"arcscope", "info", ""},
                                      {"arcscope", "tr"}});
        QCOMPARE(offered[0], (QStringList{"otlp", "bundle", "case", "sqlite"}));
        QCOMPARE(offered[1], QStringList{"bundle"});
        QCOMPARE(offered[2], (QStringList{"dark", "light"}));
        offered[3].sort(); // shells sort what they show
        QCOMPARE(offered[3], (QStringList{"a b.jsonl", "arcscope.bash"}));
        QCOMPARE(offered[4], QStringList());
        QVERIFY(offered[5].contains("a b.jsonl") && offered[5].contains("traces"));
        QCOMPARE(offered[6], QStringList{"traces"});
    }

    void fishOffersEveryCommandAndOption()
    {
        const QString fish = QStandardPaths::findExecutable(QStringLiteral("fish"));
        if (fish.isEmpty())
            QSKIP("there is no fish (package fish)");
        const QString script = write("arcscope.fish", fishCompletion(table()));
        QString program =
            QStringLiteral("source '%1'; complete -C 'arcscope '; echo =; complete -C 'arcscope --'").arg(script);
        for (const Command& command : commands())
            program += QStringLiteral("; echo =; complete -C 'arcscope %1 -'").arg(text(command.name));
        program += QStringLiteral("; echo =; complete -C 'arcscope export --as '");
        const QStringList answers = printed(fish, {QStringLiteral("-N"), QStringLiteral("-c"), program}).split("=\n");
        const auto offers = [&answers](std::size_t answer, const QString& word) {
            const QStringList lines = answers.value(qsizetype(answer)).split(QLatin1Char('\n'));
            return std::any_of(lines.begin(), lines.end(),
                               [&word](const QString& line) { return line.section(QLatin1Char('\t'), 0, 0) == word; });
        };
        QVERIFY2(answers.size() == qsizetype(commands().size()) + 3, qPrintable(answers.join("=\n")));
        for (const Command& command : commands())
            QVERIFY2(offers(0, text(command.name)), command.name.data());
        QVERIFY2(offers(0, "traces/"), qPrintable(answers[0]));
        for (const OptionSpec& option : windowOptions())
            QVERIFY2(offers(1, text(option.name)), option.name.data());
        QVERIFY(!offers(1, "--as"));
        for (std::size_t i = 0; i < commands().size(); ++i) {
            for (const OptionSpec& option : commands()[i].options)
                QVERIFY2(offers(i + 2, text(option.name)), qPrintable(answers[qsizetype(i) + 2]));
            QVERIFY(offers(i + 2, "--help"));
            QVERIFY(!offers(i + 2, "--new-instance"));
        }
        for (const char* word : {"otlp", "bundle", "case"})
            QVERIFY2(offers(commands().size() + 2, word), qPrintable(answers.constLast()));
    }

    void zshReadsItsScript()
    {
        const std::string script = zshCompletion(table());
        QVERIFY(script.starts_with("#compdef arcscope\n"));
        for (const Command& command : commands()) {
            QVERIFY2(script.find("\n        " + std::string(command.name) + ")\n") != std::string::npos,
                     command.name.data());
            for (const OptionSpec& option : command.options) {
                const std::string start = (describedValue(option).repeated ? "'*" : "'") + std::string(option.name);
                QVERIFY2(script.find(start) != std::string::npos, option.name.data());
            }
        }
        const QString zsh = QStandardPaths::findExecutable(QStringLiteral("zsh"));
        if (zsh.isEmpty())
            QSKIP("there is no zsh (package zsh)");
        QCOMPARE(printed(zsh, {"-f", "-n", write("_arcscope", script)}), QString());
    }

    void valuesAreDescribed()
    {
        const auto described = [](const char* value) { return describedValue({"--x", value, "help"}); };
        QVERIFY(!described("").wanted);
        QVERIFY(described("FILE.png|svg|pdf|html").isFile && described("FILE.png|svg|pdf|html").words.empty());
        QVERIFY(described("WORK.arcscope").isFile && described("FILE").isFile);
        QCOMPARE(described("dark|light").words, (std::vector<std::string>{"dark", "light"}));
        QVERIFY(described("ID...").repeated && described("ID...").words.empty() && !described("ID...").isFile);
        QVERIFY(described("A=B|C").words.empty());
        QCOMPARE(quoted("it's"), std::string("'it'\\''s'"));
    }
};

QTEST_GUILESS_MAIN(TestCompletions)
#include "tst_completions.moc"

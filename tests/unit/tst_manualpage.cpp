// layers: core cli describe nlohmann_json::nlohmann_json
#include "clirun.h"
#include "manualpage.h"
#include "windowrequest.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <map>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using OptionsOf = std::map<QString, QStringList>; ///< by command; "" is the window

/// What `arcscope --help` and `arcscope COMMAND --help` tell: "--as otlp|bundle|case", one for each option.
QStringList toldOptions(const std::string& help)
{
    QStringList options;
    static const QRegularExpression line(QStringLiteral("^    (-[^ ]+(?: [^ ]+)?)  "),
                                         QRegularExpression::MultilineOption);
    for (auto found = line.globalMatch(QString::fromStdString(help)); found.hasNext();)
        options << found.next().captured(1);
    return options;
}

OptionsOf toldByHelp()
{
    const Outcome all = run({"--help"});
    OptionsOf told{{QString(), toldOptions(all.out)}};
    static const QRegularExpression line(QStringLiteral("^arcscope ([a-z-]+)(?: .*)?$"),
                                         QRegularExpression::MultilineOption);
    for (auto found = line.globalMatch(QString::fromStdString(all.out)); found.hasNext();) {
        const QString command = found.next().captured(1);
        if (!command.startsWith(QLatin1Char('-')))
            told[command] = toldOptions(run({command.toStdString(), "--help"}).out);
    }
    return told;
}

/// The text of troff as a reader sees it.
QString seen(QString text)
{
    static const QRegularExpression font(QStringLiteral("\\\\f[BIR]"));
    static const QRegularExpression point(QStringLiteral("\\\\\\[u([0-9A-F]+)\\]"));
    text.remove(font);
    for (auto found = point.match(text); found.hasMatch(); found = point.match(text))
        text.replace(found.capturedStart(), found.capturedLength(), QChar(found.captured(1).toUShort(nullptr, 16)));
    return text.replace(QLatin1String("\\-"), QLatin1String("-"))
        .replace(QLatin1String("\\(aq"), QLatin1String("'"))
        .replace(QLatin1String("\\(ti"), QLatin1String("~"))
        .replace(QLatin1String("\\(ha"), QLatin1String("^"))
        .remove(QLatin1String("\\&"))
        .replace(QLatin1String("\\e"), QLatin1String("\\"));
}

QString manual()
{
    QFile file(QStringLiteral(ARCSCOPE_TEST_DATA "/../../packaging/desktop/arcscope.1.in"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromStdString(manualPage(file.readAll().toStdString(), "1.2.3", {commands(), windowOptions()}));
}

/// The options that the manual has below each command.
OptionsOf toldByManual()
{
    OptionsOf told;
    QString command;
    bool isOption = false;
    for (const QString& line : manual().split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String(".SH")))
            command.clear();
        if (line.startsWith(QLatin1String(".SS ")))
            told[command = seen(line.mid(4))];
        const QString text = seen(line);
        if (isOption && text.startsWith(QLatin1Char('-')) && !text.startsWith(QLatin1String("--help")) &&
            !text.startsWith(QLatin1String("--version")))
            told[command] << text;
        isOption = line == QLatin1String(".TP");
    }
    return told;
}

} // namespace

class TestManualPage : public QObject
{
    Q_OBJECT

private slots:
    void theManualHasWhatHelpTells()
    {
        const OptionsOf help = toldByHelp();
        const OptionsOf page = toldByManual();
        QVERIFY(help.size() > commands().size());
        QVERIFY(help.at(QString()).contains(QStringLiteral("--new-instance")));
        QVERIFY(help.at(QStringLiteral("export")).contains(QStringLiteral("--as otlp|bundle|case|sqlite")));
        QVERIFY(help.at(QStringLiteral("render")).contains(QStringLiteral("-o FILE.png|svg|pdf|html")));
        for (const auto& [command, options] : help) {
            QVERIFY2(page.count(command) == 1, qPrintable(command));
            QCOMPARE(page.at(command), options);
        }
        QCOMPARE(page.size(), help.size());
    }

    void everythingIsFilledIn()
    {
        const QString page = manual();
        QVERIFY(page.contains(QLatin1String("Arcscope 1.2.3")));
        static const QRegularExpression left(QStringLiteral("@[A-Z]+@"));
        QVERIFY(!page.contains(left));
        QVERIFY2(std::all_of(page.begin(), page.end(), [](QChar c) { return c < QChar(0x80); }), "troff is ASCII");
        for (const Command& command : commands())
            QVERIFY(seen(page).contains(QString::fromUtf8(command.summary.data(), qsizetype(command.summary.size()))));
    }

    void everyExitStatusIsTold()
    {
        const QString page = manual();
        const QString statuses = page.mid(page.indexOf(QLatin1String(".SH EXIT STATUS")));
        for (const int status : {ExitDone, ExitUsage, ExitNothingRead, ExitRecordsRefused, ExitLeak})
            QVERIFY2(statuses.contains(QStringLiteral(".TP\n.B %1\n").arg(status)),
                     qPrintable(QString::number(status)));
    }

    void textIsNoRequest()
    {
        static constexpr OptionSpec odd[] = {{"--odd", "A~B", ".SH it's a back\\slash – “here”"}};
        const std::string page = manualPage("@WINDOW@\n", "1", {{}, odd});
        QCOMPARE(page, std::string(".TP\n\\fB\\-\\-odd\\fR \\fIA\\(tiB\\fR\n\\&.SH it\\(aqs a back\\eslash \\[u2013] "
                                   "\\[u201C]here\\[u201D]\n"));
    }
};

QTEST_APPLESS_MAIN(TestManualPage)
#include "tst_manualpage.moc"

// layers: core cli
#include "windowrequest.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

std::string why(const std::vector<std::string>& arguments, ErrorCode expected)
{
    const auto request = readWindowRequest(arguments);
    if (request)
        return "it is taken";
    return request.error().code == expected ? request.error().message : "another error: " + request.error().message;
}

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestWindowRequest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

private slots:
    void nothingAsksForAWindow()
    {
        const auto request = readWindowRequest(std::vector<std::string>{});
        QVERIFY(request);
        QVERIFY(request->paths.empty() && !request->sample && !request->follow && !request->alignClocks &&
                !request->newInstance);
    }

    void optionsAreRead()
    {
        const std::string folder = m_folder.path().toStdString();
        const auto request =
            readWindowRequest(std::vector<std::string>{"--follow", folder, "--align-clocks", "--new-instance", "-"});
        QVERIFY(request);
        QCOMPARE(request->paths, (std::vector<std::string>{folder, "-"}));
        QVERIFY(request->follow && request->alignClocks && request->newInstance && !request->sample);
        QVERIFY(readWindowRequest(std::vector<std::string>{"--sample"})->sample);
    }

    void everyOptionThatHelpTellsIsRead()
    {
        QVERIFY(windowOptions().size() >= 4);
        for (const OptionSpec& option : windowOptions())
            QVERIFY2(readWindowRequest(std::vector<std::string>{std::string(option.name)}), option.name.data());
    }

    void optionsOfTheToolkitAreLeftToIt()
    {
        const auto request = readWindowRequest(
            std::vector<std::string>{"-platform", "offscreen", "--style=Fusion", "-session", "17_42", "-reverse", "-"});
        QVERIFY(request);
        QCOMPARE(request->paths, std::vector<std::string>{"-"});
    }

    void wrongStartsAreTold()
    {
        QVERIFY(contains(why({"--nonsense"}, ErrorCode::Usage), "unknown option --nonsense"));
        QVERIFY(contains(why({"-x", "/"}, ErrorCode::Usage), "unknown option -x"));
        QVERIFY(contains(why({"--follow=1"}, ErrorCode::Usage), "--follow takes no value"));
        QVERIFY(contains(why({"--sample", "/"}, ErrorCode::Usage), "--sample"));
        QVERIFY(contains(why({"inof", "x.json"}, ErrorCode::Usage), "neither a command nor a file “inof”"));
        const std::string missing = m_folder.filePath("missing.json").toStdString();
        QVERIFY(contains(why({missing}, ErrorCode::NotFound), missing + ": there is no such file"));
        QVERIFY(contains(why({"--", "--follow"}, ErrorCode::Usage), "--follow"));
    }

    void whereSomethingIsThereTheWindowNamesTheRest()
    {
        const std::string folder = m_folder.path().toStdString();
        const auto request = readWindowRequest(std::vector<std::string>{folder + "/missing.json", folder});
        QVERIFY(request);
        QCOMPARE(request->paths.size(), std::size_t(2));
    }

    void addressesOfFilesArePaths_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("path");
        QTest::newRow("plain") << "file:///a/b.jsonl"
                               << "/a/b.jsonl";
        QTest::newRow("escaped") << "file:///a%20b/%C3%A4.json"
                                 << "/a b/\u00e4.json";
        QTest::newRow("host") << "file://localhost/a"
                              << "/a";
        QTest::newRow("no escape") << "file:///a%zz%4"
                                   << "/a%zz%4";
        QTest::newRow("elsewhere") << "file://server/a"
                                   << "file://server/a";
    }
    void addressesOfFilesArePaths()
    {
        QFETCH(QString, address);
        QFETCH(QString, path);
        const auto request = readWindowRequest(std::vector<std::string>{address.toStdString(), "-"});
        QVERIFY(request);
        QCOMPARE(QString::fromStdString(request->paths.front()), path);
    }
};

QTEST_APPLESS_MAIN(TestWindowRequest)
#include "tst_windowrequest.moc"

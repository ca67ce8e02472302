// Arcscope: a window on traces, or a sub-command without one.
#include "commandline.h"
#include "language.h"
#include "mainwindow.h"
#include "paperpage.h"
#include "renderer.h"
#include "runninginstance.h"
#include "windowrequest.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QIcon>
#include <QLocale>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <unistd.h>

namespace
{

using namespace arcscope;

void nameApplication()
{
    QCoreApplication::setOrganizationName(QStringLiteral("Arcscope"));
    QCoreApplication::setApplicationName(QStringLiteral("Arcscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ARCSCOPE_VERSION));
}

/// The bundled sample: beside the program where it is installed, else in the source tree it was built from.
QString samplePath()
{
    const QString here = QCoreApplication::applicationDirPath();
    for (const QString& place :
         {here + QStringLiteral("/../share/arcscope/samples"), QStringLiteral(ARCSCOPE_SAMPLES)}) {
        if (QFileInfo::exists(place))
            return QDir(place).canonicalPath();
    }
    return {};
}

/// What Qt says while it starts. Where it finds no display it ends the program with a core dump: one line and a status
/// say it, too. That there is no folder for sockets is no news to who asks for a picture.
class StartMessages
{
public:
    StartMessages() { s_before = qInstallMessageHandler(tell); }
    ~StartMessages() { qInstallMessageHandler(s_before); }
    StartMessages(const StartMessages&) = delete;
    StartMessages& operator=(const StartMessages&) = delete;

private:
    static void tell(QtMsgType type, const QMessageLogContext& context, const QString& message)
    {
        if (type == QtFatalMsg) {
            const QString why = s_first.isEmpty() ? message.section(QLatin1Char('\n'), 0, 0) : s_first;
            std::cerr << "arcscope: no window can be opened: " << why.simplified().toStdString()
                      << "; what needs none is told by arcscope --help" << std::endl;
            std::_Exit(ExitUsage);
        }
        if (QByteArray(context.category).startsWith("qt.qpa.")) {
            if (s_first.isEmpty())
                s_first = message;
        } else if (!message.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR"))) {
            s_before(type, context, message);
        }
    }

    static inline QtMessageHandler s_before = nullptr;
    static inline QString s_first;
};

std::unique_ptr<QApplication> startApplication(int& argc, char** argv)
{
    const StartMessages messages;
    auto application = std::make_unique<QApplication>(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    nameApplication();
    return application;
}

/// Rendering needs fonts and painting but no display: the same pixels everywhere.
int render(int argc, char** argv, const RenderRequest& request, std::ostream& out, std::ostream& err)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const auto application = startApplication(argc, argv);
    return renderView(request, out, err);
}

Result<std::string> writePdf(int argc, char** argv, const PrintedPage& page)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const auto application = startApplication(argc, argv);
    const auto bytes = paperPdf(page);
    return bytes ? Result<std::string>(bytes->toStdString()) : Result<std::string>(bytes.error());
}

QStringList absolutePaths(const std::vector<std::string>& paths)
{
    QStringList absolute;
    for (const std::string& path : paths) {
        const QString name = QFile::decodeName(QByteArray::fromStdString(path));
        absolute << (path == "-" || path.starts_with("arcscope:") ? name : QFileInfo(name).absoluteFilePath());
    }
    return absolute;
}

void showInFront(MainWindow& window, const QString& activation)
{
    if (!activation.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", activation.toUtf8());
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

void show(MainWindow& window, const OpenRequest& request)
{
    window.open(request.paths);
    if (request.follow)
        window.followNext();
    if (request.alignClocks)
        window.alignNext();
}

int openWindow(int argc, char** argv, const WindowRequest& wanted)
{
    constexpr int patience = 10'000; // milliseconds that a busy window may take to answer
    const QString activation = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
    const auto application = startApplication(argc, argv);
    QGuiApplication::setDesktopFileName(QStringLiteral("org.arcscope.arcscope"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/application/org.arcscope.arcscope.svg")));
    const OpenRequest request{wanted.sample ? QStringList{samplePath() + QStringLiteral("/incident")}
                                            : absolutePaths(wanted.paths),
                              wanted.follow, wanted.alignClocks, activation};
    RunningInstance instance(instanceAddress());
    const bool alone = wanted.newInstance || request.paths.contains(QLatin1String("-")); // which only we can read
    if (!alone && !instance.begin() && handOver(instanceAddress(), request, patience))
        return ExitDone;
    installLanguage(languageFor(Settings().language(), QLocale::system().uiLanguages()));
    MainWindow window(samplePath(), {}, request.paths);
    if (request.follow)
        window.followNext();
    if (request.alignClocks)
        window.alignNext();
    QObject::connect(&instance, &RunningInstance::asked, &window, [&window](const OpenRequest& later) {
        show(window, later);
        showInFront(window, later.activation);
    });
    window.show();
    if (request.paths.isEmpty())
        window.begin(!wanted.noSession && !wanted.newInstance);
    return QApplication::exec();
}

/// A start without a sub-command. What is wrong with it is told before a window is opened.
int startWindow(int argc, char** argv, const std::vector<std::string>& arguments)
{
    const auto wanted = readWindowRequest(arguments);
    if (wanted)
        return openWindow(argc, argv, *wanted);
    const bool usage = wanted.error().code == ErrorCode::Usage;
    std::cerr << "arcscope: " << wanted.error().message << (usage ? "; see arcscope --help" : "") << '\n';
    return usage ? ExitUsage : ExitNothingRead;
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (!isCommand(arguments))
        return startWindow(argc, argv, arguments);
    const CommandEnvironment environment{std::cout, std::cerr,
                                         [&](const RenderRequest& request, std::ostream& out, std::ostream& err) {
                                             return render(argc, argv, request, out, err);
                                         },
                                         isatty(STDERR_FILENO) == 1,
                                         [&](const PrintedPage& page) { return writePdf(argc, argv, page); }};
    return runCommand(arguments, environment);
}

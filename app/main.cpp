// Arcscope: a window on traces, or a sub-command without one.
#include "commandline.h"
#include "mainwindow.h"
#include "renderer.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>

#include <iostream>
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

/// Rendering needs fonts and painting but no display: the same pixels everywhere.
int render(int argc, char** argv, const RenderRequest& request, std::ostream& out, std::ostream& err)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    nameApplication();
    return renderView(request, out, err);
}

int openWindow(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    nameApplication();
    QGuiApplication::setDesktopFileName(QStringLiteral("arcscope"));
    QStringList arguments = QApplication::arguments().mid(1);
    const bool sample = arguments.removeAll(QStringLiteral("--sample")) > 0;
    const bool follow = arguments.removeAll(QStringLiteral("--follow")) > 0;
    const bool align = arguments.removeAll(QStringLiteral("--align-clocks")) > 0;
    MainWindow window(samplePath(), {}, sample ? QStringList{samplePath() + QStringLiteral("/incident")} : arguments);
    if (follow)
        window.followNext();
    if (align)
        window.alignNext();
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (!isCommand(arguments))
        return openWindow(argc, argv);
    const CommandEnvironment environment{std::cout, std::cerr,
                                         [&](const RenderRequest& request, std::ostream& out, std::ostream& err) {
                                             return render(argc, argv, request, out, err);
                                         },
                                         isatty(STDERR_FILENO) == 1};
    return runCommand(arguments, environment);
}

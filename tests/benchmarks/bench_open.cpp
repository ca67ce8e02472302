// Opening a workspace to the first painted timeline, against an empty window of the same size.
//   bench_open [--pairs N] WORKSPACE…
// Each run is a process of its own on the offscreen platform; times are from the start of the process, which loads its
// libraries first, to the end of the paint event.
#include "mainwindow.h"
#include "timelinecanvas.h"
#include "timelineview.h"

#include <QApplication>
#include <QPaintEvent>
#include <QProcess>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include <sys/resource.h>

using namespace arcscope;

namespace
{

constexpr int timeoutMs = 60'000;

/// One clock for parent and child.
qint64 nanoseconds()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

class EmptyWindow : public QWidget
{
protected:
    void paintEvent(QPaintEvent*) override
    {
        std::printf("%lld 0\n", static_cast<long long>(nanoseconds()));
        QCoreApplication::exit(0);
    }
};

long peakKb()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/// The child: prints the time of the first paint that shows spans, and its peak memory in KB.
int openOnce(int argc, char** argv, const QString& workspace)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("ArcscopeBenchmark"));
    if (workspace.isEmpty()) {
        EmptyWindow window;
        window.resize(1920, 1080);
        window.show();
        return QApplication::exec();
    }
    MainWindow window({}, {}, {workspace});
    window.resize(1920, 1080);
    window.show();
    TimelineCanvas* canvas = window.timeline()->canvas();
    QObject::connect(canvas, &TimelineCanvas::painted, canvas, [&] {
        if (!canvas->data())
            return;
        std::printf("%lld %ld\n", static_cast<long long>(nanoseconds()), peakKb());
        std::fflush(stdout);
        std::_Exit(0);
    });
    QTimer::singleShot(timeoutMs, &application, [] { QCoreApplication::exit(1); });
    return QApplication::exec();
}

bool measure(const QString& program, const QStringList& arguments, double& ms, double& peakMb)
{
    QProcess process;
    const qint64 start = nanoseconds();
    process.start(program, arguments);
    process.waitForFinished(timeoutMs);
    const QList<QByteArray> words = process.readAllStandardOutput().simplified().split(' ');
    if (words.size() != 2)
        return false;
    ms = static_cast<double>(words[0].toLongLong() - start) / 1e6;
    peakMb = words[1].toDouble() / 1024;
    return true;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    if (arguments.value(0) == QLatin1String("--once"))
        return openOnce(argc, argv, arguments.value(1));
    int pairs = 5;
    if (arguments.value(0) == QLatin1String("--pairs")) {
        pairs = std::max(1, arguments.value(1).toInt());
        arguments = arguments.mid(2);
    }
    if (arguments.isEmpty()) {
        std::fprintf(stderr, "bench_open [--pairs N] WORKSPACE...\n");
        return 2;
    }
    for (const QString& workspace : std::as_const(arguments)) {
        std::vector<double> empties;
        std::vector<double> opens;
        std::vector<double> ratios;
        double peakMb = 0;
        for (int i = 0; i < pairs; ++i) {
            double empty = 0;
            double open = 0;
            double ignored = 0;
            if (!measure(QString::fromLocal8Bit(argv[0]), {QStringLiteral("--once")}, empty, ignored) ||
                !measure(QString::fromLocal8Bit(argv[0]), {QStringLiteral("--once"), workspace}, open, peakMb))
                return 1;
            empties.push_back(empty);
            opens.push_back(open);
            ratios.push_back(open / empty);
        }
        std::printf("%-32s empty window %6.1f ms   first painted spans %7.1f ms   %5.2f x   peak %5.0f MB\n",
                    qPrintable(workspace), median(empties), median(opens), median(ratios), peakMb);
    }
    return 0;
}

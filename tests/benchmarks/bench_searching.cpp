// Goes through the list of traces with the arrow key while the corpus is searched for findings, and once more when that
// is done: bench_searching PATH…. Prints how long each key waited until the window had reacted and was painted; ends
// with 1 where the slowest twentieth took more than a tenth of a second during the search.
#include "findingbook.h"
#include "mainwindow.h"

#include <QApplication>
#include <QKeyEvent>
#include <QTableView>
#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

using namespace arcscope;

namespace
{

constexpr auto betweenKeys = std::chrono::milliseconds(40); ///< of a key that is held down
constexpr double bound = 100;                               ///< ms from which on a reaction is felt to be late

double milliseconds()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Comes when everything that the key caused so far was handled and painted.
struct Reacted : QEvent {
    explicit Reacted(double since)
        : QEvent(QEvent::User)
        , pressed(since)
    {
    }
    double pressed;
};

struct Pressed : QEvent {
    Pressed()
        : QEvent(static_cast<QEvent::Type>(QEvent::User + 1))
        , at(milliseconds())
    {
    }
    double at;
};

/// Keys come from a thread of their own, at their times, whether or not the window is done with the one before.
class User : public QObject
{
public:
    explicit User(QTableView& list)
        : m_list(list)
    {
    }

    std::vector<double> typeWhile(const std::function<bool()>& goesOn)
    {
        m_waits.clear();
        std::atomic<bool> done = false;
        std::thread keys([&] {
            for (; !done; std::this_thread::sleep_for(betweenKeys))
                QCoreApplication::postEvent(this, new Pressed, Qt::HighEventPriority);
        });
        while (goesOn())
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        done = true;
        keys.join();
        QCoreApplication::removePostedEvents(this);
        std::sort(m_waits.begin(), m_waits.end());
        return m_waits;
    }

protected:
    void customEvent(QEvent* event) override
    {
        if (event->type() == QEvent::User) {
            m_waits.push_back(milliseconds() - static_cast<Reacted*>(event)->pressed);
            return;
        }
        const bool last = m_list.currentIndex().row() + 1 >= m_list.model()->rowCount();
        QKeyEvent key(QEvent::KeyPress, last ? Qt::Key_Home : Qt::Key_Down, Qt::NoModifier);
        QCoreApplication::sendEvent(&m_list, &key);
        QCoreApplication::postEvent(this, new Reacted(static_cast<Pressed*>(event)->at), Qt::LowEventPriority - 1);
    }

private:
    QTableView& m_list;
    std::vector<double> m_waits;
};

double print(const char* when, const std::vector<double>& waits)
{
    const auto at = [&](std::size_t percent) { return waits.empty() ? 0 : waits[(waits.size() - 1) * percent / 100]; };
    std::printf("%-17s %5zu keys   p50 %6.1f ms   p95 %6.1f ms   longest %6.1f ms\n", when, waits.size(), at(50),
                at(95), at(100));
    return at(95);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QStringList paths = QCoreApplication::arguments();
    paths.removeFirst();
    const QTemporaryDir folder;
    MainWindow window(QString(), Settings(folder.filePath(QStringLiteral("settings.ini"))), paths);
    window.resize(1280, 800);
    window.show();
    const auto* book = window.findChild<FindingBook*>();
    QTableView* list = nullptr;
    for (auto* table : window.findChildren<QTableView*>()) {
        if (table->accessibleName() == QStringLiteral("Traces"))
            list = table;
    }
    if (paths.isEmpty() || !book || !list) {
        std::fprintf(stderr, "bench_searching PATH...\n");
        return 2;
    }
    while (book->stage() != SearchStage::Searching && book->stage() != SearchStage::Failed)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    User user(*list);
    const double began = milliseconds();
    const auto during = user.typeWhile([&] { return book->stage() == SearchStage::Searching; });
    const double end = milliseconds();
    std::printf("%d traces searched in %.1f s\n", list->model()->rowCount(), (end - began) / 1000);
    const double late = print("while searching", during);
    print("afterwards", user.typeWhile([&] { return milliseconds() < end + 5000; }));
    return late > bound ? 1 : 0;
}

// layers: core store
// An import writes while others load and search the same workspace: they see it as it was or as it became, never
// between.
#include "expect.h"
#include "search.h"
#include "spanwriter.h"

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include <unistd.h>

using namespace arcscope;

namespace
{

constexpr std::uint32_t firstImport = 70'000; // more than a chunk: blocks and chunks go through the queue
constexpr std::uint32_t secondImport = 70'000;

/// A file name of its own, removed at the end.
struct TemporaryPath {
    std::string path =
        (std::filesystem::temp_directory_path() / ("arcscope-threads-" + std::to_string(getpid()))).string();

    ~TemporaryPath()
    {
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            std::filesystem::remove(path + suffix);
    }
};

/// EXPECT of a Result that says what went wrong.
template <typename T>
bool succeeded(const Result<T>& result)
{
    if (!result)
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
    return result.has_value();
}

/// True where it was committed or cancelled.
bool import(const std::string& path, std::uint32_t first, std::uint32_t count, const Control& control)
{
    auto writer = SpanWriter::begin(path, control);
    if (!writer)
        return writer.error().code == ErrorCode::Cancelled;
    (*writer)->beginSource({"invented", "test", count, 0});
    for (std::uint32_t n = first; n < first + count; ++n) {
        SpanRecord span;
        span.trace = {1, n / 100 + 1, IdForm::Hex128};
        span.span = {0, n + 1, IdForm::Hex64};
        span.start = n * millisecond;
        span.end = span.start + millisecond;
        (*writer)->add(span, "{\"needle\":\"n" + std::to_string(n % 1'000) + "\"}");
    }
    (*writer)->endSource(count);
    const auto flushed = (*writer)->flush();
    return (flushed && succeeded((*writer)->commit())) || (!flushed && flushed.error().code == ErrorCode::Cancelled);
}

bool wholeImports(std::size_t rows)
{
    return rows == firstImport || rows == firstImport + secondImport;
}

void load(const std::string& path, std::stop_token stop, std::atomic<int>& rounds)
{
    const std::array columns{SpanColumn::Start, SpanColumn::SpanLow};
    while (!stop.stop_requested()) {
        auto workspace = Workspace::open(path);
        EXPECT(succeeded(workspace));
        if (!workspace)
            return;
        const auto corpus = workspace->loadCorpus(columns, {});
        EXPECT(succeeded(corpus));
        if (!corpus)
            return;
        EXPECT(wholeImports(corpus->spans.rows()));
        EXPECT(corpus->spans.start(corpus->spans.rows() - 1) == (corpus->spans.rows() - 1) * millisecond);
        ++rounds;
    }
}

void search(const std::string& path, std::stop_token stop, std::atomic<int>& rounds)
{
    while (!stop.stop_requested()) {
        const auto rows = searchRecords(path, "\"n7\"", {});
        EXPECT(succeeded(rows));
        if (!rows)
            return;
        EXPECT(wholeImports(rows->size() * 1'000));
        ++rounds;
    }
}

} // namespace

int main()
{
    const TemporaryPath file;
    const std::string& path = file.path;
    EXPECT(Workspace::create(path));
    EXPECT(import(path, 0, firstImport, {}));

    std::atomic<int> loads = 0;
    std::atomic<int> searches = 0;
    {
        std::jthread loading([&](std::stop_token stop) { load(path, stop, loads); });
        std::jthread searching([&](std::stop_token stop) { search(path, stop, searches); });
        EXPECT(import(path, firstImport, secondImport, {}));
        while (loads == 0 || searches == 0)
            std::this_thread::yield();
    }

    std::stop_source stop;
    {
        const std::jthread stopping([&] { stop.request_stop(); });
        EXPECT(import(path, firstImport + secondImport, firstImport, {stop.get_token(), nullptr}));
    }
    const auto rows = searchRecords(path, "\"n7\"", {});
    EXPECT(rows &&
           (wholeImports(rows->size() * 1'000) || rows->size() == 2 * firstImport / 1'000 + secondImport / 1'000));
    return exitCode();
}

// layers: core analysis store pipeline
// All threads sample the streams of one workspace, and are stopped while they do.
#include "streamsampling.h"
#include "expect.h"
#include "spanwriter.h"

#include <filesystem>
#include <string>
#include <thread>

#include <unistd.h>

using namespace arcscope;

namespace
{

constexpr std::uint32_t streams = 3'000;

bool write(const std::string& path)
{
    if (!Workspace::create(path))
        return false;
    auto writer = SpanWriter::begin(path, {});
    if (!writer)
        return false;
    (*writer)->beginSource({"invented", "test", streams, 0});
    const std::string text(600, 'x');
    for (std::uint32_t n = 0; n < streams; ++n) {
        SpanRecord span;
        span.trace = {1, 1, IdForm::Hex128};
        span.span = {0, n + 1, IdForm::Hex64};
        span.start = 0;
        const Row row = (*writer)->add(span, "{}");
        StreamWriter stream;
        StreamEvent event;
        event.kind = StreamEventKind::Chunk;
        event.time = n * millisecond;
        event.text = text;
        stream.add(event);
        (*writer)->addStream(row, stream.take());
    }
    (*writer)->endSource(streams);
    return (*writer)->flush() && (*writer)->commit();
}

} // namespace

int main()
{
    const std::string path =
        (std::filesystem::temp_directory_path() / ("arcscope-sampling-" + std::to_string(getpid()))).string();
    EXPECT(write(path));
    {
        auto workspace = Workspace::open(path);
        EXPECT(workspace.has_value());
        const auto corpus = workspace->loadCorpus(sampleColumns(), {});
        EXPECT(corpus.has_value());
        Progress progress;
        const auto samples = sampleStreams(path, *corpus, {{}, &progress});
        EXPECT(samples.has_value());
        EXPECT(samples->all.size() == streams);
        EXPECT(progress.bytesDone == progress.bytesTotal);
        std::stop_source stop;
        std::thread stopping([&stop] { stop.request_stop(); });
        const auto stopped = sampleStreams(path, *corpus, {stop.get_token(), &progress});
        stopping.join();
        EXPECT(stopped.has_value() || stopped.error().code == ErrorCode::Cancelled);
    }
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(path + suffix);
    return exitCode();
}

// layers: core importers
// Records are split and read on one thread, taken on another, and both may end at any time.
#include "expect.h"
#include "recordsahead.h"
#include "source.h"

#include <string>

using namespace arcscope;

namespace
{

/// Drops everything but texts.
class Texts final : public SpanSink
{
public:
    StringId intern(std::string_view text) override { return m_pool.intern(text); }
    Row add(const SpanRecord&, std::string_view) override { return m_rows++; }
    void addStream(Row, PackedStream) override {}
    void report(ImportIssue) override {}
    Row rows() const { return m_rows; }

private:
    StringPool m_pool;
    Row m_rows = 0;
};

std::string spanLines(int lines)
{
    std::string text;
    for (int line = 1; line <= lines; ++line) {
        const std::string n = std::to_string(1'000'000 + line);
        text += R"({"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"spans":[{"traceId":")" +
                std::string(25, 'a') + n + R"(","spanId":"000000000)" + n + R"(","name":"step )" + n +
                R"(","startTimeUnixNano":"17000000000","endTimeUnixNano":"17000000001"}]}]}]})" + "\n";
    }
    return text;
}

std::string sliceEvents(int events)
{
    std::string text = "[";
    for (int event = 1; event <= events; ++event)
        text += R"({"name":"step","ph":"X","ts":)" + std::to_string(event) + R"(,"dur":1,"pid":1,"tid":)" +
                std::to_string(event % 9) + "},\n";
    return text;
}

void readAll(std::string_view format, std::string bytes, Row rows, std::stop_source stop, std::uint64_t stopAt)
{
    const auto source = memorySource(std::move(bytes));
    source->setPrompt(true);
    Texts sink;
    Progress progress;
    ReadJob job{*source, sink, {stop.get_token(), &progress}, "test"};
    std::jthread stopper([&](std::stop_token ended) {
        while (!ended.stop_requested() && progress.bytesDone < stopAt)
            std::this_thread::yield();
        if (stopAt > 0)
            stop.request_stop();
    });
    const auto done = formatNamed(format)->read(job);
    EXPECT(stopAt > 0 || (done && sink.rows() == rows));
    EXPECT(done || done.error().code == ErrorCode::Cancelled);
}

} // namespace

int main()
{
    constexpr int lines = 50'000;
    constexpr int events = 100'000;
    const std::string spans = spanLines(lines);
    const std::string slices = sliceEvents(events);
    readAll("otlp-json", spans, lines, std::stop_source(), 0);
    readAll("chrome-trace", slices, events, std::stop_source(), 0);
    for (const std::uint64_t stopAt : {1, 5'000'000}) {
        readAll("otlp-json", spans, lines, std::stop_source(), stopAt);
        readAll("chrome-trace", slices, events, std::stop_source(), stopAt);
    }
    return exitCode();
}

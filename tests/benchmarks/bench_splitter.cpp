// How fast records are found: bench_splitter [MEGABYTES] prints MB/s of processor time, the best of several runs, for
// each format of the generator, each scan kernel, and with each record read through.
#include "generator.h"
#include "jsonvalue.h"
#include "splitter.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>

using namespace arcscope;

namespace
{

constexpr int runs = 5;

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Gives a text that it does not own.
class TextStream final : public ByteStream
{
public:
    explicit TextStream(std::string_view text)
        : m_text(text)
    {
    }
    Result<std::size_t> read(std::span<char> into) override
    {
        const std::size_t count = m_text.copy(into.data(), into.size());
        m_text.remove_prefix(count);
        return count;
    }
    std::uint64_t bytesOnDisk() const override { return 0; }

private:
    std::string_view m_text;
};

struct Outcome {
    std::size_t records = 0;
    double rate = 0; ///< MB/s
};

Outcome measure(const std::string& text, const std::function<std::size_t()>& work)
{
    Outcome best;
    for (int i = 0; i < runs; ++i) {
        const double start = processorSeconds();
        best.records = work();
        best.rate = std::max(best.rate, static_cast<double>(text.size()) * 1e-6 / (processorSeconds() - start));
    }
    return best;
}

template <typename See>
std::size_t split(const std::string& text, const SplitPaths& paths, ScanKernel kernel, See&& see)
{
    Source source(std::make_unique<TextStream>(text));
    WindowReader window(source);
    JsonSplitter splitter(window, paths, maxRecordBytes, kernel);
    SplitEvent event;
    std::size_t records = 0;
    while (true) {
        const auto more = splitter.next(event);
        if (!more || !*more)
            return records;
        if (event.kind != SplitKind::Value || event.target < 0)
            continue;
        ++records;
        see(event.value);
    }
}

/// Visits everything; says how many values there are.
std::size_t walk(const JsonValue& value)
{
    std::size_t count = 1;
    value.eachMember([&](std::string_view, const JsonValue& member) { count += walk(member); });
    value.eachElement([&](const JsonValue& element) { count += walk(element); });
    return count;
}

void report(std::string_view format, const char* what, const std::string& text, const Outcome& outcome)
{
    std::printf("%-11.*s %-22s %8.0f MB/s %10zu records %8.1f MB\n", static_cast<int>(format.size()), format.data(),
                what, outcome.rate, outcome.records, static_cast<double>(text.size()) * 1e-6);
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t wanted = static_cast<std::size_t>(argc > 1 ? std::max(1, std::atoi(argv[1])) : 256) * 1'000'000;
    const SplitPaths spans{"resourceSpans/*/scopeSpans/*/spans/*"};
    const SplitPaths events{"traceEvents/*"};
    const SplitPaths lines;
    const auto nothing = [](std::string_view) {};

    for (const bench::FormatName& format : bench::formatNames) {
        std::string text;
        (void)bench::generate(format.name, ~std::uint64_t(0), 1, [&](std::string_view piece) {
            text += piece;
            return text.size() < wanted;
        });
        const SplitPaths& paths = format.name.starts_with("otlp")     ? spans
                                  : format.name.starts_with("chrome") ? events
                                                                      : lines;

        report(format.name, "copy", text, measure(text, [&] {
                   Source source(std::make_unique<TextStream>(text));
                   WindowReader window(source);
                   while (const auto more = window.more()) {
                       if (!*more)
                           break;
                       window.consume(window.bytes().size());
                   }
                   return std::size_t(0);
               }));
        report(format.name, "split", text,
               measure(text, [&] { return split(text, paths, bestScanKernel(), nothing); }));
        if (const ScanKernel kernel = sse2ScanKernel())
            report(format.name, "split, SSE2", text,
                   measure(text, [&] { return split(text, paths, kernel, nothing); }));
        report(format.name, "split, portable", text,
               measure(text, [&] { return split(text, paths, &scanPortable, nothing); }));
        report(format.name, "split and visit all", text, measure(text, [&] {
                   JsonParser parser;
                   std::size_t values = 0;
                   const std::size_t records = split(text, paths, bestScanKernel(), [&](std::string_view record) {
                       values += walk(parser.parse(record));
                   });
                   return values > 0 ? records : 0;
               }));
    }
    return 0;
}

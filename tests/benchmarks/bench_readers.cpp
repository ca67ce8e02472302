// What a reader costs, as a multiple of parsing the same bytes into a simdjson DOM: bench_readers FILE... (five pairs
// each, interleaved; CPU time of this process). The sink keeps nothing but strings.
#include "format.h"
#include "probe.h"
#include "source.h"
#include "stringtable.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <simdjson.h>
#include <string>
#include <vector>

using namespace arcscope;

namespace
{

class NullSink final : public SpanSink
{
public:
    StringId intern(std::string_view text) override { return m_pool.intern(text); }
    Row add(const SpanRecord& span, std::string_view record) override
    {
        bytes += record.size();
        messages += span.messages > 0 ? span.messages : 0;
        return static_cast<Row>(spans++);
    }
    void addStream(Row, PackedStream) override {}
    void report(ImportIssue) override { ++issues; }

    std::size_t spans = 0;
    std::size_t bytes = 0;
    std::size_t issues = 0;
    std::int64_t messages = 0;

private:
    StringPool m_pool;
};

/// The file in memory, so that both sides read the same way.
class MemoryStream final : public ByteStream
{
public:
    explicit MemoryStream(const std::string& bytes)
        : m_bytes(bytes)
    {
    }
    Result<std::size_t> read(std::span<char> into) override
    {
        const std::size_t count = std::min(into.size(), m_bytes.size() - m_at);
        std::copy_n(m_bytes.data() + m_at, count, into.data());
        m_at += count;
        return count;
    }
    std::uint64_t bytesOnDisk() const override { return m_at; }

private:
    const std::string& m_bytes;
    std::size_t m_at = 0;
};

double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double timeDom(const std::string& bytes)
{
    const double begin = cpuSeconds();
    simdjson::dom::parser parser;
    std::size_t read = 0;
    if (bytes.size() < bytes.find('\n') + 2) {
        simdjson::dom::element document;
        read = parser.parse(bytes.data(), bytes.size(), false).get(document) == simdjson::SUCCESS ? 1 : 0;
    } else {
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
            simdjson::dom::element document;
            read += parser.parse(bytes.data() + at, end - at, false).get(document) == simdjson::SUCCESS ? 1 : 0;
            at = end + 1;
        }
    }
    return read == 0 ? 0 : cpuSeconds() - begin;
}

double timeReader(const ImportFormat& format, const std::string& bytes, NullSink& sink)
{
    const double begin = cpuSeconds();
    Source source(std::make_unique<MemoryStream>(bytes));
    ReadJob job{source, sink, {}, "benchmark"};
    if (const auto done = format.read(job); !done)
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
    return cpuSeconds() - begin;
}

int bench(const char* path)
{
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    bytes.reserve(bytes.size() + simdjson::SIMDJSON_PADDING);
    const Probe probe(std::string_view(bytes).substr(0, Probe::headBytes), bytes.size() <= Probe::headBytes);
    const ImportFormat* format = sniff(probe);
    if (!format) {
        std::fprintf(stderr, "%s: no format\n", path);
        return 1;
    }
    constexpr int pairs = 5;
    std::vector<double> ratios;
    std::vector<double> seconds;
    NullSink last;
    for (int i = 0; i < pairs; ++i) {
        NullSink sink;
        const double reader = timeReader(*format, bytes, sink);
        const double dom = timeDom(bytes);
        seconds.push_back(reader);
        ratios.push_back(dom > 0 ? reader / dom : 0);
        if (i == pairs - 1)
            std::printf("%s: %s, %zu spans, %lld messages, %zu issues", path, std::string(format->name).c_str(),
                        sink.spans, static_cast<long long>(sink.messages), sink.issues);
    }
    std::sort(ratios.begin(), ratios.end());
    std::sort(seconds.begin(), seconds.end());
    std::printf("; %.0f MB/s (median of %d), %.2f x DOM\n",
                static_cast<double>(bytes.size()) / seconds[pairs / 2] * 1e-6, pairs, ratios[pairs / 2]);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    int failed = argc < 2 ? 2 : 0;
    for (int i = 1; i < argc; ++i)
        failed |= bench(argv[i]);
    return failed;
}

// Writing invented spans into a new workspace, with no reader before it: bench_store [SPANS]
#include "search.h"
#include "spansql.h"
#include "spanwriter.h"
#include "wordindex.h"
#include "workspace.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

using namespace arcscope;

namespace
{

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Messages whose words repeat about as much as those of real traces: zstd makes an eighth of them.
class Records
{
public:
    Records()
    {
        for (std::size_t i = 0; i < 2'000; ++i)
            m_words.push_back(" w" + std::to_string(hashOf(std::to_string(i)) % 100'000));
        for (std::size_t i = 0; i < 64; ++i) {
            std::string message = "{\\\"role\\\": \\\"user\\\", \\\"content\\\": \\\"";
            for (std::size_t word = 0; word < 60; ++word)
                message += m_words[next() % m_words.size()];
            m_messages.push_back(message + "\\\"}");
        }
    }
    const std::string& record(std::uint64_t n)
    {
        m_record = "{\"traceId\":\"" + std::to_string(n / 20 + (1ull << 60)) + "\",\"spanId\":\"" +
                   std::to_string(hashOf(std::to_string(n))) + "\",\"input\":\"[";
        for (std::size_t i = 0; i < 3; ++i)
            m_record += m_messages[(n / 20 + i) % m_messages.size()];
        m_record += "]\",\"output\":\"";
        for (std::size_t i = 0; i < 80; ++i)
            m_record += m_words[next() % m_words.size()];
        return m_record += "\"}";
    }

    const std::vector<std::string>& words() const { return m_words; }

private:
    std::uint64_t next() { return m_state = m_state * 6364136223846793005u + 1442695040888963407u, m_state >> 33; }

    std::uint64_t m_state = 1;
    std::vector<std::string> m_words;
    std::vector<std::string> m_messages;
    std::string m_record;
};

struct TemporaryPath {
    std::string path = std::filesystem::temp_directory_path() / ("bench_store-" + std::to_string(getpid()));

    ~TemporaryPath()
    {
        std::error_code ignored;
        for (const char* suffix : {"", "-journal", "-wal", "-shm"})
            std::filesystem::remove(path + suffix, ignored);
    }
};

int fail(const Error& error)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return 1;
}

void printLine(const char* what, double seconds, double megabytes)
{
    std::printf("%-34s %8.3f s %8.0f MB/s\n", what, seconds, megabytes / seconds);
}

} // namespace

int main(int argc, char** argv)
{
    const std::uint64_t spans = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200'000;
    const TemporaryPath file;
    if (auto made = Workspace::create(file.path); !made)
        return fail(made.error());

    Records records;
    std::vector<std::string> prepared; // made beforehand: what is measured is the store
    std::uint64_t bytes = 0;
    for (std::uint64_t n = 0; n < std::min<std::uint64_t>(spans, 50'000); ++n)
        prepared.push_back(records.record(n));
    const double peakBefore = peakMegabytes();
    const double begin = now();
    const double cpuBegin = cpuSeconds();
    {
        auto writer = SpanWriter::begin(file.path, {});
        if (!writer)
            return fail(writer.error());
        (*writer)->beginSource({"invented", "none", 0, 0});
        for (std::uint64_t n = 0; n < spans; ++n) {
            SpanRecord span;
            span.trace = {1, n / 20 + 1, IdForm::Hex128};
            span.span = {0, hashOf(std::to_string(n)), IdForm::Hex64};
            span.start = static_cast<Nanos>(n) * millisecond;
            span.end = span.start + static_cast<Nanos>(n % 1'000) * millisecond;
            span.kind = static_cast<SpanKind>(n % spanKindCount);
            span[SpanText::Name] = (*writer)->intern("step " + std::to_string(n % 500));
            span.usage[UsageClass::Input] = static_cast<std::int64_t>(n % 5'000);
            const std::string& record = prepared[n % prepared.size()];
            bytes += record.size();
            (*writer)->add(span, record);
        }
        if (auto flushed = (*writer)->flush(); !flushed)
            return fail(flushed.error());
        if (auto done = (*writer)->commit(); !done)
            return fail(done.error());
    }
    const double wall = now() - begin;
    const double cpu = cpuSeconds() - cpuBegin;
    const double megabytes = static_cast<double>(bytes) / 1e6;
    printLine("write", wall, megabytes);
    std::printf("  %.0f spans/s, %.3f s CPU, peak %+.0f MB; on disk %.1f %% of the records, %.0f B a span\n",
                static_cast<double>(spans) / wall, cpu, peakMegabytes() - peakBefore,
                100 * static_cast<double>(std::filesystem::file_size(file.path)) / static_cast<double>(bytes),
                static_cast<double>(std::filesystem::file_size(file.path)) / static_cast<double>(spans));

    auto workspace = Workspace::open(file.path);
    if (!workspace)
        return fail(workspace.error());
    const double loadBegin = now();
    constexpr std::array timeline{SpanColumn::Trace, SpanColumn::Start,  SpanColumn::Duration,
                                  SpanColumn::Kind,  SpanColumn::Status, SpanColumn::FirstText};
    auto corpus = workspace->loadCorpus(timeline, {});
    if (!corpus)
        return fail(corpus.error());
    std::printf("%-34s %8.3f s %8.1f million spans/s\n", "load 6 columns", now() - loadBegin,
                static_cast<double>(spans) / 1e6 / (now() - loadBegin));

    for (const char* sql :
         {"select count(*), sum(duration_ns) from spans", "select name, count(*), sum(input) from spans group by name",
          "select count(*) from spans where start_ns < 1000000000"}) {
        const double sqlBegin = now();
        const auto result = runSql(*workspace, *corpus, sql, 10'000, {});
        if (!result)
            return fail(result.error());
        std::printf("%-34s %8.3f s   %s\n", "SQL", now() - sqlBegin, sql);
    }
    const double scanBegin = now();
    const auto scanned = searchRecords(file.path, "absent from every record", {});
    if (!scanned)
        return fail(scanned.error());
    printLine("scan for a text", now() - scanBegin, megabytes);

    const double indexBegin = now();
    if (auto built = buildWordIndex(file.path, {}); !built)
        return fail(built.error());
    printLine("index of words", now() - indexBegin, megabytes);
    std::printf("  with it on disk %.1f %% of the records\n",
                100 * static_cast<double>(std::filesystem::file_size(file.path)) / static_cast<double>(bytes));
    const std::string word = records.words().front() + " ";
    const double wordBegin = now();
    const auto found = searchWords(file.path, word, 100, {});
    if (!found)
        return fail(found.error());
    std::printf("%-34s %8.4f s   best %zu\n", "search in the index", now() - wordBegin, found->size());
    return 0;
}

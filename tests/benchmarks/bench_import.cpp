// Import speed and memory against a yardstick run in turn with it: parsing the same bytes into a simdjson DOM, one
// thread.
//   bench_import [--pairs N] PATH…
// A folder is one corpus; the yardstick parses its files as one text.
// Prints, per file: MB/s and spans/s, the medians of the per-pair ratios of wall and CPU time, peak memory, size on
// disk.
#include "importer.h"
#include "workspace.h"

#include <simdjson.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace arcscope;

namespace
{

struct Cost {
    double wall = 0;
    double cpu = 0;
};

struct ImportRun {
    Cost cost;
    double peakMb = 0;
    double storedMb = 0;
    std::uint64_t spans = 0;
    std::uint64_t events = 0;
};

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double cpuOf(const rusage& usage)
{
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string readFile(const std::string& path)
{
    if (std::filesystem::is_directory(path)) {
        std::string all;
        for (const auto& entry : std::filesystem::directory_iterator(path))
            all += readFile(entry.path());
        return all;
    }
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The file's JSON, unpacked where it is zstd: the yardstick never pays for decompression.
std::string jsonOf(const std::string& path)
{
    std::string bytes = readFile(path);
    if (!path.ends_with(".zst"))
        return bytes;
    std::string json;
    std::vector<char> out(ZSTD_DStreamOutSize());
    ZSTD_DStream* stream = ZSTD_createDStream();
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (in.pos < in.size) {
        ZSTD_outBuffer buffer{out.data(), out.size(), 0};
        if (ZSTD_isError(ZSTD_decompressStream(stream, &buffer, &in)))
            break;
        json.append(out.data(), buffer.pos);
    }
    ZSTD_freeDStream(stream);
    return json;
}

/// Parses every value of the text; the parser is reused over all pairs.
Cost parseDom(simdjson::dom::parser& parser, const simdjson::padded_string& json, bool lines)
{
    rusage before{};
    rusage after{};
    getrusage(RUSAGE_SELF, &before);
    const double start = now();
    std::size_t values = 0;
    if (lines) {
        std::size_t longest = 0;
        for (const char *at = json.data(), *end = at + json.size(); at < end;) {
            const auto* next = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
            next = next ? next + 1 : end;
            longest = std::max(longest, static_cast<std::size_t>(next - at));
            at = next;
        }
        simdjson::dom::document_stream stream;
        if (!parser.parse_many(json, std::max<std::size_t>(longest + 64, 1'000'000)).get(stream)) {
            for (auto document : stream)
                values += document.error() ? 0 : 1;
        }
    } else {
        simdjson::dom::element root;
        values += parser.parse(json).get(root) ? 0 : 1;
    }
    const double wall = now() - start;
    getrusage(RUSAGE_SELF, &after);
    if (values == 0)
        std::fprintf(stderr, "the yardstick could not parse the file\n");
    return {wall, cpuOf(after) - cpuOf(before)};
}

/// Runs in the child: one import into a new workspace.
int importOnce(const std::string& file, const std::string& workspace, int report)
{
    if (!Workspace::create(workspace))
        return 1;
    Progress progress;
    const auto done = importInto(workspace, {file}, {{}, &progress});
    if (!done) {
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
        return 1;
    }
    const std::uint64_t spans = done->spans;
    return write(report, &spans, sizeof(spans)) == sizeof(spans) ? 0 : 1;
}

bool import(const std::string& file, const std::string& workspace, ImportRun& run)
{
    std::filesystem::remove(workspace);
    int pipes[2];
    if (pipe(pipes) != 0)
        return false;
    const double start = now();
    const pid_t child = fork();
    if (child == 0)
        _exit(importOnce(file, workspace, pipes[1]));
    close(pipes[1]);
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    run.cost = {now() - start, cpuOf(usage)};
    run.peakMb = static_cast<double>(usage.ru_maxrss) / 1024;
    const bool read = ::read(pipes[0], &run.spans, sizeof(run.spans)) == sizeof(run.spans);
    close(pipes[0]);
    run.storedMb = static_cast<double>(std::filesystem::file_size(workspace)) / 1e6;
    return read && status == 0;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// The yardstick in a child too: its memory must not count for the import, which inherits what the parent holds.
bool yardstick(const std::string& file, Cost& cost)
{
    int pipes[2];
    if (pipe(pipes) != 0)
        return false;
    const pid_t child = fork();
    if (child == 0) {
        const simdjson::padded_string json(jsonOf(file));
        const bool lines = std::filesystem::is_directory(file) || file.find(".jsonl") != std::string::npos;
        simdjson::dom::parser parser;
        parser.threaded = false;       // else a stream of documents is indexed by a second thread
        parseDom(parser, json, lines); // the first run pays for the parser's memory
        const Cost measured = parseDom(parser, json, lines);
        _exit(write(pipes[1], &measured, sizeof(measured)) == sizeof(measured) ? 0 : 1);
    }
    close(pipes[1]);
    const bool read = ::read(pipes[0], &cost, sizeof(cost)) == sizeof(cost);
    close(pipes[0]);
    waitpid(child, nullptr, 0);
    return read;
}

bool bench(const std::string& file, int pairs)
{
    const std::string workspace =
        std::filesystem::temp_directory_path() / ("bench-" + std::to_string(getpid()) + ".arcscope");
    const double jsonMb = static_cast<double>(jsonOf(file).size()) / 1e6;
    std::vector<double> walls, cpus, wallRatios, cpuRatios, peaks;
    ImportRun run;
    for (int i = 0; i < pairs; ++i) {
        Cost dom;
        if (!yardstick(file, dom) || !import(file, workspace, run))
            return false;
        walls.push_back(run.cost.wall);
        wallRatios.push_back(run.cost.wall / dom.wall);
        cpuRatios.push_back(run.cost.cpu / dom.cpu);
        peaks.push_back(run.peakMb);
    }
    std::filesystem::remove(workspace);
    const double wall = median(walls);
    std::printf(
        "%-24s %7.0f MB %9llu spans %6.2f s %6.0f MB/s %9.0f spans/s   wall %5.2f  CPU %5.2f x DOM   peak %5.0f MB   "
        "stored %6.1f MB (%4.1f %%)\n",
        std::filesystem::path(file).filename().c_str(), jsonMb, static_cast<unsigned long long>(run.spans), wall,
        jsonMb / wall, static_cast<double>(run.spans) / wall, median(wallRatios), median(cpuRatios), median(peaks),
        run.storedMb, run.storedMb / jsonMb * 100);
    std::fflush(stdout);
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    int pairs = 5;
    std::vector<std::string> files;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--pairs") == 0 && i + 1 < argc)
            pairs = std::max(1, std::atoi(argv[++i]));
        else
            files.emplace_back(argv[i]);
    }
    if (files.empty()) {
        std::fprintf(stderr, "bench_import [--pairs N] PATH…\n");
        return 2;
    }
    bool good = true;
    for (const std::string& file : files)
        good = bench(file, pairs) && good;
    return good ? 0 : 1;
}

// Searching all records of a workspace, against memmem over the same bytes unpacked, one thread.
//   bench_search [--pairs N] WORKSPACE TEXT…
#include "search.h"
#include "workspace.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

using namespace arcscope;

namespace
{

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// All records of the workspace, end to end.
std::string allRecords(const std::string& path)
{
    auto workspace = Workspace::open(path);
    std::string bytes;
    if (!workspace)
        return bytes;
    auto select = workspace->database().prepare("select data from blocks order by id");
    while (select) {
        const auto row = select->step();
        if (!row || !*row)
            break;
        if (const auto block = unpack(select->blob(0)))
            bytes += *block;
    }
    return bytes;
}

std::size_t countRaw(const std::string& bytes, const std::string& text)
{
    std::size_t hits = 0;
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    while ((at = static_cast<const char*>(memmem(at, static_cast<std::size_t>(end - at), text.data(), text.size())))) {
        ++hits;
        at += text.size();
    }
    return hits;
}

} // namespace

int main(int argc, char** argv)
{
    int pairs = 5;
    int first = 1;
    if (argc > 2 && std::strcmp(argv[1], "--pairs") == 0) {
        pairs = std::max(1, std::atoi(argv[2]));
        first = 3;
    }
    if (argc < first + 2) {
        std::fprintf(stderr, "bench_search [--pairs N] WORKSPACE TEXT...\n");
        return 2;
    }
    const std::string path = argv[first];
    const std::string bytes = allRecords(path);
    for (int i = first + 1; i < argc; ++i) {
        const std::string text = argv[i];
        std::vector<double> searches;
        std::vector<double> ratios;
        std::size_t rows = 0;
        for (int pair = 0; pair < pairs; ++pair) {
            const double begin = now();
            [[maybe_unused]] volatile std::size_t hits = countRaw(bytes, text);
            const double raw = now() - begin;
            const auto found = searchRecords(path, text, {});
            searches.push_back(now() - begin - raw);
            ratios.push_back(searches.back() / raw);
            rows = found ? found->size() : 0;
        }
        std::printf("%-24s %6.0f MB of records   %8zu spans   %7.3f s   %5.2f x raw memmem\n", text.c_str(),
                    static_cast<double>(bytes.size()) / 1e6, rows, median(searches), median(ratios));
    }
    return 0;
}

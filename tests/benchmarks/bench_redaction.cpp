// How fast what leaves is redacted and looked through: bench_redaction PATH... prints MB/s of processor time, of the
// bytes that leave, for collecting, striking and the check for leaks.
#include "leaving.h"

#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

using namespace arcscope;

namespace
{

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void print(const char* what, std::size_t bytes, double seconds)
{
    std::printf("%-12s %8.1f MB/s  %6.2f s\n", what, static_cast<double>(bytes) * 1e-6 / seconds, seconds);
}

} // namespace

int main(int argc, char** argv)
{
    LeavingRequest request;
    request.paths.assign(argv + 1, argv + argc);
    auto session = openSession(request.paths, otlpExportColumns(), {});
    if (!session) {
        std::fprintf(stderr, "bench_redaction PATH...: %s\n", session.error().message.c_str());
        return 2;
    }
    const auto opened = processorSeconds();
    auto leaving = beginLeaving(std::move(*session), std::move(request), {});
    const auto collected = processorSeconds();
    const auto lines = leaving ? exportedLines(leaving->session, leaving->rows, leaving->strikes(), {})
                               : Result<std::string>(leaving.error());
    if (!lines)
        return 1;
    const std::string& bytes = *lines;
    const auto struck = processorSeconds();
    const bool clean = checkLeaks(*leaving->redactor, {{"bytes", bytes}}).has_value();
    const auto checked = processorSeconds();
    std::printf("%zu bytes, %zu values, %llu places, %s\n", bytes.size(), leaving->redactor->removed().size(),
                static_cast<unsigned long long>(leaving->redactor->struck()), clean ? "clean" : "leaks");
    print("collecting", bytes.size(), collected - opened);
    print("striking", bytes.size(), struck - collected);
    print("looking", bytes.size(), checked - struck);
    return clean ? 0 : 1;
}

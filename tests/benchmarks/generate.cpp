// arcscope_generate FORMAT N SEED > FILE
#include "generator.h"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>

using namespace arcscope::bench;

namespace
{

std::optional<std::uint64_t> numberOf(const char* text)
{
    std::uint64_t number = 0;
    const char* end = text + std::strlen(text);
    const auto read = std::from_chars(text, end, number);
    if (read.ec != std::errc() || read.ptr != end)
        return std::nullopt;
    return number;
}

bool known(std::string_view format)
{
    for (const FormatName& name : formatNames) {
        if (name.name == format)
            return true;
    }
    return false;
}

int usage()
{
    std::fputs("usage: arcscope_generate FORMAT N SEED > FILE\n"
               "N is the number of spans, or of events, and SEED any number. FORMAT is one of:\n",
               stderr);
    for (const FormatName& format : formatNames) {
        std::fprintf(stderr, "  %-12.*s%.*s\n", static_cast<int>(format.name.size()), format.name.data(),
                     static_cast<int>(format.description.size()), format.description.data());
    }
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4 || !known(argv[1]))
        return usage();
    const auto records = numberOf(argv[2]);
    const auto seed = numberOf(argv[3]);
    if (!records || !seed)
        return usage();
    const bool done = generate(argv[1], *records, *seed, [](std::string_view piece) {
        return std::fwrite(piece.data(), 1, piece.size(), stdout) == piece.size();
    });
    if (!done || std::fflush(stdout) != 0) {
        std::perror("arcscope_generate: standard output");
        return 1;
    }
    return 0;
}

// Runs a fuzz target without libFuzzer: every file of the folders given, whole, cut short, and with single bytes
// changed.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace
{

using Bytes = std::vector<std::uint8_t>;

/// Damaged places per file and kind of damage.
constexpr std::size_t places = 64;

Bytes read(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A copy of exactly the right size, so that a sanitizer sees the first byte read behind it.
void run(const std::uint8_t* data, std::size_t size)
{
    const Bytes copy(data, data + size);
    LLVMFuzzerTestOneInput(copy.data(), copy.size());
}

void runDamaged(const Bytes& whole)
{
    const std::size_t step = std::max<std::size_t>(1, whole.size() / places);
    for (std::size_t at = 0; at < whole.size(); at += step) {
        run(whole.data(), at);
        Bytes changed = whole;
        for (const std::uint8_t byte : {std::uint8_t{0}, std::uint8_t{0xff}, std::uint8_t(whole[at] ^ 1u)}) {
            changed[at] = byte;
            run(changed.data(), changed.size());
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
            if (entry.is_regular_file())
                files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        std::printf("%s\n", file.c_str());
        std::fflush(stdout); // the last line names the culprit of a crash
        const Bytes whole = read(file);
        run(whole.data(), whole.size());
        runDamaged(whole);
    }
    std::printf("%zu files\n", files.size());
    return files.empty() ? 1 : 0;
}

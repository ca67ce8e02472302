// arcscope_sample_generator FOLDER: writes the sample corpus. With --check: compares it with what is there.
#include "incident.h"
#include "migration.h"
#include "ssefiles.h"
#include "stories.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace arcscope::samples;
namespace fs = std::filesystem;

namespace
{

SampleFiles allFiles()
{
    SampleFiles files;
    PlantedFacts facts;
    Week week(facts, "support-week");
    tellOfIncident(week);
    tellOfTasks(week);
    tellOfEndings(week);
    tellOfTools(week);
    tellOfStops(week);
    tellOfRefusals(week);
    tellOfStreams(week);
    tellOfWebPages(week);
    tellOfRoutine(week);
    week.writeDays(files);
    writeIncidentSession(files, facts);
    writeProviderStreams(files, facts);
    writeMigration(files, facts);
    files["planted.json"] = facts.text();
    return files;
}

bool write(const fs::path& folder, const SampleFiles& files)
{
    for (const auto& [name, content] : files) {
        const fs::path path = folder / name;
        fs::create_directories(path.parent_path());
        std::ofstream file(path, std::ios::binary);
        file << content;
        file.close();
        if (!file) {
            std::fprintf(stderr, "%s: cannot be written\n", path.string().c_str());
            return false;
        }
    }
    return true;
}

/// Also false for a file that is there and would not be written; the README is not ours.
bool check(const fs::path& folder, const SampleFiles& files)
{
    bool same = true;
    for (const auto& [name, content] : files) {
        std::ifstream file(folder / name, std::ios::binary);
        const std::string found{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        if (!file.is_open() || found != content) {
            std::fprintf(stderr, "%s: %s\n", name.c_str(), file.is_open() ? "differs" : "is missing");
            same = false;
        }
    }
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        if (entry.is_regular_file() && name != "README.md" && !files.contains(name)) {
            std::fprintf(stderr, "%s: the generator does not write it\n", name.c_str());
            same = false;
        }
    }
    return same;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string_view first = argc > 1 ? argv[1] : "";
    const bool checking = first == "--check";
    if (argc != (checking ? 3 : 2) || first == "--help") {
        std::fputs("usage: arcscope_sample_generator [--check] FOLDER\n", stderr);
        return 2;
    }
    const SampleFiles files = allFiles();
    return (checking ? check(argv[2], files) : write(argv[1], files)) ? 0 : 1;
}

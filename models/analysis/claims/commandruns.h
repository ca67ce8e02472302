// What the commands that models give to shells run: tests, builds, linters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope
{

enum class RunKind : std::uint8_t { Tests, Build, Lint };

enum class RunSight : std::uint8_t {
    None,   ///< nothing in it runs them: "git push", "cat results.txt"
    MayRun, ///< it cannot be told: "./ci.sh", "docker compose up"
    Runs,
};

/// How a command line of a POSIX shell stands to runs of a kind.
struct CommandRun {
    RunSight sight = RunSight::None;
    bool alone = false; ///< it ends with them, behind nothing that may do as much: its status is theirs
};

/// Reads lists, pipes, quotes, `sh -c`, here-documents and what stands before a program ("env", "npx", "poetry run");
/// expands nothing. By the names of the programs alone. O(bytes).
CommandRun commandRun(std::string_view command, RunKind kind);

} // namespace arcscope

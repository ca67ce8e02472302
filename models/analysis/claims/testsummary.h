// What programs that run tests print at their end: how many failed.
#pragma once

#include "contradictions.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Of the runs in one output, added up.
struct TestSummary {
    std::size_t failed = 0;          ///< errors count, too; of programs that count suites and tests, both
    std::vector<std::size_t> passed; ///< what each summary says of passed ones, in their order
    ByteRange line;                  ///< of the output: the first summary that tells of a failure, else the last one
};

/// The summaries of pytest, unittest, tox, Jest, Vitest, Mocha, Node, Bun, Playwright, Cargo, Go, CTest, Qt Test,
/// Surefire, dotnet test, RSpec and PHPUnit, with or without colours. Nullopt where no line is one. O(bytes).
std::optional<TestSummary> testSummary(std::string_view output);

} // namespace arcscope

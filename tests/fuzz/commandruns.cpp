// layers: core analysis
// Commands and what they print, as traces have them: everything is read, and a summary lies in its text.
#include "commandruns.h"
#include "testsummary.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace arcscope;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const RunKind kind : {RunKind::Tests, RunKind::Build, RunKind::Lint}) {
        const CommandRun run = commandRun(text, kind);
        if (run.alone && run.sight != RunSight::Runs)
            std::abort();
    }
    const auto summary = testSummary(text);
    if (summary && (summary->line.from < 0 || summary->line.from > summary->line.to ||
                    summary->line.to > static_cast<std::int64_t>(size)))
        std::abort();
    return 0;
}

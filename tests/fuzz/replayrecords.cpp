// layers: core analysis store pipeline
// What a workspace keeps of a replay, as any bytes: it is refused, or it is the same when it is written again, and can
// be summarised and told.
#include "replaycodec.h"
#include "replaymatrix.h"
#include "replaysummary.h"
#include "replaywords.h"

#include <cstdlib>

using namespace arcscope;

namespace
{

constexpr std::size_t largestInput = std::size_t(1) << 12;
constexpr std::uint32_t mostSides = 8;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > largestInput)
        return 0;
    const auto record = decodedReplay({reinterpret_cast<const char*>(data), size});
    if (!record)
        return 0;
    const auto again = decodedReplay(encodedReplay(*record));
    require(again && again->pairing.sides == record->pairing.sides && again->pairing.runs == record->pairing.runs &&
            again->pairing.tasks == record->pairing.tasks && again->verdicts == record->verdicts &&
            again->comparison == record->comparison && again->contents == record->contents &&
            again->anchored == record->anchored);
    if (record->pairing.sides > mostSides)
        return 0;
    std::vector<ReplaySummary> summaries;
    for (std::uint32_t side = 1; side < record->pairing.sides; ++side) {
        summaries.push_back(replaySummary(record->pairing, record->verdicts, side));
        for (const ReplaySentence& sentence : replayWords(summaries.back()))
            require(!sentence.text.empty());
    }
    static_cast<void>(replayMatrix(record->pairing, summaries, {}));
    return 0;
}

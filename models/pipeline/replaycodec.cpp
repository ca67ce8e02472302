#include "replaycodec.h"

#include "bytecodec.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr char codecForm = 3;

class Writer : public ByteWriter
{
public:
    Writer()
        : ByteWriter(codecForm)
    {
    }

    void run(const ReplayRun& run)
    {
        number(run.side);
        number(run.task);
        number(run.trial);
        list(run.traces, [this](std::uint32_t trace) { number(trace); });
        word(run.outcome);
        word(run.outcomeSource);
        number(run.outcomeRow);
        for (const std::int64_t value : {run.score, run.cost, run.tokens, run.latency, run.modelCalls, run.toolCalls})
            signedNumber(value);
        text(run.currency);
        text(run.model);
        text(run.judge);
        signedNumber(run.judged);
        number((run.control ? 1U : 0U) | (run.labelledBefore ? 2U : 0U));
    }

    void task(const ReplayTask& task)
    {
        text(task.key);
        word(task.by);
        word(task.gap);
        list(task.runs, [this](const std::vector<std::uint32_t>& side) {
            list(side, [this](std::uint32_t run) { number(run); });
        });
    }

    void verdict(const ReplayVerdict& verdict)
    {
        number(verdict.base);
        number(verdict.candidate);
        word(verdict.change);
        word(verdict.flip);
        word(verdict.weight);
        word(verdict.difference);
        word(verdict.detail);
        for (const ReplayCounts& counts : verdict.counts) {
            for (const std::uint32_t count : counts)
                number(count);
        }
        number(verdict.steps);
        number(verdict.changed);
        number(verdict.firstDivergence);
        number(verdict.recovery);
        number(verdict.reasons);
        number(std::bit_cast<std::uint64_t>(verdict.distance));
        number(std::bit_cast<std::uint64_t>(verdict.callDistance));
        number((verdict.sameWrites ? 1U : 0U) | (verdict.baseDeclined ? 2U : 0U) |
               (verdict.candidateDeclined ? 4U : 0U));
    }
};

class Reader : public ByteReader
{
public:
    explicit Reader(std::string_view bytes)
        : ByteReader(bytes, codecForm)
    {
    }

    std::uint32_t small() { return static_cast<std::uint32_t>(numberUpTo(~std::uint32_t(0))); }

    ReplayRun run()
    {
        ReplayRun run;
        run.side = small();
        run.task = small();
        run.trial = small();
        list(run.traces, [this] { return small(); });
        run.outcome = word(ArcOutcome::Unknown);
        run.outcomeSource = word(ArcSource::None);
        run.outcomeRow = small();
        for (std::int64_t* const value :
             {&run.score, &run.cost, &run.tokens, &run.latency, &run.modelCalls, &run.toolCalls})
            *value = signedNumber();
        run.currency = text();
        run.model = text();
        run.judge = text();
        run.judged = signedNumber();
        const std::uint64_t flags = numberUpTo(3);
        run.control = (flags & 1U) != 0;
        run.labelledBefore = (flags & 2U) != 0;
        if (run.traces.empty())
            bad();
        return run;
    }

    ReplayTask task()
    {
        ReplayTask task;
        task.key = text();
        task.by = word(ReplayKey::File);
        task.gap = word(ReplayGap::NoKey);
        list(task.runs, [this] {
            std::vector<std::uint32_t> side;
            list(side, [this] { return small(); });
            return side;
        });
        return task;
    }

    ReplayVerdict verdict()
    {
        ReplayVerdict verdict;
        verdict.base = small();
        verdict.candidate = small();
        verdict.change = word(ReplayChange::NotKnown);
        verdict.flip = word(ReplayChange::NotKnown);
        verdict.weight = word(ReplayClass::Effect);
        verdict.difference = word(ReplayDifference::Declined);
        verdict.detail = word(ReplayDetail::Effect);
        for (ReplayCounts& counts : verdict.counts) {
            for (std::uint32_t& count : counts)
                count = small();
        }
        verdict.steps = small();
        verdict.changed = small();
        verdict.firstDivergence = small();
        verdict.recovery = small();
        verdict.reasons = small();
        verdict.distance = std::bit_cast<double>(number());
        verdict.callDistance = std::bit_cast<double>(number());
        const std::uint64_t flags = numberUpTo(7);
        verdict.sameWrites = (flags & 1U) != 0;
        verdict.baseDeclined = (flags & 2U) != 0;
        verdict.candidateDeclined = (flags & 4U) != 0;
        return verdict;
    }
};

/// Every run stands in its task once, at its side.
bool isSound(const ReplayPairing& pairing)
{
    std::vector<bool> placed(pairing.runs.size(), false);
    std::size_t runs = 0;
    for (std::size_t task = 0; task < pairing.tasks.size(); ++task) {
        const auto& sides = pairing.tasks[task].runs;
        if (sides.size() != pairing.sides)
            return false;
        for (std::size_t side = 0; side < sides.size(); ++side) {
            for (const std::uint32_t run : sides[side]) {
                if (run >= placed.size() || placed[run] || pairing.runs[run].side != side ||
                    pairing.runs[run].task != task)
                    return false;
                placed[run] = true;
                ++runs;
            }
        }
    }
    return runs == pairing.runs.size();
}

/// Of two runs of one task.
bool isSound(const ReplayPairing& pairing, const ReplayVerdict& verdict)
{
    const auto isShare = [](double value) { return value >= 0 && value <= 1; };
    return verdict.base < pairing.runs.size() && verdict.candidate < pairing.runs.size() &&
           verdict.base != verdict.candidate &&
           pairing.runs[verdict.base].task == pairing.runs[verdict.candidate].task && isShare(verdict.distance) &&
           isShare(verdict.callDistance);
}

} // namespace

std::string encodedReplay(const ReplayRecord& record)
{
    Writer writer;
    writer.number(record.pairing.sides);
    writer.number(record.pairing.reruns ? 1 : 0);
    writer.list(record.pairing.runs, [&](const ReplayRun& run) { writer.run(run); });
    writer.list(record.pairing.tasks, [&](const ReplayTask& task) { writer.task(task); });
    writer.list(record.verdicts, [&](const ReplayVerdict& verdict) { writer.verdict(verdict); });
    writer.number(record.comparison);
    writer.list(record.contents, [&](const DigestValue& content) {
        for (const std::uint64_t half : content)
            writer.number(half);
    });
    writer.list(record.anchored, [&](std::uint64_t anchored) { writer.number(anchored); });
    return writer.take();
}

std::optional<ReplayRecord> decodedReplay(std::string_view bytes)
{
    Reader reader(bytes);
    ReplayRecord record;
    record.pairing.sides = reader.small();
    record.pairing.reruns = reader.numberUpTo(1) == 1;
    reader.list(record.pairing.runs, [&] { return reader.run(); });
    reader.list(record.pairing.tasks, [&] { return reader.task(); });
    reader.list(record.verdicts, [&] { return reader.verdict(); });
    record.comparison = reader.number();
    reader.list(record.contents, [&] {
        const std::uint64_t first = reader.number();
        return DigestValue{first, reader.number()};
    });
    reader.list(record.anchored, [&] { return reader.number(); });
    const bool sound =
        reader.good() && isSound(record.pairing) && record.contents.size() == record.pairing.runs.size() &&
        record.anchored.size() == record.verdicts.size() &&
        std::ranges::all_of(record.verdicts,
                            [&](const ReplayVerdict& verdict) { return isSound(record.pairing, verdict); });
    return sound ? std::optional(std::move(record)) : std::nullopt;
}

} // namespace arcscope

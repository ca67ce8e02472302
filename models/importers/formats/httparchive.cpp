#include "exchangereader.h"
#include "probe.h"

namespace arcscope
{
namespace
{

int sniffArchive(const Probe& probe)
{
    const ProbeValue* const first = probe.first();
    if (!first)
        return 0;
    if (first->hasObject("log/entries/*/request") || first->hasObject("log/creator"))
        return first->hasString("log/version") || first->hasArray("log/entries") ? 92 : 0;
    return 0;
}

Result<void> read(ReadJob& job)
{
    ExchangeReader exchanges(job.sink, job.fileName);
    simdjson::dom::parser parser;
    auto done = readSplit(job, SplitPaths{"log/entries/*"}, [&](const SplitEvent& event) {
        if (event.kind != SplitKind::Value || event.target < 0)
            return;
        JsonObject entry;
        const auto line = static_cast<std::int64_t>(event.line);
        const auto byte = static_cast<std::int64_t>(event.offset);
        if (parser.parse(event.value.data(), event.value.size()).get_object().get(entry) == simdjson::SUCCESS)
            exchanges.take(entry, event.value, line, byte);
        else
            exchanges.tally().add(Severity::Error, IssueKind::MalformedRecord, "an entry that is no JSON object", line,
                                  byte);
    });
    exchanges.finish();
    return done;
}

} // namespace

ImportFormat httpArchive()
{
    return {"http-archive", "HTTP archive (HAR)", sniffArchive, read,
            [](std::string_view record, std::string_view) { return decodeExchange(record); }};
}

} // namespace arcscope
